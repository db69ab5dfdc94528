import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from '../world.ts';
import { type FailureMode, failureModes, type Simulator } from './simulators/server.ts';
import { type SimulatorName, startSimulator } from './simulators/start-simulator.ts';

const names: SimulatorName[] = ['stripe', 'paypal', 'picpay', 'pix'];
const price = 12_990;
type Renewing = { id: string; mode: FailureMode };

/**
 * The real worker, with queue, poller and books, meets every way in which a provider can fail: while a charge is made,
 * while a kept card is charged again, and while money goes back. The provider's own book says what really happened. A few purchases at a time, so that what one of
 * them asks again may meet the failure of another.
 */
describe('the worker, when providers fail by', () => {
  let world: World;
  let ana: Person;
  /** One for each failure, begun before any. */
  let subscriptions: Renewing[] = [];
  const simulators = new Map<SimulatorName, Simulator>();
  const simulatorOf = (name: SimulatorName) => simulators.get(name) ?? assert.fail(name);
  before(async () => {
    let publicUrl = '';
    const settings: Record<string, string> = { STOA_PAYMENT_CALL_SECONDS: '1' };
    for (const name of names) {
      const simulator = await startSimulator(name, { webhookUrl: () => `${publicUrl}/api/webhooks/${name}` });
      simulators.set(name, simulator);
      Object.assign(settings, simulator.settings);
    }
    world = await startWorld({ settings });
    publicUrl = world.platform.url;
    ana = await person({ name: 'Ana Souza' });
    subscriptions = await Promise.all(failureModes.map(subscribe));
  });
  after(async () => {
    await world?.close();
    for (const simulator of simulators.values()) await simulator.close();
  });

  /** What waits for its time comes now: patience is no part of what is tested. */
  const hurry = async (table: 'attempts' | 'refunds', id: string) => {
    const [job, data] = table === 'attempts' ? ['poll-payment', { attemptId: id }] : ['refunds', { refundId: id }];
    await world.query('insert into payments_jobs.job (name, data) values ($1, $2)', [job, JSON.stringify(data)]);
    // Two minutes after the call nothing can arrive any more.
    if (table === 'attempts')
      await world.query(
        "update attempts set called_at = called_at - interval '1 minute' where id = $1 and status = 'unknown'",
        [id],
      );
  };
  const stateOf = async (table: 'attempts' | 'refunds', id: string): Promise<string> => {
    const column = table === 'attempts' ? 'status' : 'state';
    const [row] = await world.query<{ is: string }>(`select ${column} as is from ${table} where id = $1`, [id]);
    return row?.is ?? assert.fail(`no ${id} in ${table}`);
  };
  const comesTo = async (table: 'attempts' | 'refunds', id: string, states: readonly string[]): Promise<string> => {
    for (let tries = 0; tries < 480; tries += 1) {
      const is = await stateOf(table, id);
      if (states.includes(is)) return is;
      if (tries % 8 === 7) await hurry(table, id);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const said = await world.query('select source, type, outcome from evidence where attempt_id = $1 order by id', [
      id,
    ]);
    return assert.fail(`${id} is ${await stateOf(table, id)}, not ${states.join(' or ')}: ${JSON.stringify(said)}`);
  };
  const entriesOf = (name: SimulatorName, reference: string) =>
    simulatorOf(name)
      .book()
      .filter((entry) => entry.reference === reference);

  /** Buys and gives back with one provider, each call meeting the failure once. */
  async function live(name: SimulatorName, mode: FailureMode): Promise<void> {
    const simulator = simulatorOf(name);
    const begin = async () => {
      const order = await world.order(ana, [{ sku: await world.item(price) }]);
      const answer = await world.call('POST', `/api/orders/${order.id}/payments`, {
        as: ana,
        body: { provider: name, document: '123.456.789-09' },
      });
      assert.equal(answer.status, 202, JSON.stringify(answer.body));
      return { order, id: String(answer.body.id) };
    };
    simulator.fail(mode, { operation: 'create' });
    let { order, id } = await begin();
    const ends = ['requires_action', 'failed'];
    const first = await comesTo('attempts', id, ends);
    assert.ok(entriesOf(name, id).length <= 1, `${name}: two charges for one payment`);
    for (let again = first; again === 'failed'; ) {
      // Nobody can pay what failed, and the buyer begins again.
      assert.ok(
        entriesOf(name, id).every(({ captured }) => captured === 0),
        `${name}: failed and paid`,
      );
      ({ order, id } = await begin());
      again = await comesTo('attempts', id, ends);
    }
    simulator.act(id, 'pay');
    await comesTo('attempts', id, ['succeeded']);
    await world.orderIs(order.id, 'paid');
    simulator.fail(mode, { operation: 'refund' });
    const asked = await world.call('POST', `/api/payments/${id}/refunds`, { as: ana, body: { reason: 'requested' } });
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    assert.equal(await comesTo('refunds', asked.body.id, ['succeeded', 'failed']), 'succeeded', name);
    await world.orderIs(order.id, 'refunded');
    const entries = entriesOf(name, id);
    assert.deepEqual(
      entries.map(({ captured, refunded }) => ({ captured, refunded })),
      [{ captured: price, refunded: price }],
      name,
    );
  }

  /** A subscription paid by hand once, on the page of Stripe, which keeps the card. */
  async function subscribe(mode: FailureMode): Promise<Renewing> {
    const sku = `plan:${systemIds.id()}`;
    await world.platform.host
      .database('market')
      .pool.query("insert into items (sku, title, price, interval) values ($1, 'Everything', $2, 'month')", [
        sku,
        price,
      ]);
    const begun = await world.call('POST', '/api/subscriptions', { as: ana, body: { sku, provider: 'stripe' } });
    assert.equal(begun.status, 201, JSON.stringify(begun.body));
    const { body } = await world.call('GET', `/api/orders/${begun.body.openOrderId}`, { as: ana });
    const payment = body.payments.at(-1).id;
    await comesTo('attempts', payment, ['requires_action']);
    simulatorOf('stripe').act(payment, 'pay');
    await world.orderIs(begun.body.openOrderId, 'paid');
    return { id: begun.body.id, mode };
  }
  /** Time goes by for one subscription. */
  const pass = (id: string, days: number) =>
    world.query(
      `update plan_subscriptions set anchor = anchor - make_interval(days => $2), period_start = period_start - make_interval(days => $2),
         period_end = period_end - make_interval(days => $2), next_try_at = next_try_at - make_interval(days => $2) where id = $1`,
      [id, days],
    );
  const schedule = () => world.query("insert into payments_jobs.job (name, data) values ('renew-subscriptions', '{}')");
  const triesOf = (id: string) =>
    world.query<{ id: string; status: string; state: string }>(
      `select a.id, a.status, o.state from attempts a join orders o on o.id = a.order_id
       where o.subscription_id = $1 order by a.created_at`,
      [id],
    );
  /** The next period falls due, and charging the kept card meets the failure. */
  async function renew(mode: FailureMode): Promise<void> {
    const renewing = subscriptions.find((one) => one.mode === mode) ?? assert.fail(mode);
    simulatorOf('stripe').fail(mode, { operation: 'create' });
    await pass(renewing.id, 32);
    await schedule();
    await renews(renewing);
  }
  /** Until its second period is paid: what is unknown is asked about, what failed is tried again some days later. */
  async function renews({ id, mode }: Renewing): Promise<void> {
    for (let tries = 0; tries < 480; tries += 1) {
      const made = await triesOf(id);
      if (made.filter(({ state, status }) => state === 'paid' && status === 'succeeded').length === 2) break;
      assert.ok(tries < 479, `${mode}: ${JSON.stringify(made)}`);
      const last = made.at(-1);
      if (tries % 8 === 7 && last && made.length > 1) {
        if (last.status !== 'failed') await hurry('attempts', last.id);
        else {
          await pass(id, 6);
          await schedule();
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const booked = (await triesOf(id)).flatMap((one) => entriesOf('stripe', one.id));
    assert.deepEqual(
      booked.map(({ captured }) => captured).filter((captured) => captured > 0),
      [price, price],
      `${mode}: each period is charged once`,
    );
  }

  const atOnce = 4;
  for (let from = 0; from < failureModes.length; from += atOnce) {
    const modes = failureModes.slice(from, from + atOnce);
    it(`${modes.join(', ')}: charges once, renews once, gives back once, and the books agree`, async () => {
      await Promise.all([...names.flatMap((name) => modes.map((mode) => live(name, mode))), ...modes.map(renew)]);
      for (const simulator of simulators.values()) {
        assert.equal(simulator.clearFailures(), 0, 'every failure was met');
        await simulator.settled();
      }
      await world.webhooksSettle();
      await world.checkInvariants();
    });
  }
});
