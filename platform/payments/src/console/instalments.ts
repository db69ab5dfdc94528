import { type Ctx, derivedId, requireRole, requireUser, statement, toPage } from '@stoa/kernel';
import type { PlanState } from '../core/instalments.ts';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { type CollectDeps, withPlan } from '../instalments/collect-instalments.ts';
import { cancelLocked } from '../instalments/follow-orders.ts';
import { nextPart, type PlanRow, planColumns, readPlan } from '../instalments/plan-rows.ts';
import { type PlanDetails, type PlanView, readPlanDetails, toPlanView } from '../instalments/show-plans.ts';
import { chargePart, waitingOrder } from '../instalments/write-part.ts';
import { pagePlace } from '../page-place.ts';
import { requestRefund } from '../refunds/request-refund.ts';
import { hasLive } from '../subscriptions/renew-subscriptions.ts';
import { recordAudit } from './audit.ts';

const listAll = statement<
  [before: string | null, beforeId: string | null, state: string | null, query: string | null, limit: number],
  PlanRow
>(
  'payments.list_all_instalment_plans',
  `select ${planColumns} from instalment_plans p
   where p.state <> 'incomplete' and ($1::timestamptz is null or (p.created_at, p.id) < ($1, $2::uuid))
     and ($3::text is null or p.state = $3)
     and ($4::text is null or lower(p.buyer_email) = lower($4) or p.id::text = $4 or p.title ilike '%' || $4 || '%')
   order by p.created_at desc, p.id desc limit $5`,
);
const listOfSeller = statement<
  [sellerId: string, before: string | null, beforeId: string | null, running: boolean, limit: number],
  PlanRow
>(
  'payments.list_instalment_plans_of_seller',
  `select ${planColumns} from instalment_plans p
   where p.seller_id = $1 and p.state <> 'incomplete' and ($2::timestamptz is null or (p.created_at, p.id) < ($2, $3::uuid))
     and (not $4 or p.state not in ('completed', 'canceled'))
   order by p.created_at desc, p.id desc limit $5`,
);
type ChangeRow = {
  revision: number;
  change: string;
  state: PlanState;
  entitled: boolean;
  actor: 'buyer' | 'operator' | 'platform';
  actor_id: string | null;
  note: string;
  at: string;
};
const listChanges = statement<[id: string], ChangeRow>(
  'payments.list_instalment_changes',
  `select revision, change, state, entitled, actor, actor_id, note, at
   from instalment_changes where plan_id = $1 order by revision desc limit 200`,
);

export type ConsolePlan = PlanView & {
  buyer: { id: string; email: string; name: string };
  provider: string | null;
  sellerId: string | null;
  failures: number;
};

/** Every plan, newest first; `q` is an id, an e-mail address or a part of the title. @throws not_allowed */
export function listAllPlans(deps: Pick<PaymentDeps, 'db' | 'clock'>) {
  return async (
    input: { limit: number; cursor?: string | undefined; state?: PlanState | undefined; q?: string | undefined },
    ctx: Ctx,
  ): Promise<{ items: ConsolePlan[]; nextCursor?: string }> => {
    requireRole(ctx, 'support');
    const [at, id] = pagePlace(input.cursor);
    const q = input.q?.trim().replace(/[\\%_]/g, '\\$&') || null;
    const rows = await deps.db.rows(listAll, [at, id, input.state ?? null, q, input.limit + 1]);
    const now = deps.clock.now();
    return toPage(rows, {
      limit: input.limit,
      key: (row) => [row.created_at, row.id],
      item: (row) => toConsole(row, now),
    });
  };
}

/** A plan with all that happened to it. @throws not_allowed, instalments_not_found */
export function showConsolePlan(deps: Pick<PaymentDeps, 'db' | 'clock'>) {
  return async ({ planId }: { planId: string }, ctx: Ctx) => {
    requireRole(ctx, 'support');
    const row = await deps.db.row(readPlan, [planId]);
    if (!row) throw errors.instalments_not_found();
    const [details, changes] = await Promise.all([readPlanDetails(deps, row), deps.db.rows(listChanges, [row.id])]);
    const { method, orders }: Pick<PlanDetails, 'method' | 'orders'> = details;
    return {
      plan: toConsole(row, deps.clock.now()),
      method,
      orders,
      changes: changes.map(({ actor_id, ...one }) => ({ ...one, actorId: actor_id })),
    };
  };
}

type Cancellation = { planId: string; access: 'end' | 'keep'; refund: 'none' | 'all'; note: string };

/**
 * Gives up somebody's plan: nothing more is asked for. Access ends or stays; what was paid stays or goes back, order by
 * order. Repeatable: what was done is not done again.
 * @throws not_allowed, instalments_not_found, payment_in_progress, refund_not_possible
 */
export function cancelPlanFor(deps: CollectDeps & Pick<PaymentDeps, 'tokens' | 'providers'>) {
  return async ({ planId, access, refund, note }: Cancellation, ctx: Ctx): Promise<ConsolePlan> => {
    requireRole(ctx, 'support');
    if (!(await deps.db.row(readPlan, [planId]))) throw errors.instalments_not_found();
    const done = await withPlan(deps, planId, async (tx, row) => {
      const details = { access, refund, state: row.state };
      const subject = { subjectKind: 'instalments', subjectId: planId } as const;
      await recordAudit(tx, deps, ctx, { action: 'instalments.canceled', ...subject, details });
      return cancelLocked(deps, tx, { row, keepsAccess: access === 'keep', note }, ctx);
    });
    // Somebody paid between looking and locking.
    if (!done) throw errors.payment_in_progress();
    if (refund === 'all') await refundAll(deps, { row: done, access, note }, ctx);
    const row = await deps.db.row(readPlan, [planId]);
    return toConsole(row ?? done, deps.clock.now());
  };
}

/** Asks for all money of a plan back that was paid and is not back yet, each refund under an id of its own. */
async function refundAll(
  deps: Parameters<typeof cancelPlanFor>[0],
  { row, access, note }: { row: PlanRow; access: Cancellation['access']; note: string },
  ctx: Ctx,
): Promise<void> {
  const { orders } = await readPlanDetails(deps, row);
  for (const { id, paymentId, state } of orders) {
    if (!paymentId || (state !== 'paid' && state !== 'partially_refunded')) continue;
    const requestId = derivedId(id, 'refund of a plan');
    const given = { paymentId, access: access === 'end' ? 'revoke' : 'keep', reason: 'requested', note } as const;
    await requestRefund(deps)(given, { ...ctx, requestId });
  }
}

/**
 * Charges the kept method for a part that is late, now and not when it is its turn.
 * @throws not_allowed, instalments_not_found, instalments_not_retryable
 */
export function retryPart(deps: CollectDeps) {
  return async ({ planId }: { planId: string }, ctx: Ctx): Promise<ConsolePlan> => {
    requireRole(ctx, 'support');
    const known = await deps.db.row(readPlan, [planId]);
    if (!known) throw errors.instalments_not_found();
    const requestId = ctx.requestId ?? deps.ids.id();
    const done = await withPlan(deps, planId, async (tx, row) => {
      const waiting = await waitingOrder(tx, row);
      const isLate = row.state === 'past_due' || row.state === 'paused';
      const isNext = waiting !== undefined && waiting.through === nextPart(row)?.part;
      if (!isLate || !isNext || !row.saved_method || (await tx.row(hasLive, [waiting.id])))
        throw errors.instalments_not_retryable();
      const subject = { subjectKind: 'instalments', subjectId: planId } as const;
      await recordAudit(tx, deps, ctx, { action: 'instalment.retried', ...subject, details: { orderId: waiting.id } });
      await chargePart(
        deps,
        tx,
        { row, order: waiting, attemptId: derivedId(requestId, `retry of ${waiting.id}`) },
        ctx,
      );
      return row;
    });
    if (!done) throw errors.instalments_not_retryable();
    return toConsole(done, deps.clock.now());
  };
}

export type SellerPlan = Pick<
  PlanView,
  'id' | 'sku' | 'title' | 'state' | 'parts' | 'paidParts' | 'total' | 'paid' | 'remaining' | 'nextPart' | 'createdAt'
>;

/** What is bought from a seller in parts, newest first; without anything about who buys it. @throws not_allowed */
export function listSellerPlans(deps: Pick<PaymentDeps, 'db' | 'clock'>) {
  return async (
    input: { limit: number; cursor?: string | undefined; of: 'me' | 'house'; state: 'all' | 'running' },
    ctx: Ctx,
  ): Promise<{ items: SellerPlan[]; nextCursor?: string }> => {
    requireRole(ctx, 'instructor', 'supplier', 'fleet', 'support');
    if (input.of === 'house') requireRole(ctx, 'support');
    const sellerId = input.of === 'house' ? '' : requireUser(ctx).userId;
    const [at, id] = pagePlace(input.cursor);
    const rows = await deps.db.rows(listOfSeller, [sellerId, at, id, input.state === 'running', input.limit + 1]);
    const now = deps.clock.now();
    return toPage(rows, {
      limit: input.limit,
      key: (row) => [row.created_at, row.id],
      item: (row): SellerPlan => {
        const view = toPlanView(row, now);
        const { sku, title, state, parts, paidParts, total, paid, remaining, nextPart, createdAt } = view;
        return { id: row.id, sku, title, state, parts, paidParts, total, paid, remaining, nextPart, createdAt };
      },
    });
  };
}

function toConsole(row: PlanRow, now: Date): ConsolePlan {
  return {
    ...toPlanView(row, now),
    buyer: { id: row.buyer_id, email: row.buyer_email, name: row.buyer_name },
    provider: row.provider,
    sellerId: row.seller_id || null,
    failures: row.failures,
  };
}
