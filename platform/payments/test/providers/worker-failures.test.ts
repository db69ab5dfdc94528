import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from '../world.ts';
import { type FailureMode, failureModes, type Simulator } from './simulators/server.ts';
import { type SimulatorName, startSimulator } from './simulators/start-simulator.ts';

const names: SimulatorName[] = ['stripe', 'paypal', 'picpay', 'pix'];
const price = 12_990;

/**
 * The real worker, with queue, poller and books, meets every way in which a provider can fail: while a charge is made, and
 * while money goes back. The provider's own book says what really happened. A few purchases at a time, so that what one of
 * them asks again may meet the failure of another.
 */
describe('the worker, when providers fail by', () => {
  let world: World;
  let ana: Person;
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

  const atOnce = 4;
  for (let from = 0; from < failureModes.length; from += atOnce) {
    const modes = failureModes.slice(from, from + atOnce);
    it(`${modes.join(', ')}: charges once, gives back once, and the books agree`, async () => {
      await Promise.all(names.flatMap((name) => modes.map((mode) => live(name, mode))));
      for (const simulator of simulators.values()) {
        assert.equal(simulator.clearFailures(), 0, 'every failure was met');
        await simulator.settled();
      }
      await world.webhooksSettle();
      await world.checkInvariants();
    });
  }
});
