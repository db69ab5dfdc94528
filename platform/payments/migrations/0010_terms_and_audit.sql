-- Terms of a seller: what is null is the installation's setting. Holding days are agreed when something is sold, as the
-- share is; without terms of its own a line follows the setting.
alter table seller_terms alter column share drop not null;
alter table seller_terms add column hold_days integer check (hold_days between 0 and 365);
alter table order_lines add column hold_days integer check (hold_days between 0 and 365);

-- Every agreement there ever was. Rows are only added.
create table seller_terms_history (
  id uuid primary key,
  seller_id text not null,
  share integer check (share between 0 and 10000),
  hold_days integer check (hold_days between 0 and 365),
  note text not null default '',
  changed_by uuid,
  changed_at timestamptz not null
);
create index seller_terms_history_by_seller on seller_terms_history (seller_id, changed_at desc, id desc);
create trigger append_only before update or delete on seller_terms_history for each row execute function refuse_change();

-- What operators did with money and with the rules about it. Rows are only added; after two years they may go.
create table audit_entries (
  id uuid primary key,
  at timestamptz not null,
  actor_id uuid,
  actor_kind text not null,
  action text not null,
  -- What it was done to: `order`, `coupon`, `seller` ..., and its id.
  subject_kind text not null,
  subject_id text not null,
  details jsonb not null default '{}',
  ip text,
  trace_id text not null
);
comment on column audit_entries.ip is 'personal: tracing abuse; two years';
create index audit_entries_by_subject on audit_entries (subject_id, id);
create index audit_entries_by_actor on audit_entries (actor_id, id);
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.at < now() - interval '2 years' then return old; end if;
  raise exception 'audit entries are never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_entries_are_append_only before update or delete on audit_entries
  for each row execute function refuse_audit_change();
