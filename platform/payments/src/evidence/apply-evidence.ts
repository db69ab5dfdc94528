import { type Ctx, crashPoint, gather, statement, type Transaction } from '@stoa/kernel';
import { liveInSql } from '../attempts/live-in-sql.ts';
import type { Evidence } from '../core/book.ts';
import { type Decision, decide, decideOnFreeOrder, decideOnLatePayment, type Outcome } from '../core/decide.ts';
import type { PaymentDeps } from '../deps.ts';
import type { ChargeReport, DisputeReport, FailureReason, RefundReport } from '../providers/provider.ts';
import { type AttemptDetails, type CarryDeps, canWait, carryOut } from './carry-out.ts';
import { lockBook, lockBooks, type Opened } from './load-book.ts';
import { type Details, type EvidenceWrite, insertEvidence, noWrites, writeLast } from './writes.ts';

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
const noteDetails = statement<[...Details, id: string, at: string], never>(
  'payments.note_attempt_details',
  // A live payment keeps an earlier action that is not repeated; one that has ended has nothing more to do.
  `update attempts set provider_reference = coalesce(provider_reference, $1::text),
     next_action = case when status in ${liveInSql}
       then coalesce($2::jsonb, next_action) end,
     reason = coalesce($3::text, reason), provider_code = coalesce($4::text, provider_code), method_label = coalesce($5::text, method_label),
     saved_method = coalesce($6::text, saved_method), updated_at = $8
   where id = $7 and (
     provider_reference is null and $1::text is not null or coalesce($2::jsonb, next_action) is distinct from next_action
     or coalesce($3::text, reason) is distinct from reason or coalesce($4::text, provider_code) is distinct from provider_code
     or coalesce($5::text, method_label) is distinct from method_label or coalesce($6::text, saved_method) is distinct from saved_method
     or next_action is not null and status not in ${liveInSql})`,
);
const beforeCommit = crashPoint('payments.evidence.before_commit');
const afterCommit = crashPoint('payments.evidence.after_commit');

type ApplyDeps = CarryDeps & Pick<PaymentDeps, 'db' | 'log'>;
type Result = Outcome | 'repeated';
/** Evidence about an order, on its way. */
type Pending = { evidence: Statement; orderId: string; ctx: Ctx };

/** Pieces of evidence that are applied in one transaction at the most. */
const mostTogether = 32;
/** One for the whole process: whoever says something says it beside the others. */
const applying = new WeakMap<ApplyDeps['db'], (one: Pending) => Promise<Result>>();

/**
 * The only writer of payment state. Whoever learns something about a payment (the worker's call, a webhook, the poller,
 * the payer's return, an operator) says it here. Under the order's lock it decides, writes the books, the order, the
 * invoice and the events, and keeps what was said: all in one transaction. Saying it again changes nothing. What is said
 * about several orders at the same time is applied in one transaction, because they would wait for each other anyway: for
 * the chains of the books, and for the next invoice number, until it is durable.
 * @returns what came of it, or `repeated`; after `not_yet` it has to be said again
 */
export function applyEvidence(deps: ApplyDeps) {
  return async (evidence: Statement, ctx: Ctx): Promise<Result> => {
    const orderId = evidence.orderId ?? (await orderOf(deps, evidence));
    const outcome =
      orderId === undefined ? await keep(deps, evidence) : await together(deps)({ evidence, orderId, ctx });
    afterCommit();
    if (outcome !== 'applied' && outcome !== 'no_change' && outcome !== 'repeated' && outcome !== 'not_yet')
      deps.log.warn({ outcome, provider: evidence.provider, attempt: evidence.attemptId }, 'evidence needs a look');
    return outcome;
  };
}

function together(deps: ApplyDeps): (one: Pending) => Promise<Result> {
  const known = applying.get(deps.db);
  if (known) return known;
  const apply = gather<Pending, Result>({
    most: mostTogether,
    // What is decided second follows from what was decided first.
    apart: ({ orderId }) => orderId,
    work: async (all) => {
      let before: Promise<unknown> = Promise.resolve();
      const alone = (one: Pending): Promise<Result> => {
        const own = before.then(async () => {
          const [result] = await applyAll(deps, [one]);
          return result === undefined || result === 'alone' ? 'not_yet' : result;
        });
        before = own.catch(() => undefined);
        return own;
      };
      const results = await applyAll(deps, all);
      return all.map((one, n) => {
        const result = results[n];
        return result === undefined || result === 'alone' ? alone(one) : result;
      });
    },
  });
  applying.set(deps.db, apply);
  return apply;
}

/**
 * Applies evidence, each about another order. `alone` is what has to be applied by itself: it takes its locks on the way,
 * or would wait for somebody who holds its order, and its companions would wait with it.
 */
function applyAll(deps: ApplyDeps, all: readonly Pending[]): Promise<(Result | 'alone')[]> {
  return deps.db.transaction(async (tx) => {
    const writes = noWrites();
    const now = deps.clock.now();
    const books = await lockBooks(
      tx,
      all.map(({ evidence: { provider, evidenceId }, orderId }) => ({ orderId, provider, evidenceId })),
      { wait: all.length === 1 },
    );
    const results: (Result | 'alone')[] = [];
    for (const { evidence, orderId, ctx } of all) {
      const opened = books.get(orderId);
      if (!opened && all.length > 1) {
        results.push('alone');
        continue;
      }
      if (!opened) {
        writes.evidence.push(toRow(evidence, { orderId: null, ...unknown, now }));
        results.push(unknown.outcome);
        continue;
      }
      if (opened.isKnown) {
        results.push('repeated');
        continue;
      }
      const said = toEvidence(evidence.said, evidence.attemptId ?? '', deps.ids.id());
      const decision = decide(opened.book, said, { refundId: deps.ids.id() });
      if (decision.outcome === 'not_yet' || (all.length > 1 && !canWait(opened, decision))) {
        results.push(decision.outcome === 'not_yet' ? 'not_yet' : 'alone');
        continue;
      }
      writes.evidence.push(toRow(evidence, { orderId, ...decision, now }));
      const details = detailsOf(evidence, decision);
      const isNoted = decision.steps.some((step) => step.do === 'attempt' && step.id === details?.attemptId);
      if (details && !isNoted) tx.last(noteDetails, [...details.values, details.attemptId, now.toISOString()]);
      await carryOut(deps, tx, { opened, decision, said: evidence.said, details, writes }, ctx);
      results.push(decision.outcome);
    }
    writeLast(deps, tx, { writes, at: now });
    beforeCommit();
    return results;
  });
}

/** A payment is reported on by the provider it was made with, and by nobody else. */
async function orderOf(deps: ApplyDeps, { attemptId, provider }: Statement): Promise<string | undefined> {
  const of = attemptId ? await deps.db.row(findOrderOf, [attemptId]) : undefined;
  return of?.provider === provider ? of.order_id : undefined;
}

const unknown: Decision = { outcome: 'unknown_payment', flagged: true, steps: [] };

/** Keeps what was said about a payment that nobody knows. */
async function keep(deps: ApplyDeps, evidence: Statement): Promise<Result> {
  const row = toRow(evidence, { orderId: null, ...unknown, now: deps.clock.now() });
  return (await deps.db.row(insertEvidence, [JSON.stringify([row])])) ? unknown.outcome : 'repeated';
}

type Kept = Pick<Decision, 'outcome' | 'flagged'> & { orderId: string | null; now: Date };

function toRow(evidence: Statement, { orderId, outcome, flagged, now }: Kept): EvidenceWrite {
  const { provider, evidenceId, attemptId, source, type, said, occurredAt } = evidence;
  const receivedAt = now.toISOString();
  return { provider, evidenceId, attemptId, orderId, source, type, said, outcome, flagged, occurredAt, receivedAt };
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
      const opened = await lockBook(tx, late.orderId);
      if (!opened || opened.book.order.settledBy === late.attemptId) return 'nothing_to_do';
      const canBeHad = opened.book.order.settledBy === null && (await late.canBeHad(tx));
      const ids = { refundId: deps.ids.id() };
      const decision = decideOnLatePayment(opened.book, { attemptId: late.attemptId, canBeHad }, ids);
      await carryOutAlone(deps, tx, { opened, decision }, ctx);
      beforeCommit();
      if (decision.steps.length === 0) return 'nothing_to_do';
      return decision.steps.some((step) => step.do === 'paid') ? 'kept' : 'sent_back';
    });
}

/** An order that costs nothing needs no payment: it is paid as soon as it is made. Repeatable. */
export function settleFreeOrder(deps: Pick<ApplyDeps, 'db' | 'ids' | 'clock' | 'jobs' | 'config'>) {
  return async ({ orderId }: { orderId: string }, ctx: Ctx): Promise<void> => {
    await deps.db.transaction(async (tx) => {
      const opened = await lockBook(tx, orderId);
      if (opened) await carryOutAlone(deps, tx, { opened, decision: decideOnFreeOrder(opened.book) }, ctx);
    });
  };
}

/** Does what was decided without anybody having said anything. */
async function carryOutAlone(
  deps: CarryDeps,
  tx: Transaction,
  { opened, decision }: { opened: Opened; decision: Pick<Decision, 'steps' | 'outcome' | 'flagged'> },
  ctx: Ctx,
): Promise<void> {
  const writes = noWrites();
  await carryOut(deps, tx, { opened, decision, said: null, details: null, writes }, ctx);
  writeLast(deps, tx, { writes, at: deps.clock.now() });
}
