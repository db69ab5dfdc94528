import type { Book } from '../../src/core/book.ts';
import type { Decision, Step } from '../../src/core/decide.ts';
import type { Posting } from '../../src/ledger/postings.ts';

export type Job = { kind: 'create' | 'cancel' | 'poll' | 'ask' | 'refund' | 'late'; id: string };

/** What PostgreSQL keeps, as values. A transaction is a copy that takes the place of the original, or does not. */
export type Store = {
  book: Mutable<Book>;
  called: string[];
  cancelRequested: string[];
  evidence: string[];
  postings: Posting[];
  jobs: Job[];
  events: { type: 'paid' | 'refunded' | 'failed' | 'cancelled'; id: string; revoked: string[] }[];
  invoices: number;
  creditNotes: number;
  flagged: number;
  /** Payouts to the seller, and when each sale was booked, for the holding period. */
  payouts: { id: string; amount: number; state: 'created' | 'sent' | 'failed' }[];
  bookedAt: Record<string, number>;
};

/** A copy for a transaction to work on. `structuredClone` does the same, and would be a third of what the lives take. */
export function copyOf(store: Store): Store {
  const { book } = store;
  return {
    ...store,
    book: {
      order: { ...book.order },
      lines: book.lines.map((line) => ({ ...line })),
      attempts: book.attempts.map((attempt) => ({ ...attempt })),
      refunds: book.refunds.map((refund) => ({ ...refund, lines: refund.lines.map((line) => ({ ...line })) })),
      disputes: book.disputes.map((dispute) => ({ ...dispute })),
    },
    called: [...store.called],
    cancelRequested: [...store.cancelRequested],
    evidence: [...store.evidence],
    // What is posted stays as it is.
    postings: [...store.postings],
    jobs: store.jobs.map((job) => ({ ...job })),
    events: store.events.map((event) => ({ ...event })),
    payouts: store.payouts.map((payout) => ({ ...payout })),
    bookedAt: { ...store.bookedAt },
  };
}

/**
 * What a seller can be paid at a moment, as the query of payouts reckons it: what was earned counts after the holding
 * period, everything else at once.
 */
export function payableOf(store: Store, heldSince: number): number {
  let payable = 0;
  for (const { key, kind, entries } of store.postings)
    if (kind !== 'sale' || (store.bookedAt[key] ?? 0) <= heldSince)
      for (const entry of entries) if (entry.kind === 'seller') payable -= entry.amount;
  return payable;
}
type Mutable<T> = T extends readonly (infer U)[]
  ? Mutable<U>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

/** Does what was decided, to the copy. */
export function carryOut(store: Store, decision: Decision): void {
  if (decision.flagged) store.flagged += 1;
  for (const step of decision.steps) carryOutStep(store, step);
}

function carryOutStep(store: Store, step: Step): void {
  const { book } = store;
  switch (step.do) {
    case 'attempt': {
      const attempt = book.attempts.find(({ id }) => id === step.id);
      if (attempt) Object.assign(attempt, { ...step, do: undefined });
      return;
    }
    case 'order':
      Object.assign(book.order, { state: step.state, settledBy: step.settledBy, refunded: step.refunded });
      return;
    case 'post':
      // The unique key of the ledger.
      if (step.posting.entries.length > 0 && !store.postings.some(({ key }) => key === step.posting.key))
        store.postings.push(step.posting);
      return;
    case 'paid':
      store.events.push({ type: 'paid', id: step.attemptId ?? '', revoked: [] });
      store.invoices += 1;
      return;
    case 'failed':
      store.events.push({ type: 'failed', id: step.attemptId, revoked: [] });
      return;
    case 'settle_late':
      store.jobs.push({ kind: 'late', id: step.attemptId });
      return;
    case 'cancel':
      store.jobs.push({ kind: 'cancel', id: step.attemptId });
      return;
    case 'ask':
      store.jobs.push({ kind: 'ask', id: step.attemptId });
      return;
    case 'capture':
      return;
    case 'refund':
      book.refunds.push({
        ...step.refund,
        lines: step.refund.lines.map((line) => ({ ...line })),
        state: step.settled ? 'succeeded' : 'requested',
      });
      if (!step.settled) store.jobs.push({ kind: 'refund', id: step.refund.id });
      return;
    case 'refund_state': {
      const refund = book.refunds.find(({ id }) => id === step.id);
      if (refund) refund.state = step.state;
      return;
    }
    case 'refunded':
      for (const { line, amount } of step.lines) {
        const own = book.lines.find(({ id }) => id === line.id);
        if (own) own.refunded += amount;
      }
      for (const id of step.revoked) {
        const own = book.lines.find((line) => line.id === id);
        if (own) own.revoked = true;
      }
      if (step.lines.length > 0) store.creditNotes += 1;
      store.events.push({ type: 'refunded', id: step.refund.id, revoked: [...step.revoked] });
      return;
    case 'reserve': {
      const attempt = book.attempts.find(({ id }) => id === step.attemptId);
      if (attempt) attempt.refundReserved += step.by;
      return;
    }
    case 'dispute': {
      const known = book.disputes.find(({ id }) => id === step.id);
      const { id, attemptId, providerReference, state, amount } = step;
      if (known) known.state = state;
      else book.disputes.push({ id, attemptId, providerReference, state, amount });
      return;
    }
  }
}
