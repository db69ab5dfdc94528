import { PurchaseAssigned } from '@stoa/contracts';
import { type Ctx, emit, requireUser, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { refuseErased } from '../erased-people.ts';
import { errors } from '../errors.ts';
import { handOverCoupon, personOf } from './coupons.ts';
import { eventLine, listEventLines } from './event-lines.ts';
import { type OrderView, readOrder } from './show-order.ts';

type Row = { id: string; buyer_id: string | null; buyer_email: string; coupon_id: string | null; state: string };
const lockOrder = statement<[id: string], Row>(
  'payments.lock_order_to_claim',
  'select id, buyer_id, buyer_email, coupon_id, state from orders where id = $1 for update',
);
const claim = statement<[id: string, userId: string], never>(
  'payments.claim_order',
  'update orders set buyer_id = $2 where id = $1',
);
const claimLines = statement<[orderId: string, userId: string], { id: string }>(
  'payments.claim_order_lines',
  `update order_lines set owner_id = $2 where order_id = $1 and purpose = 'own' and owner_id is null and revoked_at is null returning id`,
);

/**
 * A guest's order becomes that of the account that holds its token, with everything bought in it. Claiming it again
 * changes nothing.
 * @throws not_signed_in, order_not_found, order_already_claimed; invalid_token once the account is gone
 */
export function claimOrder(deps: Pick<PaymentDeps, 'db' | 'ids' | 'tokens'>) {
  return async ({ orderId, token }: { orderId: string; token: string }, ctx: Ctx): Promise<OrderView> => {
    const user = requireUser(ctx);
    if (!deps.tokens.check('order', orderId, token)) throw errors.order_not_found();
    await deps.db.transaction(async (tx) => {
      await refuseErased(tx, user.userId);
      const order = await tx.row(lockOrder, [orderId]);
      if (!order) throw errors.order_not_found();
      if (order.buyer_id === user.userId) return;
      if (order.buyer_id !== null) throw errors.order_already_claimed();
      await tx.run(claim, [orderId, user.userId]);
      // An order that was given up has given its coupon back already.
      if (order.coupon_id && order.state !== 'cancelled' && order.state !== 'expired') {
        const from = personOf({ buyerId: null, email: order.buyer_email });
        await handOverCoupon(tx, { couponId: order.coupon_id, from, to: user.userId });
      }
      const claimed = new Set((await tx.rows(claimLines, [orderId, user.userId])).map(({ id }) => id));
      // Before it is paid there is nothing to hand over: the event of the payment will name the owner.
      if (order.state !== 'paid' && order.state !== 'partially_refunded') return;
      for (const line of await tx.rows(listEventLines, [orderId])) {
        if (!claimed.has(line.id)) continue;
        await emit(tx, ctx, deps.ids, {
          event: PurchaseAssigned,
          aggregate: orderId,
          data: {
            orderId,
            line: eventLine(line),
            ownerId: user.userId,
            reason: 'guest',
            assignmentId: line.id,
          },
        });
      }
    });
    return readOrder(deps, { orderId }, ctx);
  };
}
