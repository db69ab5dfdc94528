import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Evidence } from '../src/core/book.ts';
import { decide } from '../src/core/decide.ts';
import { carryOut, copyOf, type Store } from './simulation/store.ts';

// Beside `webhook-orders.test.ts`, which takes every order through the database: five thousand random interleavings of five
// kinds of webhooks, each up to three times, with what the poller sees in between and kills before and after a commit.

const amount = { amount: 5000, currency: 'BRL' };
const charge = { about: 'charge' as const, attemptId: 'a', amount };
const said = {
  requires_action: { ...charge, state: 'requires_action', captured: 0, refunded: 0, fee: null },
  processing: { ...charge, state: 'processing', captured: 0, refunded: 0, fee: null },
  succeeded: { ...charge, state: 'succeeded', captured: 5000, refunded: 0, fee: 150 },
  refunded: { ...charge, state: 'succeeded', captured: 5000, refunded: 1500, fee: 150 },
  disputed: {
    about: 'dispute',
    disputeId: 'd',
    attemptId: 'a',
    providerReference: 'dp',
    state: 'open',
    amount: { amount: 2000, currency: 'BRL' },
  },
} satisfies Record<string, Evidence>;
type Kind = keyof typeof said;
const kinds = Object.keys(said) as Kind[];

/** `poll`: our own question, answered with how the charge stands at the provider by now, which has all of it. */
type Happening = { what: Kind | 'poll'; killed: 'no' | 'before_commit' | 'after_commit' };

const killed = fc.constantFrom('no', 'no', 'no', 'before_commit', 'after_commit' as const);
const interleaving = fc
  .record({
    copies: fc.tuple(...kinds.map(() => fc.integer({ min: 1, max: 3 }))),
    polls: fc.integer({ min: 0, max: 2 }),
  })
  .chain(({ copies, polls }) => {
    const all: Happening['what'][] = [
      ...kinds.flatMap((kind, n) => Array.from({ length: copies[n] ?? 1 }, () => kind)),
      ...Array.from({ length: polls }, () => 'poll' as const),
    ];
    return fc.tuple(
      fc.shuffledSubarray(all, { minLength: all.length }),
      fc.array(killed, { minLength: all.length, maxLength: all.length }),
    );
  })
  .map(([order, kills]): Happening[] => order.map((what, n) => ({ what, killed: kills[n] ?? 'no' })));

function liveThrough(happenings: readonly Happening[]): Store {
  let store = paidFor();
  const waiting = [...happenings];
  let refunds = 0;
  for (let turns = 0; waiting.length > 0; turns += 1) {
    assert.ok(turns < 100, 'a message is heard in the end');
    const next = waiting.shift();
    if (!next) break;
    // As the worker does: who hears of a dispute about money that never came asks for the payment first.
    if (next.what === 'disputed' && store.book.attempts[0]?.captured === 0) {
      waiting.unshift({ what: 'poll', killed: 'no' }, next);
      continue;
    }
    const copy = copyOf(store);
    const evidenceId = next.what === 'poll' ? `poll ${turns}` : next.what;
    if (!copy.evidence.includes(evidenceId)) {
      const evidence = next.what === 'poll' ? said.refunded : said[next.what];
      refunds += 1;
      const decision = decide(copy.book, evidence, { refundId: `r${refunds}` });
      if (decision.outcome === 'not_yet') {
        waiting.push({ ...next, killed: 'no' });
        continue;
      }
      copy.evidence.push(evidenceId);
      carryOut(copy, decision);
    }
    if (next.killed !== 'before_commit') store = copy;
    // Whoever was killed, before or after, is not remembered as heard: the provider sends it again.
    if (next.killed !== 'no') waiting.push({ ...next, killed: 'no' });
  }
  return store;
}

function paidFor(): Store {
  return {
    book: {
      order: {
        id: 'o',
        state: 'pending_payment',
        currency: 'BRL',
        country: 'BR',
        total: 5000,
        refunded: 0,
        buyerAccount: 'b',
        settledBy: null,
      },
      lines: [
        { id: 'l', net: 5000, tax: 0, total: 5000, sellerId: 's', sellerShare: 7000, refunded: 0, revoked: false },
      ],
      attempts: [
        {
          id: 'a',
          provider: 'model',
          status: 'created',
          amount: 5000,
          currency: 'BRL',
          captured: 0,
          refundReserved: 0,
          refunded: 0,
          disputed: 0,
          fee: 0,
        },
      ],
      refunds: [],
      disputes: [],
    },
    called: ['a'],
    cancelRequested: [],
    evidence: [],
    postings: [],
    jobs: [],
    events: [],
    invoices: 0,
    creditNotes: 0,
    flagged: 0,
    payouts: [],
    bookedAt: {},
  };
}

test('five kinds of webhooks end in the same place however they are interleaved, repeated and cut off', () => {
  fc.assert(
    fc.property(interleaving, (happenings) => {
      const { book, postings, events, invoices, creditNotes } = liveThrough(happenings);
      const [attempt] = book.attempts;
      assert.deepEqual(
        {
          order: book.order.state,
          settledBy: book.order.settledBy,
          attempt: attempt && [attempt.status, attempt.captured, attempt.refunded, attempt.disputed, attempt.fee],
          refunds: book.refunds.map(({ amount, state }) => [amount, state]),
          disputes: book.disputes.map(({ state, amount }) => [state, amount]),
          events: events.map(({ type }) => type).sort(),
          invoices,
          creditNotes,
          postings: postings.length,
        },
        {
          order: 'partially_refunded',
          settledBy: 'a',
          attempt: ['partially_refunded', 5000, 1500, 2000, 150],
          refunds: [[1500, 'succeeded']],
          disputes: [['open', 2000]],
          events: ['paid', 'refunded'],
          invoices: 1,
          creditNotes: 1,
          postings: 6,
        },
      );
      for (const { entries } of postings)
        assert.equal(
          entries.reduce((sum, entry) => sum + entry.amount, 0),
          0,
          'every posting is balanced',
        );
    }),
    { numRuns: 5000 },
  );
});
