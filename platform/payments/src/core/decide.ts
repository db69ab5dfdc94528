import {
  type Posting,
  postCapture,
  postDisputeLost,
  postDisputeOpened,
  postDisputeWon,
  postFee,
  postRefund,
  postReturn,
  postSale,
  type RefundedLine,
} from '../ledger/postings.ts';
import type {
  AttemptStatus,
  Book,
  BookAttempt,
  BookRefund,
  Evidence,
  OrderState,
  RefundReason,
  RefundState,
} from './book.ts';
import { isLive, rankOf } from './order-edges.ts';
import { spreadRefund } from './spread-refund.ts';

/** One thing to do because of what was said. All of a decision is done in one transaction, or none of it. */
export type Step =
  | {
      do: 'attempt';
      id: string;
      status: AttemptStatus;
      captured: number;
      refunded: number;
      disputed: number;
      fee: number;
    }
  | { do: 'order'; state: OrderState; settledBy: string | null; refunded: number }
  | { do: 'post'; posting: Posting }
  /** The order is paid: number its invoice, settle its coupon, tell everybody. */
  | { do: 'paid'; attemptId: string | null }
  /** The buyer may try again. */
  | { do: 'failed'; attemptId: string }
  /** Money came for an order that was given up: see whether it can still be had, then `decideOnLatePayment`. */
  | { do: 'settle_late'; attemptId: string }
  /** An authorized amount is to be taken. */
  | { do: 'capture'; attemptId: string }
  /**
   * Ask how the payment stands: while a refund of ours was under way, one that somebody made at the provider itself
   * looked like it.
   */
  | { do: 'ask'; attemptId: string }
  /** A payment that is still on its way is not wanted any more. */
  | { do: 'cancel'; attemptId: string }
  /** Send this money back. `settled`: it is back already, the provider or a bank has done it. */
  | { do: 'refund'; refund: Omit<BookRefund, 'state'>; settled: boolean }
  | { do: 'refund_state'; id: string; state: RefundState }
  /** A refund is through: credit note, lines and access, tell everybody. */
  | { do: 'refunded'; refund: BookRefund; lines: readonly RefundedLine[]; revoked: readonly string[]; full: boolean }
  | { do: 'reserve'; attemptId: string; by: number }
  | {
      do: 'dispute';
      id: string;
      attemptId: string;
      providerReference: string;
      state: 'open' | 'won' | 'lost';
      amount: number;
    };

/** What came of a piece of evidence, as support reads it. Flagged ones need a person. */
export type Outcome =
  | 'applied'
  | 'no_change'
  | 'late'
  | 'duplicate_payment'
  | 'wrong_amount'
  | 'wrong_currency'
  | 'unknown_payment'
  | 'contradiction'
  /** It cannot be judged before something else has ended: it is not kept, and has to be said again. */
  | 'not_yet';

export type Decision = { outcome: Outcome; flagged: boolean; steps: Step[] };

const unchanged: Decision = { outcome: 'no_change', flagged: false, steps: [] };
const disbelieved = (outcome: Outcome): Decision => ({ outcome, flagged: true, steps: [] });
const applied = (steps: Step[]): Decision =>
  steps.length === 0 ? unchanged : { outcome: 'applied', flagged: false, steps };

/**
 * What follows from a piece of evidence about an order: the whole payment logic, without a clock, a database or a
 * network. The same evidence twice, and evidence in any order, end in the same place. `ids` names what has to be made.
 */
export function decide(book: Book, evidence: Evidence, ids: { refundId: string }): Decision {
  switch (evidence.about) {
    case 'refund':
      return decideOnRefund(book, evidence);
    case 'dispute':
      return decideOnDispute(book, evidence, ids);
    case 'charge':
      return decideOnCharge(book, evidence, ids);
    default:
      return decideOnSilence(book, evidence);
  }
}

const setAttempt = (attempt: BookAttempt, change: Partial<BookAttempt>): Step => {
  const { id, status, captured, refunded, disputed, fee } = { ...attempt, ...change };
  return { do: 'attempt', id, status, captured, refunded, disputed, fee };
};

function decideOnSilence(
  book: Book,
  evidence: Exclude<Evidence, { about: 'refund' | 'dispute' | 'charge' }>,
): Decision {
  const attempt = book.attempts.find(({ id }) => id === evidence.attemptId);
  if (!attempt) return disbelieved('unknown_payment');
  if (!isLive(attempt.status)) return unchanged;
  if (evidence.about === 'uncertainty') {
    return attempt.status === 'created' ? applied([setAttempt(attempt, { status: 'unknown' })]) : unchanged;
  }
  // A refusal of the call that creates says nothing about a charge that is known to exist.
  if (evidence.about === 'refusal' && attempt.status !== 'created' && attempt.status !== 'unknown') return unchanged;
  const status = evidence.about === 'absence' ? evidence.ended : 'failed';
  return applied([setAttempt(attempt, { status }), ...tellFailure(book, attempt.id, status)]);
}

const tellFailure = (book: Book, attemptId: string, status: AttemptStatus): Step[] =>
  book.order.state === 'pending_payment' && status !== 'canceled' ? [{ do: 'failed', attemptId }] : [];

type ChargeEvidence = Extract<Evidence, { about: 'charge' }>;

function decideOnCharge(book: Book, evidence: ChargeEvidence, ids: { refundId: string }): Decision {
  const attempt = book.attempts.find(({ id }) => id === evidence.attemptId);
  if (!attempt) return disbelieved('unknown_payment');
  if (evidence.amount.currency !== attempt.currency) return disbelieved('wrong_currency');
  if (evidence.amount.amount !== attempt.amount) return disbelieved('wrong_amount');
  if (evidence.state !== 'succeeded') {
    return rankOf(evidence.state) > rankOf(attempt.status)
      ? applied([
          setAttempt(attempt, { status: evidence.state }),
          ...(isLive(evidence.state) ? [] : tellFailure(book, attempt.id, evidence.state)),
          ...(evidence.state === 'authorized' ? [{ do: 'capture' as const, attemptId: attempt.id }] : []),
        ])
      : unchanged;
  }
  // All of it or none: an order is not paid by a part of its price.
  if (evidence.captured !== attempt.amount) return disbelieved('wrong_amount');

  const isNews = attempt.captured === 0;
  const fee = evidence.fee !== null && evidence.fee !== attempt.fee ? evidence.fee : null;
  const money = {
    orderId: book.order.id,
    attemptId: attempt.id,
    provider: attempt.provider,
    currency: attempt.currency,
  };
  const now: BookAttempt = {
    ...attempt,
    status: isNews ? 'succeeded' : attempt.status,
    captured: attempt.amount,
    fee: fee ?? attempt.fee,
  };
  const steps: Step[] = [];
  if (isNews || fee !== null) steps.push(setAttempt(attempt, now));
  if (isNews)
    steps.push({
      do: 'post',
      posting: postCapture({ ...money, buyer: book.order.buyerAccount, amount: attempt.amount }),
    });
  if (fee !== null) steps.push({ do: 'post', posting: postFee({ ...money, before: attempt.fee, total: fee }) });
  let outcome: Outcome = 'applied';
  let after: Book = { ...book, attempts: book.attempts.map((one) => (one.id === now.id ? now : one)) };
  if (isNews) {
    const settled = settle(after, now, ids);
    steps.push(...settled.steps);
    outcome = settled.outcome;
    after = settled.after;
  }
  // Somebody gave money back at the provider itself, past us.
  const known = sum(
    after.refunds.filter(
      (refund) => refund.attemptId === attempt.id && refund.state !== 'failed' && refund.reason !== 'dispute',
    ),
    (refund) => refund.amount,
  );
  const booked = sum(
    steps.filter((step) => step.do === 'refund'),
    (step) => step.refund.amount,
  );
  const past = Math.min(evidence.refunded - known - booked, now.captured - now.refundReserved - now.disputed - booked);
  if (past > 0) steps.push(...returnPast(after, now, past, ids), ...settleAgain(after, now));
  if (steps.length === 0) return unchanged;
  return { outcome, flagged: past > 0, steps };
}

/** What becomes of money that has just been taken. */
function settle(
  book: Book,
  attempt: BookAttempt,
  ids: { refundId: string },
): { steps: Step[]; outcome: Outcome; after: Book } {
  const { order } = book;
  if (order.settledBy !== null) {
    return { steps: sendBack(attempt, 'duplicate', ids), outcome: 'duplicate_payment', after: book };
  }
  if (order.state === 'pending_payment') {
    const steps = sell(book, attempt);
    return { steps, outcome: 'applied', after: { ...book, order: { ...order, state: 'paid', settledBy: attempt.id } } };
  }
  return { steps: [{ do: 'settle_late', attemptId: attempt.id }], outcome: 'late', after: book };
}

function sell({ order, lines, attempts }: Book, attempt: BookAttempt): Step[] {
  return [
    ...attempts
      .filter((other) => other.id !== attempt.id && isLive(other.status))
      .map((other) => ({ do: 'cancel' as const, attemptId: other.id })),
    { do: 'order', state: 'paid', settledBy: attempt.id, refunded: order.refunded },
    {
      do: 'post',
      posting: postSale({
        orderId: order.id,
        buyer: order.buyerAccount,
        currency: order.currency,
        country: order.country,
        lines,
      }),
    },
    { do: 'paid', attemptId: attempt.id },
  ];
}

/** What holds up money that never became a sale has changed: see what of it can go back now. */
function settleAgain({ order }: Book, attempt: BookAttempt): Step[] {
  return order.settledBy === attempt.id ? [] : [{ do: 'settle_late', attemptId: attempt.id }];
}

/** Money that never became a sale goes back: all of it that is not on its way back, or held by a bank. */
function sendBack(attempt: BookAttempt, reason: RefundReason, ids: { refundId: string }): Step[] {
  const amount = attempt.captured - attempt.refundReserved - attempt.disputed;
  if (amount <= 0) return [];
  const refund = { id: ids.refundId, attemptId: attempt.id, amount, reason, revokes: false, lines: [] };
  return [
    { do: 'refund', refund, settled: false },
    { do: 'reserve', attemptId: attempt.id, by: amount },
  ];
}

function returnPast(book: Book, attempt: BookAttempt, amount: number, ids: { refundId: string }): Step[] {
  const isSale = book.order.settledBy === attempt.id;
  const lines = isSale ? spreadRefund(uncommitted(book), Math.min(amount, book.order.total - committed(book))) : [];
  const all = isSale && book.order.refunded + amount >= book.order.total;
  const refund = { id: ids.refundId, attemptId: attempt.id, amount, reason: 'external' as const, revokes: all, lines };
  return [
    { do: 'refund', refund, settled: true },
    { do: 'reserve', attemptId: attempt.id, by: amount },
    ...completeRefund(book, attempt, { ...refund, state: 'succeeded' }),
  ];
}

/**
 * What becomes of money that came for an order that had been given up, once the markets have said whether its items can
 * still be had. Asking twice is harmless.
 */
export function decideOnLatePayment(
  book: Book,
  late: { attemptId: string; canBeHad: boolean },
  ids: { refundId: string },
): Decision {
  const { attemptId, canBeHad } = late;
  const attempt = book.attempts.find(({ id }) => id === attemptId);
  if (!attempt || attempt.captured === 0) return disbelieved('unknown_payment');
  if (book.order.settledBy === attemptId) return unchanged;
  if (book.order.settledBy !== null) return applied(sendBack(attempt, 'duplicate', ids));
  // Some of it is gone already: what is left does not pay for the order.
  const isWhole = attempt.refundReserved === 0 && attempt.disputed === 0;
  return applied(canBeHad && isWhole ? sell(book, attempt) : sendBack(attempt, 'expired_order', ids));
}

/** An order that costs nothing is paid without a payment. Asking twice is harmless. */
export function decideOnFreeOrder(book: Book): Decision {
  if (book.order.total !== 0 || book.order.state !== 'pending_payment') return unchanged;
  return applied([
    { do: 'order', state: 'paid', settledBy: null, refunded: 0 },
    { do: 'paid', attemptId: null },
  ]);
}

type RefundEvidence = Extract<Evidence, { about: 'refund' }>;

function decideOnRefund(book: Book, evidence: RefundEvidence): Decision {
  const refund = book.refunds.find(({ id }) => id === evidence.refundId);
  const attempt = book.attempts.find(({ id }) => id === refund?.attemptId);
  if (!refund || !attempt) return disbelieved('unknown_payment');
  if (evidence.amount.currency !== attempt.currency) return disbelieved('wrong_currency');
  if (evidence.amount.amount !== refund.amount) return disbelieved('wrong_amount');
  if (refund.state === evidence.state) return unchanged;
  if (refund.state === 'succeeded' || refund.state === 'failed') {
    return evidence.state === 'processing' ? unchanged : disbelieved('contradiction');
  }
  if (evidence.state === 'processing') return applied([{ do: 'refund_state', id: refund.id, state: 'processing' }]);
  if (evidence.state === 'failed') {
    return {
      outcome: 'applied',
      flagged: true,
      steps: [
        { do: 'refund_state', id: refund.id, state: 'failed' },
        { do: 'reserve', attemptId: attempt.id, by: -refund.amount },
        { do: 'ask', attemptId: attempt.id },
        // Asking for less may work, because a bank holds some of it; asking for the same again would not.
        ...(attempt.captured - attempt.refundReserved - attempt.disputed < 0 ? settleAgain(book, attempt) : []),
      ],
    };
  }
  return applied([
    { do: 'refund_state', id: refund.id, state: 'succeeded' },
    ...completeRefund(book, attempt, { ...refund, state: 'succeeded' }),
    { do: 'ask', attemptId: attempt.id },
  ]);
}

function completeRefund(book: Book, attempt: BookAttempt, refund: BookRefund): Step[] {
  const { order } = book;
  const refunded = attempt.refunded + refund.amount;
  const lines = linesOf(book, refund);
  const sold = sum(lines, (line) => line.amount);
  const revoked = refund.revokes
    ? lines.filter(({ line }) => !isRevoked(book, line.id)).map(({ line }) => line.id)
    : [];
  const common = { refundId: refund.id, orderId: order.id, buyer: order.buyerAccount, currency: order.currency };
  const isFull =
    order.settledBy === attempt.id
      ? order.refunded + sold === order.total
      : order.settledBy === null && refunded === attempt.captured;
  return [
    setAttempt(attempt, {
      status: refunded === attempt.captured ? 'refunded' : 'partially_refunded',
      refunded,
    }),
    ...(sold > 0
      ? [
          { do: 'post' as const, posting: postReturn({ ...common, country: order.country, lines }) },
          orderAfterReturn(book, sold),
        ]
      : []),
    { do: 'post', posting: postRefund({ ...common, provider: attempt.provider, amount: refund.amount }) },
    { do: 'refunded', refund, lines, revoked, full: isFull },
  ];
}

function orderAfterReturn({ order }: Book, sold: number): Step {
  const refunded = order.refunded + sold;
  const state = refunded === order.total ? 'refunded' : 'partially_refunded';
  return { do: 'order', state, settledBy: order.settledBy, refunded };
}

function linesOf(book: Book, refund: Pick<BookRefund, 'lines'>): RefundedLine[] {
  return refund.lines.flatMap(({ lineId, amount }) => {
    const line = book.lines.find(({ id }) => id === lineId);
    return line && amount > 0 ? [{ line, before: line.refunded, amount }] : [];
  });
}

const isRevoked = (book: Book, lineId: string) => book.lines.find(({ id }) => id === lineId)?.revoked ?? true;

type DisputeEvidence = Extract<Evidence, { about: 'dispute' }>;

function decideOnDispute(book: Book, evidence: DisputeEvidence, ids: { refundId: string }): Decision {
  const attempt = book.attempts.find(({ id }) => id === evidence.attemptId);
  if (!attempt || attempt.captured === 0) return disbelieved('unknown_payment');
  if (evidence.amount.currency !== attempt.currency) return disbelieved('wrong_currency');
  const known = book.disputes.find(
    (dispute) => dispute.providerReference === evidence.providerReference && dispute.attemptId === attempt.id,
  );
  if (known && known.amount !== evidence.amount.amount) return disbelieved('wrong_amount');
  if (known?.state === evidence.state) return unchanged;
  if (known && known.state !== 'open') {
    return evidence.state === 'open' ? unchanged : disbelieved('contradiction');
  }
  const { amount } = evidence.amount;
  if (amount <= 0) return disbelieved('wrong_amount');
  // Whether a refund that is on its way gets through decides about who bears the loss.
  if (evidence.state === 'lost' && openRefunds(book).some((refund) => refund.attemptId === attempt.id))
    return { outcome: 'not_yet', flagged: false, steps: [] };
  const id = known?.id ?? evidence.disputeId;
  const money = {
    disputeId: id,
    orderId: book.order.id,
    provider: attempt.provider,
    currency: attempt.currency,
    amount,
  };
  const steps: Step[] = [];
  let now = attempt;
  if (!known) {
    now = { ...now, disputed: now.disputed + amount };
    steps.push(
      {
        do: 'dispute',
        id,
        attemptId: attempt.id,
        providerReference: evidence.providerReference,
        state: 'open',
        amount,
      },
      setAttempt(attempt, now),
      { do: 'post', posting: postDisputeOpened(money) },
    );
  }
  if (evidence.state === 'open') return applied([...steps, ...settleAgain(book, attempt)]);
  steps.push({
    do: 'dispute',
    id,
    attemptId: attempt.id,
    providerReference: evidence.providerReference,
    state: evidence.state,
    amount,
  });
  now = { ...now, disputed: now.disputed - amount };
  if (evidence.state === 'won') {
    steps.push(setAttempt(attempt, now), { do: 'post', posting: postDisputeWon(money) }, ...settleAgain(book, attempt));
    return applied(steps);
  }
  // What was refunded before, or is on its way back, is not taken from anybody a second time: it is lost.
  const isSale = book.order.settledBy === attempt.id;
  const free = Math.max(0, Math.min(amount, now.captured - now.refundReserved));
  const back = isSale ? Math.min(free, book.order.total - committed(book)) : 0;
  // Money that never became a sale is still the buyer's in the books.
  const unsold = isSale ? 0 : free;
  const taken = back + unsold;
  const spread = back > 0 ? spreadRefund(uncommitted(book), back) : [];
  const lines = linesOf(book, { lines: spread });
  steps.push({
    do: 'post',
    posting: postDisputeLost({ ...money, country: book.order.country, lines, buyer: book.order.buyerAccount, unsold }),
  });
  if (taken === 0) {
    steps.push(setAttempt(attempt, now), ...settleAgain(book, attempt));
    return { outcome: 'applied', flagged: true, steps };
  }
  const refund: BookRefund = {
    id: ids.refundId,
    attemptId: attempt.id,
    amount: taken,
    state: 'succeeded',
    reason: 'dispute',
    revokes: true,
    lines: spread,
  };
  const { state: _state, ...made } = refund;
  const refunded = now.refunded + taken;
  steps.push(
    { do: 'refund', refund: made, settled: true },
    { do: 'reserve', attemptId: attempt.id, by: taken },
    setAttempt(attempt, { ...now, refunded, status: refunded === now.captured ? 'refunded' : 'partially_refunded' }),
    ...(back > 0 ? [orderAfterReturn(book, back)] : []),
    {
      do: 'refunded',
      refund,
      lines,
      revoked: isSale ? book.lines.filter((line) => !line.revoked).map((line) => line.id) : [],
      full: isSale && book.order.refunded + back === book.order.total,
    },
    ...settleAgain(book, attempt),
  );
  return applied(steps);
}

/** What of the order has gone back or is on its way. */
function committed(book: Book): number {
  return sum(openRefunds(book), (refund) => sum(refund.lines, (line) => line.amount)) + book.order.refunded;
}

function uncommitted(book: Book) {
  return book.lines.map((line) => ({
    ...line,
    refunded:
      line.refunded +
      sum(openRefunds(book), (refund) =>
        sum(
          refund.lines.filter(({ lineId }) => lineId === line.id),
          ({ amount }) => amount,
        ),
      ),
  }));
}

const openRefunds = (book: Book) =>
  book.refunds.filter((refund) => refund.state === 'requested' || refund.state === 'processing');

function sum<T>(items: readonly T[], amountOf: (item: T) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0);
}
