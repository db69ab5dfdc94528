import { decide, decideOnLatePayment } from '../../src/core/decide.ts';
import {
  decideOnCancel,
  decideOnDispute,
  decideOnFailedPart,
  decideOnPaidPart,
  decideOnTime,
  divideIntoParts,
  dueAt,
  noticeDays,
  type Plan,
  type PlanChange,
  type PricePart,
  restOf,
} from '../../src/core/instalments.ts';
import { isLive } from '../../src/core/order-edges.ts';
import { judgeEnd, judgeStep } from './judge.ts';
import { type Agreed, judgePlan, type Told } from './judge-instalments.ts';
import { type ModelCharge, type ModelMessage, type ProviderModel, providerModel } from './provider-model.ts';
import { type Chance, seeded } from './random.ts';
import { carryOut, copyOf, type Store } from './store.ts';

const currency = 'BRL';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Days for which the order of a part, and of all that is left, can be paid. */
const payableDays = { part: 60, rest: 1 };

/** An order of the plan, with the part of the tables that the rules about orders know, and its payment company. */
type PartOrder = {
  store: Store;
  provider: ProviderModel;
  part: number;
  through: number;
  until: number;
  /** Payments that charge the kept method. */
  offSession: Set<string>;
};
type ScheduledPart = PricePart & { dueAt: Date; paidBy: string | null };
type Weather = {
  keepsMethod: boolean;
  declines: boolean;
  lateNews: boolean;
  lazySchedule: boolean;
  paysAhead: boolean;
  paysRest: boolean;
  disputes: boolean;
  refunds: boolean;
  support: boolean;
  forgets: boolean;
};
export type PaidLife = { told: Told[]; state: Plan['state']; parts: number; orders: number };

/**
 * Lives through a price that is paid in parts under a seed: cards that are kept or not, that are declined, news that come
 * days late, a schedule that sleeps, parts paid by hand, early, or all at once, banks that ask for a part back, money that
 * is given back, support that gives a plan up or tries again. Orders are paid by the rules of orders, the plan follows by its
 * own; one judge looks at the money of every order, another one at the plan.
 * @throws Error when a promise is broken
 */
export function payInParts(seed: number): PaidLife {
  const chance = seeded(seed ^ 0x1f3d5b79);
  const weather: Weather = {
    keepsMethod: chance.chance(0.7),
    declines: chance.chance(0.6),
    lateNews: chance.chance(0.5),
    lazySchedule: chance.chance(0.3),
    paysAhead: chance.chance(0.3),
    paysRest: chance.chance(0.4),
    disputes: chance.chance(0.3),
    refunds: chance.chance(0.3),
    support: chance.chance(0.3),
    forgets: chance.chance(0.4),
  };
  const parts = chance.between(2, 12);
  const subtotal = chance.between(parts, 200_000);
  const price = chance.chance(0.3) ? chance.between(parts, subtotal) : subtotal;
  const agreed: Agreed = { price, parts, surcharge: chance.chance(0.4) ? chance.integer(5001) : 0 };
  const life = live({ chance, weather, agreed, subtotal });
  const days = chance.between(20, 32 * parts + 60);
  for (let day = 0; day < days; day += 1) life.day();
  life.drain();
  // A card that is declined is tried for nine days, whoever pays by hand has seven; the schedule may sleep for some.
  judgePlan(agreed, life.told, weather.lazySchedule || weather.lateNews ? 60 : 16);
  for (const { store, provider } of life.orders.values()) judgeEnd(store, provider);
  return { told: life.told, state: life.plan().state, parts, orders: life.orders.size };
}

function live({
  chance,
  weather,
  agreed,
  subtotal,
}: {
  chance: Chance;
  weather: Weather;
  agreed: Agreed;
  subtotal: number;
}) {
  let now = Date.UTC(2026, 0, 1) + chance.integer(365 * 24) * hourMs;
  const orders = new Map<string, PartOrder>();
  const told: Told[] = [];
  let ids = 0;
  let isDraining = false;
  const newId = (kind: string) => {
    ids += 1;
    return `${kind}${ids}`;
  };
  const date = () => new Date(now);
  /** What the provider will say later about a charge. */
  let news: { at: number; orderId: string; charge: string; paid: boolean; keeps: boolean }[] = [];
  let jobs: { orderId: string; kind: Store['jobs'][number]['kind']; id: string }[] = [];
  let disputes: { orderId: string; charge: ModelCharge; until: number }[] = [];
  const divided = divideIntoParts({ subtotal, price: agreed.price, currency }, agreed);
  if (!divided) throw new Error('less than a cent for a part');
  const schedule: ScheduledPart[] = divided.map((one) => ({
    ...one,
    dueAt: dueAt(date(), one.part),
    paidBy: null,
  }));
  let plan: Omit<Plan, 'nextDueAt'> & { openOrderId: string | null; noticed: number } = {
    state: 'incomplete',
    entitled: false,
    hasMethod: false,
    failures: 0,
    nextTryAt: null,
    openOrderId: null,
    noticed: 1,
  };
  const nextPart = () => schedule.find(({ paidBy }) => paidBy === null);
  const unpaid = () => schedule.filter(({ paidBy }) => paidBy === null);
  const toPlan = (): Plan => ({ ...plan, nextDueAt: nextPart()?.dueAt ?? null });
  const need = (id: string): PartOrder => {
    const order = orders.get(id);
    if (!order) throw new Error(`no order ${id}`);
    return order;
  };
  const isPending = (id: string | null): id is string =>
    id !== null && need(id).store.book.order.state === 'pending_payment';
  const isPaying = (id: string | null) =>
    id !== null && need(id).store.book.attempts.some(({ status }) => isLive(status));

  const save = (change: PlanChange | null): void => {
    if (!change) return;
    const { state, entitled, failures, nextTryAt, tell } = change;
    told.push({ at: now, what: 'state', from: plan.state, to: state, entitled, tell });
    plan = { ...plan, state, entitled, failures, nextTryAt };
  };
  const transact = (orderId: string, work: (store: Store) => void): void => {
    const { store } = need(orderId);
    const before = copyOf(store);
    work(store);
    judgeStep(before, store);
  };
  const endOrder = (id: string | null, as: 'cancelled' | 'expired'): void => {
    if (!isPending(id)) return;
    transact(id, ({ book }) => {
      book.order.state = as;
    });
    told.push({ at: now, what: 'gone', order: id });
    for (const attempt of need(id).store.book.attempts.filter(({ status }) => isLive(status))) callOff(id, attempt.id);
  };
  /** Only what nobody has paid yet can be called off. */
  const callOff = (orderId: string, attemptId: string): void => {
    const { provider } = need(orderId);
    const charge = provider.charges.get(attemptId);
    if (!charge || charge.captured > 0 || news.some((one) => one.charge === attemptId && one.paid)) return;
    provider.end(charge, 'canceled');
    news = news.filter((one) => one.charge !== attemptId);
    hearReport(orderId, attemptId);
  };

  const writeOrder = (through: number): string => {
    const part = nextPart()?.part;
    if (part === undefined) throw new Error('all parts are paid');
    const id = newId('o');
    const isPart = part === through;
    const first = schedule[part - 1];
    const price = isPart && first ? first.price : restOf(unpaid(), date()).price;
    const days = plan.state === 'incomplete' ? 1 / 24 : isPart ? payableDays.part : payableDays.rest;
    orders.set(id, {
      store: emptyStore(id, price, chance.chance(0.8) ? 's' : ''),
      provider: providerModel(currency),
      part,
      through,
      until: now + days * dayMs,
      offSession: new Set(),
    });
    plan = { ...plan, openOrderId: id };
    told.push({ at: now, what: 'order', order: id, part, through, amount: price });
    return id;
  };
  const charge = (orderId: string, by: 'payer' | 'schedule' | 'support', attemptId = newId('a')): void => {
    const order = need(orderId);
    const { book } = order.store;
    if (!isPending(orderId) || isPaying(orderId)) return;
    // Made before: it is that one.
    if (book.attempts.some(({ id }) => id === attemptId)) return;
    const amount = book.order.total;
    const { length } = book.attempts;
    transact(orderId, () => {
      book.attempts.push({ ...freshAttempt, id: attemptId, amount });
    });
    if (book.attempts.length === length) return;
    order.provider.create(attemptId, amount);
    if (by !== 'payer') order.offSession.add(attemptId);
    told.push({ at: now, what: 'try', order: orderId, by, state: plan.state });
    const paid = isDraining || !(weather.declines && chance.chance(0.5));
    const keeps = by === 'payer' && weather.keepsMethod && chance.chance(0.7);
    const delay = weather.lateNews && !isDraining && chance.chance(0.4) ? chance.integer(6 * 24) * hourMs : 0;
    news.push({ at: now + delay, orderId, charge: attemptId, paid, keeps });
    if (delay === 0) hear();
  };
  const hear = (): void => {
    for (const one of news.filter(({ at }) => at <= now)) {
      news = news.filter((other) => other !== one);
      const { provider } = need(one.orderId);
      const made = provider.charges.get(one.charge);
      if (!made || made.state === 'canceled') continue;
      if (one.paid) {
        provider.pay(made, chance.integer(Math.ceil(made.amount / 20)));
        told.push({ at: now, what: 'money', order: one.orderId, amount: made.amount });
        if (one.keeps) methods.add(one.charge);
      } else provider.end(made, 'failed');
      hearReport(one.orderId, one.charge);
    }
  };
  const methods = new Set<string>();
  /** What the provider knows of a charge is evidence; what follows from it is the order's and the plan's. */
  const hearReport = (orderId: string, attemptId: string): void => {
    const report = need(orderId).provider.report(attemptId);
    if (report) hearMessage(orderId, report);
  };
  /** False when it has to be said again. */
  const hearMessage = (orderId: string, message: ModelMessage): boolean => {
    const { book } = need(orderId).store;
    const amount = { amount: message.amount, currency };
    const ids = { refundId: newId('r') };
    if (message.about === 'charge') {
      const { reference: attemptId, state, captured, refunded, fee } = message;
      settle(orderId, decide(book, { about: 'charge', attemptId, state, amount, captured, refunded, fee }, ids));
      return true;
    }
    if (message.about === 'refund') return true;
    const { reference: attemptId, dispute: providerReference, state } = message;
    const said = { about: 'dispute', disputeId: newId('d'), attemptId, providerReference, state, amount } as const;
    const decision = decide(book, said, ids);
    if (decision.outcome === 'not_yet') return false;
    settle(orderId, decision);
    return true;
  };
  const settle = (orderId: string, decision: ReturnType<typeof decide>): void => {
    const order = need(orderId);
    transact(orderId, (store) => carryOut(store, decision));
    for (const step of decision.steps) {
      if (step.do === 'paid') paid(orderId, step.attemptId);
      if (step.do === 'failed' && plan.openOrderId === orderId && order.offSession.has(step.attemptId))
        save(decideOnFailedPart(toPlan(), date()));
      if (step.do === 'dispute') follow(orderId, step);
      if (step.do === 'refunded') {
        const { refund, revoked } = step;
        told.push({ at: now, what: 'back', order: orderId, amount: refund.amount });
        if (revoked.length > 0) {
          told.push({ at: now, what: 'taken away' });
          giveUp({ keepsAccess: false });
        }
      }
    }
    for (const { kind, id } of order.store.jobs.splice(0)) jobs.push({ orderId, kind, id });
  };
  const paid = (orderId: string, attemptId: string | null): void => {
    const { part, through } = need(orderId);
    told.push({ at: now, what: 'paid', order: orderId });
    for (const one of schedule)
      if (one.part >= part && one.part <= through && one.paidBy === null) one.paidBy = orderId;
    if (plan.state === 'incomplete') {
      for (const one of schedule) one.dueAt = dueAt(date(), one.part);
      told.push({ at: now, what: 'dates', due: schedule.map(({ dueAt }) => dueAt.getTime()) });
    }
    if (attemptId && methods.has(attemptId)) plan = { ...plan, hasMethod: true };
    save(decideOnPaidPart(toPlan(), { left: unpaid().length }));
  };
  const giveUp = ({ keepsAccess }: { keepsAccess: boolean }): void => {
    const change = decideOnCancel(toPlan(), { keepsAccess });
    if (!change) return;
    if (nextPart()) endOrder(plan.openOrderId, 'cancelled');
    save(change);
  };
  const follow = (orderId: string, of: { attemptId: string; state: 'open' | 'won' | 'lost' }): void => {
    const isOfSale = (id: string, attemptId: string) => need(id).store.book.order.settledBy === attemptId;
    const ofSale = isOfSale(orderId, of.attemptId);
    told.push({ at: now, what: 'dispute', order: orderId, now: of.state, ofSale });
    if (!ofSale) return;
    if (of.state === 'lost') told.push({ at: now, what: 'taken away' });
    const othersOpen = [...orders].some(([id, { store }]) =>
      store.book.disputes.some(({ state, attemptId }) => state === 'open' && isOfSale(id, attemptId)),
    );
    const change = decideOnDispute(toPlan(), { state: of.state, othersOpen });
    if (change?.state === 'canceled' && nextPart()) endOrder(plan.openOrderId, 'cancelled');
    save(change);
  };

  const work = ({ orderId, kind, id }: (typeof jobs)[number]): void => {
    const { store, provider, part, through } = need(orderId);
    const ids = { refundId: newId('r') };
    if (kind === 'late') {
      const isOver = plan.state === 'completed' || plan.state === 'canceled';
      const isOrdered = [...orders].some(
        ([other, one]) =>
          other !== orderId && one.part === part && !['cancelled', 'expired'].includes(one.store.book.order.state),
      );
      const canBeHad = !isOver && nextPart()?.part === part && part === through && !isOrdered;
      settle(orderId, decideOnLatePayment(store.book, { attemptId: id, canBeHad }, ids));
    }
    if (kind === 'refund') {
      const refund = store.book.refunds.find((one) => one.id === id);
      if (!refund || refund.state === 'succeeded' || refund.state === 'failed') return;
      const isDone = provider.refund(id, refund.attemptId, refund.amount);
      const state = isDone ? 'succeeded' : 'failed';
      const amount = { amount: refund.amount, currency };
      settle(orderId, decide(store.book, { about: 'refund', refundId: id, state, amount }, ids));
    }
    if (kind === 'ask') hearReport(orderId, id);
    if (kind === 'cancel') callOff(orderId, id);
  };
  const doJobs = (): void => {
    for (let round = 0; round < 20 && jobs.length > 0; round += 1) {
      const [ready, later] = [jobs, [] as typeof jobs];
      jobs = [];
      for (const job of ready)
        if (isDraining || chance.chance(0.8)) work(job);
        else later.push(job);
      if (later.length > 0) {
        jobs.push(...later);
        return;
      }
    }
  };
  const banks = (): void => {
    for (const one of disputes.filter(({ until }) => until <= now)) {
      const { provider } = need(one.orderId);
      const { dispute } = one.charge;
      const isLost = dispute?.state === 'lost' || (dispute?.state === 'open' && chance.chance(0.5));
      const message = provider.dispute(one.charge, isLost ? 'lost' : 'won', dispute?.amount ?? 0);
      if (!hearMessage(one.orderId, message)) continue;
      disputes = disputes.filter((other) => other !== one);
    }
  };

  /** The jobs of the schedule, as they are in production: at most a few statements around the rules. */
  const runSchedule = (): void => {
    for (const [id, order] of orders)
      if (isPending(id) && order.until <= now && (!isPaying(id) || order.until <= now - dayMs)) endOrder(id, 'expired');
    const next = nextPart();
    if (!next) return;
    if (plan.state === 'active' && next.dueAt.getTime() <= now + noticeDays * dayMs && next.part > plan.noticed) {
      plan = { ...plan, noticed: next.part };
      if (!plan.hasMethod && !isPending(plan.openOrderId)) writeOrder(next.part);
    }
    const due = decideOnTime(toPlan(), { isPaying: isPaying(plan.openOrderId) }, date());
    if (!due) return;
    if (due.do === 'pause') {
      save(due.change);
      return;
    }
    const { openOrderId } = plan;
    let order = isPending(openOrderId) ? openOrderId : null;
    if (order !== null && need(order).through !== next.part) {
      endOrder(order, 'cancelled');
      order = null;
    }
    order ??= writeOrder(next.part);
    if (due.do === 'charge') charge(order, 'schedule', `${order} try ${need(order).store.book.attempts.length}`);
    else save(due.change);
  };

  const payByHand = (what: 'next' | 'rest'): void => {
    const next = nextPart();
    if (!next || plan.state === 'completed' || plan.state === 'canceled') return;
    const { openOrderId } = plan;
    if (plan.state === 'incomplete') {
      if (isPending(openOrderId)) charge(openOrderId, 'payer');
      return;
    }
    const through = what === 'next' ? next.part : agreed.parts;
    const price = what === 'next' ? next.price : restOf(unpaid(), date()).price;
    let order = isPending(openOrderId) ? openOrderId : null;
    if (order !== null && (need(order).through !== through || need(order).store.book.order.total !== price)) {
      if (isPaying(order)) return;
      endOrder(order, 'cancelled');
      order = null;
    }
    order ??= writeOrder(through);
    if (chance.chance(0.8)) charge(order, 'payer');
  };
  const paidCharges = () =>
    [...orders].flatMap(([orderId, { provider }]) =>
      [...provider.charges.values()].filter(({ captured }) => captured > 0).map((charge) => ({ orderId, charge })),
    );
  const openDispute = (): void => {
    const all = paidCharges().filter(({ charge }) => charge.dispute === null && charge.captured > charge.refunded);
    if (all.length === 0) return;
    const { orderId, charge } = chance.pick(all);
    const left = charge.captured - charge.refunded;
    const message = need(orderId).provider.dispute(charge, 'open', chance.chance(0.8) ? left : chance.between(1, left));
    hearMessage(orderId, message);
    disputes.push({ orderId, charge, until: now + chance.between(1, 60) * dayMs });
  };
  const refund = (orderId: string, revokes: boolean): void => {
    const { book } = need(orderId).store;
    const attempt = book.attempts.find(({ id }) => id === book.order.settledBy);
    const line = book.lines[0];
    if (!attempt || !line || attempt.refundReserved > 0 || attempt.disputed > 0) return;
    const amount = revokes || chance.chance(0.5) ? attempt.captured : chance.between(1, attempt.captured);
    transact(orderId, () => {
      attempt.refundReserved += amount;
    });
    const id = newId('r');
    const lines = [{ lineId: line.id, amount }];
    book.refunds.push({ id, attemptId: attempt.id, amount, state: 'requested', reason: 'goodwill', revokes, lines });
    jobs.push({ orderId, kind: 'refund', id });
  };
  const supportCancels = (): void => {
    if (plan.state === 'incomplete') return;
    const keeps = chance.chance(0.5);
    const isOver = plan.state === 'canceled';
    if (!isOver) told.push({ at: now, what: 'given up', keeps });
    giveUp({ keepsAccess: keeps });
    if (chance.chance(0.5)) for (const id of orders.keys()) refund(id, !keeps);
  };
  const supportRetries = (): void => {
    const { openOrderId } = plan;
    const isLate = plan.state === 'past_due' || plan.state === 'paused';
    if (!isLate || !plan.hasMethod || !isPending(openOrderId) || isPaying(openOrderId)) return;
    if (need(openOrderId).through === nextPart()?.part) charge(openOrderId, 'support');
  };

  const somebodyActs = (): void => {
    const act = chance.integer(100);
    if (plan.state === 'incomplete' && chance.chance(0.5)) payByHand('next');
    // Whoever is asked to pay by hand does so, sooner or later, unless they forget about it.
    else if (isPending(plan.openOrderId) && chance.chance(weather.forgets ? 0.02 : 0.2)) payByHand('next');
    else if (act === 0 && weather.paysAhead) payByHand('next');
    else if (act === 1 && weather.paysRest) payByHand('rest');
    else if (act === 2 && weather.disputes) openDispute();
    else if (act === 3 && weather.support && chance.chance(0.2)) supportCancels();
    else if (act < 8 && weather.support) supportRetries();
    else if (act === 8 && weather.refunds) {
      const all = [...orders].filter(([, { store }]) => store.book.order.state === 'paid');
      if (all.length > 0) refund(chance.pick(all)[0], chance.chance(0.2));
    }
  };
  const look = (): void => {
    const { state, entitled, openOrderId } = plan;
    told.push({ at: now, what: 'look', state, entitled, isPaying: isPaying(openOrderId) });
  };

  const first = writeOrder(1);
  for (let tries = chance.between(1, 4); tries > 0; tries -= 1) charge(first, 'payer');
  return {
    told,
    orders,
    plan: () => plan,
    day: () => {
      now += chance.between(12, 36) * hourMs;
      hear();
      doJobs();
      banks();
      if (!(weather.lazySchedule && chance.chance(0.7))) runSchedule();
      look();
      somebodyActs();
    },
    /** Nobody does anything new; time goes by until everything that waits has ended. */
    drain: () => {
      isDraining = true;
      for (let step = 0; step < 500; step += 1) {
        now += dayMs;
        hear();
        doJobs();
        banks();
        runSchedule();
        look();
        const isOver = plan.state === 'completed' || plan.state === 'canceled';
        if (isOver && news.length === 0 && jobs.length === 0 && disputes.length === 0) return;
      }
    },
  };
}

const freshAttempt = {
  provider: 'model',
  status: 'created' as const,
  currency,
  captured: 0,
  refundReserved: 0,
  refunded: 0,
  disputed: 0,
  fee: 0,
};

function emptyStore(id: string, total: number, sellerId: string): Store {
  return {
    book: {
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
      lines: [{ id: 'l', net: total, tax: 0, total, sellerId, sellerShare: 7000, refunded: 0, revoked: false }],
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
