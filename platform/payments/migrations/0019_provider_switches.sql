-- Providers that an operator does not offer for now. A provider without a row is offered as far as it is configured; who switched what
-- and when before is in the audit log.
create table provider_switches (
  provider text primary key,
  switched_off_at timestamptz not null,
  -- For those who look at it later; no personal data.
  note text not null default ''
);
