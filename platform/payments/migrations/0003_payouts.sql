-- Where a seller wants to be paid. Personal and financial: shown to the seller and in the payout file, nowhere else.
create table payout_methods (
  seller_id text primary key,
  kind text not null check (kind in ('pix', 'iban')),
  value text not null,
  holder_name text not null,
  updated_at timestamptz not null default now()
);

-- What sellers were paid, or are about to be. The books move when one is made; one that does not arrive moves them back.
create table payouts (
  id uuid primary key,
  seller_id text not null,
  currency text not null,
  amount bigint not null check (amount > 0),
  state text not null default 'created' check (state in ('created', 'sent', 'failed')),
  -- Of the transfer, as the bank names it.
  reference text,
  created_by uuid,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  failed_at timestamptz
);
create index payouts_of_seller on payouts (seller_id, created_at desc, id desc);
create index payouts_by_time on payouts (created_at desc, id desc);

-- Days of a provider's own report held against the books.
create table reconciliations (
  id uuid primary key,
  provider text not null,
  period_from timestamptz not null,
  period_to timestamptz not null,
  transactions integer not null,
  breaks integer not null,
  run_at timestamptz not null,
  unique (provider, period_from, period_to)
);
create table reconciliation_breaks (
  id bigint generated always as identity primary key,
  provider text not null,
  kind text not null,
  -- The provider's reference, or ours where it has none.
  subject text not null,
  attempt_id uuid,
  reported bigint,
  booked bigint,
  currency text not null,
  found_at timestamptz not null,
  -- When a later run found that it fits, or a person said so.
  resolved_at timestamptz,
  unique (provider, kind, subject)
);
create index reconciliation_breaks_open on reconciliation_breaks (found_at) where resolved_at is null;
