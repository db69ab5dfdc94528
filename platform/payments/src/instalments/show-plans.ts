import { type Ctx, requireUser, statement, toPage } from '@stoa/kernel';
import type { OrderState } from '../core/book.ts';
import { type PlanState, restOf } from '../core/instalments.ts';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { priceLines } from '../orders/price-lines.ts';
import { toTimestamp } from '../orders/show-order.ts';
import { pagePlace } from '../page-place.ts';
import { agreedLine } from '../subscriptions/write-order.ts';
import { nextPart, type PartRow, type PlanRow, planColumns, readPlan, totalOf } from './plan-rows.ts';

type Money = { amount: number; currency: string };
const listOf = statement<[buyerId: string, before: string | null, beforeId: string | null, limit: number], PlanRow>(
  'payments.list_instalment_plans_of_buyer',
  `select ${planColumns} from instalment_plans p
   where p.buyer_id = $1 and p.state <> 'incomplete' and ($2::timestamptz is null or (p.created_at, p.id) < ($2, $3::uuid))
   order by p.created_at desc, p.id desc limit $4`,
);

export type PlanView = {
  id: string;
  sku: string;
  title: string;
  path: string;
  coverUrl: string;
  state: PlanState;
  /** Whether one has what is paid in parts. */
  entitled: boolean;
  parts: number;
  paidParts: number;
  /** Ten-thousandths of the price. */
  surcharge: number;
  coupon: string | null;
  total: Money;
  paid: Money;
  remaining: Money;
  schedule: {
    part: number;
    dueAt: string;
    amount: Money;
    /** `overdue` from its day on, `canceled` when nobody asks for it any more. */
    state: 'paid' | 'upcoming' | 'overdue' | 'canceled';
    paidAt: string | null;
    orderId: string | null;
    /** Of the surcharge, what fell away because it was paid early. */
    waived: Money;
  }[];
  nextPart: { part: number; dueAt: string; amount: Money } | null;
  /** The order that waits, or waited last, to be paid: of the first part, the next one, or all that is left. */
  openOrderId: string | null;
  nextTryAt: string | null;
  methodKept: boolean;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
};

/** One's own plans, newest first. @throws not_signed_in */
export function listPlans(deps: Pick<PaymentDeps, 'db' | 'clock'>) {
  return async (
    input: { limit: number; cursor?: string | undefined },
    ctx: Ctx,
  ): Promise<{ items: PlanView[]; nextCursor?: string }> => {
    const user = requireUser(ctx);
    const [at, id] = pagePlace(input.cursor);
    const rows = await deps.db.rows(listOf, [user.userId, at, id, input.limit + 1]);
    const now = deps.clock.now();
    return toPage(rows, {
      limit: input.limit,
      key: (row) => [row.created_at, row.id],
      item: (row) => toPlanView(row, now),
    });
  };
}

export function toPlanView(row: PlanRow, now: Date): PlanView {
  const money = (amount: number): Money => ({ amount, currency: row.currency });
  const paid = row.schedule.filter(({ paid_at }) => paid_at !== null);
  const paidAmount = paid.reduce((sum, one) => sum + one.total, 0);
  const isOver = row.state === 'canceled';
  const next = isOver ? undefined : nextPart(row);
  const stateOf = (one: PartRow) => {
    if (one.paid_at !== null) return 'paid';
    if (isOver) return 'canceled';
    return row.started_at !== null && new Date(one.due_at) <= now ? 'overdue' : 'upcoming';
  };
  return {
    id: row.id,
    sku: row.sku,
    title: row.title,
    path: row.item.path,
    coverUrl: row.item.coverUrl,
    state: row.state,
    entitled: row.entitled,
    parts: row.parts,
    paidParts: paid.length,
    surcharge: row.surcharge,
    coupon: row.coupon_code,
    total: money(totalOf(row)),
    paid: money(paidAmount),
    remaining: money(isOver ? 0 : totalOf(row) - paidAmount),
    schedule: row.schedule.map((one) => ({
      part: one.part,
      dueAt: toTimestamp(one.due_at),
      amount: money(one.total),
      state: stateOf(one),
      paidAt: one.paid_at && toTimestamp(one.paid_at),
      orderId: one.order_id,
      waived: money(one.waived),
    })),
    nextPart: next ? { part: next.part, dueAt: toTimestamp(next.due_at), amount: money(next.total) } : null,
    openOrderId: next ? row.open_order_id : null,
    nextTryAt: row.next_try_at,
    methodKept: row.saved_method !== null,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}

type DetailsRow = {
  method: string | null;
  orders: {
    id: string;
    number: string;
    state: OrderState;
    total: number;
    refunded: number;
    paid_at: string | null;
    invoice_id: string | null;
    invoice_number: string | null;
    payment_id: string | null;
  }[];
};
const readDetails = statement<[id: string], DetailsRow>(
  'payments.read_instalment_details',
  `select
     (select a.method_label from attempts a join orders o on o.id = a.order_id
      join instalment_plans p on p.id = o.instalment_plan_id
      where o.instalment_plan_id = $1 and p.saved_method in (a.saved_method, a.uses_method) and a.method_label is not null
      order by a.created_at desc limit 1) as method,
     (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number, 'state', o.state, 'total', o.total,
        'refunded', o.refunded, 'paid_at', o.paid_at, 'invoice_id', i.id, 'invoice_number', i.number, 'payment_id', o.settled_by)
        order by o.instalment_part, o.created_at), '[]')
      from orders o left join invoices i on i.order_id = o.id and i.kind = 'invoice'
      where o.instalment_plan_id = $1 and o.state not in ('cancelled', 'expired')) as orders`,
);

export type PlanDetails = PlanView & {
  /** E.g. `visa •••• 4242`. */
  method: string | null;
  /** What all that is left costs when it is paid now, and what that saves; null when nothing is left. */
  rest: { amount: Money; saved: Money } | null;
  orders: {
    id: string;
    number: string;
    state: OrderState;
    total: Money;
    refunded: Money;
    paidAt: string | null;
    paymentId: string | null;
    invoice: { id: string; number: string } | null;
  }[];
};

/** One's own plan with its orders and invoices. @throws not_signed_in, instalments_not_found */
export function showPlan(deps: Pick<PaymentDeps, 'db' | 'clock'>) {
  return async ({ planId }: { planId: string }, ctx: Ctx): Promise<PlanDetails> => {
    const user = requireUser(ctx);
    const row = await deps.db.row(readPlan, [planId]);
    if (row?.buyer_id !== user.userId) throw errors.instalments_not_found();
    return readPlanDetails(deps, row);
  };
}

/** The same for callers that have been let in already. */
export async function readPlanDetails(deps: Pick<PaymentDeps, 'db' | 'clock'>, row: PlanRow): Promise<PlanDetails> {
  const details = await deps.db.row(readDetails, [row.id]);
  const now = deps.clock.now();
  const money = (amount: number): Money => ({ amount, currency: row.currency });
  const unpaid = unpaidParts(row);
  const view = toPlanView(row, now);
  const isRunning = !['incomplete', 'completed', 'canceled'].includes(row.state) && unpaid.length > 0;
  const rest = isRunning ? await priceRest(deps, row, now) : null;
  return {
    ...view,
    method: row.saved_method === null ? null : (details?.method ?? null),
    rest: rest === null ? null : { amount: money(rest), saved: money(Math.max(0, view.remaining.amount - rest)) },
    orders: (details?.orders ?? []).map((order) => ({
      id: order.id,
      number: order.number,
      state: order.state,
      total: money(order.total),
      refunded: money(order.refunded),
      paidAt: order.paid_at && toTimestamp(order.paid_at),
      paymentId: order.payment_id,
      invoice: order.invoice_id && order.invoice_number ? { id: order.invoice_id, number: order.invoice_number } : null,
    })),
  };
}

async function priceRest(deps: Pick<PaymentDeps, 'db'>, row: PlanRow, now: Date): Promise<number> {
  const { price } = restOf(unpaidParts(row), now);
  const lines = [agreedLine(row.item, { price, currency: row.currency })];
  const { order } = await priceLines(deps, { lines, couponCode: undefined, country: row.country, person: null, now });
  return order.total;
}

/** What is left to pay, as the rule about paying it at once reads it. */
export function unpaidParts(row: Pick<PlanRow, 'schedule'>) {
  return row.schedule
    .filter(({ paid_at }) => paid_at === null)
    .map(({ part, list_price, price, surcharge, due_at }) => ({
      part,
      listPrice: list_price,
      price,
      surcharge,
      dueAt: new Date(due_at),
    }));
}
