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
    const buy = async (provider: string) => {
      const order = await world.order(ana, [{ sku: await world.item(2500) }]);
      const payment = await world.pay(ana, order.id, provider);
      await world.attemptIs(payment.id, 'requires_action');
      const { nextAction } = (await world.call('GET', `/api/payments/${payment.id}`, { as: ana })).body;
      const played = await world.call('POST', `/api/sandbox/payments/${nextAction.url.split('/').at(-1)}`, {
        body: { outcome: 'succeed' },
      });
      assert.equal(played.status, 200);
      await world.orderIs(order.id, 'paid');
      return { payment, nextAction };
    };
    const { payment, nextAction } = await buy('sandbox-code');
    assert.equal(nextAction.type, 'qr_code');
    assert.equal(nextAction.qrCode, nextAction.url);
    await buy('sandbox');
    await buy('sandbox');
    await world.webhooksSettle();
    await world.checkInvariants();

    const admin = await person({ roles: ['admin'] });
    const compare = async (provider: string) => {
      const body = { provider, day: new Date().toISOString().slice(0, 10) };
      const answer = await world.call('POST', '/api/admin/payments/reconciliations', { as: admin, body });
      return [answer.body.transactions, answer.body.breaks];
    };
    const [ofCode] = await compare('sandbox-code');
    assert.ok(ofCode > 0);
    assert.deepEqual(
      [await compare('sandbox-code'), await compare('sandbox')],
      [
        [ofCode, 0],
        [2 * ofCode, 0],
      ],
    );
    // What is wrong with the one is not wrong with the other.
    const change = (by: number) =>
      world.query(
        `update sandbox_transactions set amount = amount + $2 where kind = 'charge' and charge = (
           select provider_reference from attempts where id = $1)`,
        [payment.id, by],
      );
    await change(1);
    assert.deepEqual(
      [await compare('sandbox-code'), await compare('sandbox')],
      [
        [ofCode, 1],
        [2 * ofCode, 0],
      ],
    );
    await change(-1);
    assert.deepEqual(await compare('sandbox-code'), [ofCode, 0]);

    const providers = (await world.call('GET', '/api/payments/providers')).body.items;
    const code = providers.find(({ name }: { name: string }) => name === 'sandbox-code');
    assert.deepEqual([code.presents, code.keepsMethod], ['qr_code', false]);
  });
});
