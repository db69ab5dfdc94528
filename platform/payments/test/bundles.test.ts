import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { PaymentsService } from '@stoa/contracts';
import { serviceCtx, systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
let seller: Person;
let support: Person;
before(async () => {
  world = await startWorld();
  ana = await person({ name: 'Ana Souza' });
  seller = await person({ roles: ['instructor'] });
  support = await person({ roles: ['support'] });
});
after(() => world.close());
afterEach(async () => {
  await world.webhooksSettle();
  await world.checkInvariants();
  await world.checkBook();
});

async function bundle(price = 15_000) {
  const includes = [`course:${systemIds.id()}`, `course:${systemIds.id()}`];
  const sku = `bundle:${systemIds.id()}`;
  await world.platform.host
    .database('market')
    .pool.query('insert into items (sku, title, price, seller_id, includes) values ($1, $2, $3, $4, $5)', [
      sku,
      'Both at once',
      price,
      seller.id,
      includes,
    ]);
  return { sku, includes };
}
async function buy(lines: object[]) {
  const order = await world.order(ana, lines);
  const payment = await world.pay(ana, order.id);
  await world.payAndTell(payment.id);
  await world.orderIs(order.id, 'paid');
  return { order, payment };
}
const lineOf = async (orderId: string, type: string) => {
  const event = (await world.events(orderId)).find((one) => one.type.endsWith(type));
  const { lines, revoked } = event?.data ?? {};
  return (Array.isArray(lines) ? lines : Array.isArray(revoked) ? revoked : [])[0];
};
const changeParts = (sku: string, includes: string[]) =>
  world.platform.host.database('market').pool.query('update items set includes = $2 where sku = $1', [sku, includes]);

describe('a bundle', () => {
  test('shows in a cart what comes with it and what that costs alone', async () => {
    const { sku, includes } = await bundle();
    const { body } = await world.call('POST', '/api/orders/quote', { as: ana, body: { lines: [{ sku }] } });
    const [line] = body.lines;
    assert.deepEqual(line.worth, { amount: 20_000, currency: 'BRL' });
    assert.deepEqual(
      line.includes,
      includes.map((part, index) => ({ sku: part, title: `Part ${index + 1}`, path: `/parts/${index + 1}` })),
    );
  });

  test('keeps what it was made of when it was ordered, and says so when it is paid and when it goes back', async () => {
    const { sku, includes } = await bundle();
    const order = await world.order(ana, [{ sku }]);
    await changeParts(sku, [`course:${systemIds.id()}`]);
    const payment = await world.pay(ana, order.id);
    await world.payAndTell(payment.id);
    await world.orderIs(order.id, 'paid');
    assert.deepEqual((await lineOf(order.id, 'order.paid.v1')).includes, includes);
    const shown = await world.call('GET', `/api/orders/${order.id}`, { as: ana });
    assert.equal(shown.body.lines[0].includes.length, 2);
    await world.call('POST', `/api/payments/${payment.id}/refunds`, { as: ana, body: {} });
    await world.orderIs(order.id, 'refunded');
    assert.deepEqual((await lineOf(order.id, 'order.refunded.v1')).includes, includes);
  });

  test('is one line of the invoice, with what came with it beneath, and one sale of its seller', async () => {
    const { sku } = await bundle(12_000);
    const { order } = await buy([{ sku }]);
    const { body: shown } = await world.call('GET', `/api/orders/${order.id}`, { as: ana });
    const invoice = `/api/invoices/${shown.invoices[0].id}`;
    const { body: document } = await world.call('GET', `${invoice}?format=json`, { as: ana });
    assert.deepEqual(document.lines[0].includes, ['Part 1', 'Part 2']);
    const { body: ubl } = await world.call('GET', `${invoice}?format=ubl`, { as: ana });
    assert.match(String(ubl), /<cbc:Description>Part 1, Part 2<\/cbc:Description>\s*<cbc:Name>Both at once/);
    assert.equal((await world.call('GET', invoice, { as: ana })).status, 200);
    const { body: sales } = await world.call('GET', '/api/seller/sales', { as: seller });
    assert.deepEqual([sales.items[0].sku, sales.items[0].total.amount], [sku, 12_000]);
  });

  test('goes back in part as a gesture and stays, or is taken back with all that came with it', async () => {
    const { sku } = await bundle();
    const { order, payment } = await buy([{ sku }]);
    const refund = (body: object) => world.call('POST', `/api/payments/${payment.id}/refunds`, { as: support, body });
    await refund({ amount: 5000, access: 'keep', reason: 'goodwill' });
    await world.orderIs(order.id, 'partially_refunded');
    assert.equal(await lineOf(order.id, 'order.refunded.v1'), undefined, 'nothing is revoked');
    assert.deepEqual((await world.grants(order.id))[0]?.revoked, false);
    await refund({ access: 'revoke' });
    await world.orderIs(order.id, 'refunded');
    assert.deepEqual((await world.grants(order.id))[0]?.revoked, true);
  });

  test('is not sold beside something that comes with it, to the same person', async () => {
    const part = await world.item(10_000);
    const { sku } = await bundle();
    await changeParts(sku, [part, `course:${systemIds.id()}`]);
    const lines = [{ sku: part }, { sku }];
    const { body: cart } = await world.call('POST', '/api/orders/quote', { as: ana, body: { lines } });
    assert.deepEqual(
      cart.lines.map(({ refusal }: { refusal: string | null }) => refusal),
      ['in_bundle', null],
    );
    assert.equal(cart.total.amount, 15_000);
    const refused = await world.call('POST', '/api/orders', { as: ana, body: { lines } });
    assert.deepEqual([refused.status, refused.body.code], [409, 'item_in_bundle']);
    await world.order(ana, [{ sku }, { sku: part, gift: { email: 'friend@stoa.test' } }]);
  });

  test('can be given and sat on: whoever takes it up gets what was in it', async () => {
    const { sku, includes } = await bundle();
    const { order } = await buy([
      { sku, gift: { email: 'friend@stoa.test' } },
      { sku, quantity: 2, seats: true },
    ]);
    const { body: shown } = await world.call('GET', `/api/orders/${order.id}`, { as: ana });
    const [given, seats] = shown.lines;
    const token = async (kind: string, id: string) => {
      const { url } = await world.platform.host.client(PaymentsService).getLink({ kind, id }, serviceCtx('test'));
      return new URL(url).searchParams.get('token') ?? '';
    };
    const [friend, colleague] = [await person(), await person()];
    const gift = await world.call('POST', `/api/gifts/${given.gift.id}/claim`, {
      as: friend,
      body: { token: await token('gift', given.gift.id) },
    });
    assert.equal(gift.status, 200, JSON.stringify(gift.body));
    const { body: seat } = await world.call('POST', `/api/orders/${order.id}/seats`, {
      as: ana,
      body: { lineId: seats.id, email: 'colleague@stoa.test' },
    });
    await world.call('POST', `/api/seats/${seat.id}/claim`, {
      as: colleague,
      body: { token: await token('seat', seat.id) },
    });
    const assigned = (await world.events(order.id)).filter((one) => one.type.endsWith('purchase.assigned.v1'));
    assert.deepEqual(
      assigned.map(({ data }) => Reflect.get(Object(data.line), 'includes')),
      [includes, includes],
    );
  });
});
