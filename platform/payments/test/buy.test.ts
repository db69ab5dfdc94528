import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { listStatements } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
before(async () => {
  world = await startWorld();
  ana = await person({ name: 'Ana Souza' });
});
after(() => world.close());
afterEach(async () => {
  await world.checkInvariants();
  await world.checkBook();
});

describe('the statements of payments', () => {
  test('are SQL that its own role may run', async () => {
    const client = await world.platform.host.database('payments').connect();
    try {
      for (const { name, text } of listStatements().filter(({ context }) => context === 'payments'))
        await client
          .query(`prepare "check_${name}" as ${text}`)
          .catch((error: Error) => assert.fail(`${name}: ${error.message}`));
    } finally {
      client.release(true);
    }
  });
});

describe('buying', () => {
  test('a course with a card ends in access, an invoice and books that balance', async () => {
    const seller = await person({ roles: ['instructor'] });
    const sku = await world.item(12_990, { seller: seller.id });
    const order = await world.order(ana, [{ sku, quantity: 1 }]);
    assert.equal(order.state, 'pending_payment');
    assert.deepEqual(order.total, { amount: 12_990, currency: 'BRL' });
    const payment = await world.pay(ana, order.id);
    assert.equal(payment.status, 'created');
    assert.equal(payment.nextAction.type, 'wait');
    await world.attemptIs(payment.id, 'requires_action');
    const shown = await world.call('GET', `/api/payments/${payment.id}`, { as: ana });
    assert.equal(shown.body.nextAction.type, 'redirect');
    await world.payAndTell(payment.id);
    await world.orderIs(order.id, 'paid');
    assert.deepEqual(await world.grants(order.id), [{ owner_id: ana.id, revoked: false }]);
    const paid = await world.call('GET', `/api/orders/${order.id}`, { as: ana });
    assert.equal(paid.body.invoices.length, 1);
    const statement = await world.call('GET', '/api/seller/statement', { as: seller });
    assert.deepEqual(statement.body.balances, [
      { currency: 'BRL', balance: 9093, earned: 9093, returned: 0, paidOut: 0 },
    ]);
  });

  test('with the built-in sandbox works over its own webhooks', async () => {
    const sku = await world.item(5000);
    const order = await world.order(ana, [{ sku }]);
    const payment = await world.pay(ana, order.id, 'sandbox');
    await world.attemptIs(payment.id, 'requires_action');
    const { body } = await world.call('GET', `/api/payments/${payment.id}`, { as: ana });
    const reference = body.nextAction.url.split('/').at(-1);
    const played = await world.call('POST', `/api/sandbox/payments/${reference}`, { body: { outcome: 'succeed' } });
    assert.equal(played.status, 200);
    await world.orderIs(order.id, 'paid');
    assert.equal((await world.grants(order.id)).length, 1);
  });
});
