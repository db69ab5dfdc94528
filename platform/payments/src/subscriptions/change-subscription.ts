import { type Ctx, derivedId, requireUser, statement, type Transaction } from '@stoa/kernel';
import { ownAddress } from '../attempts/start-payment.ts';
import { prorate, unusedPart } from '../core/subscription-periods.ts';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { settleFreeOrder } from '../evidence/apply-evidence.ts';
import { quoteLines, requireForSale } from '../orders/quote-lines.ts';
import { lockSubscription, type SubscriptionRow, subscriptionColumns, tellChange } from './follow-orders.ts';
import { type SubscriptionView, toView } from './show-subscriptions.ts';
import { readSubscription, requireInterval } from './subscribe.ts';
import { writePeriodOrder, writePeriodPayment } from './write-order.ts';

const setCancel = statement<[id: string, cancel: boolean], SubscriptionRow>(
  'payments.set_subscription_cancel',
  `update plan_subscriptions set cancel_at_period_end = $2 where id = $1 returning ${subscriptionColumns}`,
);
const setState = statement<[id: string, state: string, endedAt: string | null], SubscriptionRow>(
  'payments.set_subscription_state',
  `update plan_subscriptions set state = $2, ended_at = $3 where id = $1 returning ${subscriptionColumns}`,
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

const hasOpenChange = statement<[subscriptionId: string], { order_id: string }>(
  'payments.has_open_plan_change',
  `select c.order_id from plan_changes c join orders o on o.id = c.order_id
   where c.subscription_id = $1 and o.state = 'pending_payment'`,
);

type Deps = Pick<PaymentDeps, 'db' | 'ids' | 'clock'>;

/**
 * Ends a subscription with its period, or at once when it has none that is paid (trial not begun, money missing).
 * Repeatable. @throws not_signed_in, subscription_not_found
 */
export function cancelSubscription(deps: Deps) {
  return change(deps, async (tx, before, ctx) => {
    if (before.state === 'canceled' || before.state === 'ended') return before;
    if (before.state === 'incomplete' || before.state === 'past_due' || before.state === 'paused') {
      const ended = await tx.row(setState, [before.id, 'canceled', deps.clock.now().toISOString()]);
      if (ended && before.state !== 'incomplete') await tellChange(deps, tx, ended, 'ended', ctx);
      return ended;
    }
    if (before.cancel_at_period_end) return before;
    const row = await tx.row(setCancel, [before.id, true]);
    if (row) await tellChange(deps, tx, row, 'cancel_requested', ctx);
    return row;
  });
}

/** Takes a cancellation back, or goes on after a pause. Repeatable. @throws not_signed_in, subscription_not_found, subscription_over */
export function resumeSubscription(deps: Deps) {
  return change(deps, async (tx, before, ctx) => {
    if (before.state === 'canceled' || before.state === 'ended') throw errors.subscription_over();
    if (before.state === 'paused') {
      const row = await tx.row(setState, [before.id, 'active', null]);
      if (row) await tellChange(deps, tx, row, 'resumed', ctx);
      return row;
    }
    if (!before.cancel_at_period_end) return before;
    const row = await tx.row(setCancel, [before.id, false]);
    if (row) await tellChange(deps, tx, row, 'cancel_revoked', ctx);
    return row;
  });
}

/**
 * Stops renewing until somebody goes on; what is paid stays. Repeatable.
 * @throws not_signed_in, subscription_not_found, subscription_over
 */
export function pauseSubscription(deps: Deps) {
  return change(deps, async (tx, before, ctx) => {
    if (before.state === 'paused') return before;
    if (before.state !== 'active') throw errors.subscription_over();
    const row = await tx.row(setState, [before.id, 'paused', null]);
    if (row) await tellChange(deps, tx, row, 'paused', ctx);
    return row;
  });
}

type Work = (tx: Transaction, before: SubscriptionRow, ctx: Ctx) => Promise<SubscriptionRow | undefined>;

function change(deps: Deps, work: Work) {
  return async ({ subscriptionId }: { subscriptionId: string }, ctx: Ctx): Promise<SubscriptionView> => {
    const user = requireUser(ctx);
    return deps.db.transaction(async (tx) => {
      const before = await tx.row(lockSubscription, [subscriptionId]);
      if (before?.buyer_id !== user.userId) throw errors.subscription_not_found();
      const row = await work(tx, before, ctx);
      return toView(row ?? before);
    });
  };
}

type ChangeDeps = Deps & Pick<PaymentDeps, 'jobs' | 'config' | 'sockets' | 'publicUrl' | 'log'>;

/**
 * Changes to another plan, from now on: what is not used of the current period comes off the new plan's price, and what
 * is left over off the next one's. It takes effect when its order is paid.
 * @throws not_signed_in, subscription_not_found, subscription_over, item_unknown, item_not_for_sale, not_a_plan
 */
export function changePlan(deps: ChangeDeps) {
  return async (
    input: { subscriptionId: string; sku: string; returnUrl?: string | undefined },
    ctx: Ctx,
  ): Promise<SubscriptionView> => {
    const user = requireUser(ctx);
    const known = await deps.db.row(readSubscription, [input.subscriptionId]);
    if (known?.buyer_id !== user.userId) throw errors.subscription_not_found();
    const [plan] = await quoteLines(deps, { lines: [{ sku: input.sku }], ownerId: user.userId }, ctx);
    if (!plan) throw errors.item_unknown({ params: { sku: input.sku } });
    requireForSale([plan]);
    if (!plan.plan || plan.currency !== known.currency) throw errors.not_a_plan({ params: { title: plan.title } });
    const { interval, intervalCount } = plan.plan;
    const length = requireInterval(interval);
    const orderId = derivedId(ctx.requestId ?? deps.ids.id(), 'plan change');
    const returnUrl = ownAddress(deps.publicUrl, input.returnUrl ?? `/orders/${orderId}`);
    await deps.db.transaction(async (tx) => {
      const before = await tx.row(lockSubscription, [input.subscriptionId]);
      if (await tx.row(hasOpenChange, [input.subscriptionId])) throw errors.subscription_over();
      if (before?.state !== 'active' || before.open_order_id || !before.period_start || !before.period_end)
        throw errors.subscription_over();
      const now = deps.clock.now();
      const period = { from: new Date(before.period_start), to: new Date(before.period_end) };
      const credit = before.credit + unusedPart(before.amount, period, now);
      const { takenOff, left } = prorate({ newPrice: plan.unitPrice, credit });
      const order = { orderId, subscription: before, plan, price: plan.unitPrice, takenOff, days: 1 };
      const total = await writePeriodOrder(deps, tx, order);
      await tx.run(insertChange, [
        orderId,
        before.id,
        plan.sku,
        plan.title,
        plan.unitPrice,
        length,
        Math.max(1, intervalCount),
        left,
      ]);
      if (total === 0) return;
      const attemptId = derivedId(orderId, 'payment');
      const expiresAt = new Date(now.getTime() + 24 * 3_600_000);
      const savedMethod = before.saved_method;
      const payment = { attemptId, orderId, subscription: before, total, returnUrl, savedMethod, expiresAt };
      await writePeriodPayment(deps, tx, payment, ctx);
    });
    await settleFreeOrder(deps)({ orderId }, ctx);
    const row = await deps.db.row(readSubscription, [input.subscriptionId]);
    if (!row) throw errors.subscription_not_found();
    return { ...toView(row), openOrderId: row.sku === plan.sku ? null : orderId };
  };
}
