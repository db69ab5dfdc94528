import { type Ctx, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { isStillWanted } from '../instalments/follow-orders.ts';
import { personOf, tryCoupon } from '../orders/coupons.ts';
import { holdAtMarkets, releaseHold } from '../orders/hold-order.ts';
import { settleLatePayment } from './apply-evidence.ts';

type Row = {
  coupon_id: string | null;
  buyer_id: string | null;
  buyer_email: string;
  settled_by: string | null;
  hold: string;
  /** Of the subscription it renews, where it does. */
  subscription_state: string | null;
  changes_plan: boolean;
  /** Nobody sells what was subscribed to any more. */
  seller_left: boolean;
  /** Its buyer has deleted their account, which takes the address from all of their orders. */
  buyer_left: boolean;
};
const readOrder = statement<[id: string], Row>(
  'payments.read_order_to_settle_late',
  `select o.coupon_id, o.buyer_id, o.buyer_email, o.settled_by, o.hold, s.state as subscription_state,
     s.seller_left_at is not null as seller_left, o.buyer_id is not null and o.buyer_email = '' as buyer_left,
     exists (select 1 from plan_changes c where c.order_id = o.id) as changes_plan
   from orders o left join plan_subscriptions s on s.id = o.subscription_id where o.id = $1`,
);

type LateDeps = Pick<PaymentDeps, 'db' | 'jobs' | 'clock' | 'ids' | 'config' | 'sockets' | 'log'>;

/**
 * Its money goes back: a renewal that was under way when its buyer ended the subscription, a change of plan, whose price
 * was reckoned from what was left of the old one on its own day, and whatever somebody ordered who is gone, also for
 * others: there is nobody to have it, or to answer for it.
 */
const isUnwanted = (order: Row): boolean =>
  order.subscription_state === 'canceled' || order.seller_left || order.changes_plan || order.buyer_left;

/** For so long a market holds for an order whose money is there already. */
const holdMs = 15 * 60_000;

/**
 * Money came for an order that was cancelled or had expired. If it is still wanted and its items can still be had it is
 * honoured; otherwise the money goes back by itself. Either way it is not lost.
 */
export function settleLate(deps: LateDeps) {
  return async ({ orderId, attemptId }: { orderId: string; attemptId: string }, ctx: Ctx): Promise<void> => {
    const order = await deps.db.row(readOrder, [orderId]);
    if (!order) return;
    let isHeld = false;
    if (order.settled_by === null && !isUnwanted(order)) {
      // What is being let go has to be gone before it can be held again.
      await releaseHold(deps)({ orderId }, ctx);
      const expiresAt = new Date(deps.clock.now().getTime() + holdMs);
      isHeld = (await holdAtMarkets(deps, { orderId, expiresAt }, ctx)) === null;
    }
    const outcome = await settleLatePayment(deps)(
      {
        orderId,
        attemptId,
        canBeHad: async (tx) => {
          // Read again in the order's lock: while the markets were asked its buyer may have gone.
          const locked = await tx.row(readOrder, [orderId]);
          if (!isHeld || !locked || isUnwanted(locked) || !(await isStillWanted(tx, orderId))) return false;
          if (!locked.coupon_id) return true;
          const person = personOf({ buyerId: locked.buyer_id, email: locked.buyer_email });
          return (await tryCoupon(tx, { couponId: locked.coupon_id, person })) === 'taken';
        },
      },
      ctx,
    );
    if (outcome === 'sent_back' && isHeld) await releaseAgain(deps, orderId, ctx);
    deps.log.info({ order: orderId, attempt: attemptId, outcome }, 'a late payment was settled');
  };
}

const markReleasing = statement<[id: string], { id: string }>(
  'payments.mark_order_releasing',
  "update orders set hold = 'releasing' where id = $1 and state in ('cancelled', 'expired') returning id",
);

async function releaseAgain(deps: LateDeps, orderId: string, ctx: Ctx): Promise<void> {
  if (await deps.db.row(markReleasing, [orderId])) await releaseHold(deps)({ orderId }, ctx);
}
