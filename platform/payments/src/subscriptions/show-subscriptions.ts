import { type Ctx, requireUser, statement, toPage } from '@stoa/kernel';
import type { OrderState } from '../core/book.ts';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { toTimestamp } from '../orders/show-order.ts';
import { pagePlace } from '../page-place.ts';
import { type SubscriptionRow, subscriptionColumns } from './follow-orders.ts';

const listOf = statement<
  [buyerId: string, before: string | null, beforeId: string | null, limit: number],
  SubscriptionRow
>(
  'payments.list_subscriptions_of_buyer',
  `select ${subscriptionColumns} from plan_subscriptions
   where buyer_id = $1 and state <> 'incomplete' and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
   order by created_at desc, id desc limit $4`,
);

export type SubscriptionView = {
  id: string;
  sku: string;
  title: string;
  state: SubscriptionRow['state'];
  amount: { amount: number; currency: string };
  interval: string;
  intervalCount: number;
  periodStart: string | null;
  periodEnd: string | null;
  cancelAtPeriodEnd: boolean;
  /** Its seller deleted their account: it ends with what is paid, and cannot go on. */
  sellerLeft: boolean;
  /** The order that waits to be paid: the first one, a renewal that failed, a change of plan. */
  openOrderId: string | null;
  nextTryAt: string | null;
  /** Whether one has what the plan stands for: paid, on trial, or in the days of grace after a failed renewal. */
  entitled: boolean;
  /** Of what is left over from another plan, taken off the next periods. */
  credit: { amount: number; currency: string };
  /** A payment method is kept for the next period. */
  methodKept: boolean;
  createdAt: string;
  endedAt: string | null;
};

/** One's own subscriptions, newest first. @throws not_signed_in */
export function listSubscriptions(deps: Pick<PaymentDeps, 'db'>) {
  return async (
    input: { limit: number; cursor?: string | undefined },
    ctx: Ctx,
  ): Promise<{ items: SubscriptionView[]; nextCursor?: string }> => {
    const user = requireUser(ctx);
    const [at, id] = pagePlace(input.cursor);
    const rows = await deps.db.rows(listOf, [user.userId, at, id, input.limit + 1]);
    return toPage(rows, { limit: input.limit, key: (row) => [row.created_at, row.id], item: (row) => toView(row) });
  };
}

export function toView(row: SubscriptionRow, firstOrderId?: string): SubscriptionView {
  return {
    id: row.id,
    sku: row.sku,
    title: row.title,
    state: row.state,
    amount: { amount: row.amount, currency: row.currency },
    interval: row.interval,
    intervalCount: row.interval_count,
    periodStart: row.period_start,
    periodEnd: row.period_start === null ? null : row.period_end,
    cancelAtPeriodEnd: row.cancel_at_period_end,
    sellerLeft: row.seller_left_at !== null,
    openOrderId: row.open_order_id ?? (row.state === 'incomplete' ? (firstOrderId ?? null) : null),
    nextTryAt: row.next_try_at,
    entitled: row.entitled,
    credit: { amount: row.credit, currency: row.currency },
    methodKept: row.saved_method !== null,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}

type DetailsRow = {
  method: string | null;
  orders: {
    id: string;
    number: string;
    state: OrderState;
    total: number;
    created_at: string;
    paid_at: string | null;
    invoice_id: string | null;
    invoice_number: string | null;
  }[];
};
const readDetails = statement<[id: string], DetailsRow>(
  'payments.read_subscription_details',
  `select
     coalesce((select m.method_label from method_setups m join plan_subscriptions s on s.id = m.subscription_id
      where m.subscription_id = $1 and m.saved_method = s.saved_method limit 1),
     (select a.method_label from attempts a join orders o on o.id = a.order_id
      join plan_subscriptions s on s.id = o.subscription_id
      where o.subscription_id = $1 and s.saved_method in (a.saved_method, a.uses_method) and a.method_label is not null
      order by a.created_at desc limit 1)) as method,
     (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number, 'state', o.state, 'total', o.total,
        'created_at', o.created_at, 'paid_at', o.paid_at, 'invoice_id', i.id, 'invoice_number', i.number)
        order by o.created_at desc, o.id desc), '[]')
      from (select * from orders where subscription_id = $1 order by created_at desc, id desc limit 36) o
      left join invoices i on i.order_id = o.id and i.kind = 'invoice') as orders`,
);

export type SubscriptionDetails = SubscriptionView & {
  /** E.g. `visa •••• 4242`. */
  method: string | null;
  /** The orders of its periods, newest first; the last three dozen. */
  orders: {
    id: string;
    number: string;
    state: OrderState;
    total: { amount: number; currency: string };
    createdAt: string;
    paidAt: string | null;
    invoice: { id: string; number: string } | null;
  }[];
};

/** One's own subscription with its payments and invoices. @throws not_signed_in, subscription_not_found */
export function showSubscription(deps: Pick<PaymentDeps, 'db'>) {
  return async ({ subscriptionId }: { subscriptionId: string }, ctx: Ctx): Promise<SubscriptionDetails> => {
    const user = requireUser(ctx);
    const row = await deps.db.row(readOne, [subscriptionId]);
    if (row?.buyer_id !== user.userId) throw errors.subscription_not_found();
    return { ...toView(row), ...(await readSubscriptionDetails(deps, row)) };
  };
}

const readOne = statement<[id: string], SubscriptionRow>(
  'payments.read_subscription_of_buyer',
  `select ${subscriptionColumns} from plan_subscriptions where id = $1`,
);

/** What was paid for a subscription, and with what; for callers that have been let in already. */
export async function readSubscriptionDetails(
  deps: Pick<PaymentDeps, 'db'>,
  row: SubscriptionRow,
): Promise<Pick<SubscriptionDetails, 'method' | 'orders'>> {
  const details = await deps.db.row(readDetails, [row.id]);
  return {
    method: row.saved_method === null ? null : (details?.method ?? null),
    orders: (details?.orders ?? []).map((order) => ({
      id: order.id,
      number: order.number,
      state: order.state,
      total: { amount: order.total, currency: row.currency },
      createdAt: toTimestamp(order.created_at),
      paidAt: order.paid_at && toTimestamp(order.paid_at),
      invoice: order.invoice_id && order.invoice_number ? { id: order.invoice_id, number: order.invoice_number } : null,
    })),
  };
}
