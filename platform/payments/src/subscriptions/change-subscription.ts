import { type Ctx, derivedId, requireUser, statement, type Transaction, violatedConstraint } from '@stoa/kernel';
import { ownAddress } from '../attempts/start-payment.ts';
import { canPause, decideOnCancel, decideOnPlanChange, decideOnResume, unusedOf } from '../core/decide-subscription.ts';
import { type Interval, periodEnd, prorate } from '../core/subscription-periods.ts';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { settleFreeOrder } from '../evidence/apply-evidence.ts';
import { endOrder } from '../orders/end-order.ts';
import { priceLines } from '../orders/price-lines.ts';
import { type QuotedLine, quoteLines, requireForSale } from '../orders/quote-lines.ts';
import {
  lockSubscription,
  type SubscriptionRow,
  subscriptionColumns,
  tellChange,
  toSubscribed,
} from './follow-orders.ts';
import { lockOrder, patienceDays, type RenewDeps, renew, renewalOf, writeRenewal } from './renew-subscriptions.ts';
import { type SubscriptionView, toView } from './show-subscriptions.ts';
import { readSubscription, requireInterval } from './subscribe.ts';
import { hasOpenChange, writePeriodOrder, writePeriodPayment } from './write-order.ts';

const setCancel = statement<[id: string, cancel: boolean], SubscriptionRow>(
  'payments.set_subscription_cancel',
  // One that is paused runs on to the end of what is paid.
  `update plan_subscriptions set cancel_at_period_end = $2, state = case state when 'paused' then 'active' else state end
   where id = $1 returning ${subscriptionColumns}`,
);
const setState = statement<[id: string, state: string, endedAt: string | null], SubscriptionRow>(
  'payments.set_subscription_state',
  `update plan_subscriptions set state = $2, ended_at = $3, entitled = entitled and $3::timestamptz is null
   where id = $1 returning ${subscriptionColumns}`,
);
const beginAgain = statement<[id: string, now: string], SubscriptionRow>(
  'payments.begin_subscription_again',
  // Nobody pays for the time of a pause: periods are counted from here. What is due now is not paid yet.
  `update plan_subscriptions set state = 'active', anchor = $2, periods = 0, period_start = $2, period_end = $2, entitled = false
   where id = $1 returning ${subscriptionColumns}`,
);
const forgetOpenOrder = statement<[id: string], never>(
  'payments.forget_open_order',
  'update plan_subscriptions set open_order_id = null where id = $1',
);
const setTerms = statement<
  [id: string, sku: string, title: string, amount: number, interval: string, intervalCount: number],
  SubscriptionRow
>(
  'payments.set_subscription_terms',
  `update plan_subscriptions set sku = $2, title = $3, amount = $4, interval = $5, interval_count = $6
   where id = $1 returning ${subscriptionColumns}`,
);
const insertChange = statement<
  [
    orderId: string,
    subscriptionId: string,
    sku: string,
    title: string,
    amount: number,
    interval: string,
    intervalCount: number,
    creditLeft: number,
  ],
  never
>(
  'payments.insert_plan_change',
  `insert into plan_changes (order_id, subscription_id, sku, title, amount, interval, interval_count, credit_left)
   values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
);

type Deps = Pick<PaymentDeps, 'db' | 'ids' | 'clock' | 'jobs'>;
const dayMs = 24 * 3_600_000;

/**
 * Ends a subscription with its period, or at once when it has none that is paid (trial not begun, money missing).
 * Repeatable. @throws not_signed_in, subscription_not_found
 */
export function cancelSubscription(deps: Deps) {
  return change(deps, (tx, before, ctx) => cancelIn(deps, tx, { before, at: 'period_end' }, ctx));
}

type Cancel = {
  before: SubscriptionRow;
  at: 'period_end' | 'now';
  note?: string | undefined;
  /** Nobody asked for it: there is no one left who sells it. */
  because?: 'seller_left';
};

/** Cancels in the transaction that holds the locks of the subscription and of the order it waits for. Repeatable. */
export async function cancelIn(
  deps: Deps,
  tx: Transaction,
  { before, at, note = '', because }: Cancel,
  ctx: Ctx,
): Promise<SubscriptionRow | undefined> {
  if (before.state === 'canceled' || before.state === 'ended') return before;
  const now = deps.clock.now();
  const decided = decideOnCancel(toSubscribed(before), now);
  if (at === 'now' || decided?.set.state === 'canceled') {
    const reason = because ? 'operator' : 'buyer';
    if (before.open_order_id) await endOrder(deps, tx, { orderId: before.open_order_id, as: 'cancelled', reason }, ctx);
    const ended = await tx.row(setState, [before.id, 'canceled', now.toISOString()]);
    if (ended && before.state !== 'incomplete')
      await tellChange(deps, tx, ended, { change: because ?? 'ended', note }, ctx);
    return ended;
  }
  // Whoever has cancelled before keeps what is paid, and cannot take it back: they are told why.
  if (!decided && !because) return before;
  // What waits for the next period is not asked for any more.
  if (because && before.open_order_id) {
    await endOrder(deps, tx, { orderId: before.open_order_id, as: 'cancelled', reason: 'operator' }, ctx);
    await tx.run(forgetOpenOrder, [before.id]);
  }
  const row = await tx.row(setCancel, [before.id, true]);
  if (row) await tellChange(deps, tx, row, { change: because ?? 'cancel_requested', note }, ctx);
  return row;
}

/**
 * Takes a cancellation back, or goes on after a pause: in what is paid for, else with a new period that is charged at
 * once. Repeatable. @throws not_signed_in, subscription_not_found, subscription_over, subscription_seller_left
 */
export function resumeSubscription(deps: RenewDeps) {
  const resume = change(deps, async (tx, before, ctx) => {
    if (before.state === 'canceled' || before.state === 'ended') throw errors.subscription_over();
    if (before.seller_left_at) throw errors.subscription_seller_left();
    const now = deps.clock.now();
    const decided = decideOnResume(toSubscribed(before), now);
    if (before.state === 'paused') {
      const row = decided?.set.anchor
        ? await tx.row(beginAgain, [before.id, now.toISOString()])
        : await tx.row(setState, [before.id, 'active', null]);
      if (row) await tellChange(deps, tx, row, { change: 'resumed' }, ctx);
      return row;
    }
    if (!decided) return before;
    const row = await tx.row(setCancel, [before.id, false]);
    if (row) await tellChange(deps, tx, row, { change: 'cancel_revoked' }, ctx);
    return row;
  });
  return async (input: { subscriptionId: string }, ctx: Ctx): Promise<SubscriptionView> => {
    const view = await resume(input, ctx);
    // Does nothing but for a new period; the schedule does it, too, should we be killed here.
    await renew(deps, input.subscriptionId, ctx);
    const row = await deps.db.row(readSubscription, [input.subscriptionId]);
    return row ? toView(row) : view;
  };
}

/**
 * Stops renewing until somebody goes on; what is paid stays. Repeatable.
 * @throws not_signed_in, subscription_not_found, subscription_over
 */
export function pauseSubscription(deps: Deps) {
  return change(deps, async (tx, before, ctx) => {
    if (before.state === 'paused') return before;
    if (!canPause(toSubscribed(before))) throw errors.subscription_over();
    const row = await tx.row(setState, [before.id, 'paused', null]);
    if (row) await tellChange(deps, tx, row, { change: 'paused' }, ctx);
    return row;
  });
}

/**
 * Makes the order of the next period now, so that it can be paid with another method, which is kept for those to come.
 * The time that is paid, or on trial, stays. Unless it is paid, the kept method is charged when it is due. Repeatable.
 * @throws not_signed_in, subscription_not_found, subscription_over
 */
export function payNextPeriod(deps: RenewDeps) {
  const work = change(deps, async (tx, before, ctx) => {
    if (before.state === 'past_due' && before.open_order_id) return before;
    const runs = before.state === 'active' || before.state === 'trialing';
    if (!runs || before.cancel_at_period_end || !before.period_end) throw errors.subscription_over();
    if (await tx.row(hasOpenChange, [before.id])) throw errors.subscription_over();
    if (before.open_order_id) {
      const open = await tx.row(lockOrder, [before.open_order_id]);
      if (open?.state === 'pending_payment') return before;
    }
    const orderId = renewalOf(before);
    const ahead = Math.max(0, new Date(before.period_end).getTime() - deps.clock.now().getTime()) / dayMs;
    await writeRenewal(deps, tx, { row: before, orderId, days: ahead + patienceDays }, ctx);
    return { ...before, open_order_id: orderId };
  });
  return async (input: { subscriptionId: string }, ctx: Ctx): Promise<SubscriptionView> => {
    const view = await work(input, ctx);
    if (view.openOrderId) await settleFreeOrder(deps)({ orderId: view.openOrderId }, ctx);
    const row = await deps.db.row(readSubscription, [input.subscriptionId]);
    return row ? toView(row) : view;
  };
}

type Work = (tx: Transaction, before: SubscriptionRow, ctx: Ctx) => Promise<SubscriptionRow | undefined>;

function change(deps: Deps, work: Work) {
  return async ({ subscriptionId }: { subscriptionId: string }, ctx: Ctx): Promise<SubscriptionView> => {
    const user = requireUser(ctx);
    const row = await changeLocked(deps, { subscriptionId, buyerId: user.userId }, work, ctx);
    return toView(row);
  };
}

/**
 * Does something with a subscription under its lock and that of the order it waits for.
 * @throws subscription_not_found, subscription_over if somebody else began to pay meanwhile
 */
export async function changeLocked(
  deps: Pick<Deps, 'db'>,
  { subscriptionId, buyerId }: { subscriptionId: string; buyerId: string | null },
  work: Work,
  ctx: Ctx,
): Promise<SubscriptionRow> {
  const known = await deps.db.row(readSubscription, [subscriptionId]);
  if (!known || (buyerId !== null && known.buyer_id !== buyerId)) throw errors.subscription_not_found();
  return deps.db.transaction(async (tx) => {
    // The order's lock first, as everywhere.
    if (known.open_order_id) await tx.row(lockOrder, [known.open_order_id]);
    const before = await tx.row(lockSubscription, [subscriptionId]);
    if (!before) throw errors.subscription_not_found();
    if (before.open_order_id !== known.open_order_id) throw errors.subscription_over();
    return (await work(tx, before, ctx)) ?? before;
  });
}

type ChangeDeps = RenewDeps;

/**
 * Changes to another plan of the same seller, from now on: what is not used of the current period comes off the new
 * plan's price, and what is left over off the next one's. It takes effect when its order is paid; on trial, at once.
 * @throws not_signed_in, subscription_not_found, subscription_over, item_unknown, item_not_for_sale, not_a_plan,
 *   plan_of_another_seller, already_subscribed
 */
export function changePlan(deps: ChangeDeps) {
  return async (
    input: { subscriptionId: string; sku: string; returnUrl?: string | undefined },
    ctx: Ctx,
  ): Promise<SubscriptionView> => {
    const user = requireUser(ctx);
    const { known, plan, interval, intervalCount } = await planToChangeTo(deps, input, user.userId, ctx);
    const orderId = derivedId(ctx.requestId ?? deps.ids.id(), 'plan change');
    const returnUrl = ownAddress(deps.publicUrl, input.returnUrl ?? `/orders/${orderId}`);
    try {
      await deps.db.transaction(async (tx) => {
        const before = await tx.row(lockSubscription, [input.subscriptionId]);
        if (await tx.row(hasOpenChange, [input.subscriptionId])) throw errors.subscription_over();
        if (before?.state === 'trialing' && !before.open_order_id) {
          const terms = [plan.sku, plan.title, plan.unitPrice, interval, intervalCount] as const;
          const row = await tx.row(setTerms, [before.id, ...terms]);
          if (row) await tellChange(deps, tx, row, { change: 'plan_changed' }, ctx);
          return;
        }
        const now = deps.clock.now();
        const asked = { newPrice: plan.unitPrice, hasOpenChange: false };
        const prorated = before && decideOnPlanChange(toSubscribed(before), asked, now);
        if (!prorated) throw errors.subscription_over();
        const { takenOff, left } = prorated;
        const order = { orderId, subscription: before, plan, price: plan.unitPrice, takenOff, days: 1 };
        const total = await writePeriodOrder(deps, tx, order);
        const terms = [plan.sku, plan.title, plan.unitPrice, interval, intervalCount] as const;
        await tx.run(insertChange, [orderId, before.id, ...terms, left]);
        if (total === 0) return;
        const attemptId = derivedId(orderId, 'payment');
        const expiresAt = new Date(now.getTime() + dayMs);
        const savedMethod = before.saved_method;
        const payment = { attemptId, orderId, subscription: before, total, returnUrl, savedMethod, expiresAt };
        await writePeriodPayment(deps, tx, payment, ctx);
      });
      await settleFreeOrder(deps)({ orderId }, ctx);
    } catch (error) {
      if (violatedConstraint(error) === 'one_subscription_per_plan')
        throw errors.already_subscribed({ params: { title: plan.title } });
      throw error;
    }
    const row = await deps.db.row(readSubscription, [known.id]);
    if (!row) throw errors.subscription_not_found();
    return { ...toView(row), openOrderId: row.sku === plan.sku ? null : orderId };
  };
}

export type PlanChangePreview = {
  sku: string;
  title: string;
  price: { amount: number; currency: string };
  interval: string;
  intervalCount: number;
  /** What is not used of the period that runs, and was left from before. */
  credit: { amount: number; currency: string };
  /** To be paid now, with tax; nothing on trial. */
  total: { amount: number; currency: string };
  /** Comes off later periods. */
  left: { amount: number; currency: string };
  /** When the next period is charged, RFC 3339. */
  renewsAt: string;
};

/** What a change of plan would cost at this moment. Errors as for `changePlan`. */
export function previewPlanChange(deps: ChangeDeps) {
  return async (input: { subscriptionId: string; sku: string }, ctx: Ctx): Promise<PlanChangePreview> => {
    const user = requireUser(ctx);
    const { known, plan, interval, intervalCount } = await planToChangeTo(deps, input, user.userId, ctx);
    const money = (amount: number) => ({ amount, currency: known.currency });
    const now = deps.clock.now();
    const shown = { sku: plan.sku, title: plan.title, price: money(plan.unitPrice), interval, intervalCount };
    if (known.state === 'trialing' && known.period_end)
      return { ...shown, credit: money(0), total: money(0), left: money(known.credit), renewsAt: known.period_end };
    if (known.state !== 'active' || known.open_order_id || !known.period_end) throw errors.subscription_over();
    const { takenOff, left } = creditOf(known, plan.unitPrice, now);
    const { order } = await priceLines(deps, {
      lines: [{ ...plan, unitPrice: plan.unitPrice - takenOff, plan: null }],
      couponCode: undefined,
      country: known.country,
      person: null,
      now,
    });
    const renewsAt = periodEnd(now, { interval, count: intervalCount }, 1).toISOString();
    return { ...shown, credit: money(takenOff + left), total: money(order.total), left: money(left), renewsAt };
  };
}

function creditOf(subscription: SubscriptionRow, newPrice: number, now: Date): { takenOff: number; left: number } {
  return prorate({ newPrice, credit: subscription.credit + unusedOf(toSubscribed(subscription), now) });
}

async function planToChangeTo(
  deps: ChangeDeps,
  input: { subscriptionId: string; sku: string },
  buyerId: string,
  ctx: Ctx,
): Promise<{ known: SubscriptionRow; plan: QuotedLine; interval: Interval; intervalCount: number }> {
  const known = await deps.db.row(readSubscription, [input.subscriptionId]);
  if (known?.buyer_id !== buyerId) throw errors.subscription_not_found();
  // For nobody in particular: that they have the one they leave is no reason to refuse.
  const [plan] = await quoteLines(deps, { lines: [{ sku: input.sku }], ownerId: null }, ctx);
  if (!plan) throw errors.item_unknown({ params: { sku: input.sku } });
  requireForSale([plan]);
  if (!plan.plan || plan.currency !== known.currency || plan.sku === known.sku)
    throw errors.not_a_plan({ params: { title: plan.title } });
  if (plan.sellerId !== known.seller_id) throw errors.plan_of_another_seller({ params: { title: plan.title } });
  return {
    known,
    plan,
    interval: requireInterval(plan.plan.interval),
    intervalCount: Math.max(1, plan.plan.intervalCount),
  };
}
