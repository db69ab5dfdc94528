import type { paths } from '@/api/schema.d.ts';

type Json<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

export type Money = { amount: number; currency: string };
export type ConsoleOrderView = Json<'/api/admin/orders/{id}'>;
export type Order = ConsoleOrderView['order'];
export type OrderState = Order['state'];
export type Attempt = ConsoleOrderView['payments'][number];
export type EvidenceItem = ConsoleOrderView['evidence'][number];
export type Coupon = Json<'/api/coupons'>['items'][number];
export type Break = Json<'/api/admin/payments/breaks'>['items'][number];
export type ProviderHealth = Json<'/api/admin/payments/providers'>['items'][number];
export type TaxRule = Json<'/api/admin/tax-rules'>['items'][number];

/** What can still go back of a payment: received, and neither gone back, on its way back, nor held by a dispute. */
export function leftOf({ refunds }: Pick<ConsoleOrderView, 'refunds'>, payment: Attempt): Money {
  const onItsWay = refunds
    .filter(({ paymentId, state }) => paymentId === payment.id && (state === 'requested' || state === 'processing'))
    .reduce((sum, { amount }) => sum + amount.amount, 0);
  const { captured, refunded, disputed } = payment;
  return {
    amount: Math.max(0, captured.amount - refunded.amount - disputed.amount - onItsWay),
    currency: captured.currency,
  };
}
