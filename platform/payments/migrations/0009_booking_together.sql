-- Transactions of one order are booked together: their chain is locked once, and what does not need the lock is done before it.

-- Which chain a transaction is in: everything of one order is in one.
create function chain_of(id text) returns smallint language sql immutable
  return ('x' || right(id, 1))::bit(4)::integer::smallint;

-- Books transactions of one chain, in their order: [{id, key, kind, orderId, at, entries: [{kind, holder, currency, amount, lineId}]}].
-- One whose key is booked already is left out. The number of those that were booked.
create function post_transactions(postings jsonb) returns integer language plpgsql as $$
declare
  place smallint := chain_of(coalesce(postings -> 0 ->> 'orderId', postings -> 0 ->> 'id'));
  head ledger_chains;
  one record;
  posted integer := 0;
begin
  -- Before the lock, in one order, so that two that open the same accounts do not wait for each other.
  insert into accounts (id, kind, holder, currency)
  select distinct concat_ws(':', e.kind, e.holder, e.currency), e.kind, e.holder, e.currency
  from jsonb_to_recordset(postings) as p (entries jsonb), jsonb_to_recordset(p.entries) as e (kind text, holder text, currency text)
  -- Looked up one by one, however many accounts there are.
  where (select a.id from accounts a where a.id = concat_ws(':', e.kind, e.holder, e.currency)) is null
  order by 1 on conflict do nothing;
  select * into head from ledger_chains where chain = place for update;
  for one in
    select * from jsonb_to_recordset(postings) as p (id uuid, key text, kind text, "orderId" uuid, at timestamptz, entries jsonb)
  loop
    if chain_of(coalesce(one."orderId", one.id)::text) <> place then
      raise exception 'transactions of several chains are not booked together' using errcode = 'invalid_parameter_value';
    end if;
    -- After the lock: whoever booked the same key before us has committed, because it is in the same chain.
    continue when exists (select from ledger_transactions t where t.key = one.key);
    head.seq := head.seq + 1;
    with lines as materialized (
      select e.line, concat_ws(':', e.kind, e.holder, e.currency) as account, e.currency, e.amount, e."lineId" as order_line
      from rows from (jsonb_to_recordset(one.entries) as (kind text, holder text, currency text, amount bigint, "lineId" uuid))
        with ordinality as e (kind, holder, currency, amount, "lineId", line)
    ), entered as (
      insert into ledger_entries (transaction_id, line, account, currency, amount, order_line_id)
      select one.id, line, account, currency, amount, order_line from lines
    ), hashed as (
      -- The text is that of `canonical_transaction`.
      select sha256(head.hash || convert_to(concat_ws('|', place, head.seq, one.id, one.key, one.kind, one."orderId",
        (extract(epoch from one.at) * 1000000)::bigint,
        string_agg(concat_ws(' ', line, account, currency, amount, order_line), ';' order by line)), 'UTF8')) as hash
      from lines
    )
    insert into ledger_transactions (id, key, kind, order_id, occurred_at, chain, seq, previous_hash, hash)
    select one.id, one.key, one.kind, one."orderId", one.at, place, head.seq, head.hash, hash from hashed
    returning hash into head.hash;
    posted := posted + 1;
  end loop;
  if posted > 0 then update ledger_chains set seq = head.seq, hash = head.hash where chain = place; end if;
  return posted;
end $$;

create or replace function post_transaction(new_id uuid, new_key text, new_kind text, new_order uuid, happened timestamptz, entries jsonb)
returns boolean language sql
  return post_transactions(jsonb_build_array(jsonb_build_object('id', new_id, 'key', new_key, 'kind', new_kind, 'orderId', new_order,
    'at', happened, 'entries', entries))) = 1;

-- A transaction balances when the statement that writes its entries ends, not only at the commit, where others wait for the chain.
drop trigger entries_balance on ledger_entries;
drop function check_balanced();
create function check_balanced() returns trigger language plpgsql as $$
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
  return null;
end $$;
create trigger entries_balance after insert on ledger_entries referencing new table as written
  for each statement execute function check_balanced();
