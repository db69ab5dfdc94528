import { type Ctx, requireUser, statement, toPage } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
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
  /** The order that waits to be paid: the first one, a renewal that failed, a change of plan. */
  openOrderId: string | null;
  nextTryAt: string | null;
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
    openOrderId: row.open_order_id ?? (row.state === 'incomplete' ? (firstOrderId ?? null) : null),
    nextTryAt: row.next_try_at,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}
