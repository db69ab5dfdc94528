import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { EnrollmentService, UserDeleted } from '@stoa/contracts';
import { defineContext, emit, kernelErrors, serviceCtx, systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import fc from 'fast-check';
import { divideIntoParts, dueAt, restOf, waive } from '../src/core/instalments.ts';
import { personalSections } from '../src/personal-data.ts';
import { startWorld, type World } from './world.ts';

/** Keeps nothing and answers nothing: the tests say in its name that somebody is gone. */
const identity = defineContext({
  name: 'identity',
  migrations: new URL('../../../markets/enrollment/test/no-migrations/', import.meta.url),
  serves: EnrollmentService,
  create: () => {
    const nobody = async () => {
      throw kernelErrors.not_found();
    };
    return { api: { getAccess: nobody, getMemberships: nobody } };
  },
});

const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);

describe('a price in parts', () => {
  const whole = fc
    .record({ subtotal: fc.integer({ min: 12, max: 1_000_000_000 }), off: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ subtotal, off }) => ({ subtotal, price: Math.max(12, Math.floor(subtotal * (1 - off))), currency: 'BRL' }));
  const terms = fc.record({ parts: fc.integer({ min: 2, max: 12 }), surcharge: fc.integer({ min: 0, max: 5000 }) });

  test('adds up to the cent, larger parts first, whatever coupon and surcharge', () => {
    fc.assert(
      fc.property(whole, terms, (given, { parts, surcharge }) => {
        const divided = divideIntoParts(given, { parts, surcharge }) ?? assert.fail('too little');
        const added = Math.floor((given.price * surcharge * 2 + 10_000) / 20_000);
        assert.equal(divided.length, parts);
        assert.equal(sum(divided.map(({ price }) => price)), given.price + added);
        assert.equal(sum(divided.map(({ surcharge }) => surcharge)), added);
        assert.equal(sum(divided.map(({ listPrice }) => listPrice)), given.subtotal + added);
        for (const [index, one] of divided.entries()) {
          assert.ok(one.listPrice >= one.price && one.price > 0 && one.surcharge >= 0 && one.surcharge < one.price + 1);
          const next = divided[index + 1];
          if (next) assert.ok(one.price >= next.price && one.price - next.price <= 1);
        }
      }),
    );
  });
  test('costs what is left of it without the surcharge of what is not due, and every part knows its own', () => {
    const start = new Date('2026-01-31T10:00:00Z');
    fc.assert(
      fc.property(
        whole,
        terms,
        fc.integer({ min: 1, max: 11 }),
        fc.integer({ min: 0, max: 400 }),
        (given, of, paid, days) => {
          const divided = divideIntoParts(given, of) ?? assert.fail('too little');
          const unpaid = divided
            .slice(Math.min(paid, of.parts - 1))
            .map((one) => ({ ...one, dueAt: dueAt(start, one.part) }));
          const now = new Date(start.getTime() + days * 86_400_000);
          const rest = restOf(unpaid, now);
          const each = waive(unpaid, rest.price);
          assert.equal(sum(each.map(({ price }) => price)), rest.price);
          for (const [index, { waived }] of each.entries()) {
            const one = unpaid[index] ?? assert.fail('another part');
            assert.equal(waived, one.dueAt > now ? one.surcharge : 0);
          }
          assert.ok(rest.listPrice >= rest.price);
        },
      ),
    );
  });
  test('is not divided further than its smallest unit', () => {
    assert.equal(divideIntoParts({ subtotal: 3, price: 3, currency: 'BRL' }, { parts: 4, surcharge: 0 }), null);
  });
  test('is due on the same day of each month', () => {
    const days = [1, 2, 3, 4].map((part) => dueAt(new Date('2026-01-31T10:00:00Z'), part).toISOString().slice(0, 10));
    assert.deepEqual(days, ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']);
  });
});

describe('paying in parts', () => {
  let world: World;
  let ana: Person;
  before(async () => {
    world = await startWorld({ others: [identity], settings: { STOA_PAYOUT_HOLD_DAYS: '0' } });
  });
  after(() => world.close());
  afterEach(async () => {
    await world.webhooksSettle();
    await world.checkInvariants();
  });

  const begin = async (sku: string, more: object = {}) => {
    const answer = await world.call('POST', '/api/instalments', { as: ana, body: { lines: [{ sku }], ...more } });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body;
  };
  const play = async (orderId: string, outcome: string) => {
    const { body } = await world.call('GET', `/api/orders/${orderId}`, { as: ana });
    const payment = body.payments.at(-1).id;
    await world.attemptIs(payment, 'requires_action');
    const shown = await world.call('GET', `/api/payments/${payment}`, { as: ana });
    const reference = shown.body.nextAction.url.split('/').at(-1);
    const played = await world.call('POST', `/api/sandbox/payments/${reference}`, { body: { outcome } });
    assert.equal(played.status, 200, JSON.stringify(played.body));
    return reference;
  };
  const pay = async (orderId: string, outcome = 'succeed') => {
    await world.pay(ana, orderId, 'sandbox');
    return play(orderId, outcome);
  };
  const show = async (id: string) => (await world.call('GET', `/api/instalments/${id}`, { as: ana })).body;
  const is = (id: string, state: string) => world.until(`it is ${state}`, async () => (await show(id)).state === state);
  const hasPaid = (id: string, parts: number) =>
    world.until(`${parts} parts are paid`, async () => (await show(id)).paidParts === parts);
  const run = () => world.query("insert into payments_jobs.job (name, data) values ('collect-instalments', '{}')");
  /** Time goes by for one plan, and the schedule runs. */
  const pass = async (id: string, days: number) => {
    await world.query(
      `update instalment_plans set started_at = started_at - make_interval(days => $2), next_try_at = next_try_at - make_interval(days => $2)
       where id = $1`,
      [id, days],
    );
    await world.query('update instalment_parts set due_at = due_at - make_interval(days => $2) where plan_id = $1', [
      id,
      days,
    ]);
    await run();
  };
  const forget = ({ id }: Person) =>
    world.platform.host
      .database('identity')
      .transaction((tx) =>
        emit(tx, serviceCtx('test'), systemIds, { event: UserDeleted, aggregate: id, data: { userId: id } }),
      );
  const told = async (id: string) =>
    (await world.events(id)).map(({ data }) => `${data.change} ${data.entitled ? 'open' : 'closed'}`);
  /** Of every payment of it that failed, whether the buyer hears of it by the plan, and not a second time. */
  const failures = async (id: string) =>
    (
      await world.query<{ data: { unattended?: boolean } }>(
        `select e.data from outbox e join orders o on o.id::text = e.partition_key
         where o.instalment_plan_id = $1 and e.type = 'stoa.payments.payment.failed.v1' order by e.seq`,
        [id],
      )
    ).map(({ data }) => data.unattended ?? false);
  const holds = async (id: string) => (await world.grants(id)).map(({ revoked }) => !revoked);
  const ordersOf = (id: string) =>
    world.query<{ id: string; state: string; total: number; part: number; through: number; title: string }>(
      `select o.id, o.state, o.total::int, o.instalment_part as part, o.instalment_through as through, l.title
       from orders o join order_lines l on l.order_id = o.id where o.instalment_plan_id = $1 order by o.created_at, o.id`,
      [id],
    );
  /** A plan whose first part is paid with a card that does so the next times. */
  const begun = async (price = 10_000, more: Parameters<World['item']>[1] = {}, outcome = 'succeed') => {
    ana = await person({ name: 'Ana' });
    const sku = await world.item(price, { parts: 3, ...more });
    const plan = await begin(sku);
    await pay(plan.openOrderId, outcome);
    await is(plan.id, 'active');
    return { id: plan.id as string, sku, first: plan.openOrderId as string };
  };

  test('shows every part before anything is paid, opens with the first and charges the others by itself', async () => {
    ana = await person({ name: 'Ana' });
    const sku = await world.item(10_000, { parts: 3 });
    const { body: quote } = await world.call('POST', '/api/instalments/quote', { as: ana, body: { lines: [{ sku }] } });
    assert.deepEqual(
      quote.offer.schedule.map(({ amount }: { amount: { amount: number } }) => amount.amount),
      [3334, 3333, 3333],
    );
    assert.deepEqual([quote.offer.total.amount, quote.offer.extra.amount], [10_000, 0]);
    const plan = await begin(sku);
    assert.deepEqual([plan.state, plan.entitled, plan.paidParts], ['incomplete', false, 0]);
    assert.deepEqual((await world.call('GET', '/api/instalments', { as: ana })).body.items, []);
    await pay(plan.openOrderId);
    await is(plan.id, 'active');
    const order = await world.call('GET', `/api/orders/${plan.openOrderId}`, { as: ana });
    assert.deepEqual(order.body.instalment, { planId: plan.id, part: 1, through: 1, parts: 3 });
    assert.equal(order.body.invoices.length, 1);
    assert.deepEqual(await holds(plan.id), [true]);
    await pass(plan.id, 32);
    await hasPaid(plan.id, 2);
    await pass(plan.id, 32);
    await is(plan.id, 'completed');
    const done = await show(plan.id);
    assert.deepEqual([done.paid.amount, done.remaining.amount, done.nextPart, done.rest], [10_000, 0, null, null]);
    assert.deepEqual(
      (await ordersOf(plan.id)).map(({ total, state, title }) => [total, state, title]),
      [
        [3334, 'paid', 'A course (part 1 of 3)'],
        [3333, 'paid', 'A course (part 2 of 3)'],
        [3333, 'paid', 'A course (part 3 of 3)'],
      ],
    );
    assert.deepEqual(await holds(plan.id), [true]);
    await pass(plan.id, 100);
    assert.equal((await ordersOf(plan.id)).length, 3);
    assert.equal(done.orders.filter(({ invoice }: { invoice: object | null }) => invoice).length, 3);
    assert.deepEqual(
      (await told(plan.id)).filter((one) => !one.startsWith('part_due')),
      ['started open', 'part_paid open', 'completed open'],
    );
  });
  test('waits when its provider is switched off, and charges what is due when it is on again', async () => {
    const { id } = await begun();
    const support = await person({ roles: ['support'] });
    const turn = (offered: boolean) =>
      world.call('PUT', '/api/admin/payments/providers/sandbox', {
        as: support,
        body: { offered },
      });
    assert.equal((await turn(false)).status, 200);
    try {
      await pass(id, 32);
      await world.scheduleRan('collect-instalments');
      const { state, entitled, paidParts } = await show(id);
      assert.deepEqual([state, entitled, paidParts], ['active', true, 1]);
    } finally {
      await turn(true);
    }
    await run();
    await hasPaid(id, 2);
  });
  test('names the surcharge, and lets it fall away for what is paid early', async () => {
    const { id } = await begun(30_000, { surcharge: 1000 });
    const before = await show(id);
    assert.deepEqual([before.total.amount, before.paid.amount], [33_000, 11_000]);
    assert.deepEqual([before.rest.amount.amount, before.rest.saved.amount], [20_000, 2000]);
    const rest = await world.call('POST', `/api/instalments/${id}/rest`, { as: ana });
    assert.equal(rest.status, 200, JSON.stringify(rest.body));
    const again = await world.call('POST', `/api/instalments/${id}/rest`, { as: ana });
    assert.equal(again.body.openOrderId, rest.body.openOrderId);
    await pay(rest.body.openOrderId);
    await is(id, 'completed');
    assert.equal((await show(id)).paid.amount, 31_000);
    assert.deepEqual(
      (await ordersOf(id)).map(({ total, part, through }) => [total, part, through]),
      [
        [11_000, 1, 1],
        [20_000, 2, 3],
      ],
    );
  });
  test('takes a coupon off before it divides, and uses it up once', async () => {
    ana = await person();
    const admin = await person({ roles: ['admin'] });
    const sku = await world.item(10_000, { parts: 4 });
    const code = `TEN${Math.floor(Math.random() * 1e9)}`;
    const made = await world.call('POST', '/api/coupons', {
      as: admin,
      body: { code, percent: 1000, maxUses: 1 },
    });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const plan = await begin(sku, { coupon: code });
    assert.equal(plan.total.amount, 9000);
    await pay(plan.openOrderId);
    await is(plan.id, 'active');
    await pass(plan.id, 32);
    await hasPaid(plan.id, 2);
    const [used] = await world.query<{ used: number }>('select used from coupons where code = $1', [code]);
    assert.equal(used?.used, 1);
    const orders = await world.query<{ subtotal: number; discount: number; coupon_code: string }>(
      'select subtotal::int, discount::int, coupon_code from orders where instalment_plan_id = $1',
      [plan.id],
    );
    for (const order of orders)
      assert.deepEqual([order.subtotal, order.discount, order.coupon_code], [2500, 250, code]);
  });
  test('is refused for what cannot be divided, in words', async () => {
    ana = await person();
    const sku = await world.item(10_000, { parts: 3 });
    const refused = async (lines: object[], code: string) => {
      const quote = await world.call('POST', '/api/instalments/quote', { as: ana, body: { lines }, locale: 'pt-BR' });
      assert.deepEqual([quote.body.offer, quote.body.refusal.code], [null, code]);
      assert.ok(quote.body.refusal.title.length > 20);
      assert.equal((await world.call('POST', '/api/instalments', { as: ana, body: { lines } })).body.code, code);
    };
    await refused([{ sku: await world.item(10_000) }], 'instalments_not_offered');
    await refused([{ sku: await world.item(2, { parts: 3 }) }], 'instalments_not_offered');
    await refused([{ sku, gift: { email: 'bia@example.com' } }], 'instalments_one_item');
    await refused([{ sku, seats: true, quantity: 3 }], 'instalments_one_item');
    await refused([{ sku }, { sku: await world.item(500) }], 'instalments_one_item');
    const guest = await world.call('POST', '/api/instalments', { body: { lines: [{ sku }] } });
    assert.equal(guest.status, 401);
  });
  test('runs once per person and thing; what was begun and not paid is given up for the next', async () => {
    ana = await person();
    const sku = await world.item(10_000, { parts: 3 });
    const first = await begin(sku);
    const second = await begin(sku);
    assert.equal(await world.orderState(first.openOrderId), 'cancelled');
    await pay(second.openOrderId);
    await is(second.id, 'active');
    const again = await world.call('POST', '/api/instalments', { as: ana, body: { lines: [{ sku }] } });
    assert.equal(again.body.code, 'instalments_running');
    const other = await world.item(10_000, { parts: 3 });
    const both = await Promise.all(
      [1, 2, 3].map(() => world.call('POST', '/api/instalments', { as: ana, body: { lines: [{ sku: other }] } })),
    );
    const open = await world.query<{ n: number }>(
      "select count(*)::int as n from instalment_plans where sku = $1 and state = 'incomplete'",
      [other],
    );
    assert.equal(open[0]?.n, 1);
    for (const { status, body } of both)
      assert.ok(status === 201 || body.code === 'instalments_running', JSON.stringify(body));
  });
  test('is the same plan when it is asked for again with the same key', async () => {
    ana = await person();
    const sku = await world.item(10_000, { parts: 3 });
    const ask = () =>
      world.call('POST', '/api/instalments', {
        as: ana,
        body: { lines: [{ sku }] },
        headers: { 'idempotency-key': 'the-same' },
      });
    const [one, two] = [await ask(), await ask()];
    assert.equal(one.body.id, two.body.id);
    assert.equal(one.body.openOrderId, two.body.openOrderId);
  });
  test('tries a declined card again, pauses access after the last try, and opens it as soon as it is paid', async () => {
    const { id } = await begun(10_000, {}, 'succeed_then_decline');
    await pass(id, 32);
    await is(id, 'past_due');
    assert.deepEqual([(await show(id)).entitled, await holds(id)], [true, [true]]);
    for (const failures of [2, 3]) {
      await pass(id, 6);
      await world.until(`it failed ${failures} times`, async () => {
        const [row] = await world.query<{ failures: number }>('select failures from instalment_plans where id = $1', [
          id,
        ]);
        return row?.failures === failures;
      });
    }
    await pass(id, 6);
    await is(id, 'paused');
    assert.deepEqual(await holds(id), [false]);
    assert.deepEqual(await failures(id), [true, true, true, true], 'told by the plan, and not twice');
    const missed = (await world.events(id)).filter(({ data }) => /part_missed|paused/.test(String(data.change)));
    assert.deepEqual(
      missed.map(({ data }) => data.failureReason),
      ['declined', 'declined', 'declined', 'declined'],
    );
    await pass(id, 20);
    const next = await world.call('POST', `/api/instalments/${id}/next-part`, { as: ana });
    assert.equal(next.status, 200, JSON.stringify(next.body));
    await pay(next.body.openOrderId);
    await is(id, 'active');
    assert.deepEqual(await holds(id), [true]);
    // The card it was paid with is the one that is charged from now on, also for what fell due in the meantime.
    await pass(id, 3);
    await is(id, 'completed');
    assert.deepEqual(
      (await told(id)).filter((one) => !one.startsWith('part_due')),
      [
        'started open',
        'part_missed open',
        'part_missed open',
        'part_missed open',
        'paused closed',
        'resumed open',
        'completed open',
      ],
    );
  });
  test('asks whoever keeps no method some days before, waits a week, then pauses', async () => {
    ana = await person();
    const plan = await begin(await world.item(10_000, { parts: 2 }));
    const payment = await world.pay(ana, plan.openOrderId, 'scripted');
    await world.payAndTell(payment.id);
    await is(plan.id, 'active');
    assert.equal((await show(plan.id)).methodKept, false);
    await pass(plan.id, 27);
    await world.until('it is told', async () => (await told(plan.id)).includes('part_due open'));
    const { openOrderId } = await show(plan.id);
    assert.equal(await world.orderState(openOrderId), 'pending_payment');
    await pass(plan.id, 6);
    await is(plan.id, 'past_due');
    assert.equal((await show(plan.id)).openOrderId, openOrderId);
    await pass(plan.id, 8);
    await is(plan.id, 'paused');
    assert.deepEqual(await holds(plan.id), [false]);
    const late = await world.pay(ana, openOrderId, 'scripted');
    await world.payAndTell(late.id);
    await is(plan.id, 'completed');
    assert.deepEqual(await holds(plan.id), [true]);
    assert.equal((await ordersOf(plan.id)).length, 2);
  });
  test('makes one order for a part, however many jobs run at once', async () => {
    const { id } = await begun();
    await world.query("update instalment_parts set due_at = due_at - interval '32 days' where plan_id = $1", [id]);
    await Promise.all(Array.from({ length: 6 }, run));
    await hasPaid(id, 2);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal((await ordersOf(id)).length, 2);
    await assert.rejects(
      world
        .query(
          `update orders set instalment_plan_id = $1, instalment_part = 2, instalment_through = 2
         where id = (select id from orders where instalment_plan_id is null limit 1)`,
          [id],
        )
        .then(async (rows) => {
          // No other order there: then the index is asked with one of this plan.
          assert.deepEqual(rows, []);
          await world.query(
            'update orders set instalment_part = 2, instalment_through = 2 where instalment_plan_id = $1',
            [id],
          );
        }),
      /one_order_per_instalment/,
    );
  });
  test('keeps its price whatever the seller asks for later, also when it is withdrawn', async () => {
    const { id, sku } = await begun();
    await world.platform.host.database('market').pool.query('delete from items where sku = $1', [sku]);
    await pass(id, 32);
    await hasPaid(id, 2);
    assert.equal((await show(id)).total.amount, 10_000);
  });
  test('ends with access when a part is given back by its buyer', async () => {
    const { id, first } = await begun();
    const { body } = await world.call('GET', `/api/orders/${first}`, { as: ana });
    const refund = await world.call('POST', `/api/payments/${body.payments[0].id}/refunds`, { as: ana, body: {} });
    assert.ok(refund.status < 300, JSON.stringify(refund.body));
    await is(id, 'canceled');
    assert.deepEqual(await holds(id), [false]);
    await pass(id, 64);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal((await ordersOf(id)).length, 1);
    assert.deepEqual(await told(id), ['started open', 'canceled closed']);
  });
  test('is given up by support with all its money, once, and the audit knows', async () => {
    const { id } = await begun();
    const support = await person({ roles: ['support'] });
    await pass(id, 32);
    await hasPaid(id, 2);
    const cancel = () =>
      world.call('POST', `/api/admin/instalments/${id}/cancellation`, {
        as: support,
        body: { access: 'end', refund: 'all', note: 'By phone' },
      });
    const first = await cancel();
    assert.equal(first.status, 200, JSON.stringify(first.body));
    await cancel();
    await world.until('everything is back', async () =>
      (await ordersOf(id)).every(({ state }) => state === 'refunded'),
    );
    assert.deepEqual(await holds(id), [false]);
    const { body } = await world.call('GET', `/api/admin/instalments/${id}`, { as: support });
    assert.deepEqual(
      [body.plan.state, body.changes[0].actor, body.changes[0].note],
      ['canceled', 'operator', 'By phone'],
    );
    const audit = await world.call('GET', '/api/admin/payments/audit', { as: await person({ roles: ['admin'] }) });
    assert.ok(JSON.stringify(audit.body).includes('instalments.canceled'));
    assert.equal((await world.call('GET', `/api/admin/instalments/${id}`, { as: ana })).status, 403);
    assert.equal((await world.call('GET', `/api/instalments/${id}`, { as: support })).status, 404);
  });
  test('is given up by support and keeps what was paid for open, if that is what was said', async () => {
    const { id } = await begun();
    const support = await person({ roles: ['support'] });
    const kept = await world.call('POST', `/api/admin/instalments/${id}/cancellation`, {
      as: support,
      body: { access: 'keep', note: 'A gesture' },
    });
    assert.deepEqual([kept.body.state, kept.body.entitled, kept.body.remaining.amount], ['canceled', true, 0]);
    assert.deepEqual(await holds(id), [true]);
    assert.equal(
      (await world.call('POST', `/api/instalments/${id}/next-part`, { as: ana })).body.code,
      'instalments_over',
    );
  });
  /** A plan paid by link, part by part, with a provider that lets a bank ask for each of them back. */
  const byLink = async (parts = 3, price = 9000) => {
    ana = await person({ name: 'Ana' });
    const plan = await begin(await world.item(price, { parts }));
    const payments: string[] = [];
    const payNext = async () => {
      const next = await world.call('POST', `/api/instalments/${plan.id}/next-part`, { as: ana });
      const { id } = await world.pay(ana, next.body.openOrderId, 'scripted');
      await world.payAndTell(id);
      payments.push(id);
      await hasPaid(plan.id, payments.length);
      return id as string;
    };
    const dispute = (paymentId: string, state: 'open' | 'won' | 'lost', amount = price / parts) =>
      world.deliver({
        about: 'dispute',
        evidenceId: systemIds.id(),
        type: 'dispute',
        occurredAt: null,
        report: {
          providerReference: `dp_${paymentId}`,
          chargeReference: paymentId,
          state,
          amount: { amount, currency: 'BRL' },
          reason: 'fraudulent',
          respondBy: null,
        },
      });
    return { id: plan.id as string, payNext, dispute, first: await payNext() };
  };
  test('stops while a bank asks for a part back, goes on when that is won, and ends when it is lost', async () => {
    for (const [outcome, state] of [
      ['won', 'active'],
      ['lost', 'canceled'],
    ] as const) {
      const { id, first, dispute } = await byLink();
      await dispute(first, 'open');
      await is(id, 'disputed');
      await pass(id, 40);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.equal((await ordersOf(id)).length, 1, 'nothing is asked for meanwhile');
      await dispute(first, outcome);
      await world.until(outcome, async () => [state, 'past_due'].includes((await show(id)).state));
      assert.deepEqual(await holds(id), [outcome === 'won']);
    }
  });
  test('rests until the last of several banks has decided', async () => {
    const { id, first, payNext, dispute } = await byLink();
    const second = await payNext();
    await dispute(first, 'open');
    await dispute(second, 'open');
    await is(id, 'disputed');
    await dispute(first, 'won');
    await world.webhooksSettle();
    assert.equal((await show(id)).state, 'disputed');
    await dispute(second, 'won');
    await is(id, 'active');
    assert.equal((await told(id)).filter((one) => one.startsWith('dispute_won')).length, 1);
  });
  test('opens what was paused when the late part is paid, although a bank asks for another one', async () => {
    const { id, first, payNext, dispute } = await byLink();
    await pass(id, 32);
    await is(id, 'past_due');
    await pass(id, 8);
    await is(id, 'paused');
    await dispute(first, 'open');
    await is(id, 'disputed');
    assert.deepEqual(await holds(id), [false]);
    await payNext();
    assert.deepEqual([(await show(id)).state, await holds(id)], ['disputed', [true]]);
    await dispute(first, 'won');
    await is(id, 'active');
    assert.deepEqual(await holds(id), [true]);
  });
  test('asks for nothing more when a part is lost while it is paused', async () => {
    const { id, first, dispute } = await byLink();
    await pass(id, 32);
    await is(id, 'past_due');
    await pass(id, 8);
    await is(id, 'paused');
    const { openOrderId } = await show(id);
    await world.pay(ana, openOrderId, 'sandbox');
    await play(openOrderId, 'decline');
    await world.until('it failed', async () => (await failures(id)).length > 0);
    assert.deepEqual(await failures(id), [false], 'what somebody tries themselves they hear of by itself');
    await dispute(first, 'open');
    await is(id, 'disputed');
    await dispute(first, 'lost');
    await is(id, 'canceled');
    assert.equal(await world.orderState(openOrderId), 'cancelled', 'it would pay for nothing');
  });
  test('charges the kept card again after a won dispute, although it was tried before', async () => {
    ana = await person({ name: 'Ana' });
    const { id, openOrderId } = await begin(await world.item(9000, { parts: 3 }));
    const reference = await pay(openOrderId, 'succeed_then_decline');
    await is(id, 'active');
    await pass(id, 32);
    await is(id, 'past_due');
    await world.query("update sandbox_methods set behavior = 'succeed'");
    const bank = async (outcome: string) => {
      const said = await world.call('POST', `/api/sandbox/payments/${reference}`, { body: { outcome } });
      assert.equal(said.status, 200, JSON.stringify(said.body));
    };
    await bank('dispute');
    await is(id, 'disputed');
    await bank('dispute_won');
    await world.until('it goes on', async () => (await show(id)).state !== 'disputed');
    await pass(id, 1);
    await hasPaid(id, 2);
    assert.equal((await show(id)).state, 'active');
  });
  test('stays complete while a bank asks for a part of it back, and ends when that is lost', async () => {
    for (const outcome of ['won', 'lost'] as const) {
      const { id, first, payNext, dispute } = await byLink(2);
      const second = await payNext();
      await is(id, 'completed');
      const before = await told(id);
      await dispute(first, 'open');
      await world.webhooksSettle();
      const asked = await show(id);
      assert.deepEqual(
        [asked.state, asked.entitled, asked.nextPart, await holds(id)],
        ['completed', true, null, [true]],
      );
      await dispute(first, outcome);
      if (outcome === 'won') {
        await world.webhooksSettle();
        assert.deepEqual([(await show(id)).state, await holds(id)], ['completed', [true]]);
        assert.deepEqual(await told(id), before, 'nobody need hear of it');
        continue;
      }
      await is(id, 'canceled');
      assert.deepEqual(await holds(id), [false]);
      assert.deepEqual(await told(id), [...before, 'canceled closed'], 'it is told once');
      // The other part was not asked back: it stays with whoever sold it, until support gives it back.
      assert.deepEqual(
        (await ordersOf(id)).map(({ state }) => state),
        ['refunded', 'paid'],
      );
      const support = await person({ roles: ['support'] });
      const back = await world.call('POST', `/api/payments/${second}/refunds`, { as: support, body: {} });
      assert.ok(back.status < 300, JSON.stringify(back.body));
      await world.until('it is back', async () => (await ordersOf(id)).every(({ state }) => state === 'refunded'));
      assert.deepEqual(await told(id), [...before, 'canceled closed']);
    }
  });
  test('gives money back that comes for an order nobody waits for any more', async () => {
    ana = await person();
    const sku = await world.item(10_000, { parts: 2 });
    const plan = await begin(sku);
    const payment = await world.pay(ana, plan.openOrderId, 'scripted');
    await world.attemptIs(payment.id, 'requires_action');
    await world.query("update orders set expires_at = now() - interval '2 days' where id = $1", [plan.openOrderId]);
    await world.query("insert into payments_jobs.job (name, data) values ('expire-orders', '{}')");
    await world.orderIs(plan.openOrderId, 'expired');
    await begin(sku);
    world.provider.pay(payment.id);
    await world.deliver(world.charge(world.provider.report(payment.id)));
    await world.until('the money went back', async () => (await world.attempt(payment.id)).refunded === 5000);
    assert.equal(await world.orderState(plan.openOrderId), 'expired');
    assert.equal(
      (await world.query('select id from instalment_plans where id = $1 and state = $2', [plan.id, 'canceled'])).length,
      1,
    );
  });
  test('is told to its seller without a name, and to support with one', async () => {
    const seller = await person({ roles: ['instructor'] });
    const { id } = await begun(10_000, { seller: seller.id });
    const mine = await world.call('GET', '/api/seller/instalments?state=running', { as: seller });
    assert.deepEqual(
      mine.body.items.map((one: { id: string }) => one.id),
      [id],
    );
    assert.ok(!JSON.stringify(mine.body).includes(ana.email));
    const support = await person({ roles: ['support'] });
    const found = await world.call('GET', `/api/admin/instalments?state=active&q=${ana.email}`, { as: support });
    assert.deepEqual(
      found.body.items.map((one: { buyer: { email: string } }) => one.buyer.email),
      [ana.email],
    );
    assert.equal((await world.call('GET', '/api/seller/instalments?of=house', { as: seller })).status, 403);
  });
  test('goes on when whoever sold it deletes their account: it was paid for, and what is owed to them is kept', async () => {
    const [seller, admin] = [await person({ roles: ['instructor'] }), await person({ roles: ['admin'] })];
    const account = { kind: 'pix', value: 'rui@example.com', holderName: 'Rui Prado' };
    assert.equal((await world.call('PUT', '/api/seller/payout-method', { as: seller, body: account })).status, 200);
    const byCard = await begun(9000, { seller: seller.id });
    const card = ana;
    const late = await begun(9000, { seller: seller.id }, 'succeed_then_decline');
    const names = async (planId: string) =>
      (
        await world.query<{ seller_name: string; seller_id: string }>(
          'select l.seller_name, l.seller_id from order_lines l join orders o on o.id = l.order_id where o.instalment_plan_id = $1',
          [planId],
        )
      ).map(({ seller_name, seller_id }) => [seller_name, seller_id]);
    assert.deepEqual(await names(byCard.id), [['A seller', seller.id]]);
    const payouts = async () =>
      (await world.call('POST', '/api/admin/payouts', { as: admin })).body.items.filter(
        ({ sellerId }: { sellerId: string }) => sellerId === seller.id,
      );
    const [payout] = await payouts();
    assert.equal(payout.amount.amount, 4200);
    await forget(seller);
    await world.until('they are forgotten', async () =>
      [...(await names(byCard.id)), ...(await names(late.id))].every(([name]) => name === ''),
    );
    // The market sells it to nobody any more.
    await world.platform.host
      .database('market')
      .pool.query('update items set price = null where sku = any($1)', [[byCard.sku, late.sku]]);

    // One whose card is declined loses it like anybody else, and has it again as soon as they pay.
    await pass(late.id, 32);
    for (const failures of [1, 2, 3]) {
      await world.until(`it failed ${failures} times`, async () => {
        const [row] = await world.query<{ failures: number }>('select failures from instalment_plans where id = $1', [
          late.id,
        ]);
        return row?.failures === failures;
      });
      await pass(late.id, 6);
    }
    await is(late.id, 'paused');
    const rest = await world.call('POST', `/api/instalments/${late.id}/rest`, { as: ana });
    await pay(rest.body.openOrderId);
    await is(late.id, 'completed');
    assert.deepEqual(await holds(late.id), [true]);

    ana = card;
    for (const parts of [2, 3]) {
      await pass(byCard.id, 32);
      await hasPaid(byCard.id, parts);
    }
    await is(byCard.id, 'completed');
    assert.deepEqual(await holds(byCard.id), [true]);
    assert.deepEqual(
      await names(byCard.id),
      Array.from({ length: 3 }, () => ['', seller.id]),
    );
    // Theirs in the books, and paid out to nobody: there is nowhere left to send it to.
    const owed = async () =>
      (
        await world.query<{ owed: number }>(
          `select -sum(e.amount)::int as owed from ledger_entries e join accounts a on a.id = e.account
           where a.kind = 'seller' and a.holder = $1`,
          [seller.id],
        )
      )[0]?.owed;
    assert.equal(await owed(), 8400);
    assert.deepEqual(await payouts(), []);
    // What was on its way has lost its address, too: not sent, it is owed again.
    const file = await world.call('GET', '/api/admin/payouts.csv', { as: admin });
    assert.ok(!file.raw.toString().includes(payout.id));
    await world.call('POST', `/api/admin/payouts/${payout.id}/failure`, { as: admin });
    assert.deepEqual([await owed(), await payouts()], [12_600, []]);
  });
  test('is part of what a person takes along, and ends without a name when they are forgotten', async () => {
    const { id } = await begun();
    await pass(id, 27);
    const next = await world.call('POST', `/api/instalments/${id}/next-part`, { as: ana });
    const db = world.platform.host.database('payments');
    const records = await db.rows(personalSections.instalments, [ana.id, '', 10]);
    assert.ok(JSON.stringify(records).includes(ana.email) && JSON.stringify(records).includes('schedule'));
    await forget(ana);
    await world.until('it is forgotten', async () => {
      const [row] = await world.query<{
        buyer_email: string;
        state: string;
        entitled: boolean;
        saved_method: string | null;
      }>('select buyer_email, state, entitled, saved_method from instalment_plans where id = $1', [id]);
      return row?.buyer_email === '' && row.state === 'canceled' && !row.entitled && row.saved_method === null;
    });
    assert.equal(await world.orderState(next.body.openOrderId), 'cancelled');
    await pass(id, 40);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal((await ordersOf(id)).length, 2, 'the paid one, and the one that was called off');
  });
});
