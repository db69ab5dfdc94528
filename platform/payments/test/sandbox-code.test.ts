import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { person } from '@stoa/kernel/testing';
import { startWorld, type World } from './world.ts';

describe('the sandbox with a code to scan', () => {
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());

  test('is paid by whoever scans the code, and reconciles apart from the sandbox with a page', async () => {
    const ana = await person();
    const order = await world.order(ana, [{ sku: await world.item(2500) }]);
    const payment = await world.pay(ana, order.id, 'sandbox-code');
    await world.attemptIs(payment.id, 'requires_action');
    const { nextAction } = (await world.call('GET', `/api/payments/${payment.id}`, { as: ana })).body;
    assert.equal(nextAction.type, 'qr_code');
    assert.equal(nextAction.qrCode, nextAction.url);
    const played = await world.call('POST', `/api/sandbox/payments/${nextAction.url.split('/').at(-1)}`, {
      body: { outcome: 'succeed' },
    });
    assert.equal(played.status, 200);
    await world.orderIs(order.id, 'paid');
    await world.webhooksSettle();
    await world.checkInvariants();
    const providers = (await world.call('GET', '/api/payments/providers')).body.items;
    const code = providers.find(({ name }: { name: string }) => name === 'sandbox-code');
    assert.deepEqual([code.presents, code.keepsMethod], ['qr_code', false]);
  });
});
