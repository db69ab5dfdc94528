import { daysUntilRetry, type Interval, periodEnd, prorate, unusedPart } from './subscription-periods.ts';

/** Where a subscription may be. `canceled` by its buyer, `ended` because nobody paid. */
export type SubscriptionState = 'incomplete' | 'trialing' | 'active' | 'past_due' | 'paused' | 'canceled' | 'ended';

/** What is agreed: `amount` is the price of one period in minor units, whatever the plan costs later. */
export type Terms = { sku: string; title: string; amount: number; interval: Interval; intervalCount: number };

/** What is known of a subscription when something is decided about it. Read under its lock. */
export type Subscribed = Terms & {
  state: SubscriptionState;
  cancelAtPeriodEnd: boolean;
  /** Periods are counted from here. */
  anchor: Date | null;
  periods: number;
  periodStart: Date | null;
  /** Before the first period: the end of the trial, if there is one. */
  periodEnd: Date | null;
  /** Left over from a change of plan; taken off the next order. */
  credit: number;
  /** The renewal that waits for its money. */
  openOrderId: string | null;
  failures: number;
  nextTryAt: Date | null;
};

/** What becomes of it, why (as the event tells it; null when nobody need know), and of the renewal that waited. */
export type Change = {
  set: Partial<Subscribed>;
  tell: string | null;
  endsOrder?: 'cancelled' | 'expired';
};

const dayMs = 24 * 3_600_000;
const isOver = ({ state }: Pick<Subscribed, 'state'>) => state === 'canceled' || state === 'ended';

export type PaidPeriod = {
  /** What was paid and what was taken off, in minor units. */
  total: number;
  discount: number;
  /** A change of plan, and what is left of its credit. */
  change: (Terms & { creditLeft: number }) | null;
};

/** An order of it is paid: the next period begins. A first order that cost nothing begins a trial. */
export function decideOnPaidPeriod(before: Subscribed, paid: PaidPeriod, now: Date): Change {
  const { sku, title, amount, interval, intervalCount } = paid.change ?? before;
  const terms = { sku, title, amount, interval, intervalCount };
  const paidUp = { openOrderId: null, failures: 0, nextTryAt: null };
  if (before.state === 'incomplete' && paid.total === 0 && before.periodEnd !== null && !paid.change) {
    // After a trial the periods are counted from its end.
    const trial = { anchor: before.periodEnd, periods: 0, periodStart: now, credit: 0 };
    return { set: { ...terms, ...paidUp, ...trial, state: 'trialing' }, tell: 'started' };
  }
  const starts = before.state === 'incomplete' || isOver(before);
  const length = { interval, count: intervalCount };
  // A renewal that is paid late continues where the last period ended: nobody gets days for paying late. But nobody pays
  // for a period that is over either, as those of short plans are after days of tries: then it begins now.
  const goesOn =
    !starts &&
    paid.change === null &&
    before.anchor !== null &&
    periodEnd(before.anchor, length, before.periods + 1) > now;
  const anchor = goesOn && before.anchor ? before.anchor : now;
  const periods = goesOn ? before.periods + 1 : 1;
  return {
    set: {
      ...terms,
      ...paidUp,
      state: 'active',
      anchor,
      periods,
      periodStart: periodEnd(anchor, length, periods - 1),
      periodEnd: periodEnd(anchor, length, periods),
      credit: paid.change ? paid.change.creditLeft : Math.max(0, before.credit - paid.discount),
    },
    tell: paid.change ? 'plan_changed' : starts ? 'started' : 'renewed',
  };
}

/**
 * A renewal was not paid. It is tried again some days later, three times in all; not when its buyer does not want it any
 * more. Null when it is over already.
 */
export function decideOnFailedRenewal(before: Subscribed, now: Date): Change | null {
  if (before.state !== 'active' && before.state !== 'trialing' && before.state !== 'past_due') return null;
  if (before.cancelAtPeriodEnd) return end('canceled', 'cancelled');
  const failures = before.failures + 1;
  const days = daysUntilRetry(failures);
  if (days === undefined) return end('ended', 'expired');
  const nextTryAt = new Date(now.getTime() + days * dayMs);
  return { set: { state: 'past_due', failures, nextTryAt }, tell: 'renewal_failed' };
}

/** Nobody pays for it any more. */
export const decideOnUnpaid = (): Change => end('ended', 'expired');

const end = (state: 'canceled' | 'ended', endsOrder: 'cancelled' | 'expired'): Change => ({
  set: { state, openOrderId: null, nextTryAt: null },
  tell: 'ended',
  endsOrder,
});

/** Its buyer wants no more of it: it ends with what is paid, or at once when nothing is. Null when it is so already. */
export function decideOnCancel(before: Subscribed, now: Date): Change | null {
  if (isOver(before)) return null;
  if (before.state === 'incomplete') return { set: { state: 'canceled' }, tell: null };
  const isPaid = before.periodEnd !== null && before.periodEnd > now;
  if (before.state === 'past_due' || (before.state === 'paused' && !isPaid)) return end('canceled', 'cancelled');
  if (before.cancelAtPeriodEnd && before.state !== 'paused') return null;
  return {
    set: { state: before.state === 'paused' ? 'active' : before.state, cancelAtPeriodEnd: true },
    tell: 'cancel_requested',
  };
}

/** It goes on: after a pause, or because a cancellation is taken back. Null when it does already. */
export function decideOnResume(before: Subscribed, now: Date): Change | null {
  if (before.state !== 'paused')
    return before.cancelAtPeriodEnd ? { set: { cancelAtPeriodEnd: false }, tell: 'cancel_revoked' } : null;
  const ranOut = before.periodEnd !== null && before.periodEnd <= now && before.openOrderId === null;
  // What was paused is not paid for afterwards: periods are counted from now on.
  const anew = ranOut ? { anchor: now, periods: 0, periodStart: now, periodEnd: now } : {};
  return { set: { state: 'active', ...anew }, tell: 'resumed' };
}

/** Whether it can stop renewing; what is paid stays. Not while a renewal waits for its money. */
export const canPause = ({ state, openOrderId }: Subscribed): boolean => state === 'active' && openOrderId === null;

/**
 * Its period is over: it ends, or is renewed with so much taken off. A renewal that waits to be paid by hand is due all the
 * same, one that is being paid is not. Null when there is nothing to do yet.
 */
export function decideOnDue(
  before: Subscribed,
  { hasOpenChange, isPaying }: { hasOpenChange: boolean; isPaying: boolean },
  now: Date,
): { do: 'end'; change: Change } | { do: 'renew'; takenOff: number } | null {
  if (before.periodEnd === null || before.periodEnd > now || isPaying) return null;
  if (before.state !== 'active' && before.state !== 'trialing') return null;
  if (before.cancelAtPeriodEnd) return { do: 'end', change: end('canceled', 'cancelled') };
  // Whoever changes to another plan does not pay for the one they leave.
  return hasOpenChange ? null : { do: 'renew', takenOff: Math.min(before.credit, before.amount) };
}

/**
 * A change of plan: what is not used of what is paid, with what was left before, comes off the new price. Null when it
 * cannot be changed now.
 */
export function decideOnPlanChange(
  before: Subscribed,
  { newPrice, hasOpenChange }: { newPrice: number; hasOpenChange: boolean },
  now: Date,
): { takenOff: number; left: number } | null {
  if (before.state !== 'active' || before.openOrderId !== null || hasOpenChange) return null;
  return prorate({ newPrice, credit: before.credit + unusedOf(before, now) });
}

/** What is paid for and not used yet, in minor units: of the period that runs, and of those paid ahead of it. */
export function unusedOf({ amount, interval, intervalCount, anchor, periods }: Subscribed, now: Date): number {
  if (anchor === null) return 0;
  const length = { interval, count: intervalCount };
  let unused = 0;
  for (let n = periods; n >= 1; n -= 1) {
    const period = { from: periodEnd(anchor, length, n - 1), to: periodEnd(anchor, length, n) };
    if (period.to <= now) break;
    unused += unusedPart(amount, period, now);
  }
  return unused;
}
