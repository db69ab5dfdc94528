import { type Ctx, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { eachInTurn } from '../each-in-turn.ts';
import { releaseJob } from '../jobs.ts';
import { endOrder } from './end-order.ts';

const listDue = statement<[now: string, patience: string], { id: string }>(
  'payments.list_orders_to_expire',
  // A payment nobody can say anything about yet keeps its order for a day.
  `select o.id from orders o
   where o.state = 'pending_payment' and o.expires_at <= $1 and (o.expires_at <= $2 or not exists (
     select 1 from attempts a where a.order_id = o.id and a.status in ('unknown', 'processing', 'authorized')
   ))
   order by o.expires_at limit 200`,
);
const listUnreleased = statement<[before: string], { id: string }>(
  'payments.list_unreleased_orders',
  `select id from orders where hold = 'releasing' and closed_at < $1 order by closed_at limit 200`,
);

const dayMs = 24 * 3600 * 1000;

/** Ends orders whose time is over, and reminds of holds whose release got lost. */
export function expireOrders(deps: Pick<PaymentDeps, 'db' | 'jobs' | 'ids' | 'clock'>) {
  return (ctx: Ctx): Promise<void> =>
    eachInTurn(async (each) => {
      const now = deps.clock.now().getTime();
      const time = (ms: number) => new Date(ms).toISOString();
      await each(await deps.db.rows(listDue, [time(now), time(now - dayMs)]), ({ id }) =>
        deps.db.transaction((tx) => endOrder(deps, tx, { orderId: id, as: 'expired', reason: 'expired' }, ctx)),
      );
      await each(await deps.db.rows(listUnreleased, [time(now - 10 * 60_000)]), ({ id }) =>
        deps.jobs.send(releaseJob, { orderId: id }, ctx),
      );
    });
}
