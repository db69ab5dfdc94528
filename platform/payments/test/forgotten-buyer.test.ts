import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { NotificationsService, UserDeleted } from '@stoa/contracts';
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
