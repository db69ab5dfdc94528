import type { Order } from '@/buying/orders.ts';

/** What happened to an order, in a word for the message and with what the message needs. */
export type Happening = {
  at: string;
  key:
    | 'placed'
    | 'tried'
    | 'failed'
    | 'paid'
    | 'invoice'
    | 'creditNote'
    | 'refundAsked'
    | 'refundDone'
    | 'refundFailed'
    | 'cancelled'
    | 'expired';
  provider?: string;
  number?: string;
  money?: { amount: number; currency: string };
};

/** Everything that happened to an order, oldest first, as far as the API tells. */
export function timelineOf(order: Order): Happening[] {
  const happenings: Happening[] = [{ at: order.createdAt, key: 'placed' }];
  for (const { createdAt, provider, status } of order.payments) {
    const ended = status === 'failed' || status === 'canceled' || status === 'expired';
    happenings.push({ at: createdAt, key: ended ? 'failed' : 'tried', provider });
  }
  if (order.paidAt) happenings.push({ at: order.paidAt, key: 'paid', money: order.total });
  for (const { issuedAt, number, kind } of order.invoices) {
    happenings.push({ at: issuedAt, key: kind === 'invoice' ? 'invoice' : 'creditNote', number });
  }
  for (const { createdAt, completedAt, amount, state } of order.refunds) {
    happenings.push({ at: createdAt, key: 'refundAsked', money: amount });
    if (completedAt) {
      happenings.push({ at: completedAt, key: state === 'failed' ? 'refundFailed' : 'refundDone', money: amount });
    }
  }
  if (order.closedAt && (order.state === 'cancelled' || order.state === 'expired')) {
    happenings.push({ at: order.closedAt, key: order.state });
  }
  // Sorting keeps the order of what happened at the same moment.
  return happenings.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
