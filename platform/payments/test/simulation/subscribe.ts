import { decide, decideOnFreeOrder, decideOnLatePayment } from '../../src/core/decide.ts';
import {
  type Change,
  canPause,
  decideOnCancel,
  decideOnDue,
  decideOnFailedRenewal,
  decideOnPaidPeriod,
  decideOnPlanChange,
  decideOnResume,
  decideOnUnpaid,
  type PaidPeriod,
  type Subscribed,
} from '../../src/core/decide-subscription.ts';
import { isLive } from '../../src/core/order-edges.ts';
import { judgeEndOfSubscription, type Told } from './judge-subscription.ts';
import { providerModel } from './provider-model.ts';
import { type Chance, seeded } from './random.ts';
import { carryOut, type Store } from './store.ts';

const currency = 'BRL';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** An order of the subscription, with the part of the tables that the rules about orders know. */
type PeriodOrder = {
  store: Store;
  price: number;
  takenOff: number;
  change: PaidPeriod['change'];
  /** Nobody can pay it after this. */
  until: number;
  /** A renewal is charged without the payer; everything else the payer pays. */
  isRenewal: boolean;
  tries: number;
};
type Weather = {
  trial: boolean;
  declines: boolean;
  lateNews: boolean;
  changesPlan: boolean;
  pauses: boolean;
  cancels: boolean;
  refunds: boolean;
  paysAhead: boolean;
  lazySchedule: boolean;
};
export type SubscribedLife = { told: Told[]; state: Subscribed['state']; days: number; periods: number };

/**
 * Lives through a subscription under a seed: a year of renewals, with cards that are declined, news that come days late,
 * a schedule that sleeps, and somebody who pauses, changes, cancels and takes it back in between. Orders are paid by the
 * rules of orders, periods follow by those of subscriptions; the judge knows neither.
 * @throws Error when a promise is broken
 */
export function subscribe(seed: number): SubscribedLife {
  const chance = seeded(seed ^ 0x5ab5c21b);
  const weather: Weather = {
    trial: chance.chance(0.4),
    declines: chance.chance(0.6),
    lateNews: chance.chance(0.5),
    changesPlan: chance.chance(0.5),
    pauses: chance.chance(0.5),
    cancels: chance.chance(0.5),
    refunds: chance.chance(0.2),
    paysAhead: chance.chance(0.3),
    lazySchedule: chance.chance(0.3),
  };
  const life = live(chance, weather);
  const days = chance.between(40, 400);
  for (let day = 0; day < days; day += 1) life.day();
  life.drain();
  judgeEndOfSubscription(life.told, life.subscribed());
  return {
    told: life.told,
    state: life.subscribed().state,
    days,
    periods: life.told.filter(({ what }) => what === 'period').length,
  };
}

function live(chance: Chance, weather: Weather) {
  let now = Date.UTC(2026, 0, 1) + chance.integer(365 * 24) * hourMs;
  const provider = providerModel(currency);
  const orders = new Map<string, PeriodOrder>();
  const told: Told[] = [];
  let ids = 0;
  let isDraining = false;
  let isGenerous = false;
  const newId = (kind: string) => {
    ids += 1;
    return `${kind}${ids}`;
  };
  const date = () => new Date(now);
  /** Who pays by hand while a method is kept for the renewals. */
  let hasMethod = false;
  /** What the provider will say later about a charge. */
  let news: { at: number; orderId: string; charge: string; paid: boolean }[] = [];
  let sub: Subscribed = {
    sku: 'plan',
    title: 'A plan',
    amount: chance.between(1, 20_000),
    interval: chance.pick(['day', 'week', 'month', 'month', 'year'] as const),
    intervalCount: chance.between(1, 2),
    state: 'incomplete',
    cancelAtPeriodEnd: false,
    anchor: null,
    periods: 0,
    periodStart: null,
    periodEnd: weather.trial ? new Date(now + chance.between(1, 30) * dayMs) : null,
    credit: 0,
    openOrderId: null,
    failures: 0,
    nextTryAt: null,
  };

  const save = (change: Change): void => {
    const open = sub.openOrderId;
    const before = sub;
    sub = { ...sub, ...change.set };
    told.push({ at: now, what: 'state', from: before.state, to: sub.state, cancels: sub.cancelAtPeriodEnd });
    const order = open ? orders.get(open) : undefined;
    if (change.endsOrder && open && order) endOrder(open, order, change.endsOrder);
  };
  const endOrder = (id: string, order: PeriodOrder, as: 'cancelled' | 'expired'): void => {
    if (order.store.book.order.state !== 'pending_payment') return;
    order.store.book.order.state = as;
    told.push({ at: now, what: 'gone', order: id });
    for (const attempt of order.store.book.attempts.filter(({ status }) => isLive(status))) callOff(id, attempt.id);
  };
  /** Only what nobody has paid yet can be called off. */
  const callOff = (orderId: string, attemptId: string): void => {
    const charge = provider.charges.get(attemptId);
    if (!charge || charge.captured > 0 || news.some((one) => one.charge === attemptId && one.paid)) return;
    provider.end(charge, 'canceled');
    news = news.filter((one) => one.charge !== attemptId);
    say(orderId, attemptId);
  };

  const writeOrder = (of: {
    change: PaidPeriod['change'];
    takenOff: number;
    isRenewal: boolean;
    days: number;
  }): string => {
    const id = newId('o');
    const price = of.change?.amount ?? sub.amount;
    const book = emptyBook(id, price - of.takenOff);
    orders.set(id, {
      store: {
        book,
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
      },
      price,
      takenOff: of.takenOff,
      change: of.change,
      until: now + of.days * dayMs,
      isRenewal: of.isRenewal,
      tries: 0,
    });
    told.push({
      at: now,
      what: 'order',
      order: id,
      price,
      takenOff: of.takenOff,
      isRenewal: of.isRenewal,
      isChange: of.change !== null,
      state: sub.state,
    });
    if (price === of.takenOff) settle(id, decideOnFreeOrder(book));
    return id;
  };
  const charge = (orderId: string, offSession: boolean): void => {
    const order = need(orderId);
    const { book } = order.store;
    if (book.order.state !== 'pending_payment' || book.attempts.some(({ status }) => isLive(status))) return;
    const id = newId('a');
    const amount = book.order.total;
    order.tries += 1;
    book.attempts.push({
      id,
      provider: 'model',
      status: 'created',
      amount,
      currency,
      captured: 0,
      refundReserved: 0,
      refunded: 0,
      disputed: 0,
      fee: 0,
    });
    provider.create(id, amount);
    told.push({ at: now, what: 'try', order: orderId, offSession, state: sub.state });
    const paid = isGenerous || !(weather.declines && chance.chance(0.5));
    const delay = weather.lateNews && !isDraining && chance.chance(0.4) ? chance.integer(6 * 24) * hourMs : 0;
    news.push({ at: now + delay, orderId, charge: id, paid });
    if (delay === 0) hear();
  };
  const hear = (): void => {
    for (const one of news.filter(({ at }) => at <= now)) {
      news = news.filter((other) => other !== one);
      const made = provider.charges.get(one.charge);
      if (!made || made.state === 'canceled') continue;
      if (one.paid) {
        provider.pay(made, 0);
        told.push({ at: now, what: 'money', order: one.orderId, amount: made.amount });
      } else provider.end(made, 'failed');
      say(one.orderId, one.charge);
    }
  };
  /** What the provider knows of a charge is evidence; what follows from it is the order's and the subscription's. */
  const say = (orderId: string, attemptId: string): void => {
    const report = provider.report(attemptId);
    if (report?.about !== 'charge') return;
    const { state, captured, refunded, fee, amount } = report;
    const { book } = need(orderId).store;
    settle(
      orderId,
      decide(
        book,
        { about: 'charge', attemptId, state, amount: { amount, currency }, captured, refunded, fee },
        { refundId: newId('r') },
      ),
    );
  };
  const settle = (orderId: string, decision: ReturnType<typeof decide>): void => {
    const order = need(orderId);
    carryOut(order.store, decision);
    for (const step of decision.steps) {
      if (step.do === 'paid') paid(orderId, step.attemptId);
      // What paid for the period that runs is taken back: it ends, with the renewal that waits.
      if (step.do === 'refunded' && step.revoked.length > 0 && !['canceled', 'ended'].includes(sub.state)) {
        const latest = told.findLast((one) => one.what === 'period');
        if (latest?.what === 'period' && latest.order === orderId)
          save({ set: { state: 'canceled', openOrderId: null }, tell: 'ended', endsOrder: 'cancelled' });
      }
      if (step.do === 'failed' && order.isRenewal && sub.openOrderId === orderId) {
        const offSession = told.findLast((one) => one.what === 'try' && one.order === orderId);
        const change = offSession?.what === 'try' && offSession.offSession ? decideOnFailedRenewal(sub, date()) : null;
        if (change) save(change);
      }
    }
    for (const job of order.store.jobs.splice(0)) {
      if (job.kind === 'late') {
        // A market has a plan for everybody. Who ended the subscription does not want it, and a change of plan was
        // reckoned for its own day.
        const canBeHad = sub.state !== 'canceled' && order.change === null;
        settle(
          orderId,
          decideOnLatePayment(order.store.book, { attemptId: job.id, canBeHad }, { refundId: newId('r') }),
        );
      }
      if (job.kind === 'refund') giveBack(orderId, job.id);
    }
  };
  const giveBack = (orderId: string, refundId: string): void => {
    const refund = need(orderId).store.book.refunds.find(({ id }) => id === refundId);
    if (!refund || !provider.refund(refundId, refund.attemptId, refund.amount)) return;
    told.push({ at: now, what: 'back', order: orderId, amount: refund.amount });
    const said = {
      about: 'refund',
      refundId,
      state: 'succeeded',
      amount: { amount: refund.amount, currency },
    } as const;
    settle(orderId, decide(need(orderId).store.book, said, { refundId: newId('r') }));
  };
  const paid = (orderId: string, attemptId: string | null): void => {
    const order = need(orderId);
    if (attemptId) hasMethod = true;
    const { total } = order.store.book.order;
    const credit = sub.credit;
    save(decideOnPaidPeriod(sub, { total, discount: order.takenOff, change: order.change }, date()));
    const { periodStart: from, periodEnd: to, state } = sub;
    if (from && to)
      told.push({
        at: now,
        what: 'period',
        order: orderId,
        from: from.getTime(),
        to: to.getTime(),
        isTrial: state === 'trialing',
        creditBefore: credit,
        credit: sub.credit,
      });
  };
  const need = (id: string): PeriodOrder => {
    const order = orders.get(id);
    if (!order) throw new Error(`no order ${id}`);
    return order;
  };
  const openChange = () =>
    [...orders.values()].some(({ change, store }) => change !== null && store.book.order.state === 'pending_payment');

  /** The job that renews, as it is in production: at most a few statements around the rules. */
  const schedule = (): void => {
    for (const [id, order] of orders)
      if (order.store.book.order.state === 'pending_payment' && order.until <= now) endOrder(id, order, 'expired');
    const open = sub.openOrderId ? need(sub.openOrderId) : undefined;
    const isPaying = open?.store.book.attempts.some(({ status }) => isLive(status)) ?? false;
    const due = decideOnDue(sub, { hasOpenChange: openChange(), isPaying }, date());
    if (due?.do === 'end') save(due.change);
    if (due?.do === 'renew') {
      const waits = sub.openOrderId && open?.store.book.order.state === 'pending_payment' ? sub.openOrderId : null;
      const id = waits ?? writeOrder({ change: null, takenOff: due.takenOff, isRenewal: true, days: 14 });
      if (need(id).store.book.order.state === 'pending_payment') {
        sub = { ...sub, openOrderId: id };
        if (hasMethod) charge(id, true);
        else {
          const { state } = sub;
          sub = { ...sub, state: 'past_due', nextTryAt: new Date(now + 7 * dayMs) };
          told.push({ at: now, what: 'state', from: state, to: 'past_due', cancels: sub.cancelAtPeriodEnd });
        }
      }
    } else if (sub.state === 'past_due' && sub.openOrderId && sub.nextTryAt && sub.nextTryAt.getTime() <= now) {
      const order = need(sub.openOrderId);
      if (order.store.book.attempts.some(({ status }) => isLive(status))) return;
      if (order.store.book.order.state !== 'pending_payment' || !hasMethod) save(decideOnUnpaid());
      else charge(sub.openOrderId, true);
    }
  };

  const first = writeOrder({ change: null, takenOff: weather.trial ? sub.amount : 0, isRenewal: false, days: 1 });

  const somebodyActs = (): void => {
    const act = chance.integer(30);
    if (act === 0 && weather.cancels) {
      const change = decideOnCancel(sub, date());
      told.push({ at: now, what: 'cancel' });
      if (change) save(change);
    } else if (act <= 2 && weather.cancels && (sub.cancelAtPeriodEnd || chance.chance(0.1))) {
      const change =
        sub.state === 'canceled' || sub.state === 'ended' || sub.state === 'paused'
          ? null
          : decideOnResume(sub, date());
      if (change) {
        told.push({ at: now, what: 'uncancel' });
        save(change);
      }
    } else if (act === 3 && weather.pauses && canPause(sub)) {
      save({ set: { state: 'paused' }, tell: 'paused' });
    } else if (act === 11 && weather.paysAhead && !sub.cancelAtPeriodEnd && !sub.openOrderId && !openChange()) {
      // The next period by hand, with another method, while this one runs.
      if ((sub.state !== 'active' && sub.state !== 'trialing') || !sub.periodEnd) return;
      const ahead = Math.max(0, sub.periodEnd.getTime() - now) / dayMs;
      const takenOff = Math.min(sub.credit, sub.amount);
      const id = writeOrder({ change: null, takenOff, isRenewal: true, days: ahead + 14 });
      if (need(id).store.book.order.state !== 'pending_payment') return;
      sub = { ...sub, openOrderId: id };
      if (chance.chance(0.6)) charge(id, false);
    } else if (act <= 5 && sub.state === 'paused') {
      const change = decideOnResume(sub, date());
      if (change) save(change);
    } else if (act === 6 && weather.changesPlan) {
      const amount = chance.between(1, 30_000);
      const prorated = decideOnPlanChange(sub, { newPrice: amount, hasOpenChange: openChange() }, date());
      if (!prorated) return;
      const change = {
        sku: newId('plan'),
        title: 'Another',
        amount,
        interval: sub.interval,
        intervalCount: sub.intervalCount,
        creditLeft: prorated.left,
      };
      const id = writeOrder({ change, takenOff: prorated.takenOff, isRenewal: false, days: 1 });
      if (need(id).store.book.order.state === 'pending_payment') charge(id, true);
    } else if (act <= 9) {
      // The payer pays by hand whatever waits to be paid: the first order, a change, a renewal that failed.
      const waiting = [...orders].filter(
        ([, { store, until }]) => store.book.order.state === 'pending_payment' && until > now,
      );
      if (waiting.length > 0) charge(chance.pick(waiting)[0], false);
    } else if (act === 10 && weather.refunds) {
      const paidOnes = [...orders].filter(
        ([, { store }]) => store.book.order.state === 'paid' && store.book.order.total > 0,
      );
      const [id, order] = paidOnes.length > 0 ? chance.pick(paidOnes) : [];
      const attempt = order?.store.book.attempts.find((one) => one.id === order.store.book.order.settledBy);
      if (!id || !order || !attempt || attempt.refundReserved > 0) return;
      const refundId = newId('r');
      const amount = attempt.captured;
      attempt.refundReserved += amount;
      order.store.book.refunds.push({
        id: refundId,
        attemptId: attempt.id,
        amount,
        state: 'requested',
        reason: 'goodwill',
        revokes: chance.chance(0.5),
        lines: [{ lineId: 'l', amount }],
      });
      giveBack(id, refundId);
    }
  };

  if (!weather.trial && chance.chance(0.9)) charge(first, false);
  return {
    told,
    subscribed: () => sub,
    day: () => {
      now += chance.between(12, 36) * hourMs;
      hear();
      if (!(weather.lazySchedule && !isDraining && chance.chance(0.7))) schedule();
      somebodyActs();
    },
    /** Nobody does anything new; time goes by until everything that waits has ended. */
    drain: () => {
      isDraining = true;
      for (let step = 0; step < 200; step += 1) {
        now += 6 * hourMs;
        isGenerous = step > 100;
        hear();
        schedule();
        told.push({
          at: now,
          what: 'look',
          state: sub.state,
          periodEnd: sub.periodEnd?.getTime() ?? null,
          open: sub.openOrderId !== null,
        });
      }
      for (const [id, order] of orders)
        told.push({ at: now, what: 'end', order: id, state: order.store.book.order.state });
    },
  };
}

function emptyBook(id: string, total: number): Store['book'] {
  return {
    order: {
      id,
      state: 'pending_payment',
      currency,
      country: '',
      total,
      refunded: 0,
      buyerAccount: 'b',
      settledBy: null,
    },
    lines: [{ id: 'l', net: total, tax: 0, total, sellerId: 's', sellerShare: 7000, refunded: 0, revoked: false }],
    attempts: [],
    refunds: [],
    disputes: [],
  };
}
