import { InstalmentPlanChanged } from '@stoa/contracts';
import { type Ctx, emit, type Queries, statement, type Transaction } from '@stoa/kernel';
import type { Plan, PlanChange, PlanState } from '../core/instalments.ts';
import type { PaymentDeps } from '../deps.ts';
import type { QuotedLine } from '../orders/quote-lines.ts';
import { toTimestamp } from '../orders/show-order.ts';

/** What is sold in parts, as its market offered it when that was agreed. */
export type PlanItem = Pick<
  QuotedLine,
  'sku' | 'kind' | 'title' | 'summary' | 'path' | 'coverUrl' | 'sellerId' | 'sellerName' | 'taxCategory' | 'refundDays'
>;
export type PartRow = {
  part: number;
  due_at: string;
  list_price: number;
  price: number;
  surcharge: number;
  total: number;
  waived: number;
  order_id: string | null;
  paid_at: string | null;
};
export type PlanRow = {
  id: string;
  buyer_id: string;
  buyer_email: string;
  buyer_name: string;
  buyer_document: string;
  locale: 'en' | 'pt-BR' | 'es';
  country: string;
  sku: string;
  title: string;
  seller_id: string;
  item: PlanItem;
  currency: string;
  parts: number;
  surcharge: number;
  coupon_code: string | null;
  state: PlanState;
  entitled: boolean;
  provider: string | null;
  saved_method: string | null;
  open_order_id: string | null;
  failures: number;
  next_try_at: string | null;
  noticed_part: number;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  /** In order. */
  schedule: PartRow[];
};
export const planColumns = `p.id, p.buyer_id, p.buyer_email, p.buyer_name, p.buyer_document, p.locale, p.country, p.sku, p.title, p.seller_id, p.item,
  p.currency, p.parts, p.surcharge, p.coupon_code, p.state, p.entitled, p.provider, p.saved_method, p.open_order_id, p.failures,
  p.next_try_at, p.noticed_part, p.created_at, p.started_at, p.ended_at,
  (select coalesce(jsonb_agg(to_jsonb(t) - 'plan_id' order by t.part), '[]') from instalment_parts t where t.plan_id = p.id) as schedule`;

export const readPlan = statement<[id: string], PlanRow>(
  'payments.read_instalment_plan',
  `select ${planColumns} from instalment_plans p where p.id = $1`,
);
const lockRow = statement<[id: string], { id: string }>(
  'payments.lock_instalment_plan',
  'select id from instalment_plans where id = $1 for update',
);
const saveChange = statement<
  [id: string, state: string, entitled: boolean, failures: number, nextTryAt: string | null, at: string],
  { id: string }
>(
  'payments.save_instalment_plan',
  `update instalment_plans set state = $2, entitled = $3, failures = $4, next_try_at = $5,
     started_at = case when $2 = 'incomplete' then null else coalesce(started_at, $6) end,
     ended_at = case when $2 in ('completed', 'canceled') then coalesce(ended_at, $6) end
   where id = $1 returning id`,
);
const noteChange = statement<
  [id: string, change: string, actor: string, actorId: string | null, note: string, at: string],
  { revision: number }
>(
  'payments.note_instalment_change',
  `with changed as (
     update instalment_plans set revision = revision + 1 where id = $1 returning id, revision, state, entitled
   )
   insert into instalment_changes (plan_id, revision, change, state, entitled, actor, actor_id, note, at)
   select id, revision, $2, state, entitled, $3, $4, $5, $6 from changed returning revision`,
);

/** The plan under its lock. The lock of the order it waits for is taken before, as everywhere. */
export async function lockPlan(tx: Queries, planId: string): Promise<PlanRow | undefined> {
  // What it looks like is read when the lock is there, and not before.
  return (await tx.row(lockRow, [planId])) ? tx.row(readPlan, [planId]) : undefined;
}

/** The first part that nobody has paid; undefined when all are. */
export function nextPart({ schedule }: Pick<PlanRow, 'schedule'>): PartRow | undefined {
  return schedule.find(({ paid_at }) => paid_at === null);
}

/** A row as the rules about plans read it. */
export function toPlan(row: PlanRow): Plan {
  const next = nextPart(row);
  return {
    state: row.state,
    entitled: row.entitled,
    hasMethod: row.saved_method !== null && row.provider !== null,
    nextDueAt: next ? new Date(next.due_at) : null,
    failures: row.failures,
    nextTryAt: row.next_try_at === null ? null : new Date(row.next_try_at),
  };
}

type TellDeps = Pick<PaymentDeps, 'ids' | 'clock'>;
/** What is told beside the change: an operator's note, or why charging the kept method failed. */
type Words = { note?: string | undefined; failureReason?: string | undefined };

/** Keeps what became of a plan, and tells it. @returns the plan as it is now */
export async function savePlan(
  deps: TellDeps,
  tx: Transaction,
  { planId, change, ...words }: { planId: string; change: PlanChange } & Words,
  ctx: Ctx,
): Promise<PlanRow> {
  const { state, entitled, failures, nextTryAt, tell } = change;
  const at = deps.clock.now().toISOString();
  await tx.row(saveChange, [planId, state, entitled, failures, nextTryAt?.toISOString() ?? null, at]);
  return tellPlan(deps, tx, { planId, change: tell, ...words }, ctx);
}

/** Tells how a plan is, and why; and keeps it for whoever asks later. */
export async function tellPlan(
  deps: TellDeps,
  tx: Transaction,
  { planId, change, note = '', failureReason = '' }: { planId: string; change: string } & Words,
  ctx: Ctx,
): Promise<PlanRow> {
  const row = await tx.row(readPlan, [planId]);
  if (!row) throw new Error('the plan is gone while it is locked');
  const person = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  const actor = person === null ? 'platform' : person === row.buyer_id ? 'buyer' : 'operator';
  const at = deps.clock.now().toISOString();
  const noted = await tx.row(noteChange, [planId, change, actor, actor === 'operator' ? person : null, note, at]);
  const amount = (of: number) => ({ amount: BigInt(of), currency: row.currency });
  await emit(tx, ctx, deps.ids, {
    event: InstalmentPlanChanged,
    aggregate: row.id,
    data: {
      planId: row.id,
      buyerId: row.buyer_id,
      buyerEmail: row.buyer_email,
      locale: row.locale,
      sku: row.sku,
      title: row.title,
      sellerId: row.seller_id,
      state: row.state,
      change,
      entitled: row.entitled,
      revision: BigInt(noted?.revision ?? 0),
      total: amount(totalOf(row)),
      schedule: row.schedule.map((one) => ({
        part: one.part,
        dueAt: toTimestamp(one.due_at),
        amount: amount(one.total),
        paid: one.paid_at !== null,
      })),
      openOrderId: row.open_order_id ?? '',
      nextRetryAt: row.next_try_at ?? '',
      needsPayer: row.saved_method === null,
      failureReason,
    },
  });
  return row;
}

/** What all parts come to, in minor units. */
export function totalOf({ schedule }: Pick<PlanRow, 'schedule'>): number {
  return schedule.reduce((sum, { total }) => sum + total, 0);
}
