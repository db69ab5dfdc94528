import { type Ctx, requireService, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';

type Row = {
  order_id: string;
  line_id: string;
  sku: string;
  title: string;
  quantity: number;
  total: number;
  currency: string;
  paid_at: string;
};
const listOf = statement<[userId: string, kind: string], Row>(
  'payments.list_purchases',
  `select o.id as order_id, l.id as line_id, l.sku, l.title, l.quantity, l.total, o.currency, o.paid_at
   from order_lines l join orders o on o.id = l.order_id
   where l.owner_id::text = $1 and l.kind = $2 and l.revoked_at is null and o.paid_at is not null
   union all
   select o.id, l.id, l.sku, l.title, 1, l.total / l.quantity, o.currency, s.taken_at
   from seats s join order_lines l on l.id = s.line_id join orders o on o.id = l.order_id
   where s.user_id::text = $1 and s.state = 'taken' and l.kind = $2 and l.revoked_at is null
   order by 8`,
);

/** What a person holds that was paid for and not taken back, of one kind. @throws not_allowed */
export function listPurchases(deps: Pick<PaymentDeps, 'db'>) {
  return async ({ userId, kind }: { userId: string; kind: string }, ctx: Ctx) => {
    requireService(ctx);
    const rows = await deps.db.rows(listOf, [userId, kind]);
    return {
      purchases: rows.map((row) => ({
        orderId: row.order_id,
        lineId: row.line_id,
        sku: row.sku,
        title: row.title,
        quantity: row.quantity,
        paid: { amount: BigInt(row.total), currency: row.currency },
        paidAt: row.paid_at,
      })),
    };
  };
}
