import { type Ctx, requireUser, statement, toPage } from '@stoa/kernel';
import type { OrderState } from '../core/book.ts';
import type { PaymentDeps } from '../deps.ts';
import { pagePlace } from '../page-place.ts';

type Row = {
  id: string;
  number: string;
  state: OrderState;
  currency: string;
  total: number;
  titles: string[];
  created_at: string;
};
const listOfBuyer = statement<[buyerId: string, before: string | null, beforeId: string | null, limit: number], Row>(
  'payments.list_orders_of_buyer',
  `select o.id, o.number, o.state, o.currency, o.total, o.created_at,
     array(select l.title from order_lines l where l.order_id = o.id order by l.position) as titles
   from orders o
   where o.buyer_id = $1 and ($2::timestamptz is null or (o.created_at, o.id) < ($2, $3::uuid))
   order by o.created_at desc, o.id desc limit $4`,
);

export type OrderSummary = {
  id: string;
  number: string;
  state: OrderState;
  total: { amount: number; currency: string };
  titles: string[];
  createdAt: string;
};

/** One's own orders, newest first. @throws not_signed_in */
export function listOrders(deps: Pick<PaymentDeps, 'db'>) {
  return async (
    input: { limit: number; cursor?: string | undefined },
    ctx: Ctx,
  ): Promise<{ items: OrderSummary[]; nextCursor?: string }> => {
    const user = requireUser(ctx);
    const [at, id] = pagePlace(input.cursor);
    const rows = await deps.db.rows(listOfBuyer, [user.userId, at, id, input.limit + 1]);
    return toPage(rows, {
      limit: input.limit,
      key: (row) => [row.created_at, row.id],
      item: ({ currency, total, created_at, ...row }) => ({
        ...row,
        total: { amount: total, currency },
        createdAt: created_at,
      }),
    });
  };
}
