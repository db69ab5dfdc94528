import type { Ctx } from '@stoa/kernel';
import { recordAudit } from '../console/audit.ts';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { requireOrder } from './access.ts';
import { endOrder } from './end-order.ts';
import { type OrderView, readOrder } from './show-order.ts';

/**
 * Gives up an order that waits for its payment. Cancelling a cancelled one changes nothing.
 * @throws order_not_found, order_not_cancellable
 */
export function cancelOrder(deps: Pick<PaymentDeps, 'db' | 'jobs' | 'ids' | 'clock' | 'tokens'>) {
  return async (input: { orderId: string; token?: string | undefined }, ctx: Ctx): Promise<OrderView> => {
    const { id, isOperator } = await requireOrder(deps, input, ctx);
    const reason = isOperator ? 'operator' : 'buyer';
    const ended = await deps.db.transaction(async (tx) => {
      const done = await endOrder(deps, tx, { orderId: id, as: 'cancelled', reason }, ctx);
      const entry = { action: 'order.cancelled', subjectKind: 'order', subjectId: id } as const;
      if (done && isOperator) await recordAudit(tx, deps, ctx, entry);
      return done;
    });
    const order = await readOrder(deps, { orderId: id }, ctx);
    if (!ended && order.state !== 'cancelled') throw errors.order_not_cancellable();
    return order;
  };
}
