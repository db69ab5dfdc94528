import { type PersonalRecord, statement } from '@stoa/kernel';

type Args = [userId: string, after: string, limit: number];

/** What this context holds of a person: what they bought, paid, gave and got, and what they were paid. */
export const personalSections = {
  orders: statement<Args, PersonalRecord>(
    'payments.personal_orders',
    `select o.id::text as key, jsonb_build_object('id', o.id, 'number', o.number, 'state', o.state, 'email', o.buyer_email,
       'name', o.buyer_name, 'document', o.buyer_document, 'country', o.country, 'currency', o.currency,
       'subtotal', o.subtotal, 'discount', o.discount, 'tax', o.tax, 'total', o.total, 'refunded', o.refunded,
       'coupon', o.coupon_code, 'timeZone', o.time_zone, 'createdAt', o.created_at,
       'lines', (select jsonb_agg(jsonb_build_object('sku', l.sku, 'title', l.title, 'quantity', l.quantity,
                   'total', l.total, 'purpose', l.purpose) order by l.position) from order_lines l where l.order_id = o.id)
     ) as record
     from orders o where o.buyer_id = $1::uuid and o.id::text > $2 order by 1 limit $3`,
  ),
  payments: statement<Args, PersonalRecord>(
    'payments.personal_payments',
    `select a.id::text as key, jsonb_build_object('id', a.id, 'orderId', a.order_id, 'provider', a.provider,
       'status', a.status, 'amount', a.amount, 'currency', a.currency, 'refunded', a.refunded, 'method', a.method_label,
       'payer', a.payer, 'createdAt', a.created_at) as record
     from attempts a join orders o on o.id = a.order_id
     where o.buyer_id = $1::uuid and a.id::text > $2 order by 1 limit $3`,
  ),
  refunds: statement<Args, PersonalRecord>(
    'payments.personal_refunds',
    `select r.id::text as key, jsonb_build_object('id', r.id, 'orderId', r.order_id, 'amount', r.amount,
       'currency', r.currency, 'state', r.state, 'reason', r.reason, 'createdAt', r.created_at,
       'completedAt', r.completed_at) as record
     from refunds r join orders o on o.id = r.order_id
     where o.buyer_id = $1::uuid and r.id::text > $2 order by 1 limit $3`,
  ),
  invoices: statement<Args, PersonalRecord>(
    'payments.personal_invoices',
    `select id::text as key, jsonb_build_object('id', id, 'number', number, 'kind', kind, 'orderId', order_id,
       'issuedAt', issued_at, 'document', document) as record
     from invoices where buyer_id = $1::uuid and id::text > $2 order by 1 limit $3`,
  ),
  subscriptions: statement<Args, PersonalRecord>(
    'payments.personal_subscriptions',
    `select id::text as key, jsonb_build_object('id', id, 'title', title, 'state', state, 'amount', amount,
       'currency', currency, 'interval', interval, 'email', buyer_email, 'name', buyer_name, 'country', country,
       'provider', provider, 'periodStart', period_start, 'periodEnd', period_end, 'createdAt', created_at,
       'endedAt', ended_at) as record
     from plan_subscriptions where buyer_id = $1::uuid and id::text > $2 order by 1 limit $3`,
  ),
  methodSetups: statement<Args, PersonalRecord>(
    'payments.personal_method_setups',
    `select m.id::text as key, jsonb_build_object('id', m.id, 'subscriptionId', m.subscription_id, 'provider', m.provider,
       'state', m.state, 'method', m.method_label, 'createdAt', m.created_at) as record
     from method_setups m join plan_subscriptions s on s.id = m.subscription_id
     where s.buyer_id = $1::uuid and m.id::text > $2 order by 1 limit $3`,
  ),
  instalments: statement<Args, PersonalRecord>(
    'payments.personal_instalments',
    `select p.id::text as key, jsonb_build_object('id', p.id, 'title', p.title, 'state', p.state, 'currency', p.currency,
       'parts', p.parts, 'email', p.buyer_email, 'name', p.buyer_name, 'document', p.buyer_document, 'country', p.country,
       'provider', p.provider, 'coupon', p.coupon_code, 'createdAt', p.created_at, 'endedAt', p.ended_at,
       'schedule', (select jsonb_agg(jsonb_build_object('part', t.part, 'dueAt', t.due_at, 'amount', t.total, 'paidAt', t.paid_at,
                      'orderId', t.order_id) order by t.part) from instalment_parts t where t.plan_id = p.id)) as record
     from instalment_plans p where p.buyer_id = $1::uuid and p.id::text > $2 order by 1 limit $3`,
  ),
  // A gift is told to whoever gave it and to whoever took it; the address it went to only to the former.
  gifts: statement<Args, PersonalRecord>(
    'payments.personal_gifts',
    `select g.id::text as key, jsonb_build_object('id', g.id, 'title', l.title, 'given', o.buyer_id = $1::uuid,
       'to', case when o.buyer_id = $1::uuid then g.recipient_email end, 'from', g.giver_name, 'message', g.message,
       'state', g.state, 'createdAt', g.created_at, 'claimedAt', g.claimed_at) as record
     from gifts g join order_lines l on l.id = g.line_id join orders o on o.id = l.order_id
     where $1::uuid in (o.buyer_id, g.claimed_by) and g.id::text > $2 order by 1 limit $3`,
  ),
  seats: statement<Args, PersonalRecord>(
    'payments.personal_seats',
    `select s.id::text as key, jsonb_build_object('id', s.id, 'title', l.title, 'email', s.email, 'state', s.state,
       'assignedAt', s.assigned_at, 'takenAt', s.taken_at, 'endedAt', s.ended_at) as record
     from seats s join order_lines l on l.id = s.line_id
     where s.user_id = $1::uuid and s.id::text > $2 order by 1 limit $3`,
  ),
  payoutMethod: statement<Args, PersonalRecord>(
    'payments.personal_payout_method',
    `select seller_id as key, jsonb_build_object('kind', kind, 'value', value, 'name', holder_name,
       'updatedAt', updated_at) as record
     from payout_methods where seller_id = $1 and seller_id > $2 limit $3`,
  ),
  payouts: statement<Args, PersonalRecord>(
    'payments.personal_payouts',
    `select id::text as key, jsonb_build_object('id', id, 'amount', amount, 'currency', currency, 'state', state,
       'createdAt', created_at, 'sentAt', sent_at) as record
     from payouts where seller_id = $1 and id::text > $2 order by 1 limit $3`,
  ),
};
