import { proportion } from './proportion.ts';

export type Interval = 'day' | 'week' | 'month' | 'year';

/**
 * The end of the n-th period counted from an anchor, in UTC. Months and years keep the anchor's day; where a month is too
 * short it is that month's last day, and the next longer month has the anchor's day again.
 */
export function periodEnd(anchor: Date, { interval, count }: { interval: Interval; count: number }, n: number): Date {
  const steps = n * count;
  const dayMs = 24 * 3_600_000;
  if (interval === 'day') return new Date(anchor.getTime() + steps * dayMs);
  if (interval === 'week') return new Date(anchor.getTime() + steps * 7 * dayMs);
  const months = interval === 'month' ? steps : steps * 12;
  const end = new Date(anchor);
  end.setUTCDate(1);
  end.setUTCMonth(end.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  end.setUTCDate(Math.min(anchor.getUTCDate(), lastDay));
  return end;
}

/**
 * What of a period's price is not used yet at a moment, in minor units, rounded down: to the millisecond, nothing before
 * the period and all of it after are cut off.
 */
export function unusedPart(amount: number, period: { from: Date; to: Date }, at: Date): number {
  const whole = period.to.getTime() - period.from.getTime();
  const left = Math.min(Math.max(period.to.getTime() - at.getTime(), 0), whole);
  return whole > 0 ? proportion(amount, left, whole) : 0;
}

/** A change of plan: what is taken off the new plan's price, and what of the old one's is left over for later. */
export function prorate(change: { newPrice: number; credit: number }): { takenOff: number; left: number } {
  const takenOff = Math.min(change.newPrice, change.credit);
  return { takenOff, left: change.credit - takenOff };
}

/** Days after the n-th failed renewal until the next try; undefined when there is none. */
export function daysUntilRetry(failures: number): number | undefined {
  return [1, 3, 5][failures - 1];
}
