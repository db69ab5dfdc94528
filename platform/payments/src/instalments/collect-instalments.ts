import { type Ctx, crashPoint, derivedId, statement } from '@stoa/kernel';
import { liveInSql } from '../attempts/live-in-sql.ts';
import { isSwitchedOffInSql } from '../attempts/switched-off.ts';
import { decideOnTime, noticeDays } from '../core/instalments.ts';
import type { PaymentDeps } from '../deps.ts';
import { eachInTurn } from '../each-in-turn.ts';
import { endOrder } from '../orders/end-order.ts';
import { hasLive } from '../subscriptions/renew-subscriptions.ts';
import { lockPlan, nextPart, savePlan, tellPlan, toPlan } from './plan-rows.ts';
import { chargePart, type WaitingOrder, waitingOrder, writePartOrder } from './write-part.ts';

const listDue = statement<[now: string], { id: string }>(
  'payments.list_instalments_due',
  `select p.id from instalment_plans p
   where (p.state = 'past_due' and p.next_try_at <= $1
       or p.state = 'active' and exists (
         select 1 from instalment_parts t where t.plan_id = p.id and t.paid_at is null and t.due_at <= $1))
     and not exists (select 1 from attempts a where a.order_id = p.open_order_id
       and a.status in ${liveInSql})
     -- What is kept at a provider that is switched off is charged when it is on again.
     and (p.saved_method is null or not ${isSwitchedOffInSql('p.provider')})
   order by p.id limit 500`,
);
const listToNotice = statement<[until: string], { id: string }>(
  'payments.list_instalments_to_notice',
  `select p.id from instalment_plans p
   where p.state = 'active' and exists (
     select 1 from instalment_parts t where t.plan_id = p.id and t.paid_at is null and t.due_at <= $1 and t.part > p.noticed_part)
   order by p.id limit 500`,
);
const noteNoticed = statement<[id: string, part: number], { id: string }>(
  'payments.note_instalment_noticed',
  'update instalment_plans set noticed_part = $2 where id = $1 and noticed_part < $2 returning id',
);
const readOpenOrder = statement<[id: string], { open_order_id: string | null }>(
  'payments.read_open_instalment',
  'select open_order_id from instalment_plans where id = $1',
);
const lockOpenOrder = statement<[id: string], { id: string }>(
  'payments.lock_open_instalment',
  'select id from orders where id = $1 for update',
);
const countTries = statement<[orderId: string], { tries: number }>(
  'payments.count_tries_of_instalment',
  'select count(*)::int as tries from attempts where order_id = $1',
);
const beforeCommit = crashPoint('payments.collect_instalment.before_commit');
const afterCommit = crashPoint('payments.collect_instalment.after_commit');

const dayMs = 24 * 3_600_000;

export type CollectDeps = Pick<PaymentDeps, 'db' | 'ids' | 'clock' | 'jobs' | 'config' | 'publicUrl'>;

/**
 * Collects what is due: tells of parts some days before, charges the kept method on their day, tries again what failed, and
 * pauses access when the days of grace are over. Every order and payment has an id made of what it is for, so that a run
 * which is killed and repeated, or two at once, make none twice.
 */
export function collectInstalments(deps: CollectDeps) {
  return (ctx: Ctx): Promise<void> =>
    eachInTurn(async (each) => {
      const now = deps.clock.now();
      const soon = new Date(now.getTime() + noticeDays * dayMs).toISOString();
      await each(await deps.db.rows(listToNotice, [soon]), ({ id }) => notice(deps, id, ctx));
      await each(await deps.db.rows(listDue, [now.toISOString()]), ({ id }) => collect(deps, id, ctx));
    });
}

/** Tells that a part is due soon; whoever pays it by hand gets the order for it. */
async function notice(deps: CollectDeps, id: string, ctx: Ctx): Promise<void> {
  await withPlan(deps, id, async (tx, row) => {
    const next = nextPart(row);
    if (row.state !== 'active' || !next || !(await tx.row(noteNoticed, [id, next.part]))) return;
    if (row.saved_method === null && !(await waitingOrder(tx, row)))
      await writePartOrder(deps, tx, { row, through: next.part, listPrice: next.list_price, price: next.price });
    await tellPlan(deps, tx, { planId: id, change: 'part_due' }, ctx);
    beforeCommit();
  });
  afterCommit();
}

/** Does for one plan what its time asks for. Repeatable. */
async function collect(deps: CollectDeps, id: string, ctx: Ctx): Promise<void> {
  await withPlan(deps, id, async (tx, row) => {
    const next = nextPart(row);
    if (!next) return;
    const isPaying = row.open_order_id !== null && (await tx.row(hasLive, [row.open_order_id])) !== undefined;
    const due = decideOnTime(toPlan(row), { isPaying }, deps.clock.now());
    if (!due) return;
    if (due.do === 'pause') await savePlan(deps, tx, { planId: id, change: due.change }, ctx);
    else {
      const waiting = await waitingFor(deps, tx, { row, part: next.part }, ctx);
      const part = { row, through: next.part, listPrice: next.list_price, price: next.price };
      const order = waiting ?? (await writePartOrder(deps, tx, part));
      if (due.do === 'charge') {
        // Whatever was tried before, by whom and with what end: this one is the next.
        const tries = (await tx.row(countTries, [order.id]))?.tries ?? 0;
        await chargePart(deps, tx, { row, order, attemptId: derivedId(order.id, `try ${tries}`) }, ctx);
      } else await savePlan(deps, tx, { planId: id, change: due.change }, ctx);
    }
    beforeCommit();
  });
  afterCommit();
}

/** The order of the next part. One of all that is left, which nobody has paid by now, is called off. */
async function waitingFor(
  deps: CollectDeps,
  tx: Tx,
  { row, part }: { row: Row; part: number },
  ctx: Ctx,
): Promise<WaitingOrder | undefined> {
  const waiting = await waitingOrder(tx, row);
  if (!waiting || waiting.through === part) return waiting;
  await endOrder(deps, tx, { orderId: waiting.id, as: 'cancelled', reason: 'buyer' }, ctx);
  return undefined;
}

type Tx = Parameters<Parameters<CollectDeps['db']['transaction']>[0]>[0];
type Row = NonNullable<Awaited<ReturnType<typeof lockPlan>>>;

/**
 * Works on a plan under its lock and that of the order it waits for, which is taken first, as everywhere. Does nothing
 * when it waits for another one meanwhile: whoever changed that has done what there was to do, or the next run does.
 */
export async function withPlan<T>(
  deps: Pick<CollectDeps, 'db'>,
  id: string,
  work: (tx: Tx, row: Row) => Promise<T>,
): Promise<T | undefined> {
  const known = await deps.db.row(readOpenOrder, [id]);
  if (!known) return undefined;
  return deps.db.transaction(async (tx) => {
    if (known.open_order_id) await tx.row(lockOpenOrder, [known.open_order_id]);
    const row = await lockPlan(tx, id);
    if (!row || row.open_order_id !== known.open_order_id) return undefined;
    return work(tx, row);
  });
}
