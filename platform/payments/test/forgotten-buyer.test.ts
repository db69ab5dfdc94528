import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { NotificationsService, PaymentsService, UserDeleted } from '@stoa/contracts';
import { defineContext, emit, serviceCtx, systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from './world.ts';

/** Says that people have gone, as identity does. */
const identity = defineContext({
  name: 'identity',
  migrations: pathToFileURL(`${mkdtempSync(join(tmpdir(), 'stoa-no-migrations-'))}/`),
  serves: NotificationsService,
  create: () => ({ api: { getDeliveryStats: async () => ({}) } }),
});

let world: World;
let ana: Person;
before(async () => {
  world = await startWorld({ others: [identity] });
});
after(() => world.close());
beforeEach(async () => {
  ana = await person({ name: 'Ana Souza' });
});
afterEach(async () => {
  await world.webhooksSettle();
  await world.checkInvariants();
  await world.checkBook();
});

/** An order whose payment waits for the payer. */
const begin = async (line: object = {}, more: Parameters<World['item']>[1] = {}) => {
  const sku = await world.item(4000, more);
  const order = await world.order(ana, [{ sku, ...line }]);
  const payment = await world.pay(ana, order.id);
  await world.attemptIs(payment.id, 'requires_action');
  return { sku, order, payment };
};
const sayGone = ({ id }: Person) =>
  world.platform.host
    .database('identity')
    .transaction((tx) =>
      emit(tx, serviceCtx('test'), systemIds, { event: UserDeleted, aggregate: id, data: { userId: id } }),
    );
/** They have gone, and payments has heard of it. */
const leave = async (who: Person) => {
  await sayGone(who);
  await world.platform.host.settle();
};
const expire = async (orderId: string) => {
  await world.query("update orders set expires_at = now() - interval '1 second' where id = $1", [orderId]);
  await world.query("insert into payments_jobs.job (name, data) values ('expire-orders', '{}')");
  await world.orderIs(orderId, 'expired');
};
const payLate = async (paymentId: string) => {
  world.provider.pay(paymentId);
  await world.deliver(world.charge(world.provider.report(paymentId)));
};
/** All of the money is back, nobody has anything for it, and nobody was told that it was paid. */
const isGivenBack = async ({ order, payment }: { order: { id: string }; payment: { id: string } }) => {
  await world.attemptIs(payment.id, 'refunded');
  assert.equal(world.provider.report(payment.id).refunded, 4000);
  assert.deepEqual(await world.grants(order.id), []);
  const refunds = await world.query('select reason, state from refunds where order_id = $1', [order.id]);
  assert.deepEqual(refunds, [{ reason: 'expired_order', state: 'succeeded' }]);
  assert.deepEqual(await told(order.id), ['order.cancelled', 'order.refunded']);
};
const told = async (orderId: string) =>
  (await world.events(orderId)).map(({ type }) => type.replace(/^stoa\.payments\.|\.v1$/g, ''));
const held = async (orderId: string) =>
  (await world.platform.host.database('market').pool.query('select sku from holds where order_id = $1', [orderId]))
    .rows;

/** How far payments has heard what identity says. */
const heard = async () =>
  (await world.query<{ position: string }>("select position from subscriptions where source = 'identity'"))[0]
    ?.position;
/** Somebody waits for whoever writes of a person. */
const isWaitedFor = async () =>
  (
    await world.query(
      `select from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'`,
    )
  ).length > 0;
/** A plan that is paid by the month. */
const plan = async (trialDays = 0) => {
  const sku = `plan:${systemIds.id()}`;
  await world.platform.host
    .database('market')
    .pool.query(
      "insert into items (sku, title, price, interval, trial_days) values ($1, 'Everything', 2990, 'month', $2)",
      [sku, trialDays],
    );
  return sku;
};
const payInSandbox = async (orderId: string) => {
  const { body } = await world.call('GET', `/api/orders/${orderId}`, { as: ana });
  const payment = body.payments.at(-1).id;
  await world.attemptIs(payment, 'requires_action');
  const shown = await world.call('GET', `/api/payments/${payment}`, { as: ana });
  const reference = shown.body.nextAction.url.split('/').at(-1);
  await world.call('POST', `/api/sandbox/payments/${reference}`, { body: { outcome: 'succeed' } });
};
const subscriptionIs = (id: string, state: string) =>
  world.until(`it is ${state}`, async () => {
    const [row] = await world.query<{ state: string }>('select state from plan_subscriptions where id = $1', [id]);
    return row?.state === state;
  });

describe('an order that waits when its buyer deletes their account', () => {
  test('is called off with its payment, and lets go of what it held and of its coupon', async () => {
    const admin = await person({ roles: ['admin'] });
    const body = { code: 'ONCE', percent: 1000, maxUses: 1 };
    const coupon = await world.call('POST', '/api/coupons', { as: admin, body });
    assert.equal(coupon.status, 201, JSON.stringify(coupon.body));
    const sku = await world.item(4000, { capacity: 1 });
    const order = await world.order(ana, [{ sku }], { coupon: body.code });
    const payment = await world.pay(ana, order.id);
    await world.attemptIs(payment.id, 'requires_action');
    await leave(ana);
    assert.equal(await world.orderState(order.id), 'cancelled');
    await world.attemptIs(payment.id, 'canceled');
    assert.equal(world.provider.report(payment.id).state, 'canceled');
    await world.until('the hold is released', async () => (await held(order.id)).length === 0);
    const next = await world.order(await person(), [{ sku }], { coupon: body.code });
    assert.equal(next.total.amount, 3600);
    const events = (await world.events(order.id)).map(({ type, data }) => [type, data.reason]);
    assert.deepEqual(events, [['stoa.payments.order.cancelled.v1', 'buyer']]);
    const [row] = await world.query('select buyer_email, buyer_name from orders where id = $1', [order.id]);
    assert.deepEqual(row, { buyer_email: '', buyer_name: '' });
  });
  test('is called off once, however often it is heard, and what others ordered waits on', async () => {
    const mine = await begin();
    const bob = await person();
    const theirs = await world.order(bob, [{ sku: mine.sku }]);
    const guests = await world.order(undefined, [{ sku: mine.sku }], { email: ana.email });
    for (let times = 0; times < 3; times += 1) await leave(ana);
    assert.deepEqual(await told(mine.order.id), ['order.cancelled']);
    for (const { id } of [theirs, guests]) assert.equal(await world.orderState(id), 'pending_payment');
    await payLate(mine.payment.id);
    await isGivenBack(mine);
    await leave(ana);
    await isGivenBack(mine);
  });
});

describe('money that comes for an order of somebody who is gone', () => {
  for (const [what, line] of [
    ['something for themselves', {}],
    ['a gift', { gift: { email: 'friend@example.com' } }],
    ['seats', { seats: true }],
  ] as const)
    test(`goes back when it was for ${what}`, async () => {
      const bought = await begin(line);
      await leave(ana);
      await payLate(bought.payment.id);
      await isGivenBack(bought);
      assert.equal(await world.orderState(bought.order.id), 'cancelled');
    });
  test('goes back when it was on its way, and the provider cannot call it off any more', async () => {
    const bought = await begin();
    const report = world.provider.report(bought.payment.id);
    await world.deliver(world.charge({ ...report, state: 'processing' }));
    await world.attemptIs(bought.payment.id, 'processing');
    world.provider.fault('cancel', 'refused');
    await leave(ana);
    await payLate(bought.payment.id);
    await isGivenBack(bought);
  });
  test('goes back when the order had expired before', async () => {
    const bought = await begin();
    await expire(bought.order.id);
    await leave(ana);
    await payLate(bought.payment.id);
    await isGivenBack(bought);
    assert.equal(await world.orderState(bought.order.id), 'expired');
  });
  test('goes back when they go while the market is asked whether it can still be had', async () => {
    const bought = await begin();
    await expire(bought.order.id);
    await world.until('the hold is released', async () => (await held(bought.order.id)).length === 0);
    const market = await world.platform.host.database('market').pool.connect();
    try {
      await market.query('begin');
      await market.query('select from items where sku = $1 for update', [bought.sku]);
      await payLate(bought.payment.id);
      await world.until('the market is asked', async () => {
        const { rows } = await market.query(
          'select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))',
        );
        return rows.length > 0;
      });
      await sayGone(ana);
      await world.until('they are forgotten', async () => {
        const rows = await world.query("select from orders where id = $1 and buyer_email = ''", [bought.order.id]);
        return rows.length > 0;
      });
      await market.query('commit');
    } finally {
      market.release(true);
    }
    await isGivenBack(bought);
    await world.until('the hold is released', async () => (await held(bought.order.id)).length === 0);
  });
});

describe('a token that outlives its account', () => {
  /** Refused as a session that is over, and nothing in payments says who it was but the mark that they are gone. */
  const isOver = async (answer: { status: number; body: { code: string } }) => {
    assert.deepEqual([answer.status, answer.body.code], [401, 'invalid_token']);
    const rows = await world.query<{ at: string }>(
      `select 'order' as at from orders where buyer_id = $1 union all select 'line' from order_lines where owner_id = $1
       union all select 'subscription' from plan_subscriptions where buyer_id = $1
       union all select 'instalments' from instalment_plans where buyer_id = $1
       union all select 'gift' from gifts where claimed_by = $1 union all select 'seat' from seats where user_id = $1
       union all select 'coupon' from coupon_people where person = $1::text
       union all select 'payouts' from payout_methods where seller_id = $1::text`,
      [ana.id],
    );
    assert.deepEqual(rows, []);
    const marks = await world.query('select user_id from erased_people where user_id = $1', [ana.id]);
    assert.deepEqual(marks, [{ user_id: ana.id }]);
  };
  const post = (path: string, body: object) => world.call('POST', path, { as: ana, body });
  const coupon = async (code: string) => {
    const body = { code, percent: 1000, maxUses: 100 };
    const { status } = await world.call('POST', '/api/coupons', { as: await person({ roles: ['admin'] }), body });
    assert.equal(status, 201);
    return code;
  };
  /** A course that somebody else has bought, to be handed over. */
  const bought = async (line: object) => {
    const buyer = await person();
    const sku = await world.item(4000);
    const order = await world.order(buyer, [{ sku, ...line }]);
    const payment = await world.pay(buyer, order.id);
    await world.payAndTell(payment.id);
    await world.orderIs(order.id, 'paid');
    return { buyer, order };
  };
  const tokenOf = async (kind: string, id: string) => {
    const { url } = await world.platform.host.client(PaymentsService).getLink({ kind, id }, serviceCtx('test'));
    return new URL(url).searchParams.get('token') ?? '';
  };

  test('orders nothing, plain, with a coupon, as a gift or in seats, and asked again it is refused again', async () => {
    const sku = await world.item(4000);
    const code = await coupon('GONE');
    await leave(ana);
    const headers = { 'idempotency-key': 'the-same-order-again' };
    for (const body of [
      { lines: [{ sku }] },
      { lines: [{ sku }], coupon: code },
      { lines: [{ sku, gift: { email: 'friend@example.com' } }] },
      { lines: [{ sku, quantity: 3, seats: true }], name: 'Ana Souza', document: '123.456.789-09' },
    ])
      await isOver(await post('/api/orders', body));
    for (const body of [{ lines: [{ sku }] }, { lines: [{ sku }] }])
      await isOver(await world.call('POST', '/api/orders', { as: ana, body, headers }));
    const free = await post('/api/orders', { lines: [{ sku: await world.item(null) }] });
    assert.notEqual(free.status, 201);
    const [used] = await world.query("select used from coupons where code = 'GONE'");
    assert.deepEqual(used, { used: 0 });
  });
  test('does not hold up others who order at the same moment', async () => {
    const sku = await world.item(4000);
    await leave(ana);
    const others = await Promise.all([person(), person(), person()]);
    const body = { lines: [{ sku }] };
    const answers = await Promise.all([ana, ...others].map((as) => world.call('POST', '/api/orders', { as, body })));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 201, 201, 201],
    );
    const guest = await world.order(undefined, [{ sku }], { email: ana.email });
    assert.equal(await world.orderState(guest.id), 'pending_payment');
  });
  test('subscribes to nothing, also when it would begin with a trial', async () => {
    await leave(ana);
    for (const trialDays of [0, 14])
      await isOver(await post('/api/subscriptions', { sku: await plan(trialDays), provider: 'sandbox' }));
  });
  test('changes nothing of what they subscribed to, and keeps no payment method for it', async () => {
    const { body } = await post('/api/subscriptions', { sku: await plan(14), provider: 'sandbox' });
    await subscriptionIs(body.id, 'trialing');
    await leave(ana);
    const path = `/api/subscriptions/${body.id}`;
    for (const answer of [
      await post(`${path}/methods`, { provider: 'sandbox' }),
      await post(`${path}/resume`, {}),
      await post(`${path}/pause`, {}),
      await post(`${path}/next-period`, {}),
      await post(`${path}/plan`, { sku: await plan() }),
    ])
      assert.equal(answer.body.code, 'subscription_over', JSON.stringify(answer.body));
    const [row] = await world.query(
      'select buyer_email, buyer_name, saved_method, (select count(*)::int from method_setups where subscription_id = s.id) as setups from plan_subscriptions s where id = $1',
      [body.id],
    );
    assert.deepEqual(row, { buyer_email: '', buyer_name: '', saved_method: null, setups: 0 });
  });
  test('begins to pay for nothing in parts', async () => {
    const sku = await world.item(9000, { parts: 3 });
    const code = await coupon('PARTS');
    await leave(ana);
    await isOver(await post('/api/instalments', { lines: [{ sku }], coupon: code }));
    const [used] = await world.query("select used from coupons where code = 'PARTS'");
    assert.deepEqual(used, { used: 0 });
  });
  test('takes over no order, no gift and no seat, which stay for somebody else', async () => {
    const guests = await world.order(undefined, [{ sku: await world.item(4000) }], { email: 'guest@example.com' });
    const given = await bought({ gift: { email: ana.email } });
    const seats = await bought({ quantity: 2, seats: true });
    const seat = await world.call('POST', `/api/orders/${seats.order.id}/seats`, {
      as: seats.buyer,
      body: { lineId: seats.order.lines[0].id, email: ana.email },
    });
    assert.equal(seat.status, 201, JSON.stringify(seat.body));
    const claims: [path: string, body: object][] = [
      [`/api/orders/${guests.id}/claim`, { token: guests.claimToken }],
      [
        `/api/gifts/${given.order.lines[0].gift.id}/claim`,
        { token: await tokenOf('gift', given.order.lines[0].gift.id) },
      ],
      [`/api/seats/${seat.body.id}/claim`, {}],
    ];
    await leave(ana);
    for (const [path, body] of claims) await isOver(await post(path, body));
    const token = new URL(seat.body.link).searchParams.get('token') ?? '';
    for (const [path, body] of claims) {
      const claimed = await world.call('POST', path, { as: await person(), body: { token, ...body } });
      assert.equal(claimed.status, 200, JSON.stringify(claimed.body));
    }
  });
  test('leaves a seat without an address, which its buyer gives to somebody else', async () => {
    const { buyer, order } = await bought({ quantity: 1, seats: true });
    const path = `/api/orders/${order.id}/seats`;
    const assign = (email: string) =>
      world.call('POST', path, { as: buyer, body: { lineId: order.lines[0].id, email } });
    const { body: seat } = await assign(ana.email);
    const token = new URL(seat.link).searchParams.get('token') ?? '';
    assert.equal((await post(`/api/seats/${seat.id}/claim`, { token })).status, 200);
    await leave(ana);
    const { body } = await world.call('GET', path, { as: buyer });
    assert.deepEqual(
      body.items.map(({ email, state }: { email: string; state: string }) => [email, state]),
      [['', 'taken']],
    );
    assert.equal((await world.call('DELETE', `/api/seats/${seat.id}`, { as: buyer })).status, 204);
    assert.equal((await assign('bo@example.com')).status, 201);
  });
  test('says nowhere to be paid', async () => {
    ana = await person({ roles: ['instructor'] });
    await leave(ana);
    const body = { kind: 'pix', value: 'ana@example.com', holderName: 'Ana Souza' };
    await isOver(await world.call('PUT', '/api/seller/payout-method', { as: ana, body }));
  });
  test('pays for nothing that was ordered before', async () => {
    const sku = await world.item(4000);
    const order = await world.order(ana, [{ sku }]);
    await leave(ana);
    const answer = await post(`/api/orders/${order.id}/payments`, { provider: 'scripted' });
    assert.equal(answer.body.code, 'order_not_payable');
  });
});

describe('an order that is being written when its buyer goes', () => {
  test('is called off like one that was there before', async () => {
    const admin = await person({ roles: ['admin'] });
    const body = { code: 'RACE', percent: 1000, maxUses: 10 };
    await world.call('POST', '/api/coupons', { as: admin, body });
    const sku = await world.item(4000);
    const other = await world.platform.host.database('payments').pool.connect();
    let ordering: Promise<{ status: number; body: { id: string } }>;
    try {
      await other.query('begin');
      await other.query("select from coupons where code = 'RACE' for update");
      ordering = world.call('POST', '/api/orders', { as: ana, body: { lines: [{ sku }], coupon: 'RACE' } });
      await world.until('the order waits for its coupon', async () => {
        const { rows } = await other.query(
          'select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))',
        );
        return rows.length > 0;
      });
      const before = await heard();
      await sayGone(ana);
      await world.until('payments hears of it', async () => (await heard()) !== before || (await isWaitedFor()));
      await other.query('commit');
    } finally {
      other.release(true);
    }
    const { status, body: order } = await ordering;
    assert.equal(status, 201);
    await world.platform.host.settle();
    assert.equal(await world.orderState(order.id), 'cancelled');
    const [row] = await world.query('select buyer_email, buyer_name from orders where id = $1', [order.id]);
    assert.deepEqual(row, { buyer_email: '', buyer_name: '' });
  });
  test('is not charged when it is the next period of what they subscribed to', async () => {
    const sku = await plan();
    const begun = await world.call('POST', '/api/subscriptions', { as: ana, body: { sku, provider: 'sandbox' } });
    assert.equal(begun.status, 201, JSON.stringify(begun.body));
    const { id, openOrderId } = begun.body;
    await payInSandbox(openOrderId);
    await subscriptionIs(id, 'active');
    const market = await world.platform.host.database('market').pool.connect();
    try {
      // The renewal holds its subscription and asks the market what to call it.
      await market.query('begin');
      await market.query('lock table items in access exclusive mode');
      await world.query(
        `update plan_subscriptions set anchor = anchor - interval '32 days', period_start = period_start - interval '32 days',
           period_end = period_end - interval '32 days' where id = $1`,
        [id],
      );
      await world.query("insert into payments_jobs.job (name, data) values ('renew-subscriptions', '{}')");
      await world.until('the market is asked', async () => {
        const { rows } = await market.query(
          'select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))',
        );
        return rows.length > 0;
      });
      await sayGone(ana);
      await world.until('payments waits for the renewal', async () => {
        const rows = await world.query(
          `select from pg_stat_activity where application_name = 'stoa-payments' and wait_event_type = 'Lock'
             and datname = current_database()`,
        );
        return rows.length > 0;
      });
      await market.query('commit');
    } finally {
      market.release(true);
    }
    await world.platform.host.settle();
    await subscriptionIs(id, 'canceled');
    await world.scheduleRan('renew-subscriptions');
    // Whoever came first: the renewal was not written, or was called off like any other order.
    const orders = await world.query(
      "select state from orders where subscription_id = $1 and id <> $2 and state <> 'cancelled'",
      [id, openOrderId],
    );
    assert.deepEqual(orders, []);
    await world.until('no money of theirs is kept', async () => {
      const open = await world.query(
        `select from attempts a join orders o on o.id = a.order_id where o.subscription_id = $1 and o.id <> $2
           and (a.captured <> a.refunded or a.status not in ('canceled', 'failed', 'expired', 'refunded'))`,
        [id, openOrderId],
      );
      return open.length === 0;
    });
  });
});
