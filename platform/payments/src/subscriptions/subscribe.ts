import { type Ctx, derivedId, requireUser, statement, violatedConstraint } from '@stoa/kernel';
import { ownAddress } from '../attempts/start-payment.ts';
import { type Interval, periodEnd } from '../core/subscription-periods.ts';
import type { PaymentDeps } from '../deps.ts';
import { isSellerErased } from '../erased-people.ts';
import { errors } from '../errors.ts';
import { settleFreeOrder } from '../evidence/apply-evidence.ts';
import { priceLines } from '../orders/price-lines.ts';
import { quoteLines, requireForSale } from '../orders/quote-lines.ts';
import { type SubscriptionRow, subscriptionColumns } from './follow-orders.ts';
import { type SubscriptionView, toView } from './show-subscriptions.ts';
import { writePeriodOrder, writePeriodPayment } from './write-order.ts';

export type SubscribeInput = {
  sku: string;
  provider: string;
  returnUrl?: string | undefined;
  country?: string | undefined;
};
const insertSubscription = statement<
  [
    id: string,
    buyerId: string,
    email: string,
    name: string,
    locale: string,
    country: string,
    sku: string,
    title: string,
    amount: number,
    currency: string,
    interval: string,
    intervalCount: number,
    provider: string,
    trialEnd: string | null,
    at: string,
    sellerId: string,
  ],
  { id: string }
>(
  'payments.insert_subscription',
  `insert into plan_subscriptions (id, buyer_id, buyer_email, buyer_name, locale, country, sku, title, amount, currency, interval,
     interval_count, provider, period_end, created_at, seller_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict (id) do nothing returning id`,
);
const hasOne = statement<[buyerId: string, sku: string], { open: boolean; had: boolean }>(
  'payments.has_subscription',
  `select coalesce(bool_or(state in ('trialing', 'active', 'past_due', 'paused')), false) as open,
     coalesce(bool_or(period_start is not null), false) as had
   from plan_subscriptions where buyer_id = $1 and sku = $2`,
);
export const readSubscription = statement<[id: string], SubscriptionRow>(
  'payments.read_subscription',
  `select ${subscriptionColumns} from plan_subscriptions where id = $1`,
);
const dayMs = 24 * 3_600_000;

type Deps = Pick<
  PaymentDeps,
  'db' | 'ids' | 'clock' | 'jobs' | 'config' | 'sockets' | 'providers' | 'publicUrl' | 'log'
>;

/**
 * Subscribes to a plan. The first period is an order to be paid, with the method kept for the next ones; a trial, once
 * per person and plan, begins at once and asks for money when it ends.
 * @throws not_signed_in, item_unknown, item_not_for_sale, not_a_plan, already_subscribed, provider_unknown,
 *   provider_unavailable, provider_cannot_renew, return_address_refused; invalid_token once the account is gone
 */
export function subscribe(deps: Deps) {
  return async (input: SubscribeInput, ctx: Ctx): Promise<SubscriptionView> => {
    const user = requireUser(ctx);
    requireRenewing(deps, input.provider);
    const [plan] = await quoteLines(deps, { lines: [{ sku: input.sku }], ownerId: user.userId }, ctx);
    if (!plan) throw errors.item_unknown({ params: { sku: input.sku } });
    const id = ctx.requestId ?? deps.ids.id();
    const orderId = derivedId(id, 'first order');
    const known = await deps.db.row(readSubscription, [id]);
    if (!known) {
      requireForSale([plan]);
      if (!plan.plan) throw errors.not_a_plan({ params: { title: plan.title } });
      const before = await deps.db.row(hasOne, [user.userId, plan.sku]);
      if (before?.open) throw errors.already_subscribed({ params: { title: plan.title } });
      const now = deps.clock.now();
      const trialDays = before?.had ? 0 : plan.plan.trialDays;
      const trialEnd = trialDays > 0 ? new Date(now.getTime() + trialDays * dayMs).toISOString() : null;
      const { interval, intervalCount } = plan.plan;
      const length = requireInterval(interval);
      const returnUrl = ownAddress(deps.publicUrl, input.returnUrl ?? `/orders/${orderId}`);
      await deps.db.transaction(async (tx) => {
        // Its market has yet to hear that they are gone: it would renew, and nobody would end it.
        if (await isSellerErased(tx, plan.sellerId)) throw errors.item_not_for_sale({ params: { title: plan.title } });
        const inserted = await tx.row(insertSubscription, [
          id,
          user.userId,
          user.email,
          user.name,
          ctx.locale,
          input.country ?? '',
          plan.sku,
          plan.title,
          plan.unitPrice,
          plan.currency,
          length,
          Math.max(1, intervalCount),
          input.provider,
          trialEnd,
          now.toISOString(),
          plan.sellerId,
        ]);
        const subscription = inserted && (await tx.row(readSubscription, [id]));
        if (!subscription) return;
        const takenOff = trialEnd ? plan.unitPrice : 0;
        const days = Math.max(1, deps.config.STOA_ORDER_MINUTES / 1440);
        const order = { orderId, subscription, plan, price: plan.unitPrice, takenOff, days };
        const total = await writePeriodOrder(deps, tx, order);
        const expiresAt = new Date(now.getTime() + days * dayMs);
        const payment = { attemptId: derivedId(id, 'first payment'), orderId, subscription, total, returnUrl };
        if (total > 0) await writePeriodPayment(deps, tx, { ...payment, savedMethod: null, expiresAt }, ctx);
      });
    }
    try {
      await settleFreeOrder(deps)({ orderId }, ctx);
    } catch (error) {
      if (violatedConstraint(error) === 'one_subscription_per_plan')
        throw errors.already_subscribed({ params: { title: plan.title } });
      throw error;
    }
    const row = await deps.db.row(readSubscription, [id]);
    if (!row || row.buyer_id !== user.userId) throw errors.subscription_not_found();
    return toView(row, orderId);
  };
}

/** A provider that can charge a kept method. @throws provider_unknown, provider_unavailable, provider_cannot_renew */
export function requireRenewing(deps: Pick<PaymentDeps, 'providers'>, name: string): void {
  const configured = deps.providers.find((one) => one.name === name);
  if (!configured) throw errors.provider_unknown({ params: { provider: name } });
  if (!configured.provider) throw errors.provider_unavailable({ params: { provider: name } });
  if (!configured.provider.capabilities.savedMethods)
    throw errors.provider_cannot_renew({ params: { provider: name } });
}

export function requireInterval(interval: string): Interval {
  const known = (['day', 'week', 'month', 'year'] as const).find((one) => one === interval);
  if (!known) throw new Error(`a market sells a plan by the ${interval}`);
  return known;
}

export type SubscriptionQuote = {
  sku: string;
  title: string;
  summary: string;
  path: string;
  sellerName: string;
  price: { amount: number; currency: string } | null;
  interval: string;
  intervalCount: number;
  /** For this person: whoever has had the plan gets no second trial. */
  trialDays: number;
  /** To be paid now, with tax: nothing when there is a trial. */
  dueNow: { amount: number; currency: string };
  /** What each period costs, with tax. */
  renewal: {
    total: { amount: number; currency: string };
    tax: { amount: { amount: number; currency: string }; name: string; rate: number; inclusive: boolean } | null;
  };
  /** When money is taken for the first time, and the time after that; RFC 3339. */
  firstChargeAt: string;
  secondChargeAt: string;
  refundDays: number;
  /** Why it cannot be subscribed to; null when it can. */
  refusal: string | null;
};

/**
 * What subscribing to a plan means for the person who asks, before they do.
 * @throws item_unknown, not_a_plan
 */
export function quoteSubscription(deps: Pick<PaymentDeps, 'db' | 'clock' | 'sockets'>) {
  return async (input: { sku: string; country?: string | undefined }, ctx: Ctx): Promise<SubscriptionQuote> => {
    const ownerId = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
    const [plan] = await quoteLines(deps, { lines: [{ sku: input.sku }], ownerId }, ctx);
    if (!plan || plan.refusal === 'not_found') throw errors.item_unknown({ params: { sku: input.sku } });
    if (!plan.plan) throw errors.not_a_plan({ params: { title: plan.title } });
    const before = ownerId ? await deps.db.row(hasOne, [ownerId, plan.sku]) : undefined;
    const now = deps.clock.now();
    const length = { interval: requireInterval(plan.plan.interval), count: Math.max(1, plan.plan.intervalCount) };
    const trialDays = before?.had ? 0 : plan.plan.trialDays;
    const first = new Date(now.getTime() + trialDays * dayMs);
    const { order, currency } = await priceLines(deps, {
      lines: plan.refusal === null ? [plan] : [],
      couponCode: undefined,
      country: input.country ?? '',
      person: null,
      now,
    });
    const money = (amount: number) => ({ amount, currency });
    const line = order.lines[0];
    const { rule } = line ?? {};
    return {
      sku: plan.sku,
      title: plan.title,
      summary: plan.summary,
      path: plan.path,
      sellerName: plan.sellerName,
      price: plan.refusal === null ? money(plan.unitPrice) : null,
      interval: length.interval,
      intervalCount: length.count,
      trialDays,
      dueNow: money(trialDays > 0 ? 0 : order.total),
      renewal: {
        total: money(order.total),
        tax:
          line && rule
            ? { amount: money(line.tax), name: rule.name, rate: rule.rate, inclusive: rule.inclusive }
            : null,
      },
      firstChargeAt: first.toISOString(),
      secondChargeAt: periodEnd(first, length, 1).toISOString(),
      refundDays: plan.refundDays,
      refusal: plan.refusal ?? (before?.open ? 'already_subscribed' : null),
    };
  };
}
