import { type Ctx, type EventType, eventData, type Ids, type Queries, statement, type Transaction } from '@stoa/kernel';
import { liveInSql } from '../attempts/live-in-sql.ts';
import type { InvoiceToIssue } from '../invoices/issue-invoice.ts';
import { insertInvoices } from '../invoices/issue-invoice.ts';
import { postLast } from '../ledger/post.ts';
import type { Posting } from '../ledger/postings.ts';

/** What a report says of an attempt beside states and amounts; null is what it says nothing about. */
export type Details = [
  providerReference: string | null,
  nextAction: string | null,
  reason: string | null,
  providerCode: string | null,
  methodLabel: string | null,
  savedMethod: string | null,
];
export const noDetails: Details = [null, null, null, null, null, null];

export type AttemptWrite = {
  id: string;
  status: string;
  captured: number;
  refunded: number;
  disputed: number;
  fee: number;
  details: Details;
  at: string;
};
export type OrderWrite = { id: string; state: string; settledBy: string | null; refunded: number; at: string };
export type EvidenceWrite = {
  provider: string;
  evidenceId: string;
  attemptId: string | null;
  orderId: string | null;
  source: string;
  type: string;
  said: object;
  outcome: string;
  flagged: boolean;
  occurredAt: string | null;
  receivedAt: string;
};
export type EventWrite = { id: string; type: string; aggregate: string; data: string; traceparent: string };

/** What decisions about one order or several write, gathered so that each table is written once. */
export type Writes = {
  evidence: EvidenceWrite[];
  attempts: AttemptWrite[];
  orders: OrderWrite[];
  events: EventWrite[];
  postings: Posting[];
  invoices: InvoiceToIssue[];
};
export const noWrites = (): Writes => ({
  evidence: [],
  attempts: [],
  orders: [],
  events: [],
  postings: [],
  invoices: [],
});

type AttemptColumns = [
  ids: string[],
  statuses: string[],
  captured: number[],
  refunded: number[],
  disputed: number[],
  fees: number[],
  at: string[],
  providerReferences: (string | null)[],
  nextActions: (string | null)[],
  reasons: (string | null)[],
  providerCodes: (string | null)[],
  methodLabels: (string | null)[],
  savedMethods: (string | null)[],
];
const updateAttempts = statement<AttemptColumns, never>(
  'payments.update_attempts',
  // A live payment keeps an earlier action that is not repeated; one that has ended has nothing more to do.
  `update attempts a set provider_reference = coalesce(a.provider_reference, n.provider_reference),
     next_action = case when n.status in ${liveInSql}
       then coalesce(n.next_action::jsonb, a.next_action) end,
     reason = coalesce(n.reason, a.reason), provider_code = coalesce(n.provider_code, a.provider_code),
     method_label = coalesce(n.method_label, a.method_label), saved_method = coalesce(n.saved_method, a.saved_method),
     status = n.status, captured = n.captured, refunded = n.refunded, disputed = n.disputed, fee = n.fee, updated_at = n.at,
     next_poll_at = case when n.status in ${liveInSql} then a.next_poll_at end
   from unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::timestamptz[], $8::text[],
     $9::text[], $10::text[], $11::text[], $12::text[], $13::text[]) as n (id, status, captured, refunded, disputed, fee, at,
     provider_reference, next_action, reason, provider_code, method_label, saved_method)
   where a.id = n.id`,
);

export async function writeAttempt(tx: Queries, write: AttemptWrite): Promise<void> {
  await tx.run(updateAttempts, attemptColumns([write]));
}

function attemptColumns(writes: readonly AttemptWrite[]): AttemptColumns {
  const detail = (n: 0 | 1 | 2 | 3 | 4 | 5) => writes.map(({ details }) => details[n]);
  return [
    writes.map(({ id }) => id),
    writes.map(({ status }) => status),
    writes.map(({ captured }) => captured),
    writes.map(({ refunded }) => refunded),
    writes.map(({ disputed }) => disputed),
    writes.map(({ fee }) => fee),
    writes.map(({ at }) => at),
    detail(0),
    detail(1),
    detail(2),
    detail(3),
    detail(4),
    detail(5),
  ];
}

type OrderColumns = [ids: string[], states: string[], settledBy: (string | null)[], refunded: number[], at: string[]];
const updateOrders = statement<OrderColumns, never>(
  'payments.update_orders',
  `update orders o set state = n.state, settled_by = n.settled_by, refunded = n.refunded,
     paid_at = case when n.state = 'paid' then coalesce(o.paid_at, n.at) else o.paid_at end,
     hold = case when n.state = 'paid' then 'kept' else o.hold end,
     closed_at = case when n.state = 'paid' then null else o.closed_at end,
     closed_reason = case when n.state = 'paid' then null else o.closed_reason end
   from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::timestamptz[]) as n (id, state, settled_by, refunded, at)
   where o.id = n.id`,
);

export async function writeOrder(tx: Queries, write: OrderWrite): Promise<void> {
  await tx.run(updateOrders, orderColumns([write]));
}

function orderColumns(writes: readonly OrderWrite[]): OrderColumns {
  return [
    writes.map(({ id }) => id),
    writes.map(({ state }) => state),
    writes.map(({ settledBy }) => settledBy),
    writes.map(({ refunded }) => refunded),
    writes.map(({ at }) => at),
  ];
}

export const insertEvidence = statement<[evidence: string], { id: number }>(
  'payments.insert_evidence',
  `insert into evidence (provider, evidence_id, attempt_id, order_id, source, type, said, outcome, flagged, occurred_at, received_at)
   select e.provider, e."evidenceId", e."attemptId", e."orderId", e.source, e.type, e.said, e.outcome, e.flagged, e."occurredAt",
     e."receivedAt"
   from jsonb_to_recordset($1::jsonb) as e (provider text, "evidenceId" text, "attemptId" uuid, "orderId" uuid, source text,
     type text, said jsonb, outcome text, flagged boolean, "occurredAt" timestamptz, "receivedAt" timestamptz)
   on conflict (provider, evidence_id) do nothing returning id`,
);
type EventColumns = [ids: string[], types: string[], aggregates: string[], data: string[], traceparents: string[]];
const insertEvents = statement<EventColumns, never>(
  'payments.insert_events',
  `insert into outbox (id, type, subject, partition_key, data, traceparent)
   select e.id, e.type, e.aggregate, e.aggregate, e.data::jsonb, e.traceparent
   from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) as e (id, type, aggregate, data, traceparent)`,
);

/** An event as it is written with those of other orders. */
export function toEvent<D extends Parameters<typeof eventData>[0]['data']>(
  ids: Pick<Ids, 'id'>,
  ctx: Ctx,
  given: { event: EventType<D>; aggregate: string; data: Parameters<typeof eventData<D>>[1] },
): EventWrite {
  const { event, aggregate, data } = given;
  return { id: ids.id(), type: event.type, aggregate, data: eventData(event, data), traceparent: ctx.traceparent };
}

/**
 * Writes it all with the commit. The locks that many wait for are taken last: the chains of the books, and behind them
 * the series of the invoices, always in this order.
 */
export function writeLast(
  deps: { ids: Pick<Ids, 'id'> },
  tx: Transaction,
  { writes, at }: { writes: Writes; at: Date },
): void {
  const { evidence, attempts, orders, events, postings, invoices } = writes;
  if (evidence.length > 0) tx.last(insertEvidence, [JSON.stringify(evidence)]);
  if (attempts.length > 0) tx.last(updateAttempts, attemptColumns(attempts));
  if (orders.length > 0) tx.last(updateOrders, orderColumns(orders));
  if (events.length > 0)
    tx.last(insertEvents, [
      events.map(({ id }) => id),
      events.map(({ type }) => type),
      events.map(({ aggregate }) => aggregate),
      events.map(({ data }) => data),
      events.map(({ traceparent }) => traceparent),
    ]);
  postLast(tx, deps.ids, { postings, at });
  insertInvoices(tx, invoices);
}
