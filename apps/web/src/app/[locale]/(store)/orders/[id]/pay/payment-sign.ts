import type { Order, Payment } from '@/buying/orders.ts';

/** What a page about a payment depends on, in a word: when it changes, the page is drawn anew. */
export function paymentSign(order: Order, payment: Payment | null): string {
  return [order.state, payment?.id ?? '-', payment?.status ?? '-', payment?.nextAction?.type ?? '-'].join(' ');
}
