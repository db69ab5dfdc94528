import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from './world.ts';

/** `STOA_QUOTA_ROUNDS=50` is the whole quota; a few rounds are enough to see that nothing has become wrong. */
const rounds = Number(process.env.STOA_QUOTA_ROUNDS ?? 3);

let world: World;
let ana: Person;
let admin: Person;
let crowd: Person[];
before(async () => {
  world = await startWorld();
  ana = await person({ name: 'Ana Souza' });
  admin = await person({ roles: ['admin'] });
  crowd = await Promise.all(Array.from({ length: 200 }, () => person()));
});
after(() => world.close());

const times = async (t: { diagnostic: (text: string) => void }, round: (n: number) => Promise<void>) => {
  const began = performance.now();
  for (let n = 1; n <= rounds; n += 1) await round(n);
  t.diagnostic(`${rounds} rounds, ${Math.round((performance.now() - began) / rounds)} ms each`);
  await world.webhooksSettle();
  await world.checkInvariants();
  await world.checkBook();
};
const countOf = async (sql: string, ...values: unknown[]) =>
  (await world.query<{ n: number }>(`select count(*)::int as n from ${sql}`, values))[0]?.n;

describe('many who want the same at once', () => {
  test('a hundred requests with one key are one order, and a hundred more one payment', async (t) => {
    await times(t, async (n) => {
      const sku = await world.item(1000);
      const post = (path: string, body: object, key: string) =>
        Promise.all(
          Array.from({ length: 100 }, () =>
            world.call('POST', path, { as: ana, body, headers: { 'idempotency-key': `${key}-${n}` } }),
          ),
        );
      const ordered = await post('/api/orders', { lines: [{ sku }] }, 'order');
      const order = ordered.find(({ status }) => status === 201)?.body ?? assert.fail('no order');
      for (const { status, body } of ordered)
        assert.ok(status === 409 || (status === 201 && body.id === order.id), JSON.stringify(body));
      assert.equal(await countOf('order_lines where sku = $1', sku), 1);
      const paid = await post(`/api/orders/${order.id}/payments`, { provider: 'scripted' }, 'pay');
      for (const { status, body } of paid) assert.ok(status === 409 || status === 202, JSON.stringify(body));
      assert.equal(await countOf('attempts where order_id = $1', order.id), 1);
    });
  });
  test('a coupon with one use is used once by fifty', async (t) => {
    await times(t, async (n) => {
      const code = `QUOTA${n}`;
      const made = await world.call('POST', '/api/coupons', { as: admin, body: { code, percent: 1000, maxUses: 1 } });
      assert.equal(made.status, 201, JSON.stringify(made.body));
      const sku = await world.item(1000);
      const answers = await Promise.all(
        crowd
          .slice(0, 50)
          .map((as) => world.call('POST', '/api/orders', { as, body: { lines: [{ sku }], coupon: code } })),
      );
      assert.equal(answers.filter(({ status }) => status === 201).length, 1);
      assert.ok(answers.every(({ status, body }) => status === 201 || body.code === 'coupon_used_up'));
      assert.equal(await countOf('orders where coupon_id = $1', made.body.id), 1);
    });
  });
  test('the last place goes to one of two hundred, who pays; nobody else is charged', async (t) => {
    await times(t, async () => {
      const sku = await world.item(1000, { capacity: 1 });
      const answers = await Promise.all(
        crowd.map(async (as) => {
          const order = await world.call('POST', '/api/orders', { as, body: { lines: [{ sku }] } });
          if (order.status !== 201) {
            assert.equal(order.body.code, 'item_not_for_sale', JSON.stringify(order.body));
            return null;
          }
          const payment = await world.call('POST', `/api/orders/${order.body.id}/payments`, {
            as,
            body: { provider: 'scripted' },
          });
          return payment.status === 202 ? { order: order.body.id, payment: payment.body.id } : null;
        }),
      );
      const [won, ...more] = answers.flatMap((answer) => answer ?? []);
      assert.ok(won && more.length === 0, `${more.length + 1} of two hundred may pay`);
      await world.payAndTell(won.payment);
      await world.orderIs(won.order, 'paid');
      const charged = await countOf(
        'attempts a join order_lines l on l.order_id = a.order_id where l.sku = $1 and a.captured > 0',
        sku,
      );
      assert.equal(charged, 1);
      assert.equal((await world.grants(won.order)).length, 1);
    });
  });
  test('a payment asked back a hundred times at once goes back once', async (t) => {
    await times(t, async () => {
      const order = await world.order(ana, [{ sku: await world.item(1000) }]);
      const payment = await world.pay(ana, order.id);
      await world.payAndTell(payment.id);
      await world.orderIs(order.id, 'paid');
      const answers = await Promise.all(
        Array.from({ length: 100 }, () =>
          world.call('POST', `/api/payments/${payment.id}/refunds`, { as: admin, body: { reason: 'goodwill' } }),
        ),
      );
      assert.equal(answers.filter(({ status }) => status === 202).length, 1);
      await world.orderIs(order.id, 'refunded');
      assert.equal(world.provider.charges.get(payment.id)?.refunded, 1000);
    });
  });
});
