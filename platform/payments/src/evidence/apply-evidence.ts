import { type Ctx, crashPoint, statement, type Transaction } from '@stoa/kernel';
import type { Evidence } from '../core/book.ts';
import { type Decision, decide, decideOnFreeOrder, decideOnLatePayment, type Outcome } from '../core/decide.ts';
import type { PaymentDeps } from '../deps.ts';
import type { ChargeReport, DisputeReport, FailureReason, RefundReport } from '../providers/provider.ts';
import { type AttemptDetails, type CarryDeps, carryOut, type Details } from './carry-out.ts';
import { lockBook } from './load-book.ts';
import { readSale } from './read-sale.ts';

/** What was said about a payment. */
export type Said =
  | { about: 'charge'; report: ChargeReport }
  | { about: 'refusal'; reason: FailureReason | null; providerCode: string | null }
  | { about: 'uncertainty' }
  | { about: 'absence'; ended: 'expired' | 'canceled' | 'failed'; reason: FailureReason | null }
  | { about: 'refund'; refundId: string; report: RefundReport }
  | { about: 'dispute'; report: DisputeReport };

/** One piece of evidence: who said what, and what makes it the same when it is said again. */
export type Statement = {
  provider: string;
  /** Unique per provider and stable over repeats. */
  evidenceId: string;
  source: 'call' | 'webhook' | 'poll' | 'return' | 'operator' | 'timer';
  type: string;
  occurredAt: string | null;
  /** Null when nobody knows what it is about. */
  attemptId: string | null;
  /** The attempt's order, for callers that have read the attempt, whose provider it then is. */
  orderId?: string;
  said: Said;
};

const findOrderOf = statement<[attemptId: string], { order_id: string; provider: string }>(
  'payments.find_order_of_attempt',
  'select order_id, provider from attempts where id = $1',
);
type EvidenceRow = [
  provider: string,
  evidenceId: string,
  attemptId: string | null,
  orderId: string | null,
  source: string,
  type: string,
  said: string,
  outcome: string,
  flagged: boolean,
  occurredAt: string | null,
  receivedAt: string,
];
const insertEvidence = statement<EvidenceRow, { id: number }>(
  'payments.insert_evidence',
  `insert into evidence (provider, evidence_id, attempt_id, order_id, source, type, said, outcome, flagged, occurred_at, received_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (provider, evidence_id) do nothing returning id`,
);
const knowsEvidence = statement<[provider: string, evidenceId: string], { id: number }>(
  'payments.knows_evidence',
  'select id from evidence where provider = $1 and evidence_id = $2',
);
const noteDetails = statement<[...Details, id: string, at: string], never>(
  'payments.note_attempt_details',
  // A live payment keeps an earlier action that is not repeated; one that has ended has nothing more to do.
  `update attempts set provider_reference = coalesce(provider_reference, $1::text),
     next_action = case when status in ('created', 'unknown', 'requires_action', 'processing', 'authorized')
       then coalesce($2::jsonb, next_action) end,
     reason = coalesce($3::text, reason), provider_code = coalesce($4::text, provider_code), method_label = coalesce($5::text, method_label),
     saved_method = coalesce($6::text, saved_method), updated_at = $8
   where id = $7 and (
     provider_reference is null and $1::text is not null or coalesce($2::jsonb, next_action) is distinct from next_action
     or coalesce($3::text, reason) is distinct from reason or coalesce($4::text, provider_code) is distinct from provider_code
     or coalesce($5::text, method_label) is distinct from method_label or coalesce($6::text, saved_method) is distinct from saved_method
     or next_action is not null and status not in ('created', 'unknown', 'requires_action', 'processing', 'authorized'))`,
);
const beforeCommit = crashPoint('payments.evidence.before_commit');
const afterCommit = crashPoint('payments.evidence.after_commit');

type ApplyDeps = CarryDeps & Pick<PaymentDeps, 'db' | 'log'>;

/**
 * The only writer of payment state. Whoever learns something about a payment (the worker's call, a webhook, the poller,
 * the payer's return, an operator) says it here. Under the order's lock it decides, writes the books, the order, the
 * invoice and the events, and keeps what was said: all in one transaction. Saying it again changes nothing.
 * @returns what came of it, or `repeated`; after `not_yet` it has to be said again
 */
export function applyEvidence(deps: ApplyDeps) {
  return async (evidence: Statement, ctx: Ctx): Promise<Outcome | 'repeated'> => {
    const orderId = evidence.orderId ?? (await orderOf(deps, evidence));
    const outcome = await deps.db.transaction(async (tx): Promise<Outcome | 'repeated'> => {
      if (orderId === undefined) return keep(deps, tx, evidence, { orderId: null, ...unknown });
      const isPayment = evidence.said.about === 'charge' && evidence.said.report.state === 'succeeded';
      // One after the other, in one round trip. The sale is read on the chance that this is what pays for it.
      const [book, known, sale] = await Promise.all([
        lockBook(tx, orderId),
        tx.row(knowsEvidence, [evidence.provider, evidence.evidenceId]),
        isPayment ? tx.row(readSale, [orderId, evidence.attemptId]) : undefined,
      ]);
      if (!book) return keep(deps, tx, evidence, { orderId: null, ...unknown });
      if (known) return 'repeated';
      const ids = { refundId: deps.ids.id() };
      const decision = decide(book, toEvidence(evidence.said, evidence.attemptId ?? '', deps.ids.id()), ids);
      if (decision.outcome === 'not_yet') return 'not_yet';
      tx.last(insertEvidence, toRow(deps, evidence, { orderId, ...decision }));
      const details = detailsOf(evidence, decision);
      const isNoted = decision.steps.some((step) => step.do === 'attempt' && step.id === details?.attemptId);
      if (details && !isNoted)
        await tx.run(noteDetails, [...details.values, details.attemptId, deps.clock.now().toISOString()]);
      await carryOut(deps, tx, { book, decision, said: evidence.said, details, sale: sale ?? null }, ctx);
      beforeCommit();
      return decision.outcome;
    });
    afterCommit();
    if (outcome !== 'applied' && outcome !== 'no_change' && outcome !== 'repeated' && outcome !== 'not_yet')
      deps.log.warn({ outcome, provider: evidence.provider, attempt: evidence.attemptId }, 'evidence needs a look');
    return outcome;
  };
}

/** A payment is reported on by the provider it was made with, and by nobody else. */
async function orderOf(deps: ApplyDeps, { attemptId, provider }: Statement): Promise<string | undefined> {
  const of = attemptId ? await deps.db.row(findOrderOf, [attemptId]) : undefined;
  return of?.provider === provider ? of.order_id : undefined;
}

const nothingSaid = { said: null, details: null, sale: null };
const unknown: Decision = { outcome: 'unknown_payment', flagged: true, steps: [] };

type Kept = Decision & { orderId: string | null };

async function keep(
  deps: ApplyDeps,
  tx: Transaction,
  evidence: Statement,
  result: Kept,
): Promise<Outcome | 'repeated'> {
  return (await tx.row(insertEvidence, toRow(deps, evidence, result))) ? result.outcome : 'repeated';
}

function toRow(deps: ApplyDeps, evidence: Statement, result: Kept): EvidenceRow {
  return [
    evidence.provider,
    evidence.evidenceId,
    evidence.attemptId,
    result.orderId,
    evidence.source,
    evidence.type,
    JSON.stringify(evidence.said),
    result.outcome,
    result.flagged,
    evidence.occurredAt,
    deps.clock.now().toISOString(),
  ];
}

/** What a report says beside states and amounts; only of one that was believed. */
function detailsOf({ said, attemptId }: Statement, decision: Decision): AttemptDetails | null {
  const isDisbelieved = decision.flagged && decision.steps.length === 0;
  if (isDisbelieved || attemptId === null) return null;
  if (said.about === 'refusal')
    return { attemptId, values: [null, null, said.reason ?? 'declined', said.providerCode, null, null] };
  if (said.about === 'absence') return { attemptId, values: [null, null, said.reason, null, null, null] };
  if (said.about !== 'charge') return null;
  const { report } = said;
  return {
    attemptId,
    values: [
      report.providerReference || null,
      report.nextAction && JSON.stringify(report.nextAction),
      report.reason,
      report.providerCode,
      report.methodLabel,
      report.savedMethod,
    ],
  };
}

function toEvidence(said: Said, attemptId: string, disputeId: string): Evidence {
  switch (said.about) {
    case 'charge': {
      const { state, amount, captured, refunded, fee } = said.report;
      return { about: 'charge', attemptId, state, amount, captured, refunded, fee };
    }
    case 'refund':
      return { about: 'refund', refundId: said.refundId, state: said.report.state, amount: said.report.amount };
    case 'dispute': {
      const { state, amount, providerReference } = said.report;
      return { about: 'dispute', disputeId, attemptId, providerReference, state, amount };
    }
    case 'absence':
      return { about: 'absence', attemptId, ended: said.ended };
    default:
      return { about: said.about, attemptId };
  }
}

/**
 * Settles money that came for an order that had been given up, once the markets have said whether its items can still
 * be had. `takeCoupon` says whether its coupon could be used again, too. Repeatable.
 */
export function settleLatePayment(deps: ApplyDeps) {
  return async (
    late: { orderId: string; attemptId: string; canBeHad: (tx: Transaction) => Promise<boolean> },
    ctx: Ctx,
  ): Promise<'kept' | 'sent_back' | 'nothing_to_do'> =>
    deps.db.transaction(async (tx) => {
      const book = await lockBook(tx, late.orderId);
      if (!book || book.order.settledBy === late.attemptId) return 'nothing_to_do';
      const canBeHad = book.order.settledBy === null && (await late.canBeHad(tx));
      const ids = { refundId: deps.ids.id() };
      const decision = decideOnLatePayment(book, { attemptId: late.attemptId, canBeHad }, ids);
      await carryOut(deps, tx, { book, decision, ...nothingSaid }, ctx);
      beforeCommit();
      if (decision.steps.length === 0) return 'nothing_to_do';
      return decision.steps.some((step) => step.do === 'paid') ? 'kept' : 'sent_back';
    });
}

/** An order that costs nothing needs no payment: it is paid as soon as it is made. Repeatable. */
export function settleFreeOrder(deps: Pick<ApplyDeps, 'db' | 'ids' | 'clock' | 'jobs' | 'config'>) {
  return async ({ orderId }: { orderId: string }, ctx: Ctx): Promise<void> => {
    await deps.db.transaction(async (tx) => {
      const book = await lockBook(tx, orderId);
      if (book) await carryOut(deps, tx, { book, decision: decideOnFreeOrder(book), ...nothingSaid }, ctx);
    });
  };
}
