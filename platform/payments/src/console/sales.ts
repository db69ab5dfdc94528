import { type Ctx, hasRole, requireRole, requireUser, statement, toPage } from '@stoa/kernel';
import { partsOf } from '../core/parts.ts';
import type { PaymentDeps } from '../deps.ts';
import { pagePlace } from '../page-place.ts';

type Row = {
  id: string;
  order_number: string;
  sku: string;
  title: string;
  quantity: number;
  currency: string;
  net: number;
  tax: number;
  total: number;
  refunded: number;
  seller_share: number;
  seller_id: string;
  coupon_code: string | null;
  paid_at: string;
};
const listOf = statement<[sellerId: string, before: string | null, beforeId: string | null, limit: number], Row>(
  'payments.list_sales_of_seller',
  `select l.id, o.number as order_number, l.sku, l.title, l.quantity, o.currency, l.net, l.tax, l.total, l.refunded, l.seller_share,
     l.seller_id, o.coupon_code, o.paid_at
   from order_lines l join orders o on o.id = l.order_id
   where l.seller_id = $1 and o.paid_at is not null and ($2::timestamptz is null or (o.paid_at, l.id) < ($2, $3::uuid))
   order by o.paid_at desc, l.id desc limit $4`,
);

type Money = { amount: number; currency: string };
export type Sale = {
  id: string;
  orderNumber: string;
  sku: string;
  title: string;
  quantity: number;
  total: Money;
  refunded: Money;
  /** The seller's part of it, before refunds. */
  earned: Money;
  coupon: string | null;
  paidAt: string;
};

/** What a seller has sold, newest first; without anything about who bought it. @throws not_signed_in, not_allowed */
export function listSales(deps: Pick<PaymentDeps, 'db'>) {
  return async (
    input: { limit: number; cursor?: string | undefined; sellerId?: string | undefined },
    ctx: Ctx,
  ): Promise<{ items: Sale[]; nextCursor?: string }> => {
    requireRole(ctx, 'instructor', 'supplier', 'fleet', 'support');
    const user = requireUser(ctx);
    const sellerId = input.sellerId ?? user.userId;
    if (sellerId !== user.userId && !hasRole(ctx, 'support')) requireRole(ctx, 'support');
    const [at, id] = pagePlace(input.cursor);
    const rows = await deps.db.rows(listOf, [sellerId, at, id, input.limit + 1]);
    return toPage(rows, { limit: input.limit, key: (row) => [row.paid_at, row.id], item: toSale });
  };
}

function toSale(row: Row): Sale {
  const money = (amount: number): Money => ({ amount, currency: row.currency });
  const parts = partsOf({ ...row, sellerId: row.seller_id, sellerShare: row.seller_share });
  return {
    id: row.id,
    orderNumber: row.order_number,
    sku: row.sku,
    title: row.title,
    quantity: row.quantity,
    total: money(row.total),
    refunded: money(row.refunded),
    earned: money(parts.seller),
    coupon: row.coupon_code,
    paidAt: row.paid_at,
  };
}
