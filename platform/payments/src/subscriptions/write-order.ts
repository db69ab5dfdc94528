import type { Ctx } from '@stoa/kernel';
import { statement, type Transaction } from '@stoa/kernel';
import { insertAttempt } from '../attempts/start-payment.ts';
import { requireOffered } from '../attempts/switched-off.ts';
import type { PaymentDeps } from '../deps.ts';
import { refuseErased } from '../erased-people.ts';
import { chargeJob, pollJob } from '../jobs.ts';
import { insertLines, insertOrder } from '../orders/create-order.ts';
import { priceLines } from '../orders/price-lines.ts';
import type { QuotedLine } from '../orders/quote-lines.ts';
import type { SubscriptionRow } from './follow-orders.ts';

const noteSubscription = statement<[orderId: string, subscriptionId: string], never>(
  'payments.note_order_subscription',
  "update orders set subscription_id = $2, hold = 'held' where id = $1",
);
const markAttempt = statement<[id: string, keep: boolean, uses: string | null], never>(
  'payments.mark_attempt_method',
  'update attempts set keep_method = $2, uses_method = $3 where id = $1',
);
export const hasOpenChange = statement<[subscriptionId: string], { order_id: string }>(
  'payments.has_open_plan_change',
  `select c.order_id from plan_changes c join orders o on o.id = c.order_id
   where c.subscription_id = $1 and o.state = 'pending_payment'`,
);
export const noteOpenOrder = statement<[id: string, orderId: string], never>(
  'payments.note_open_order',
  'update plan_subscriptions set open_order_id = $2 where id = $1',
);

type WriteDeps = Pick<PaymentDeps, 'ids' | 'clock' | 'config' | 'jobs' | 'publicUrl'>;
export type Plan = Pick<
  QuotedLine,
  'sku' | 'kind' | 'title' | 'summary' | 'path' | 'coverUrl' | 'sellerId' | 'sellerName' | 'taxCategory' | 'refundDays'
>;
type PeriodOrder = {
  orderId: string;
  subscription: Pick<
    SubscriptionRow,
    'id' | 'buyer_id' | 'buyer_email' | 'buyer_name' | 'locale' | 'country' | 'currency'
  >;
  plan: Plan;
  price: number;
  /** Taken off: a trial, or what is left of another plan. */
  takenOff: number;
  days: number;
};

/** Writes the order of one period. Written before by a run that was killed: it is that one. @returns its total */
export async function writePeriodOrder(deps: WriteDeps, tx: Transaction, given: PeriodOrder): Promise<number> {
  const { orderId, subscription, plan: item, price, takenOff, days } = given;
  const { total, isNew } = await writeAgreedOrder(deps, tx, {
    orderId,
    buyer: { ...subscription, buyer_document: '' },
    item,
    price,
    takenOff,
    days,
  });
  if (isNew) await tx.run(noteSubscription, [orderId, subscription.id]);
  return total;
}

/** An order of one item whose price was agreed before: of a period, or of a part of a price. */
export type AgreedOrder = {
  orderId: string;
  buyer: Pick<SubscriptionRow, 'buyer_id' | 'buyer_email' | 'buyer_name' | 'locale' | 'country' | 'currency'> & {
    buyer_document: string;
  };
  item: Plan;
  /** In minor units. */
  price: number;
  takenOff: number;
  days: number;
  coupon?: { id: string | null; code: string | null };
};

/**
 * Writes such an order, with the taxes of the day. Repeatable.
 * @returns its total, and whether it was not there before
 * @throws invalid_token once the buyer's account is gone
 */
export async function writeAgreedOrder(
  deps: Pick<WriteDeps, 'ids' | 'clock' | 'config'>,
  tx: Transaction,
  { orderId, buyer, item, price, takenOff, days, coupon = { id: null, code: null } }: AgreedOrder,
): Promise<{ total: number; isNew: boolean }> {
  await refuseErased(tx, buyer.buyer_id);
  const now = deps.clock.now();
  // What was paid before, or is given, comes off before taxes.
  const line = agreedLine(item, { price: price - takenOff, currency: buyer.currency });
  const { order } = await priceLines(
    { db: tx },
    { lines: [line], couponCode: undefined, country: buyer.country, person: null, now },
  );
  const priced = order.lines[0];
  if (!priced) throw new Error('an agreed order without a price');
  const inserted = await tx.row(insertOrder, [
    orderId,
    buyer.buyer_id,
    buyer.buyer_id,
    buyer.buyer_email,
    buyer.buyer_name,
    buyer.buyer_document,
    buyer.locale,
    buyer.country,
    buyer.currency,
    price,
    takenOff,
    order.tax,
    order.total,
    coupon.id,
    coupon.code,
    now.toISOString(),
    new Date(now.getTime() + days * 24 * 3_600_000).toISOString(),
  ]);
  if (!inserted) return { total: order.total, isNew: false };
  const row = {
    ...line,
    id: deps.ids.id(),
    position: 0,
    unitPrice: price,
    discount: takenOff,
    net: priced.net,
    tax: priced.tax,
    total: priced.total,
    ruleId: priced.rule?.id ?? null,
    taxName: priced.rule?.name ?? '',
    taxRate: priced.rule?.rate ?? 0,
    taxInclusive: priced.rule?.inclusive ?? true,
    ownerId: buyer.buyer_id,
  };
  await tx.run(insertLines, [orderId, JSON.stringify([row]), Math.round(deps.config.STOA_SELLER_SHARE * 100)]);
  return { total: order.total, isNew: true };
}

/** One of an item at an agreed price, as prices are worked out. */
export function agreedLine(item: Plan, { price, currency }: { price: number; currency: string }): QuotedLine {
  return {
    ...item,
    quantity: 1,
    purpose: 'own',
    gift: null,
    unitPrice: price,
    currency,
    maxQuantity: 1,
    refusal: null,
    plan: null,
    instalments: null,
    includes: [],
    parts: [],
  };
}

type PeriodPayment = {
  attemptId: string;
  orderId: string;
  /** Who pays, and where. */
  subscription: Pick<SubscriptionRow, 'provider' | 'currency' | 'buyer_name'>;
  total: number;
  returnUrl: string;
  /** A kept method: charged without the payer. Without one the payer acts, and the method is kept. */
  savedMethod: string | null;
  expiresAt: Date;
};

/** Writes a payment of such an order and queues it. Repeatable. @throws provider_unavailable when it is switched off */
export async function writePeriodPayment(
  deps: WriteDeps,
  tx: Transaction,
  given: PeriodPayment,
  ctx: Ctx,
): Promise<void> {
  const { attemptId, orderId, subscription, total, returnUrl, savedMethod } = given;
  const now = deps.clock.now();
  const inserted = await tx.row(insertAttempt, [
    attemptId,
    orderId,
    subscription.provider,
    total,
    subscription.currency,
    returnUrl,
    returnUrl,
    JSON.stringify({ name: subscription.buyer_name, document: '', phone: '' }),
    given.expiresAt.toISOString(),
    now.toISOString(),
    new Date(now.getTime() + 120_000).toISOString(),
  ]);
  if (!inserted) return;
  if (subscription.provider) await requireOffered(tx, subscription.provider);
  await tx.run(markAttempt, [attemptId, savedMethod === null, savedMethod]);
  await deps.jobs.send(chargeJob, { attemptId, act: 'create' }, ctx, { tx });
  await deps.jobs.send(pollJob, { attemptId }, ctx, { tx, after: new Date(now.getTime() + 60_000) });
}
