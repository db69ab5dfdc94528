import { type Ctx, crashPoint, requireUser } from '@stoa/kernel';
import { restOf } from '../core/instalments.ts';
import { errors } from '../errors.ts';
import { endOrder } from '../orders/end-order.ts';
import { hasLive } from '../subscriptions/renew-subscriptions.ts';
import { type CollectDeps, withPlan } from './collect-instalments.ts';
import { nextPart, readPlan } from './plan-rows.ts';
import { type PlanView, toPlanView, unpaidParts } from './show-plans.ts';
import { waitingOrder, writePartOrder } from './write-part.ts';

const afterCommit = crashPoint('payments.pay_instalments.after_commit');

/**
 * The order of the next part, to be paid now: because it is late, or ahead of its day, or with another payment method,
 * which is then kept for those to come. Repeatable: it is the same order until it is paid.
 * @throws not_signed_in, instalments_not_found, instalments_over
 */
export function payNextPart(deps: CollectDeps) {
  return pay(deps, 'next');
}

/**
 * One order of all that is left; when it is paid, the plan is completed. The surcharge of what is not due yet falls away.
 * The order of the next part, if one waits, is called off. Repeatable.
 * @throws not_signed_in, instalments_not_found, instalments_over, payment_in_progress
 */
export function payRest(deps: CollectDeps) {
  return pay(deps, 'rest');
}

function pay(deps: CollectDeps, what: 'next' | 'rest') {
  return async ({ planId }: { planId: string }, ctx: Ctx): Promise<PlanView> => {
    const user = requireUser(ctx);
    const known = await deps.db.row(readPlan, [planId]);
    if (known?.buyer_id !== user.userId) throw errors.instalments_not_found();
    const done = await withPlan(deps, planId, async (tx, row) => {
      const next = nextPart(row);
      if (!next || row.state === 'completed' || row.state === 'canceled') throw errors.instalments_over();
      const waiting = await waitingOrder(tx, row);
      // The first part is paid before there is anything to go on with.
      if (row.state === 'incomplete') {
        if (!waiting || what === 'rest') throw errors.instalments_over();
        return true;
      }
      const asked = what === 'next' ? next.part : row.parts;
      const { listPrice, price } =
        what === 'next'
          ? { listPrice: next.list_price, price: next.price }
          : restOf(unpaidParts(row), deps.clock.now());
      if (waiting?.through === asked && waiting.price === price) return true;
      if (waiting) {
        if (await tx.row(hasLive, [waiting.id])) throw errors.payment_in_progress();
        await endOrder(deps, tx, { orderId: waiting.id, as: 'cancelled', reason: 'buyer' }, ctx);
      }
      await writePartOrder(deps, tx, { row, through: asked, listPrice, price });
      return true;
    });
    // Somebody else changed it between looking and locking.
    if (!done) throw errors.payment_in_progress();
    afterCommit();
    const row = await deps.db.row(readPlan, [planId]);
    return toPlanView(row ?? known, deps.clock.now());
  };
}
