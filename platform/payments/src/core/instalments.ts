import { inParts } from '@stoa/kernel';
import { daysUntilRetry, periodEnd } from './subscription-periods.ts';

/** What a seller allows: so many monthly parts, and what that costs more in ten-thousandths of the price. */
export type InstalmentTerms = { parts: number; surcharge: number };

/** One part of a price; amounts in minor units before taxes that are added. */
export type PricePart = {
  /** Counted from 1. */
  part: number;
  /** Before the coupon. */
  listPrice: number;
  /** What is asked for. */
  price: number;
  /** What of it would not be asked for if all was paid at once. */
  surcharge: number;
};

/**
 * Divides what something costs into parts: `subtotal` before and `price` after the coupon. Each column adds up exactly, and
 * within a part the list price is never less than the price, nor the price less than it was without the surcharge.
 * @returns null when there is not a minor unit for every part
 */
export function divideIntoParts(
  whole: { subtotal: number; price: number; currency: string },
  terms: InstalmentTerms,
): PricePart[] | null {
  if (whole.price < terms.parts) return null;
  const { currency } = whole;
  const free = inParts({ amount: whole.price, currency }, { ...terms, surcharge: 0 });
  const asked = inParts({ amount: whole.price, currency }, terms);
  const surcharge = asked.reduce((sum, { amount }) => sum + amount, 0) - whole.price;
  const list = inParts({ amount: whole.subtotal + surcharge, currency }, { ...terms, surcharge: 0 });
  return asked.map(({ amount: price }, index) => ({
    part: index + 1,
    listPrice: list[index]?.amount ?? 0,
    price,
    surcharge: price - (free[index]?.amount ?? 0),
  }));
}

/** When a part is due: the first one at once, the others on the same day of the following months. */
export function dueAt(start: Date, part: number): Date {
  return periodEnd(start, { interval: 'month', count: 1 }, part - 1);
}

/**
 * What all that is left costs when it is paid at once. The surcharge of what is not due yet falls away: whoever pays early
 * does not pay for time they do not take (in Brazil art. 52 § 2 of law 8.078/1990).
 */
export function restOf(
  unpaid: readonly (PricePart & { dueAt: Date })[],
  now: Date,
): { listPrice: number; price: number } {
  const sum = (of: (part: PricePart & { dueAt: Date }) => number) => unpaid.reduce((total, one) => total + of(one), 0);
  const off = sum(({ surcharge, dueAt }) => (dueAt > now ? surcharge : 0));
  return { listPrice: sum(({ listPrice }) => listPrice) - off, price: sum(({ price }) => price) - off };
}

/**
 * What each of some parts was paid with, when all of them together were paid with `paid`: what is missing is the surcharge of
 * the last ones, which were not due.
 */
export function waive(
  parts: readonly { part: number; price: number; surcharge: number }[],
  paid: number,
): { part: number; price: number; waived: number }[] {
  let left = parts.reduce((sum, { price }) => sum + price, 0) - paid;
  return parts
    .toReversed()
    .map(({ part, price, surcharge }) => {
      const waived = Math.min(surcharge, left);
      left -= waived;
      return { part, price: price - waived, waived };
    })
    .toReversed();
}

/**
 * Where a plan may be. `incomplete` until its first part is paid; `past_due` in the days of grace; `paused` without access
 * until it is paid; `disputed` while a bank asks for a part back; `completed` when all is paid; `canceled` when it was given up.
 */
export type PlanState = 'incomplete' | 'active' | 'past_due' | 'paused' | 'disputed' | 'completed' | 'canceled';

/** What is known of a plan when something is decided about it. Read under its lock. */
export type Plan = {
  state: PlanState;
  entitled: boolean;
  /** A payment method is kept that can be charged without the payer. */
  hasMethod: boolean;
  /** When the next part that is not paid is due; null when all are. */
  nextDueAt: Date | null;
  failures: number;
  nextTryAt: Date | null;
};
/** What becomes of it, and why (as the event tells it). */
export type PlanChange = {
  state: PlanState;
  entitled: boolean;
  failures: number;
  nextTryAt: Date | null;
  tell: string;
};

const dayMs = 24 * 3_600_000;
/** Days a part without a kept method may be late before access is paused. */
export const graceDays = 7;
/** Days before a part is due on which its payer is told. */
export const noticeDays = 5;

const after = (now: Date, days: number) => new Date(now.getTime() + days * dayMs);

/** A part was paid; `left` parts are not. Null when the plan was given up: nothing begins it again. */
export function decideOnPaidPart(before: Plan, { left }: { left: number }): PlanChange | null {
  if (before.state === 'canceled') return null;
  const paid = { entitled: true, failures: 0, nextTryAt: null };
  if (left === 0) return { ...paid, state: 'completed', tell: 'completed' };
  // A bank that asks for the money of a part has not answered yet. What is paid opens all the same what was paused.
  if (before.state === 'disputed')
    return { ...paid, state: 'disputed', tell: before.entitled ? 'part_paid' : 'resumed' };
  const tell = before.state === 'incomplete' ? 'started' : before.state === 'paused' ? 'resumed' : 'part_paid';
  return { ...paid, state: 'active', tell };
}

/** Charging the kept method failed: it is tried again some days later, three times in all; then access is paused. */
export function decideOnFailedPart(before: Plan, now: Date): PlanChange | null {
  if (before.state !== 'active' && before.state !== 'past_due') return null;
  const failures = before.failures + 1;
  const days = daysUntilRetry(failures);
  if (days === undefined) return pause(failures);
  return { state: 'past_due', entitled: before.entitled, failures, nextTryAt: after(now, days), tell: 'part_missed' };
}

const pause = (failures: number): PlanChange => ({
  state: 'paused',
  entitled: false,
  failures,
  nextTryAt: null,
  tell: 'paused',
});

/** What its time asks for. Null when there is nothing to do, or a payment is under way. */
export function decideOnTime(
  before: Plan,
  { isPaying }: { isPaying: boolean },
  now: Date,
): { do: 'charge' } | { do: 'wait'; change: PlanChange } | { do: 'pause'; change: PlanChange } | null {
  if (isPaying || before.nextDueAt === null) return null;
  if (before.state === 'active' && before.nextDueAt <= now) {
    if (before.hasMethod) return { do: 'charge' };
    const change: PlanChange = {
      state: 'past_due',
      entitled: before.entitled,
      failures: 0,
      nextTryAt: after(now, graceDays),
      tell: 'part_missed',
    };
    return { do: 'wait', change };
  }
  if (before.state === 'past_due' && before.nextTryAt !== null && before.nextTryAt <= now)
    return before.hasMethod ? { do: 'charge' } : { do: 'pause', change: pause(before.failures) };
  return null;
}

/**
 * A bank asks for the money of a part back: nothing more is charged until it has decided, about this part and about others
 * (`othersOpen`). When it is lost, the plan ends, and access with it: one who takes a part back does not keep the whole.
 * A plan whose parts are all paid has nothing to rest from, and goes on until a part is lost.
 */
export function decideOnDispute(
  before: Plan,
  { state, othersOpen }: { state: 'open' | 'won' | 'lost'; othersOpen: boolean },
): PlanChange | null {
  const { entitled, failures } = before;
  if (state === 'open') {
    if (before.state !== 'active' && before.state !== 'past_due' && before.state !== 'paused') return null;
    return { state: 'disputed', entitled, failures, nextTryAt: null, tell: 'disputed' };
  }
  if (state === 'lost') return before.state === 'incomplete' ? null : decideOnCancel(before, { keepsAccess: false });
  if (before.state !== 'disputed' || othersOpen) return null;
  return { state: entitled ? 'active' : 'paused', entitled, failures: 0, nextTryAt: null, tell: 'dispute_won' };
}

/** It is given up: nothing more is asked for, and access stays or ends. Null when it is so already. */
export function decideOnCancel(before: Plan, { keepsAccess }: { keepsAccess: boolean }): PlanChange | null {
  const entitled = before.entitled && keepsAccess;
  if (before.state === 'canceled' && before.entitled === entitled) return null;
  return { state: 'canceled', entitled, failures: before.failures, nextTryAt: null, tell: 'canceled' };
}
