import type { AttemptStatus } from './book.ts';

const ranks: Readonly<Record<AttemptStatus, number>> = {
  created: 0,
  unknown: 1,
  requires_action: 2,
  processing: 3,
  authorized: 4,
  failed: 5,
  canceled: 5,
  expired: 5,
  succeeded: 6,
  partially_refunded: 7,
  refunded: 8,
};

/** A payment's rank never becomes less; two statuses of one rank are both final and the first one stands. */
export function rankOf(status: AttemptStatus): number {
  return ranks[status];
}

/** Statuses in which a payment may still become money. An order has at most one payment in any of them. */
export const liveStatuses: readonly AttemptStatus[] = [
  'created',
  'unknown',
  'requires_action',
  'processing',
  'authorized',
];

export function isLive(status: AttemptStatus): boolean {
  return liveStatuses.includes(status);
}
