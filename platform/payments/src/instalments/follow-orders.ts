import { allocateMoney, type Ctx, statement, type Transaction } from '@stoa/kernel';
import {
  decideOnCancel,
  decideOnDispute,
  decideOnFailedPart,
  decideOnPaidPart,
  dueAt,
  type PlanChange,
  waive,
} from '../core/instalments.ts';
import type { PaymentDeps } from '../deps.ts';
import { endOrder } from '../orders/end-order.ts';
import { lockPlan, nextPart, type PlanRow, savePlan, toPlan } from './plan-rows.ts';

type OrderRow = {
  instalment_plan_id: string;
  instalment_part: number;
  instalment_through: number;
  total: number;
  /** Before taxes that are added. */
  price: number;
  saved_method: string | null;
  provider: string | null;
  /** The kept method that was charged without the payer. */
  uses_method: string | null;
};
const readOrderOfPlan = statement<[orderId: string, attemptId: string | null], OrderRow>(
  'payments.read_order_of_instalments',
  `select o.instalment_plan_id, o.instalment_part, o.instalment_through, o.total, o.subtotal - o.discount as price, a.saved_method, a.provider, a.uses_method
   from orders o left join attempts a on a.id = $2 where o.id = $1 and o.instalment_plan_id is not null`,
);
const payParts = statement<[planId: string, orderId: string, parts: string, at: string], never>(
  'payments.pay_instalment_parts',
  `update instalment_parts t set order_id = $2, paid_at = $4, total = n.total, waived = n.waived
   from jsonb_to_recordset($3::jsonb) as n (part smallint, total bigint, waived bigint)
   where t.plan_id = $1 and t.part = n.part and t.paid_at is null`,
);
const dateParts = statement<[planId: string, parts: string], never>(
  'payments.date_instalment_parts',
  `update instalment_parts t set due_at = n."dueAt" from jsonb_to_recordset($2::jsonb) as n (part smallint, "dueAt" timestamptz)
   where t.plan_id = $1 and t.part = n.part`,
);
const keepMethod = statement<[planId: string, savedMethod: string | null, provider: string | null], never>(
  'payments.keep_instalment_method',
  // A kept method is good at the provider that keeps it.
  `update instalment_plans set saved_method = coalesce($2, saved_method),
     provider = case when $2::text is null then provider else coalesce($3, provider) end
   where id = $1`,
);

export type FollowDeps = Pick<PaymentDeps, 'ids' | 'clock' | 'jobs'>;
type Of = { orderId: string; attemptId: string | null };

/**
 * An order of a plan is paid: its part, or all that was left, is. The first one begins the plan, whose dates are counted
 * from this moment. In the transaction that holds the order's lock; other orders are none of its business.
 */
export async function settlePart(
  deps: FollowDeps,
  tx: Transaction,
  { orderId, attemptId }: Of,
  ctx: Ctx,
): Promise<void> {
  const order = await tx.row(readOrderOfPlan, [orderId, attemptId]);
  const before = order && (await lockPlan(tx, order.instalment_plan_id));
  if (!order || !before) return;
  const now = deps.clock.now();
  const { instalment_part: part, instalment_through: through } = order;
  const isPaidFor = (one: { part: number }) => one.part >= part && one.part <= through;
  const paid = waive(before.schedule.filter(isPaidFor), order.price);
  const shares = allocateMoney(
    { amount: order.total, currency: before.currency },
    paid.map(({ price }) => price),
  );
  const rows = paid.map(({ part, waived }, index) => ({ part, waived, total: shares[index]?.amount ?? 0 }));
  await tx.run(payParts, [before.id, orderId, JSON.stringify(rows), now.toISOString()]);
  if (before.state === 'incomplete') {
    const dates = before.schedule.map((one) => ({ part: one.part, dueAt: dueAt(now, one.part).toISOString() }));
    await tx.run(dateParts, [before.id, JSON.stringify(dates)]);
  }
  await tx.run(keepMethod, [before.id, order.saved_method, order.provider]);
  const left = before.schedule.filter((one) => one.paid_at === null && !isPaidFor(one)).length;
  const change = decideOnPaidPart(toPlan(before), { left });
  if (change) await savePlan(deps, tx, { planId: before.id, change }, ctx);
}

/**
 * What follows when charging the kept method for a part failed. Null when the payment is none of those: what its payer tries
 * by hand they try again themselves. Else to be done in the same transaction.
 */
export async function failedPart(
  deps: FollowDeps,
  tx: Transaction,
  { orderId, attemptId }: Of,
): Promise<((ctx: Ctx, reason: string) => Promise<void>) | null> {
  const order = await tx.row(readOrderOfPlan, [orderId, attemptId]);
  const before = order && (await lockPlan(tx, order.instalment_plan_id));
  if (!before || before.open_order_id !== orderId || order?.uses_method === null) return null;
  const change = decideOnFailedPart(toPlan(before), deps.clock.now());
  if (!change) return null;
  return async (ctx, failureReason) => {
    await savePlan(deps, tx, { planId: before.id, change, failureReason }, ctx);
  };
}

/** The money of a part went back with what it bought: the plan ends, and access with it. In the order's lock. */
export async function endRefundedPlan(
  deps: FollowDeps,
  tx: Transaction,
  { orderId }: { orderId: string },
  ctx: Ctx,
): Promise<void> {
  const order = await tx.row(readOrderOfPlan, [orderId, null]);
  const before = order && (await lockPlan(tx, order.instalment_plan_id));
  if (before) await cancelLocked(deps, tx, { row: before, keepsAccess: false }, ctx);
}

/** Gives a plan up, in its lock: the order that waits is called off, and access stays or ends. Repeatable. */
export async function cancelLocked(
  deps: FollowDeps,
  tx: Transaction,
  { row, keepsAccess, note }: { row: PlanRow; keepsAccess: boolean; note?: string | undefined },
  ctx: Ctx,
): Promise<PlanRow> {
  const change = decideOnCancel(toPlan(row), { keepsAccess });
  return change ? endPlan(deps, tx, { row, change, note }, ctx) : row;
}

/** Keeps that a plan is over: what waits to be paid for it would pay for nothing. */
async function endPlan(
  deps: FollowDeps,
  tx: Transaction,
  { row, change, note }: { row: PlanRow; change: PlanChange; note?: string | undefined },
  ctx: Ctx,
): Promise<PlanRow> {
  if (row.open_order_id && nextPart(row))
    await endOrder(deps, tx, { orderId: row.open_order_id, as: 'cancelled', reason: 'operator' }, ctx);
  return savePlan(deps, tx, { planId: row.id, change, note }, ctx);
}

const hasOpenDispute = statement<[planId: string], { id: string }>(
  'payments.has_open_dispute_of_instalments',
  // Only money that paid for something: what came twice is on its way back and none of the plan's business.
  `select d.id from disputes d join orders o on o.id = d.order_id
   where o.instalment_plan_id = $1 and d.state = 'open' and d.attempt_id = o.settled_by limit 1`,
);

/**
 * A bank asks for the money that paid for an order back, or has decided. Called in the order's lock when that is written;
 * other orders are none of its business.
 */
export async function followDispute(
  deps: FollowDeps,
  tx: Transaction,
  { orderId, state }: { orderId: string; state: 'open' | 'won' | 'lost' },
  ctx: Ctx,
): Promise<void> {
  const order = await tx.row(readOrderOfPlan, [orderId, null]);
  const before = order && (await lockPlan(tx, order.instalment_plan_id));
  if (!before) return;
  const othersOpen = (await tx.row(hasOpenDispute, [before.id])) !== undefined;
  const change = decideOnDispute(toPlan(before), { state, othersOpen });
  if (change?.state === 'canceled') await endPlan(deps, tx, { row: before, change }, ctx);
  else if (change) await savePlan(deps, tx, { planId: before.id, change }, ctx);
}

const isFree = statement<[planId: string, part: number, orderId: string], { id: string }>(
  'payments.is_instalment_unordered',
  `select p.id from instalment_plans p join instalment_parts t on t.plan_id = p.id and t.part = $2
   where p.id = $1 and p.state not in ('completed', 'canceled') and t.paid_at is null and not exists (
     select 1 from orders o where o.instalment_plan_id = $1 and o.instalment_part = $2 and o.id <> $3
       and o.state not in ('cancelled', 'expired'))`,
);

/**
 * Whether money that came late for an order of a plan still pays for something: its part is the next one and has no
 * other order. Asked in the order's lock; what is no order of a plan is always wanted.
 */
export async function isStillWanted(tx: Transaction, orderId: string): Promise<boolean> {
  const order = await tx.row(readOrderOfPlan, [orderId, null]);
  if (!order) return true;
  const plan = await lockPlan(tx, order.instalment_plan_id);
  if (!plan || nextPart(plan)?.part !== order.instalment_part) return false;
  // What is left was reckoned on a day of its own: paid later than that, it might cost more.
  if (order.instalment_through !== order.instalment_part) return false;
  return (await tx.row(isFree, [plan.id, order.instalment_part, orderId])) !== undefined;
}
