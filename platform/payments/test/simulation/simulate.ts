import type { Evidence } from '../../src/core/book.ts';
import { decide, decideOnLatePayment } from '../../src/core/decide.ts';
import { isLive } from '../../src/core/order-edges.ts';
import { spreadRefund } from '../../src/core/spread-refund.ts';
import { postPayout, postPayoutReturned } from '../../src/ledger/postings.ts';
import { judgeEnd, judgeStep } from './judge.ts';
import { type ModelCharge, type ModelMessage, providerModel } from './provider-model.ts';
import { type Chance, seeded } from './random.ts';
import { carryOut, copyOf, type Job, payableOf, type Store } from './store.ts';

/** What may happen under a seed. Each seed leaves some of it out: what always happens together hides what happens alone. */
type Weather = {
  duplicates: boolean;
  losses: boolean;
  crashes: boolean;
  faults: boolean;
  lies: boolean;
  disputes: boolean;
  refunds: boolean;
  refundsPastUs: boolean;
  resurrections: boolean;
  givesUp: boolean;
  soldOut: boolean;
  payouts: boolean;
};

const currency = 'BRL';
const holdHours = 24;
const leastPayout = 100;
const hoursForEver = 1_000_000;

/**
 * Lives through one order's life under a seed: buyers who change their minds, a provider that fails before and after it
 * acts, messages that come twice, late, or never, processes that are killed before and after they commit. After every
 * transaction and at the end the judge looks at it.
 * @returns how many transactions there were, for the statistics
 * @throws Error when a promise is broken
 */
export function simulate(seed: number): {
  transactions: number;
  state: string;
  weather: Weather;
  owes: boolean;
  payouts: number;
} {
  const chance = seeded(seed);
  const weather: Weather = {
    duplicates: chance.chance(0.6),
    losses: chance.chance(0.5),
    crashes: chance.chance(0.6),
    faults: chance.chance(0.6),
    lies: chance.chance(0.4),
    disputes: chance.chance(0.4),
    refunds: chance.chance(0.6),
    refundsPastUs: chance.chance(0.3),
    resurrections: chance.chance(0.4),
    givesUp: chance.chance(0.6),
    soldOut: chance.chance(0.3),
    payouts: chance.chance(0.4),
  };
  const life = live(chance, weather);
  const steps = chance.between(20, 70);
  for (let step = 0; step < steps; step += 1) life.happen();
  life.drain();
  judgeEnd(life.store(), life.provider);
  const store = life.store();
  return {
    transactions: life.transactions(),
    state: store.book.order.state,
    weather,
    payouts: store.payouts.length,
    owes: payableOf(store, hoursForEver) < 0,
  };
}

class Killed extends Error {}

function live(chance: Chance, weather: Weather) {
  const provider = providerModel(currency);
  let store = newStore(chance);
  let network: ModelMessage[] = [];
  let transactions = 0;
  let ids = 0;
  let isDraining = false;
  let hour = 0;
  const newId = () => {
    ids += 1;
    return `id${ids}`;
  };

  /** All of it or nothing; a kill may come before the commit, or after it and before anything else. */
  const transact = (work: (copy: Store) => void): void => {
    const copy = copyOf(store);
    work(copy);
    for (const { key } of copy.postings) copy.bookedAt[key] ??= hour;
    if (weather.crashes && !isDraining && chance.chance(0.05)) throw new Killed();
    judgeStep(store, copy);
    store = copy;
    transactions += 1;
    if (weather.crashes && !isDraining && chance.chance(0.05)) throw new Killed();
  };
  /** False when it has to be said again. */
  const say = (id: string, evidence: Evidence): boolean => {
    let isHeard = true;
    transact((copy) => {
      if (copy.evidence.includes(id)) return;
      const decision = decide(copy.book, evidence, { refundId: newId() });
      isHeard = decision.outcome !== 'not_yet';
      if (!isHeard) return;
      copy.evidence.push(id);
      carryOut(copy, decision);
    });
    return isHeard;
  };
  /** False when it has to come again. */
  const hear = (message: ModelMessage): boolean => {
    const isUnheardOf = (id: string) => store.book.attempts.some((one) => one.id === id && one.captured === 0);
    if (message.about === 'dispute' && isUnheardOf(message.reference)) {
      find(message.reference);
      if (isUnheardOf(message.reference)) return false;
    }
    return sayMessage(message);
  };
  const sayMessage = (message: ModelMessage): boolean => {
    const amount = { amount: message.amount, currency };
    if (message.about === 'charge') {
      const { reference, state, captured, refunded, fee } = message;
      const said = { ...amount, currency: message.currency };
      return say(message.id, { about: 'charge', attemptId: reference, state, amount: said, captured, refunded, fee });
    }
    if (message.about === 'refund') {
      return say(message.id, { about: 'refund', refundId: message.refundId, state: 'succeeded', amount });
    }
    const { reference: attemptId, dispute: providerReference, state } = message;
    return say(message.id, { about: 'dispute', disputeId: newId(), attemptId, providerReference, state, amount });
  };
  const send = (message: ModelMessage, canBeLost: boolean): void => {
    if (canBeLost && weather.losses && !isDraining && chance.chance(0.3)) return;
    network.push(message);
    if (weather.duplicates && chance.chance(0.4)) network.push(message);
  };

  /** One call to the provider: it may fail before it does anything, or after. */
  const call = <T>(work: () => T): { answer: T } | 'not_sent' | 'unknown' => {
    if (weather.faults && !isDraining && chance.chance(0.15)) return chance.chance(0.5) ? 'not_sent' : 'unknown';
    const answer = work();
    return weather.faults && !isDraining && chance.chance(0.15) ? 'unknown' : { answer };
  };

  const find = (attemptId: string): void => {
    const said = call(() => provider.report(attemptId));
    if (said === 'not_sent' || said === 'unknown') return;
    if (said.answer) {
      sayMessage(said.answer);
      return;
    }
    // In here a call arrives at once or never.
    const ended = store.cancelRequested.includes(attemptId) ? 'canceled' : 'failed';
    const attempt = store.book.attempts.find(({ id }) => id === attemptId);
    if (attempt?.status === 'unknown') say(`absent ${attemptId}`, { about: 'absence', attemptId, ended });
  };

  const work = (job: Job): boolean => {
    const attempt = store.book.attempts.find(({ id }) => id === job.id);
    if (job.kind === 'create') {
      if (attempt?.status !== 'created') return true;
      if (store.called.includes(job.id)) {
        const known = call(() => provider.report(job.id));
        if (known === 'not_sent' || known === 'unknown') return false;
        if (known.answer) {
          sayMessage(known.answer);
          return true;
        }
      } else {
        if (store.cancelRequested.includes(job.id) || store.book.order.state !== 'pending_payment') {
          say(`end ${job.id}`, { about: 'absence', attemptId: job.id, ended: 'canceled' });
          return true;
        }
        transact((copy) => copy.called.push(job.id));
      }
      const made = call(() => provider.create(job.id, attempt.amount));
      if (made === 'not_sent') {
        transact((copy) => {
          copy.called = copy.called.filter((id) => id !== job.id);
        });
        return false;
      }
      if (made === 'unknown') {
        say(`uncertain ${job.id}`, { about: 'uncertainty', attemptId: job.id });
        transact((copy) => copy.jobs.push({ kind: 'poll', id: job.id }));
        return true;
      }
      const report = provider.report(job.id);
      if (report) sayMessage(report);
      return true;
    }
    if (job.kind === 'poll') {
      if (attempt && isLive(attempt.status)) find(job.id);
      return true;
    }
    if (job.kind === 'ask') {
      const said = call(() => provider.report(job.id));
      if (said === 'not_sent' || said === 'unknown') return false;
      if (said.answer) sayMessage(said.answer);
      return true;
    }
    if (job.kind === 'cancel') {
      if (!attempt || !isLive(attempt.status)) return true;
      if (!store.called.includes(job.id)) {
        say(`end ${job.id}`, { about: 'absence', attemptId: job.id, ended: 'canceled' });
        return true;
      }
      const done = call(() => {
        const charge = provider.charges.get(job.id);
        if (charge && (charge.state === 'requires_action' || charge.state === 'processing'))
          provider.end(charge, 'canceled');
      });
      if (done === 'not_sent' || done === 'unknown') return false;
      find(job.id);
      return true;
    }
    if (job.kind === 'refund') {
      const refund = store.book.refunds.find(({ id }) => id === job.id);
      if (!refund || refund.state === 'succeeded' || refund.state === 'failed') return true;
      const given = call(() => provider.refund(job.id, refund.attemptId, refund.amount));
      if (given === 'not_sent' || given === 'unknown') return false;
      const state = given.answer ? 'succeeded' : 'failed';
      const amount = { amount: refund.amount, currency };
      say(`refund ${job.id} ${state}`, { about: 'refund', refundId: job.id, state, amount });
      return true;
    }
    const canBeHad = !(weather.soldOut && chance.chance(0.6));
    transact((copy) =>
      carryOut(copy, decideOnLatePayment(copy.book, { attemptId: job.id, canBeHad }, { refundId: newId() })),
    );
    return true;
  };

  /** At least once: a job is forgotten only after its work, and sometimes not even then. */
  const takeJob = (): void => {
    if (store.jobs.length === 0) return;
    const index = chance.integer(store.jobs.length);
    const job = store.jobs[index];
    if (!job || !work(job)) return;
    if (!isDraining && chance.chance(0.1)) return;
    const at =
      store.jobs.indexOf(job) >= 0
        ? store.jobs.indexOf(job)
        : store.jobs.findIndex((one) => one.id === job.id && one.kind === job.kind);
    if (at >= 0) store = { ...store, jobs: store.jobs.filter((_one, place) => place !== at) };
  };

  const startPayment = (): void =>
    transact((copy) => {
      if (copy.book.order.state !== 'pending_payment') return;
      if (copy.book.attempts.some(({ status }) => isLive(status))) return;
      const id = newId();
      copy.book.attempts.push({
        id,
        provider: 'model',
        status: 'created',
        amount: copy.book.order.total,
        currency,
        captured: 0,
        refundReserved: 0,
        refunded: 0,
        disputed: 0,
        fee: 0,
      });
      copy.jobs.push({ kind: 'create', id });
    });

  const giveUp = (): void =>
    transact((copy) => {
      if (copy.book.order.state !== 'pending_payment') return;
      copy.book.order.state = chance.chance(0.5) ? 'cancelled' : 'expired';
      copy.events.push({ type: 'cancelled', id: '', revoked: [] });
      for (const { id } of copy.book.attempts.filter(({ status }) => isLive(status))) {
        copy.cancelRequested.push(id);
        copy.jobs.push({ kind: 'cancel', id });
      }
    });

  const callOff = (): void =>
    transact((copy) => {
      const attempt = copy.book.attempts.find(({ status }) => isLive(status));
      if (!attempt) return;
      copy.cancelRequested.push(attempt.id);
      copy.jobs.push({ kind: 'cancel', id: attempt.id });
    });

  const payerActs = (): void => {
    const open = [...provider.charges.values()].filter(
      ({ state }) =>
        state === 'requires_action' || state === 'processing' || (weather.resurrections && state === 'failed'),
    );
    if (open.length === 0) return;
    const charge: ModelCharge = chance.pick(open);
    const wasOver = charge.state === 'failed';
    const outcome = chance.integer(10);
    // Money that is taken after we were told that it failed is told for as long as it takes.
    if (outcome < 6 || wasOver)
      send(provider.pay(charge, chance.integer(Math.ceil(charge.amount / 20))), !wasOver && isWatched(charge));
    else if (outcome < 8) send(provider.end(charge, 'failed'), isWatched(charge));
    else if (outcome < 9) send(provider.end(charge, 'processing'), true);
    else send(provider.end(charge, 'expired'), isWatched(charge));
  };
  /** Somebody will ask: a message about it may be lost. */
  const isWatched = ({ reference }: ModelCharge) => {
    const attempt = store.book.attempts.find(({ id }) => id === reference);
    return attempt !== undefined && isLive(attempt.status);
  };

  const askForRefund = (): void =>
    transact((copy) => {
      const { book } = copy;
      const attempt = book.attempts.find(({ id }) => id === book.order.settledBy);
      if (!attempt) return;
      const onItsWay = (lineId: string) =>
        book.refunds
          .filter(({ state }) => state === 'requested' || state === 'processing')
          .flatMap(({ lines }) => lines)
          .reduce((sum, line) => sum + (line.lineId === lineId ? line.amount : 0), 0);
      const left = book.lines.map((line) => ({ ...line, refunded: line.refunded + onItsWay(line.id) }));
      const most = left.reduce((sum, line) => sum + line.total - line.refunded, 0);
      const amount = chance.chance(0.4) ? most : chance.integer(most + 1);
      if (amount <= 0 || attempt.refundReserved + attempt.disputed + amount > attempt.captured) return;
      attempt.refundReserved += amount;
      const id = newId();
      book.refunds.push({
        id,
        attemptId: attempt.id,
        amount,
        state: 'requested',
        reason: 'requested',
        revokes: chance.chance(0.7),
        lines: spreadRefund(left, amount),
      });
      copy.jobs.push({ kind: 'refund', id });
    });

  const bankActs = (): void => {
    const paid = [...provider.charges.values()].filter(({ captured }) => captured > 0);
    if (paid.length === 0) return;
    const charge = chance.pick(paid);
    if (charge.dispute?.state === 'open') {
      send(provider.dispute(charge, chance.chance(0.5) ? 'won' : 'lost', charge.dispute.amount), false);
      return;
    }
    const left = charge.captured - charge.refunded;
    if (charge.dispute || left <= 0) return;
    send(provider.dispute(charge, 'open', chance.chance(0.7) ? left : chance.between(1, left)), false);
  };

  const somebodyRefundsPastUs = (): void => {
    const paid = [...provider.charges.values()].filter(
      (charge) => charge.captured > charge.refunded && !charge.dispute,
    );
    if (paid.length === 0) return;
    const charge = chance.pick(paid);
    send(provider.refundPast(charge, chance.between(1, charge.captured - charge.refunded)), false);
  };

  /** Nobody's message, or a message that was changed: nothing may come of it. */
  const somebodyLies = (): void => {
    const attempt = store.book.attempts[0];
    if (!attempt) return;
    const right = {
      about: 'charge' as const,
      attemptId: attempt.id,
      state: 'succeeded' as const,
      amount: { amount: attempt.amount, currency },
      captured: attempt.amount,
      refunded: 0,
      fee: null,
    };
    const lies: Evidence[] = [
      { ...right, amount: { amount: attempt.amount + 1, currency }, captured: attempt.amount + 1 },
      { ...right, amount: { amount: attempt.amount, currency: 'USD' } },
      { ...right, captured: attempt.amount - 1 },
      { ...right, attemptId: 'nobody’s' },
      { about: 'refund', refundId: 'nobody’s', state: 'succeeded', amount: right.amount },
    ];
    const before = JSON.stringify(store.book);
    say(newId(), chance.pick(lies));
    if (JSON.stringify(store.book) !== before) throw new Error('broken promise: lies change nothing');
  };

  /** Sellers are paid what has been theirs for long enough; two runs at once are one after the other. */
  const payDay = (): void =>
    transact((copy) => {
      const amount = payableOf(copy, hour - holdHours);
      if (amount < leastPayout) return;
      const payout = { payoutId: newId(), sellerId: 's', currency, amount };
      copy.payouts.push({ id: payout.payoutId, amount, state: 'created' });
      copy.postings.push(postPayout(payout));
    });
  const bankAnswers = (): void =>
    transact((copy) => {
      const open = copy.payouts.filter(({ state }) => state !== 'failed');
      if (open.length === 0) return;
      const payout = chance.pick(open);
      if (payout.state === 'created' && chance.chance(0.6)) {
        payout.state = 'sent';
        return;
      }
      payout.state = 'failed';
      copy.postings.push(postPayoutReturned({ payoutId: payout.id, sellerId: 's', currency, amount: payout.amount }));
    });

  const deliver = (): void => {
    if (network.length === 0) return;
    const index = chance.integer(network.length);
    const message = network[index];
    if (!message) return;
    if (!hear(message)) return;
    network = network.filter((_one, place) => place !== index);
  };

  const poll = (): void => {
    const attempt = store.book.attempts.find(({ id, status }) => isLive(status) && store.called.includes(id));
    if (attempt) find(attempt.id);
  };

  const actions: [number, () => void][] = [
    [3, startPayment],
    [8, takeJob],
    [5, payerActs],
    [6, deliver],
    [2, poll],
    [weather.givesUp ? 1 : 0, giveUp],
    [weather.givesUp ? 1 : 0, callOff],
    [weather.refunds ? 2 : 0, askForRefund],
    [weather.disputes ? 1 : 0, bankActs],
    [weather.refundsPastUs ? 1 : 0, somebodyRefundsPastUs],
    [weather.lies ? 1 : 0, somebodyLies],
    [weather.payouts ? 2 : 0, payDay],
    [weather.payouts ? 1 : 0, bankAnswers],
  ];
  const weights = actions.reduce((sum, [weight]) => sum + weight, 0);

  const survive = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  };

  return {
    provider,
    store: () => store,
    transactions: () => transactions,
    happen: () => {
      hour += chance.integer(6);
      let place = chance.integer(weights);
      for (const [weight, action] of actions) {
        place -= weight;
        if (place < 0) return survive(action);
      }
    },
    /** Nobody does anything new; what is under way comes to its end. */
    drain: () => {
      isDraining = true;
      for (let round = 0; round < 400; round += 1) {
        for (const charge of provider.charges.values())
          if (charge.state === 'requires_action' || charge.state === 'processing') provider.end(charge, 'expired');
        deliver();
        takeJob();
        if (network.length === 0 && store.jobs.length === 0) {
          const waiting = store.book.attempts.find(({ status }) => isLive(status));
          if (!waiting) return;
          if (store.called.includes(waiting.id)) find(waiting.id);
          else store = { ...store, jobs: [...store.jobs, { kind: 'create', id: waiting.id }] };
        }
      }
      throw new Error('broken promise: everything comes to an end');
    },
  };
}

function newStore(chance: Chance): Store {
  const lines = Array.from({ length: chance.between(1, 3) }, (_one, index) => {
    const net = chance.between(1, 50_000);
    const tax = chance.chance(0.5) ? chance.integer(Math.ceil(net / 4)) : 0;
    return {
      id: `l${index}`,
      net,
      tax,
      total: net + tax,
      sellerId: chance.chance(0.8) ? 's' : '',
      sellerShare: chance.integer(10_001),
      refunded: 0,
      revoked: false,
    };
  });
  return {
    book: {
      order: {
        id: 'o',
        state: 'pending_payment',
        currency,
        country: '',
        total: lines.reduce((sum, line) => sum + line.total, 0),
        refunded: 0,
        buyerAccount: 'b',
        settledBy: null,
      },
      lines,
      attempts: [],
      refunds: [],
      disputes: [],
    },
    called: [],
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
