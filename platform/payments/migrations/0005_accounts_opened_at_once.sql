-- Two transactions that open the same account at the same moment are in each other's way in either of its unique keys, not
-- only in its id. Naming one of them as the conflict let the other refuse the booking.
create or replace function post_transaction(new_id uuid, new_key text, new_kind text, new_order uuid, happened timestamptz, entries jsonb)
returns boolean language plpgsql as $$
declare
  head ledger_chains;
  written ledger_transactions;
begin
  select * into head from ledger_chains
  where chain = ('x' || right(coalesce(new_order, new_id)::text, 1))::bit(4)::integer for update;
  -- After the lock: whoever booked the same key before us has committed, because it is in the same chain.
  if exists (select 1 from ledger_transactions where key = new_key) then return false; end if;
  insert into accounts (id, kind, holder, currency)
  select distinct concat_ws(':', e.kind, e.holder, e.currency), e.kind, e.holder, e.currency
  from jsonb_to_recordset(entries) as e (kind text, holder text, currency text)
  on conflict do nothing;
  insert into ledger_entries (transaction_id, line, account, currency, amount, order_line_id)
  select new_id, e.position, concat_ws(':', e.value ->> 'kind', e.value ->> 'holder', e.value ->> 'currency'),
    e.value ->> 'currency', (e.value ->> 'amount')::bigint, (e.value ->> 'lineId')::uuid
  from jsonb_array_elements(entries) with ordinality as e (value, position);
  written.id := new_id;
  written.key := new_key;
  written.kind := new_kind;
  written.order_id := new_order;
  written.occurred_at := happened;
  written.posted_at := now();
  written.chain := head.chain;
  written.seq := head.seq + 1;
  written.previous_hash := head.hash;
  written.hash := sha256(head.hash || convert_to(canonical_transaction(written), 'UTF8'));
  insert into ledger_transactions select written.*;
  update ledger_chains set seq = written.seq, hash = written.hash where chain = head.chain;
  return true;
end $$;
