import { type Ctx, requireRole, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { type OrderView, readOrder, toTimestamp } from '../orders/show-order.ts';
import { recordAudit } from './audit.ts';

type Money = { amount: number; currency: string };
type AttemptRow = {
  id: string;
  provider: string;
  status: string;
  amount: number;
  captured: number;
  refunded: number;
  disputed: number;
  fee: number;
  provider_reference: string | null;
  provider_code: string | null;
  reason: string | null;
  polls: number;
  parked_at: string | null;
  created_at: string;
  updated_at: string;
};
const listAttempts = statement<[orderId: string], AttemptRow>(
  'payments.list_attempts_for_console',
  `select id, provider, status, amount, captured, refunded, disputed, fee, provider_reference, provider_code, reason, polls, parked_at,
     created_at, updated_at
   from attempts where order_id = $1 order by created_at, id`,
);
type EvidenceRow = {
  id: number;
  attempt_id: string | null;
  provider: string;
  source: string;
  type: string;
  outcome: string;
  flagged: boolean;
  resolved_at: string | null;
  occurred_at: string | null;
  received_at: string;
  about: string;
  state: string | null;
  amount: Money | null;
  reason: string | null;
  provider_code: string | null;
};
const listEvidence = statement<[orderId: string], EvidenceRow>(
  'payments.list_evidence_of_order',
  `select id, attempt_id, provider, source, type, outcome, flagged, resolved_at, occurred_at, received_at,
     said ->> 'about' as about, coalesce(said -> 'report' ->> 'state', said ->> 'ended') as state, said -> 'report' -> 'amount' as amount,
     coalesce(said -> 'report' ->> 'reason', said ->> 'reason') as reason,
     coalesce(said -> 'report' ->> 'providerCode', said ->> 'providerCode') as provider_code
   from evidence where order_id = $1 order by id limit 500`,
);
type LedgerRow = { id: string; kind: string; occurred_at: string; entries: { account: string; amount: number }[] };
const listTransactions = statement<[orderId: string], LedgerRow>(
  'payments.list_transactions_of_order',
  `select t.id, t.kind, t.occurred_at,
     (select jsonb_agg(jsonb_build_object('account', e.account, 'amount', e.amount) order by e.line)
      from ledger_entries e where e.transaction_id = t.id) as entries
   from ledger_transactions t where t.order_id = $1 order by t.seq`,
);
type DisputeRow = {
  id: string;
  attempt_id: string;
  state: string;
  amount: number;
  reason: string;
  respond_by: string | null;
  opened_at: string;
  closed_at: string | null;
};
const listDisputes = statement<[orderId: string], DisputeRow>(
  'payments.list_disputes_of_order',
  `select id, attempt_id, state, amount, reason, respond_by, opened_at, closed_at from disputes where order_id = $1 order by opened_at, id`,
);

type RefundRow = {
  id: string;
  attempt_id: string;
  state: string;
  amount: number;
  reason: string;
  revokes: boolean;
  note: string;
  requested_by: string | null;
  provider_code: string | null;
  parked_at: string | null;
  created_at: string;
  completed_at: string | null;
};
const listRefunds = statement<[orderId: string], RefundRow>(
  'payments.list_refunds_for_console',
  `select id, attempt_id, state, amount, reason, revokes, note, requested_by, provider_code, parked_at, created_at, completed_at
   from refunds where order_id = $1 order by created_at, id`,
);

export type ConsoleOrderView = {
  order: OrderView;
  payments: {
    id: string;
    provider: string;
    status: string;
    amount: Money;
    captured: Money;
    refunded: Money;
    disputed: Money;
    fee: Money;
    providerReference: string | null;
    providerCode: string | null;
    reason: string | null;
    polls: number;
    parkedAt: string | null;
    createdAt: string;
    updatedAt: string;
  }[];
  /** What was said, by whom, and what came of it; oldest first. */
  evidence: {
    id: number;
    paymentId: string | null;
    provider: string;
    source: string;
    type: string;
    outcome: string;
    flagged: boolean;
    resolvedAt: string | null;
    occurredAt: string | null;
    receivedAt: string;
    /** `state` is what was reported about a charge, a refund or a dispute; null where nothing was known. */
    said: { about: string; state: string | null; amount: Money | null; reason: string | null; code: string | null };
  }[];
  refunds: {
    id: string;
    paymentId: string;
    state: string;
    amount: Money;
    reason: string;
    revokes: boolean;
    note: string;
    requestedBy: string | null;
    providerCode: string | null;
    parkedAt: string | null;
    createdAt: string;
    completedAt: string | null;
  }[];
  ledger: { id: string; kind: string; at: string; entries: { account: string; amount: number }[] }[];
  disputes: {
    id: string;
    paymentId: string;
    state: string;
    amount: Money;
    reason: string;
    respondBy: string | null;
    openedAt: string;
    closedAt: string | null;
  }[];
};

/** An order with everything that was ever said and booked about it. @throws not_signed_in, not_allowed, order_not_found */
export function showConsoleOrder(deps: Pick<PaymentDeps, 'db'>) {
  return async ({ orderId }: { orderId: string }, ctx: Ctx): Promise<ConsoleOrderView> => {
    requireRole(ctx, 'support');
    const order = await readOrder(deps, { orderId }, ctx);
    const money = (amount: number): Money => ({ amount, currency: order.total.currency });
    const [attempts, evidence, ledger, disputes, refunds] = await Promise.all([
      deps.db.rows(listAttempts, [orderId]),
      deps.db.rows(listEvidence, [orderId]),
      deps.db.rows(listTransactions, [orderId]),
      deps.db.rows(listDisputes, [orderId]),
      deps.db.rows(listRefunds, [orderId]),
    ]);
    return {
      order,
      payments: attempts.map((row) => ({
        id: row.id,
        provider: row.provider,
        status: row.status,
        amount: money(row.amount),
        captured: money(row.captured),
        refunded: money(row.refunded),
        disputed: money(row.disputed),
        fee: money(row.fee),
        providerReference: row.provider_reference,
        providerCode: row.provider_code,
        reason: row.reason,
        polls: row.polls,
        parkedAt: row.parked_at,
        createdAt: row.created_at,
        updatedAt: row.updated_at,
      })),
      evidence: evidence.map((row) => ({
        id: row.id,
        paymentId: row.attempt_id,
        provider: row.provider,
        source: row.source,
        type: row.type,
        outcome: row.outcome,
        flagged: row.flagged,
        resolvedAt: row.resolved_at,
        occurredAt: row.occurred_at,
        receivedAt: row.received_at,
        said: {
          about: row.about,
          state: row.state,
          amount: row.amount && { amount: row.amount.amount, currency: row.amount.currency },
          reason: row.reason,
          code: row.provider_code,
        },
      })),
      refunds: refunds.map((row) => ({
        id: row.id,
        paymentId: row.attempt_id,
        state: row.state,
        amount: money(row.amount),
        reason: row.reason,
        revokes: row.revokes,
        note: row.note,
        requestedBy: row.requested_by,
        providerCode: row.provider_code,
        parkedAt: row.parked_at,
        createdAt: row.created_at,
        completedAt: row.completed_at,
      })),
      ledger: ledger.map(({ occurred_at, ...row }) => ({ ...row, at: toTimestamp(occurred_at) })),
      disputes: disputes.map((row) => ({
        id: row.id,
        paymentId: row.attempt_id,
        state: row.state,
        amount: money(row.amount),
        reason: row.reason,
        respondBy: row.respond_by,
        openedAt: row.opened_at,
        closedAt: row.closed_at,
      })),
    };
  };
}

const resolve = statement<[id: number, by: string | null, at: string], { id: number }>(
  'payments.resolve_evidence',
  'update evidence set resolved_at = coalesce(resolved_at, $3), resolved_by = coalesce(resolved_by, $2) where id = $1 and flagged returning id',
);

/** Notes that a person has looked at what was flagged. @throws not_signed_in, not_allowed, evidence_not_found */
export function resolveEvidence(deps: Pick<PaymentDeps, 'db' | 'ids' | 'clock'>) {
  return async ({ evidenceId }: { evidenceId: number }, ctx: Ctx): Promise<void> => {
    requireRole(ctx, 'support');
    if (!Number.isSafeInteger(evidenceId)) throw errors.evidence_not_found();
    const by = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
    await deps.db.transaction(async (tx) => {
      const row = await tx.row(resolve, [evidenceId, by, deps.clock.now().toISOString()]);
      if (!row) throw errors.evidence_not_found();
      const subject = { subjectKind: 'evidence', subjectId: String(evidenceId) } as const;
      await recordAudit(tx, deps, ctx, { action: 'evidence.resolved', ...subject });
    });
  };
}
