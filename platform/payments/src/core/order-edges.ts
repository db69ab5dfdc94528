import type { AttemptStatus, OrderState } from './book.ts';

/** The edges an order may take. An order that was given up can still be paid: money that comes late is honoured. */
export const orderEdges: Readonly<Record<OrderState, readonly OrderState[]>> = {
  pending_payment: ['paid', 'cancelled', 'expired'],
  cancelled: ['paid'],
  expired: ['paid'],
  paid: ['partially_refunded', 'refunded'],
  partially_refunded: ['refunded'],
  refunded: [],
};

export function mayGo(from: OrderState, to: OrderState): boolean {
  return from === to || orderEdges[from].includes(to);
}

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
