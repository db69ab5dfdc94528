-- Balances are kept as entries are written, so that no page has to add up millions of them; and transactions of several
-- orders are booked in one call.

-- What was ever entered in an account, by chain: whoever writes here holds the chain's lock, so that nobody waits for a row
-- that everybody needs (the platform's revenue, a provider's clearing account).
create table account_balances (
  account text not null references accounts,
  chain smallint not null references ledger_chains,
  debit bigint not null,
  credit bigint not null,
  entries bigint not null,
  primary key (account, chain)
) with (fillfactor = 70);
insert into account_balances (account, chain, debit, credit, entries)
select e.account, t.chain, sum(greatest(e.amount, 0)), sum(greatest(-e.amount, 0)), count(*)
from ledger_entries e join ledger_transactions t on t.id = e.transaction_id group by e.account, t.chain;

-- Only entries change them.
create function refuse_balance() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'balances follow from entries' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger follows_from_entries before insert or update or delete on account_balances
  for each row execute function refuse_balance();
create trigger never_emptied before truncate on account_balances for each statement execute function refuse_change();

create or replace function check_balanced() returns trigger language plpgsql as $$
declare
  crooked uuid;
begin
  select w.transaction_id into crooked from (select distinct transaction_id from written) w
  cross join lateral (
    select from ledger_entries e where e.transaction_id = w.transaction_id group by e.currency having sum(e.amount) <> 0 limit 1
  ) difference limit 1;
  if found then raise exception 'ledger transaction % does not balance', crooked using errcode = 'check_violation'; end if;
  if exists (select from written w where (select t.id from ledger_transactions t where t.id = w.transaction_id) is null) then
    raise exception 'ledger entry without a transaction' using errcode = 'foreign_key_violation';
  end if;
  insert into account_balances as b (account, chain, debit, credit, entries)
  select account, chain, sum(greatest(amount, 0)), sum(greatest(-amount, 0)), count(*)
  from (
    -- Looked up one by one, however many transactions there are.
    select w.account, w.amount, (select t.chain from ledger_transactions t where t.id = w.transaction_id) as chain from written w
  ) entered
  group by account, chain order by account, chain
  on conflict (account, chain) do update
    set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit, entries = b.entries + excluded.entries;
  return null;
end $$;

-- At the end of the statement that writes it, not at the commit, where others wait for the chain.
drop trigger transaction_has_entries on ledger_transactions;
create or replace function check_has_entries() returns trigger language plpgsql as $$
begin
  if exists (select from written w where (select e.line from ledger_entries e where e.transaction_id = w.id limit 1) is null) then
    raise exception 'a ledger transaction has no entries' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger transaction_has_entries after insert on ledger_transactions referencing new table as written
  for each statement execute function check_has_entries();

-- Books transactions: [{id, key, kind, orderId, at, entries: [{kind, holder, currency, amount, lineId}]}], those of one chain
-- in their order. One whose key is booked already is left out. The number of those that were booked.
create or replace function post_transactions(postings jsonb) returns integer language plpgsql as $$
declare
  one record;
  at_chain smallint;
  at_seq bigint;
  at_hash bytea;
  ids uuid[] := '{}';
  keys text[] := '{}';
  places smallint[] := '{}';
  seqs bigint[] := '{}';
  befores bytea[] := '{}';
  hashes bytea[] := '{}';
begin
  -- Before the locks, in one order, so that two that open the same accounts do not wait for each other.
  insert into accounts (id, kind, holder, currency)
  select distinct concat_ws(':', e.kind, e.holder, e.currency), e.kind, e.holder, e.currency
  from jsonb_to_recordset(postings) as p (entries jsonb), jsonb_to_recordset(p.entries) as e (kind text, holder text, currency text)
  -- Looked up one by one, however many accounts there are.
  where (select a.id from accounts a where a.id = concat_ws(':', e.kind, e.holder, e.currency)) is null
  order by 1 on conflict do nothing;
  perform from ledger_chains where chain = any(
    array(select chain_of(coalesce(p."orderId", p.id)::text) from jsonb_to_recordset(postings) as p (id uuid, "orderId" uuid))
  ) order by chain for update;
  for one in
    select p.id, p.key, p.kind, p."orderId", p.at, c.chain, c.seq, c.hash, (
      select string_agg(concat_ws(' ', e.line, concat_ws(':', e.kind, e.holder, e.currency), e.currency, e.amount, e."lineId"), ';' order by e.line)
      from rows from (jsonb_to_recordset(p.entries) as (kind text, holder text, currency text, amount bigint, "lineId" uuid))
        with ordinality as e (kind, holder, currency, amount, "lineId", line)
    ) as lines
    from rows from (jsonb_to_recordset(postings) as (id uuid, key text, kind text, "orderId" uuid, at timestamptz, entries jsonb))
      with ordinality as p (id, key, kind, "orderId", at, entries, n)
    join ledger_chains c on c.chain = chain_of(coalesce(p."orderId", p.id)::text)
    -- After the locks: whoever booked the same key before us has committed, because it is in the same chain.
    where (select t.id from ledger_transactions t where t.key = p.key) is null
    order by c.chain, p.n
  loop
    continue when one.key = any(keys);
    if at_chain is distinct from one.chain then
      at_chain := one.chain;
      at_seq := one.seq;
      at_hash := one.hash;
    end if;
    at_seq := at_seq + 1;
    befores := befores || at_hash;
    -- The text is that of `canonical_transaction`.
    at_hash := sha256(at_hash || convert_to(concat_ws('|', at_chain, at_seq, one.id, one.key, one.kind, one."orderId",
      (extract(epoch from one.at) * 1000000)::bigint, one.lines), 'UTF8'));
    ids := ids || one.id;
    keys := keys || one.key;
    places := places || at_chain;
    seqs := seqs || at_seq;
    hashes := hashes || at_hash;
  end loop;
  if cardinality(ids) = 0 then return 0; end if;
  with entered as (
    insert into ledger_entries (transaction_id, line, account, currency, amount, order_line_id)
    select p.id, e.line, concat_ws(':', e.kind, e.holder, e.currency), e.currency, e.amount, e."lineId"
    from jsonb_to_recordset(postings) as p (id uuid, entries jsonb),
      rows from (jsonb_to_recordset(p.entries) as (kind text, holder text, currency text, amount bigint, "lineId" uuid))
        with ordinality as e (kind, holder, currency, amount, "lineId", line)
    where p.id = any(ids)
  )
  insert into ledger_transactions (id, key, kind, order_id, occurred_at, chain, seq, previous_hash, hash)
  select p.id, p.key, p.kind, p."orderId", p.at, w.chain, w.seq, w.before, w.hash
  from unnest(ids, places, seqs, befores, hashes) as w (id, chain, seq, before, hash)
  join jsonb_to_recordset(postings) as p (id uuid, key text, kind text, "orderId" uuid, at timestamptz) on p.id = w.id;
  update ledger_chains c set seq = w.seq, hash = w.hash
  from (
    select distinct on (u.chain) u.chain, u.seq, u.hash from unnest(places, seqs, hashes) as u (chain, seq, hash) order by u.chain, u.seq desc
  ) w
  where c.chain = w.chain;
  return cardinality(ids);
end $$;

-- How often a coupon was used is counted over its orders; most orders have none.
create index orders_with_coupon on orders (coupon_id, state) where coupon_id is not null;
