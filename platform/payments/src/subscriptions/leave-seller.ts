import { type Ctx, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { eachInTurn } from '../each-in-turn.ts';
import { endOrder } from '../orders/end-order.ts';
import { cancelIn } from './change-subscription.ts';
import { lockSubscription } from './follow-orders.ts';
import { lockOrder, readOpenOrder } from './renew-subscriptions.ts';

const listLeft = statement<[], { id: string }>(
  'payments.list_subscriptions_of_sellers_gone',
  'select id from plan_subscriptions where seller_left_at is not null and not seller_left_told order by id limit 500',
);
const noteTold = statement<[id: string], never>(
  'payments.note_seller_left_told',
  'update plan_subscriptions set seller_left_told = true where id = $1',
);
const listUnpaid = statement<[subscriptionId: string], { id: string }>(
  'payments.list_unpaid_orders_of_subscription',
  `select id from orders where subscription_id = $1 and state = 'pending_payment' order by id`,
);

type Deps = Pick<PaymentDeps, 'db' | 'ids' | 'clock' | 'jobs'>;

/**
 * Ends what nobody sells any more, because its seller deleted their account: with the period that is paid, or at once where
 * none is, and tells the subscriber. Orders that wait for money end, too: paid later, they go back. Repeatable.
 */
export function leaveSellers(deps: Deps) {
  return (ctx: Ctx): Promise<void> =>
    eachInTurn(async (each) => each(await deps.db.rows(listLeft, []), ({ id }) => leave(deps, id, ctx)));
}

async function leave(deps: Deps, id: string, ctx: Ctx): Promise<void> {
  const [known, waiting] = await Promise.all([deps.db.row(readOpenOrder, [id]), deps.db.rows(listUnpaid, [id])]);
  await deps.db.transaction(async (tx) => {
    // The orders' locks first, as everywhere.
    const unpaid: string[] = [];
    for (const order of waiting)
      if ((await tx.row(lockOrder, [order.id]))?.state === 'pending_payment') unpaid.push(order.id);
    const before = await tx.row(lockSubscription, [id]);
    // Somebody began to pay meanwhile: the next run sees it.
    if (!before || before.open_order_id !== (known?.open_order_id ?? null)) return;
    for (const orderId of unpaid)
      if (orderId !== before.open_order_id)
        await endOrder(deps, tx, { orderId, as: 'cancelled', reason: 'operator' }, ctx);
    await cancelIn(deps, tx, { before, at: 'period_end', because: 'seller_left' }, ctx);
    await tx.run(noteTold, [id]);
  });
}
