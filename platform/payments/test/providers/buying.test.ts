import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eventually, type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from '../world.ts';
import type { Simulator } from './simulators/server.ts';
import { type SimulatorName, startSimulator } from './simulators/start-simulator.ts';

const names: SimulatorName[] = ['stripe', 'paypal', 'picpay', 'pix'];

/** The whole way through payments, with each provider's simulator at the other end of real HTTP. */
describe('buying with', () => {
  let world: World;
  let ana: Person;
  const simulators = new Map<SimulatorName, Simulator>();
  before(async () => {
    let publicUrl = '';
    const settings: Record<string, string> = {};
    for (const name of names) {
      const simulator = await startSimulator(name, {
        webhookUrl: () => `${publicUrl}/api/webhooks/${name}`,
        lateMs: 300,
      });
      simulators.set(name, simulator);
      Object.assign(settings, simulator.settings);
    }
    world = await startWorld({ settings });
    publicUrl = world.platform.url;
    ana = await person({ name: 'Ana Souza' });
  });
  after(async () => {
    await world?.close();
    for (const simulator of simulators.values()) await simulator.close();
  });

  for (const name of names) {
    const start = async () => {
      const simulator = simulators.get(name);
      assert.ok(simulator);
      const sku = await world.item(12_990);
      const order = await world.order(ana, [{ sku, quantity: 1 }]);
      const answer = await world.call('POST', `/api/orders/${order.id}/payments`, {
        as: ana,
        body: { provider: name, document: '123.456.789-09' },
      });
      assert.equal(answer.status, 202, JSON.stringify(answer.body));
      return { simulator, order, payment: answer.body };
    };

    it(`${name}: paid once although the webhook comes three times, and given back once`, async () => {
      const { simulator, order, payment } = await start();
      await world.attemptIs(payment.id, 'requires_action');
      const shown = await world.call('GET', `/api/payments/${payment.id}`, { as: ana });
      assert.equal(shown.body.nextAction.type, name === 'picpay' || name === 'pix' ? 'qr_code' : 'redirect');
      simulator.webhooks('duplicate');
      simulator.act(payment.id, 'pay');
      await world.orderIs(order.id, 'paid');
      await simulator.settled();
      simulator.webhooks('prompt');
      assert.deepEqual(await world.grants(order.id), [{ owner_id: ana.id, revoked: false }]);
      const entry = simulator.book().find((one) => one.reference === payment.id);
      assert.equal(entry?.captured, 12_990);
      const refund = await world.call('POST', `/api/payments/${payment.id}/refunds`, {
        as: ana,
        body: { reason: 'requested' },
      });
      assert.equal(refund.status, 202, JSON.stringify(refund.body));
      await world.orderIs(order.id, 'refunded');
      await simulator.settled();
      assert.equal(simulator.book().find((one) => one.reference === payment.id)?.refunded, 12_990);
      await world.webhooksSettle();
      await world.checkInvariants();
    });

    it(`${name}: given back in three parts, two of them asked for at once`, async () => {
      const { simulator, order, payment } = await start();
      await world.attemptIs(payment.id, 'requires_action');
      simulator.act(payment.id, 'pay');
      await world.orderIs(order.id, 'paid');
      const support = await person({ roles: ['support'] });
      const giveBack = (amount: number) =>
        world.call('POST', `/api/payments/${payment.id}/refunds`, {
          as: support,
          body: { amount, reason: 'goodwill', access: 'keep' },
        });
      for (const { status, body } of await Promise.all([giveBack(1_000), giveBack(2_000)]))
        assert.equal(status, 202, JSON.stringify(body));
      const refunded = () => simulator.book().find((one) => one.reference === payment.id)?.refunded;
      await eventually(async () => refunded() === 3_000, 40_000);
      await world.orderIs(order.id, 'partially_refunded');
      assert.equal((await giveBack(9_990)).status, 202);
      await world.orderIs(order.id, 'refunded');
      assert.equal(refunded(), 12_990);
      await simulator.settled();
      await world.webhooksSettle();
      await world.checkInvariants();
    });

    it(`${name}: the answer to the charge is lost, and there is one charge all the same`, async () => {
      const simulator = simulators.get(name);
      simulator?.fail('reset_after', { operation: 'create' });
      const { order, payment } = await start();
      // PayPal finds nothing by our reference: there the same request is made again, and the payer does not wait for it.
      await world.attemptIs(payment.id, 'requires_action');
      const entries = simulator?.book().filter((one) => one.reference === payment.id);
      assert.equal(entries?.length, 1);
      simulator?.act(payment.id, 'pay');
      await world.orderIs(order.id, 'paid');
      assert.equal(simulator?.book().filter((one) => one.reference === payment.id).length, 1);
      await world.checkInvariants();
    });

    it(`${name}: a forged webhook moves nothing`, async () => {
      const { simulator, order, payment } = await start();
      await world.attemptIs(payment.id, 'requires_action');
      simulator.webhooks('forged');
      simulator.act(payment.id, 'pay');
      await simulator.settled();
      assert.equal(await world.orderState(order.id), 'pending_payment');
      const last = simulator.sent.at(-1);
      assert.ok(last?.status && last.status >= 400 && last.status < 500);
      simulator.webhooks('prompt');
    });
  }

  it('pix: a bank that appends /pix to what was registered is heard', async () => {
    const body = Buffer.from(JSON.stringify({ pix: [] }));
    const headers = { 'content-type': 'application/json' };
    for (const path of ['/api/webhooks/pix', '/api/webhooks/pix/pix']) {
      const token = simulators.get('pix')?.settings.STOA_PIX_WEBHOOK_TOKEN;
      const asked = `${path}${token ? `?token=${token}` : ''}`;
      const { status } = await world.call('POST', asked, { body, headers });
      assert.equal(status, 200, path);
    }
    const forged = await world.call('POST', '/api/webhooks/pix/pix?token=forged', { body, headers });
    assert.equal(forged.status, 401, JSON.stringify(forged.body));
    const elsewhere = await world.call('POST', '/api/webhooks/stripe/pix', { body, headers });
    assert.equal(elsewhere.status, 404);
  });
});
