-- Each query finds what must not exist; any row is a broken promise. Run as the role of this context.

-- 1: debits equal credits, per transaction and currency, and over the whole ledger.
-- Full: takes as long as there are entries.
select 'transaction_does_not_balance' as broken, transaction_id::text as subject
from ledger_entries group by transaction_id, currency having sum(amount) <> 0;
select 'ledger_does_not_balance' as broken, a.currency as subject
from account_balances b join accounts a on a.id = b.account group by a.currency having sum(b.debit) <> sum(b.credit);
-- Full: takes as long as there are entries.
select 'balances_disagree_with_entries' as broken, coalesce(e.account, b.account) as subject
from (
  select account, sum(amount) filter (where amount > 0) as debit, -sum(amount) filter (where amount < 0) as credit, count(*) as entries
  from ledger_entries group by account
) e
full join (
  select account, sum(debit) as debit, sum(credit) as credit, sum(entries) as entries from account_balances group by account
) b on b.account = e.account
where (coalesce(e.debit, 0), coalesce(e.credit, 0), coalesce(e.entries, 0))
  is distinct from (coalesce(b.debit, 0), coalesce(b.credit, 0), coalesce(b.entries, 0));
-- Full: takes as long as there are entries.
select 'transaction_without_entries' as broken, t.id::text as subject
from ledger_transactions t where not exists (select 1 from ledger_entries e where e.transaction_id = t.id);
-- Full: takes as long as there are entries.
select 'entry_without_transaction' as broken, e.transaction_id::text as subject
from ledger_entries e left join ledger_transactions t on t.id = e.transaction_id where t.id is null;
-- Full: takes as long as there are entries.
select 'entry_in_a_foreign_currency' as broken, e.transaction_id::text as subject
from ledger_entries e join accounts a on a.id = e.account where a.currency <> e.currency;

-- 1: nobody has changed, taken away or slipped in a transaction: the news, and all of them.
select 'hash_chain_is_broken_lately' as broken, subject || ': ' || why as subject from verify_new_ledger();
-- Full: takes as long as there are entries.
select 'hash_chain_is_broken' as broken, subject || ': ' || why as subject from verify_ledger();

-- 1: what was captured, given back and kept is what the books say a provider holds for us.
-- Full: takes as long as there are entries.
select 'clearing_disagrees_with_payments' as broken, coalesce(booked.holder, known.provider) || ' ' || coalesce(booked.currency, known.currency) as subject
from (
  select a.holder, e.currency, sum(e.amount) as amount
  from ledger_entries e join accounts a on a.id = e.account and a.kind = 'clearing'
  join ledger_transactions t on t.id = e.transaction_id and t.kind not in ('settlement', 'fee')
  group by a.holder, e.currency
) booked
full join (
  select provider, currency, sum(captured - refunded + (
    select coalesce(sum(r.amount), 0) from refunds r where r.attempt_id = x.id and r.state = 'succeeded' and r.reason = 'dispute'
  ) - (
    select coalesce(sum(d.amount), 0) from disputes d where d.attempt_id = x.id and d.state in ('open', 'lost')
  )) as amount
  from attempts x where captured > 0 group by provider, currency
) known on known.provider = booked.holder and known.currency = booked.currency
where coalesce(booked.amount, 0) <> coalesce(known.amount, 0);

-- 1: the buyer's account of an order is empty once its money is a sale or has gone back.
-- Full: takes as long as there are entries.
select 'buyer_is_owed_nothing_but_the_books_say_so' as broken, o.id::text as subject
from orders o join lateral (
  select coalesce(sum(e.amount), 0) as balance
  from ledger_transactions t join ledger_entries e on e.transaction_id = t.id join accounts a on a.id = e.account and a.kind = 'buyer'
  where t.order_id = o.id
) books on true
where -books.balance <> (
  select coalesce(sum(a.captured - a.refunded), 0) from attempts a where a.order_id = o.id and a.id is distinct from o.settled_by
) and not exists (select 1 from disputes d where d.order_id = o.id);

-- 2: no order is paid without the money for it, and the amounts and currencies are those of the order.
select 'paid_order_without_money' as broken, o.id::text as subject
from orders o left join attempts a on a.id = o.settled_by
where o.state in ('paid', 'partially_refunded', 'refunded') and o.total > 0
  and (a.id is null or a.captured <> o.total or a.currency <> o.currency or a.order_id <> o.id);
select 'settled_order_that_is_not_paid' as broken, id::text as subject
from orders where settled_by is not null and state in ('pending_payment', 'cancelled', 'expired');
select 'attempt_asks_for_another_amount' as broken, a.id::text as subject
from attempts a join orders o on o.id = a.order_id where a.amount <> o.total or a.currency <> o.currency;
select 'success_without_money' as broken, id::text as subject
from attempts where (status in ('succeeded', 'partially_refunded', 'refunded')) <> (captured > 0);

-- 3: one live payment, one sale, refunds within captures.
select 'two_live_payments' as broken, order_id::text as subject
from attempts where status in ('created', 'unknown', 'requires_action', 'processing', 'authorized') group by order_id having count(*) > 1;
select 'sold_twice' as broken, order_id::text as subject
from ledger_transactions where kind = 'sale' group by order_id having count(*) > 1;
-- Full: takes as long as there are entries.
select 'captured_twice' as broken, e.transaction_id::text as subject
from ledger_transactions t join ledger_entries e on e.transaction_id = t.id join accounts a on a.id = e.account and a.kind = 'clearing'
left join attempts x on t.key = 'capture:' || x.id
where t.kind = 'capture' and (x.id is null or x.captured <> e.amount);
select 'more_refunded_than_captured' as broken, a.id::text as subject
from attempts a join lateral (
  select coalesce(sum(amount) filter (where state = 'succeeded'), 0) as done,
    coalesce(sum(amount) filter (where state <> 'failed'), 0) as reserved
  from refunds r where r.attempt_id = a.id
) r on true
where r.done <> a.refunded or r.reserved <> a.refund_reserved or r.reserved > a.captured;
select 'order_and_lines_disagree_about_refunds' as broken, o.id::text as subject
from orders o join lateral (select coalesce(sum(refunded), 0) as refunded from order_lines l where l.order_id = o.id) l on true
where l.refunded <> o.refunded;
select 'order_state_disagrees_with_refunds' as broken, id::text as subject
from orders
where (state = 'refunded' and (refunded <> total or total = 0)) or (state = 'partially_refunded' and refunded not between 1 and total - 1)
  or (state in ('pending_payment', 'paid', 'cancelled', 'expired') and refunded <> 0);

-- 4: who paid is told once, and everybody else is not told at all.
select 'paid_and_not_told_once' as broken, o.id::text as subject
from orders o left join (
  select partition_key, count(*) as told from outbox where type = 'stoa.payments.order.paid.v1' group by partition_key
) e on e.partition_key = o.id::text
where (case when o.paid_at is null then 0 else 1 end) <> coalesce(e.told, 0);
select 'refunded_and_not_told_once' as broken, r.id::text as subject
from refunds r left join (
  select partition_key, data ->> 'refundId' as refund_id, count(*) as told
  from outbox where type = 'stoa.payments.order.refunded.v1' group by 1, 2
) e on e.partition_key = r.order_id::text and e.refund_id = r.id::text
where (case r.state when 'succeeded' then 1 else 0 end) <> coalesce(e.told, 0);
select 'refunded_whole_and_still_held' as broken, l.id::text as subject
from order_lines l join refunds r on r.order_id = l.order_id and r.state = 'succeeded' and r.revokes
  and r.lines @> jsonb_build_array(jsonb_build_object('lineId', l.id)) where l.revoked_at is null;

-- 6: what is scarce was not given away twice.
select 'coupon_overused' as broken, id::text as subject from coupons where used > max_uses;
-- Counted once for all coupons, not once for each.
select 'coupon_count_is_wrong' as broken, c.id::text as subject
from coupons c
left join (
  select coupon_id, count(*) as orders from orders
  where coupon_id is not null and state not in ('cancelled', 'expired') group by coupon_id
) o on o.coupon_id = c.id
left join (select coupon_id, sum(used) as used from coupon_people group by coupon_id) p on p.coupon_id = c.id
where c.used <> coalesce(o.orders, 0) or c.used <> coalesce(p.used, 0);
select 'more_seats_than_bought' as broken, l.id::text as subject
from order_lines l
where l.seats_taken > l.quantity
  or (l.revoked_at is null and l.seats_taken <> (select count(*) from seats s where s.line_id = l.id and s.state <> 'ended'));

-- 8: numbers of invoices have no gaps, every sale has one, and every refund of a sale a credit note.
select 'gap_in_invoice_numbers' as broken, s.series as subject
from invoice_series s
where s.last <> (select count(*) from invoices i where i.series = s.series)
  or s.last <> (select coalesce(max(i.serial), 0) from invoices i where i.series = s.series);
select 'invoice_with_a_foreign_number' as broken, id::text as subject
from invoices where document ->> 'number' <> number;
select 'sale_without_invoice' as broken, o.id::text as subject
from orders o where o.paid_at is not null and not exists (select 1 from invoices i where i.order_id = o.id and i.kind = 'invoice');
select 'refund_without_credit_note' as broken, r.id::text as subject
from refunds r where r.state = 'succeeded' and jsonb_array_length(r.lines) > 0
  and not exists (select 1 from invoices i where i.refund_id = r.id and (i.document ->> 'total')::bigint = r.amount);

-- 8: sums of an order are those of its lines.
select 'order_does_not_add_up' as broken, o.id::text as subject
from orders o join lateral (
  select coalesce(sum(total), 0) as total, coalesce(sum(tax), 0) as tax, coalesce(sum(discount), 0) as discount,
    coalesce(sum(unit_price * quantity), 0) as subtotal
  from order_lines l where l.order_id = o.id
) l on true
where (l.total, l.tax, l.discount, l.subtotal) is distinct from (o.total, o.tax, o.discount, o.subtotal);

-- Payouts are what the books say left for sellers.
select 'payout_and_books_disagree' as broken, p.id::text as subject
from payouts p
where (select count(*) from ledger_transactions t where t.key = 'payout:' || p.id) <> 1
  or (select count(*) from ledger_transactions t where t.key = 'payout-returned:' || p.id) <> (case p.state when 'failed' then 1 else 0 end);

-- 3: what is paid in parts: a part has one order that is paid or may be, and its parts are what was agreed.
select 'part_ordered_twice' as broken, a.id::text as subject
from orders a join orders b on b.instalment_plan_id = a.instalment_plan_id and b.id <> a.id
  and int4range(a.instalment_part, a.instalment_through, '[]') && int4range(b.instalment_part, b.instalment_through, '[]')
where a.state not in ('cancelled', 'expired') and b.state not in ('cancelled', 'expired');
select 'schedule_is_not_whole' as broken, p.id::text as subject
from instalment_plans p join instalment_parts t on t.plan_id = p.id
group by p.id having count(*) <> p.parts or min(t.part) <> 1 or max(t.part) <> p.parts;
select 'plan_without_schedule' as broken, p.id::text as subject
from instalment_plans p where not exists (select from instalment_parts t where t.plan_id = p.id);
-- Before taxes that are added, which are those of the day; with what fell away because it was paid early.
select 'part_was_paid_with_another_amount' as broken, o.id::text as subject
from orders o join lateral (
  select coalesce(sum(t.price - t.waived), 0) as price, coalesce(sum(t.total), 0) as total, count(*) as parts
  from instalment_parts t where t.order_id = o.id
) covered on true
where o.instalment_plan_id is not null and o.paid_at is not null
  and (covered.price <> o.subtotal - o.discount or covered.total <> o.total
    or covered.parts <> o.instalment_through - o.instalment_part + 1);
select 'part_paid_by_a_foreign_order' as broken, t.plan_id::text as subject
from instalment_parts t join orders o on o.id = t.order_id
where o.instalment_plan_id is distinct from t.plan_id or o.paid_at is null or t.part not between o.instalment_part and o.instalment_through;
select 'plan_state_disagrees_with_its_parts' as broken, p.id::text as subject
from instalment_plans p join lateral (
  select count(*) filter (where t.paid_at is not null) as paid from instalment_parts t where t.plan_id = p.id
) done on true
where (p.state = 'completed' and done.paid <> p.parts) or (p.state = 'incomplete' and done.paid <> 0)
  or (p.state in ('active', 'past_due', 'paused', 'disputed') and done.paid not between 1 and p.parts - 1)
  or (p.entitled and done.paid = 0) or (p.entitled and p.state in ('incomplete', 'paused'));
select 'last_word_about_a_plan_is_another' as broken, p.id::text as subject
from instalment_plans p join instalment_changes c on c.plan_id = p.id and c.revision = p.revision
where p.buyer_email <> '' and (c.state <> p.state or c.entitled <> p.entitled);
-- What waits for a plan that is over would pay for nothing.
select 'order_waits_for_a_plan_that_is_over' as broken, o.id::text as subject
from orders o join instalment_plans p on p.id = o.instalment_plan_id
where o.state = 'pending_payment' and p.state in ('completed', 'canceled');
-- A plan rests while a bank asks for money that paid for a part, and no longer.
select 'plan_rests_for_no_bank' as broken, p.id::text as subject
from instalment_plans p
where p.state in ('active', 'past_due', 'paused', 'disputed') and (p.state = 'disputed') <> exists (
  select from disputes d join orders o on o.id = d.order_id
  where o.instalment_plan_id = p.id and d.state = 'open' and d.attempt_id = o.settled_by);
