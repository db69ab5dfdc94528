import { SubscriptionChanged } from '@stoa/contracts';
import { type Ctx, emit, statement, type Transaction } from '@stoa/kernel';
import {
  type Change,
  decideOnFailedRenewal,
  decideOnPaidPeriod,
  decideOnUnpaid,
  type Subscribed,
} from '../core/decide-subscription.ts';
import type { Interval } from '../core/subscription-periods.ts';
import type { PaymentDeps } from '../deps.ts';
import { endOrder } from '../orders/end-order.ts';

export type SubscriptionRow = {
  id: string;
  buyer_id: string;
  buyer_email: string;
  buyer_name: string;
  locale: 'en' | 'pt-BR' | 'es';
  country: string;
  sku: string;
  title: string;
  amount: number;
  currency: string;
  interval: Interval;
  interval_count: number;
  state: 'incomplete' | 'trialing' | 'active' | 'past_due' | 'paused' | 'canceled' | 'ended';
  cancel_at_period_end: boolean;
  anchor: string | null;
  periods: number;
  period_start: string | null;
  period_end: string | null;
  provider: string;
  saved_method: string | null;
  credit: number;
  open_order_id: string | null;
  seller_id: string;
  /** Whether the subscriber has what the plan stands for. */
  entitled: boolean;
  failures: number;
  next_try_at: string | null;
  created_at: string;
  ended_at: string | null;
  /** When the account of whoever sold it was deleted. */
  seller_left_at: string | null;
};
export const subscriptionColumns = `id, buyer_id, buyer_email, buyer_name, locale, country, sku, title, amount, currency, interval, interval_count,
  state, cancel_at_period_end, anchor, periods, period_start, period_end, provider, saved_method, credit, open_order_id, seller_id,
  entitled, failures, next_try_at, created_at, ended_at, seller_left_at`;

export const lockSubscription = statement<[id: string], SubscriptionRow>(
  'payments.lock_subscription',
  `select ${subscriptionColumns} from plan_subscriptions where id = $1 for update`,
);
type PaidRow = {
  subscription_id: string;
  total: number;
  discount: number;
  saved_method: string | null;
  provider: string | null;
  /** The kept method that was charged without the payer. */
  uses_method: string | null;
  change: {
    sku: string;
    title: string;
    amount: number;
    interval: Interval;
    interval_count: number;
    credit_left: number;
  } | null;
};
const readPaid = statement<[orderId: string, attemptId: string | null], PaidRow>(
  'payments.read_paid_subscription',
  `select o.subscription_id, o.total, o.discount, a.saved_method, a.provider, a.uses_method, to_jsonb(c) as change
   from orders o left join attempts a on a.id = $2 left join plan_changes c on c.order_id = o.id
   where o.id = $1 and o.subscription_id is not null`,
);
const savePeriod = statement<
  [
    id: string,
    state: string,
    sku: string,
    title: string,
    amount: number,
    interval: string,
    intervalCount: number,
    anchor: string,
    periods: number,
    periodStart: string,
    periodEnd: string,
    savedMethod: string | null,
    credit: number,
    provider: string | null,
  ],
  SubscriptionRow
>(
  'payments.save_subscription_period',
  // A kept method is good at the provider that keeps it.
  `update plan_subscriptions set state = $2, sku = $3, title = $4, amount = $5, interval = $6, interval_count = $7, anchor = $8,
     periods = $9, period_start = $10, period_end = $11, saved_method = coalesce($12, saved_method), credit = $13,
     provider = case when $12::text is null then provider else coalesce($14, provider) end,
     open_order_id = null, failures = 0, next_try_at = null, ended_at = null, entitled = true
   where id = $1 returning ${subscriptionColumns}`,
);
const findOther = statement<[id: string, buyerId: string, sku: string], { id: string }>(
  'payments.find_other_subscription',
  `select id from plan_subscriptions where id <> $1 and buyer_id = $2 and sku = $3 and state in ('trialing', 'active', 'past_due', 'paused')
   for update`,
);
const addCredit = statement<[id: string, by: number], never>(
  'payments.add_subscription_credit',
  'update plan_subscriptions set credit = credit + $2 where id = $1',
);
const saveFailure = statement<
  [id: string, state: string, failures: number, nextTryAt: string | null, endedAt: string | null],
  SubscriptionRow
>(
  'payments.save_subscription_failure',
  // Whoever has paid before has some days of grace; a trial that is over has none.
  `update plan_subscriptions set state = $2, failures = $3, next_try_at = $4, ended_at = $5,
     entitled = entitled and $2 = 'past_due' and state <> 'trialing',
     open_order_id = case when $2 = 'past_due' then open_order_id end
   where id = $1 returning ${subscriptionColumns}`,
);

export type SubscriptionDeps = Pick<PaymentDeps, 'ids' | 'clock' | 'jobs'>;

/** A row as the rules about subscriptions read it. */
export function toSubscribed(row: SubscriptionRow): Subscribed {
  const date = (time: string | null) => (time === null ? null : new Date(time));
  return {
    sku: row.sku,
    title: row.title,
    amount: row.amount,
    interval: row.interval,
    intervalCount: row.interval_count,
    state: row.state,
    cancelAtPeriodEnd: row.cancel_at_period_end,
    anchor: date(row.anchor),
    periods: row.periods,
    periodStart: date(row.period_start),
    periodEnd: date(row.period_end),
    credit: row.credit,
    openOrderId: row.open_order_id,
    failures: row.failures,
    nextTryAt: date(row.next_try_at),
  };
}

/**
 * An order of a subscription is paid: its next period begins. A first order that cost nothing begins a trial. In the
 * transaction that holds the order's lock; other orders are none of its business.
 */
export async function beginPeriod(
  deps: SubscriptionDeps,
  tx: Transaction,
  paid: { orderId: string; attemptId: string | null },
  ctx: Ctx,
): Promise<void> {
  const order = await tx.row(readPaid, [paid.orderId, paid.attemptId]);
  const before = order && (await tx.row(lockSubscription, [order.subscription_id]));
  if (!order || !before) return;
  const other = await tx.row(findOther, [before.id, before.buyer_id, (order.change ?? before).sku]);
  if (other) {
    // Begun twice and paid twice: what was paid here is kept for the one that runs.
    await tx.run(addCredit, [other.id, order.total]);
    return;
  }
  const change = order.change && {
    sku: order.change.sku,
    title: order.change.title,
    amount: order.change.amount,
    interval: order.change.interval,
    intervalCount: order.change.interval_count,
    creditLeft: order.change.credit_left,
  };
  const { total, discount } = order;
  const decided = decideOnPaidPeriod(toSubscribed(before), { total, discount, change }, deps.clock.now());
  const next = { ...toSubscribed(before), ...decided.set };
  if (!next.anchor || !next.periodStart || !next.periodEnd) throw new Error('a period without a time');
  const row = await tx.row(savePeriod, [
    before.id,
    next.state,
    next.sku,
    next.title,
    next.amount,
    next.interval,
    next.intervalCount,
    next.anchor.toISOString(),
    next.periods,
    next.periodStart.toISOString(),
    next.periodEnd.toISOString(),
    order.saved_method,
    next.credit,
    order.provider,
  ]);
  if (row && decided.tell) await tellChange(deps, tx, row, { change: decided.tell }, ctx);
}

/**
 * What follows when charging the kept method for a renewal failed: it is tried again some days later, three times in all;
 * then the subscription ends. Null when the payment is none of those; else to be done in the same transaction.
 */
export async function failedRenewal(
  deps: SubscriptionDeps,
  tx: Transaction,
  { orderId, attemptId }: { orderId: string; attemptId: string | null },
): Promise<((ctx: Ctx, reason: string) => Promise<void>) | null> {
  const order = await tx.row(readPaid, [orderId, attemptId]);
  const before = order && (await tx.row(lockSubscription, [order.subscription_id]));
  // The first payment, and a change of plan, are tried again by the buyer.
  if (!before || before.open_order_id !== orderId || order.change || order.uses_method === null) return null;
  const change = decideOnFailedRenewal(toSubscribed(before), deps.clock.now());
  return change && ((ctx, failureReason) => bear(deps, tx, { row: before, change, failureReason }, ctx));
}

/** Ends a subscription nobody pays for any more, with the order that waits for its money. */
export async function endUnpaid(
  deps: SubscriptionDeps,
  tx: Transaction,
  subscription: SubscriptionRow,
  ctx: Ctx,
): Promise<void> {
  await bear(deps, tx, { row: subscription, change: decideOnUnpaid() }, ctx);
}

/** Keeps what became of a renewal that was not paid. */
async function bear(
  deps: SubscriptionDeps,
  tx: Transaction,
  { row, change, failureReason }: { row: SubscriptionRow; change: Change; failureReason?: string },
  ctx: Ctx,
): Promise<void> {
  const { state, failures, nextTryAt } = { ...toSubscribed(row), ...change.set };
  const endedAt = change.endsOrder ? deps.clock.now().toISOString() : null;
  const saved = await tx.row(saveFailure, [row.id, state, failures, nextTryAt?.toISOString() ?? null, endedAt]);
  if (change.endsOrder && row.open_order_id) {
    const reason = change.endsOrder === 'cancelled' ? 'buyer' : 'expired';
    await endOrder(deps, tx, { orderId: row.open_order_id, as: change.endsOrder, reason }, ctx);
  }
  if (saved && change.tell) await tellChange(deps, tx, saved, { change: change.tell, failureReason }, ctx);
}

const noteChange = statement<
  [id: string, change: string, actor: string, actorId: string | null, note: string],
  { revision: number }
>(
  'payments.note_subscription_change',
  `with changed as (
     update plan_subscriptions set revision = revision + 1 where id = $1 returning id, revision, state, title, entitled
   )
   insert into subscription_changes (subscription_id, revision, change, state, title, entitled, actor, actor_id, note)
   select id, revision, $2, state, title, entitled, $3, $4, $5 from changed returning revision`,
);

/** Tells that a subscription has changed, and why; and keeps it for whoever asks later. */
export async function tellChange(
  deps: Pick<SubscriptionDeps, 'ids'>,
  tx: Transaction,
  row: SubscriptionRow,
  { change, note = '', failureReason = '' }: { change: string; note?: string; failureReason?: string | undefined },
  ctx: Ctx,
): Promise<void> {
  const person = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  const actor = person === null ? 'platform' : person === row.buyer_id ? 'buyer' : 'operator';
  const noted = await tx.row(noteChange, [row.id, change, actor, actor === 'operator' ? person : null, note]);
  const revision = noted?.revision ?? 0;
  await emit(tx, ctx, deps.ids, {
    event: SubscriptionChanged,
    aggregate: row.id,
    data: {
      subscriptionId: row.id,
      buyerId: row.buyer_id,
      buyerEmail: row.buyer_email,
      locale: row.locale,
      sku: row.sku,
      title: row.title,
      state: row.state,
      change,
      amount: { amount: BigInt(row.amount), currency: row.currency },
      periodEnd: row.period_end ?? '',
      cancelAtPeriodEnd: row.cancel_at_period_end,
      nextRetryAt: row.next_try_at ?? '',
      entitled: row.entitled,
      revision: BigInt(revision),
      needsPayer: row.saved_method === null,
      failureReason,
    },
  });
}

const latestPaid = statement<[subscriptionId: string], { id: string }>(
  'payments.latest_paid_order_of_subscription',
  'select id from orders where subscription_id = $1 and paid_at is not null order by paid_at desc, id desc limit 1',
);
const subscriptionOf = statement<[orderId: string], { subscription_id: string | null }>(
  'payments.subscription_of_order',
  'select subscription_id from orders where id = $1',
);

/**
 * What paid for the period that runs was given back, with what it bought: the subscription ends. Of an earlier period
 * nothing is left to take. In the transaction that holds the order's lock.
 */
export async function endRefunded(
  deps: SubscriptionDeps,
  tx: Transaction,
  { orderId }: { orderId: string },
  ctx: Ctx,
): Promise<void> {
  const subscriptionId = (await tx.row(subscriptionOf, [orderId]))?.subscription_id;
  const before = subscriptionId ? await tx.row(lockSubscription, [subscriptionId]) : undefined;
  if (!before || before.state === 'canceled' || before.state === 'ended') return;
  if ((await tx.row(latestPaid, [before.id]))?.id !== orderId) return;
  const at = deps.clock.now().toISOString();
  const row = await tx.row(saveFailure, [before.id, 'canceled', before.failures, null, at]);
  // What waits to be paid for a next period would begin it again.
  if (before.open_order_id)
    await endOrder(deps, tx, { orderId: before.open_order_id, as: 'cancelled', reason: 'operator' }, ctx);
  if (row) await tellChange(deps, tx, row, { change: 'ended' }, ctx);
}
