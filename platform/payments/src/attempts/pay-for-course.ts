import { type Ctx, derivedId } from '@stoa/kernel';
import { createOrder } from '../orders/create-order.ts';
import { type PaymentInput, startPayment } from './start-payment.ts';

type Deps = Parameters<typeof createOrder>[0] & Parameters<typeof startPayment>[0];
type Input = Omit<PaymentInput, 'orderId' | 'token'> & {
  courseId: string;
  coupon?: string | undefined;
  email?: string | undefined;
  country?: string | undefined;
};

/**
 * Orders a course and begins to pay it, in one step. With an idempotency key both are found again by it, also when only
 * one of them was done.
 * @throws the errors of `createOrder` and `startPayment`
 */
export function payForCourse(deps: Deps) {
  return async ({ courseId, coupon, email, country, ...payment }: Input, ctx: Ctx) => {
    const order = await createOrder(deps)(
      {
        lines: [{ sku: `course:${courseId}`, quantity: 1 }],
        coupon,
        email,
        country,
        name: payment.name,
        document: payment.document,
      },
      ctx,
    );
    const paymentCtx = ctx.requestId ? { ...ctx, requestId: derivedId(ctx.requestId, 'payment') } : ctx;
    const token = order.claimToken ?? undefined;
    return {
      ...(await startPayment(deps)({ ...payment, orderId: order.id, token }, paymentCtx)),
      claimToken: order.claimToken,
    };
  };
}
