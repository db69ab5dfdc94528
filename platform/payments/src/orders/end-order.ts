import { OrderCancelled } from '@stoa/contracts';
import { type Ctx, crashPoint, emit, statement, type Transaction } from '@stoa/kernel';
import { liveInSql } from '../attempts/live-in-sql.ts';
import type { PaymentDeps } from '../deps.ts';
import { chargeJob, releaseJob } from '../jobs.ts';
import { giveBackCoupon, personOf } from './coupons.ts';
import { eventLines, listEventLines } from './event-lines.ts';

type EndedRow = {
  id: string;
  buyer_id: string | null;
  buyer_email: string;
  coupon_id: string | null;
  hold: string;
};
const endPending = statement<[orderId: string, state: string, reason: string, at: string], EndedRow>(
  'payments.end_pending_order',
  `update orders set state = $2, closed_reason = $3, closed_at = $4,
     hold = case hold when 'none' then 'released' else 'releasing' end
   where id = $1 and state = 'pending_payment'
   returning id, buyer_id, buyer_email, coupon_id, hold`,
);
const askToCancel = statement<[orderId: string], { id: string }>(
  'payments.ask_to_cancel_attempts',
  `update attempts set cancel_requested = true
   where order_id = $1 and status in ${liveInSql} returning id`,
);
const beforeCommit = crashPoint('payments.end_order.before_commit');

/**
 * Ends an order nobody paid: its coupon goes back, its hold is let go, its payment is called off at the provider. Should
 * money come all the same, evidence decides. In the caller's transaction, which holds the order's lock from here on.
 * @returns false if the order was not waiting for its payment
 */
export async function endOrder(
  deps: Pick<PaymentDeps, 'ids' | 'jobs' | 'clock'>,
  tx: Transaction,
  end: { orderId: string; as: 'cancelled' | 'expired'; reason: 'buyer' | 'operator' | 'expired' },
  ctx: Ctx,
): Promise<boolean> {
  const order = await tx.row(endPending, [end.orderId, end.as, end.reason, deps.clock.now().toISOString()]);
  if (!order) return false;
  if (order.coupon_id) {
    const person = personOf({ buyerId: order.buyer_id, email: order.buyer_email });
    await giveBackCoupon(tx, { couponId: order.coupon_id, person });
  }
  if (order.hold === 'releasing') await deps.jobs.send(releaseJob, { orderId: order.id }, ctx, { tx });
  for (const { id } of await tx.rows(askToCancel, [order.id])) {
    await deps.jobs.send(chargeJob, { attemptId: id, act: 'cancel' }, ctx, { tx });
  }
  await emit(tx, ctx, deps.ids, {
    event: OrderCancelled,
    aggregate: order.id,
    data: {
      orderId: order.id,
      buyerId: order.buyer_id ?? '',
      reason: end.reason,
      lines: eventLines(await tx.rows(listEventLines, [order.id])),
    },
  });
  beforeCommit();
  return true;
}
