import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Ids, systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import type { Simulator } from './providers/simulators/server.ts';
import { type SimulatorName, startSimulator } from './providers/simulators/start-simulator.ts';
import { startWorld, type World } from './world.ts';

const names: SimulatorName[] = ['stripe', 'paypal', 'picpay', 'pix'];
const dayMs = 24 * 3_600_000;
const midnight = Math.floor(Date.now() / dayMs) * dayMs;

/** The daily job itself, over real books, with the reports of the providers' simulators. */
describe('the daily reconciliation', () => {
  let world: World;
  let ana: Person;
  let support: Person;
  // Everybody's clock: days pass as the test says.
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  // An id tells its time, and Stripe is asked for what was made about then.
  const ids: Ids = {
    ...systemIds,
    id: () => {
      const time = now().getTime().toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}${systemIds.id().slice(13)}`;
    },
  };
  const simulators = new Map<SimulatorName, Simulator>();
  const simulatorOf = (name: SimulatorName) => simulators.get(name) ?? assert.fail(name);
  /** Noon of a day before this one, in UTC. */
  const itIs = (daysAgo: number) => {
    aheadMs = midnight - daysAgo * dayMs + dayMs / 2 - Date.now();
  };
  before(async () => {
    let publicUrl = '';
    const settings: Record<string, string> = {};
    for (const name of names) {
      const webhookUrl = () => `${publicUrl}/api/webhooks/${name}`;
      const simulator = await startSimulator(name, { webhookUrl, now });
      simulators.set(name, simulator);
      Object.assign(settings, simulator.settings);
    }
    itIs(5);
    world = await startWorld({ settings, clock: { now }, ids });
    publicUrl = world.platform.url;
    ana = await person({ name: 'Ana Souza' });
    support = await person({ roles: ['support'] });
  });
  after(async () => {
    await world?.close();
    for (const simulator of simulators.values()) await simulator.close();
  });

  const order = async (name: SimulatorName) => {
    const { id } = await world.order(ana, [{ sku: await world.item(12_990) }]);
    const answer = await world.call('POST', `/api/orders/${id}/payments`, {
      as: ana,
      body: { provider: name, document: '123.456.789-09' },
    });
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    await world.attemptIs(answer.body.id, 'requires_action');
    return { orderId: String(id), paymentId: String(answer.body.id) };
  };
  const buy = async (name: SimulatorName) => {
    const bought = await order(name);
    simulatorOf(name).act(bought.paymentId, 'pay');
    await world.orderIs(bought.orderId, 'paid');
    return bought;
  };
  const giveBack = async ({ orderId, paymentId }: { orderId: string; paymentId: string }) => {
    const answer = await world.call('POST', `/api/payments/${paymentId}/refunds`, { as: support, body: {} });
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    await world.orderIs(orderId, 'refunded');
  };
  type Run = { provider: string; day: string; transactions: number; breaks: number };
  /** The job as the schedule starts it, the morning after the day it is about. @returns what it wrote of that day */
  const reconcile = async (): Promise<Run[]> => {
    for (const simulator of simulators.values()) await simulator.settled();
    await world.webhooksSettle();
    const day = new Date(now().getTime() - dayMs).toISOString().slice(0, 10);
    await world.query("insert into payments_jobs.job (name, data) values ('reconcile-providers', '{}')");
    await world.until('the reconciliation is over', async () => {
      const [row] = await world.query<{ open: number }>(
        "select count(*)::int as open from payments_jobs.job where name = 'reconcile-providers' and state <> 'completed'",
      );
      return row?.open === 0;
    });
    return world.query<Run>(
      `select provider, to_char(period_from at time zone 'UTC', 'YYYY-MM-DD') as day, transactions::int, breaks::int
       from reconciliations where period_from = $1::timestamptz and provider <> all('{sandbox,sandbox-code,scripted}') order by provider`,
      [`${day}T00:00:00Z`],
    );
  };
  const breaks = async () => {
    const { body } = await world.call('GET', '/api/admin/payments/breaks', { as: support });
    return body.items.map((one: { provider: string; kind: string }) => `${one.provider} ${one.kind}`).sort();
  };

  it('finds that everything fits, with those that have a report', async () => {
    const sold = ['stripe', 'picpay', 'pix'] as const;
    for (const name of sold) await giveBack(await buy(name));
    for (const name of sold) await buy(name);
    itIs(4);
    const runs = await reconcile();
    assert.deepEqual(
      runs.map(({ provider, transactions, breaks: found }) => [provider, transactions, found]),
      // Two charges and a refund each; Stripe keeps a fee of both charges.
      [
        ['pix', 3, 0],
        ['stripe', 5, 0],
      ],
    );
    assert.deepEqual(await breaks(), []);
  });

  it('mends what only nobody had told, and shows what nobody can explain', async () => {
    // It is yesterday: one pays and no webhook comes, and one pays whom we never sent there.
    const lost = [await order('stripe'), await order('pix')];
    for (const name of ['stripe', 'pix'] as const) simulatorOf(name).webhooks('lost');
    for (const [at, { paymentId }] of lost.entries()) simulatorOf(at === 0 ? 'stripe' : 'pix').act(paymentId, 'pay');
    const { url } = simulatorOf('stripe');
    const session = await fetch(`${url}/v1/checkout/sessions`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_simulated', 'stripe-version': '2026-01-01' },
      body: new URLSearchParams({
        mode: 'payment',
        client_reference_id: 'made by hand',
        'line_items[0][quantity]': '1',
        'line_items[0][price_data][currency]': 'brl',
        'line_items[0][price_data][unit_amount]': '700',
        'line_items[0][price_data][product_data][name]': 'Nothing of ours',
        success_url: 'http://localhost/thanks',
      }),
    });
    assert.equal(session.status, 200, await session.text());
    simulatorOf('stripe').act('made by hand', 'pay');
    for (const name of ['stripe', 'pix'] as const) simulatorOf(name).webhooks('prompt');
    itIs(3);
    const runs = await reconcile();
    assert.deepEqual(
      runs.map(({ provider, breaks: found }) => [provider, found]),
      [
        ['pix', 0],
        ['stripe', 1],
      ],
    );
    for (const { orderId } of lost) assert.equal(await world.orderState(orderId), 'paid');
    assert.deepEqual(await breaks(), ['stripe charge_unknown']);
    await world.platform.host.settle();
    await world.checkInvariants();
  });

  it('knows money that went back on another day than it came', async () => {
    for (const name of ['stripe', 'pix'] as const) {
      const bought = await buy(name);
      itIs(2);
      await giveBack(bought);
      itIs(3);
    }
    itIs(2);
    // What nobody had told us of the day before was booked on this one, and is in the other day's report.
    for (const { provider, breaks: found } of await reconcile()) assert.equal(found, 0, provider);
    itIs(1);
    const runs = await reconcile();
    assert.deepEqual(
      runs.map(({ provider, transactions, breaks: found }) => [provider, transactions, found]),
      [
        ['pix', 1, 0],
        ['stripe', 1, 0],
      ],
    );
    assert.deepEqual(await breaks(), ['stripe charge_unknown']);
    await world.checkInvariants();
  });
});
