import { type Ctx, requireRole, requireUser, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';

type Row = {
  month: string;
  sku: string;
  title: string;
  currency: string;
  sold: number;
  total: number;
  refunded: number;
  earned: number;
};
const readTotals = statement<[sellerId: string, since: string], Row>(
  'payments.read_sales_totals',
  // What is earned comes from the books, so that it agrees with the statement to the cent.
  `select to_char(o.paid_at at time zone 'UTC', 'YYYY-MM') as month, l.sku, max(l.title) as title, o.currency,
     sum(l.quantity)::int as sold, sum(l.total)::bigint as total, sum(l.refunded)::bigint as refunded,
     coalesce(-sum(own.amount), 0)::bigint as earned
   from order_lines l
   join orders o on o.id = l.order_id
   left join lateral (
     select sum(e.amount) as amount from ledger_transactions t
     join ledger_entries e on e.transaction_id = t.id and e.order_line_id = l.id
     join accounts a on a.id = e.account and a.kind = 'seller' and a.holder = $1
     where t.order_id = o.id
   ) own on true
   where l.seller_id = $1 and o.paid_at >= $2
   group by 1, l.sku, o.currency
   order by 1 desc, total desc, l.sku limit 2000`,
);

type Money = { amount: number; currency: string };
export type SalesTotal = {
  /** In which month it was paid, `YYYY-MM`, UTC. */
  month: string;
  sku: string;
  title: string;
  sold: number;
  total: Money;
  /** Of this month's sales, whenever the money went back. */
  refunded: Money;
  /** What is left of it for the seller. */
  earned: Money;
};

/**
 * What a seller sold in each of the last months, item by item, newest month first.
 * @throws not_signed_in, not_allowed if somebody else's is asked for by other than support
 */
export function listSalesTotals(deps: Pick<PaymentDeps, 'db' | 'clock'>) {
  return async (
    input: { months: number; sellerId?: string | undefined },
    ctx: Ctx,
  ): Promise<{ items: SalesTotal[] }> => {
    requireRole(ctx, 'instructor', 'supplier', 'fleet', 'support');
    const user = requireUser(ctx);
    const sellerId = input.sellerId ?? user.userId;
    if (sellerId !== user.userId) requireRole(ctx, 'support');
    const now = deps.clock.now();
    const since = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - input.months + 1, 1));
    const rows = await deps.db.rows(readTotals, [sellerId, since.toISOString()]);
    return {
      items: rows.map(({ currency, total, refunded, earned, ...row }) => ({
        ...row,
        total: { amount: total, currency },
        refunded: { amount: refunded, currency },
        earned: { amount: earned, currency },
      })),
    };
  };
}
