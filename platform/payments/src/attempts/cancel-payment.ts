import { type Ctx, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { chargeJob } from '../jobs.ts';
import { requirePayment } from '../orders/access.ts';
import { liveInSql } from './live-in-sql.ts';
import { type PaymentView, readPayment } from './show-payment.ts';

const askToCancel = statement<[id: string], { id: string }>(
  'payments.ask_to_cancel_attempt',
  `update attempts set cancel_requested = true
   where id = $1 and status in ${liveInSql} returning id`,
);

/**
 * Calls a payment off, so that another way to pay can be chosen. It ends when the provider has agreed: should the payer
 * have paid meanwhile, it is paid. Calling off one that has ended without money changes nothing.
 * @throws payment_not_found, payment_not_cancellable
 */
export function cancelPayment(deps: Pick<PaymentDeps, 'db' | 'jobs' | 'tokens'>) {
  return async (input: { paymentId: string; token?: string | undefined }, ctx: Ctx): Promise<PaymentView> => {
    await requirePayment(deps, input, ctx);
    const { paymentId } = input;
    await deps.db.transaction(async (tx) => {
      if (await tx.row(askToCancel, [paymentId]))
        await deps.jobs.send(chargeJob, { attemptId: paymentId, act: 'cancel' }, ctx, { tx });
    });
    const payment = await readPayment(deps, { paymentId }, ctx);
    if (['succeeded', 'refunded', 'partially_refunded'].includes(payment.status))
      throw errors.payment_not_cancellable();
    return payment;
  };
}
