import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { personalSections } from '../src/personal-data.ts';
import { startWorld, type World } from './world.ts';

describe('a payment method kept with nothing to pay', () => {
  let world: World;
  let ana: Person;
  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());
  afterEach(async () => {
    await world.webhooksSettle();
    await world.checkInvariants();
  });

  const trial = async () => {
    ana = await person({ name: 'Ana' });
    const sku = `plan:${systemIds.id()}`;
    await world.platform.host
      .database('market')
      .pool.query(
        "insert into items (sku, title, price, interval, trial_days) values ($1, 'Everything', 2990, 'month', 14)",
        [sku],
      );
    const { body } = await world.call('POST', '/api/subscriptions', { as: ana, body: { sku, provider: 'sandbox' } });
    assert.equal(body.state, 'trialing');
    return String(body.id);
  };
  const begin = async (id: string, provider = 'sandbox', as = ana) =>
    world.call('POST', `/api/subscriptions/${id}/methods`, { as, body: { provider } });
  const setup = async (_id: string, setupId: string) =>
    (await world.call('GET', `/api/method-setups/${setupId}`, { as: ana })).body;
  const isSetup = (id: string, setupId: string, state: string) =>
    world.until(`the method is ${state}`, async () => (await setup(id, setupId)).state === state);
  const play = async (id: string, setupId: string, outcome: string) => {
    await isSetup(id, setupId, 'requires_action');
    const { nextAction } = await setup(id, setupId);
    assert.equal(nextAction.type, 'redirect');
    const played = await world.call('POST', `/api/sandbox/payments/${nextAction.url.split('/').at(-1)}`, {
      body: { outcome },
    });
    assert.equal(played.status, 200, JSON.stringify(played.body));
  };
  const mine = async (id: string) => (await world.call('GET', `/api/subscriptions/${id}`, { as: ana })).body;
  const pass = async (id: string, days: number) => {
    await world.query(
      `update plan_subscriptions set anchor = anchor - make_interval(days => $2), period_start = period_start - make_interval(days => $2),
         period_end = period_end - make_interval(days => $2), next_try_at = next_try_at - make_interval(days => $2) where id = $1`,
      [id, days],
    );
    await world.query("insert into payments_jobs.job (name, data) values ('renew-subscriptions', '{}')");
  };
  const entries = async () => (await world.query<{ n: number }>('select count(*)::int as n from ledger_entries'))[0]?.n;

  test('on trial is charged when the trial is over, and nothing before', async () => {
    const id = await trial();
    const before = await entries();
    assert.equal((await mine(id)).methodKept, false);
    const { status, body } = await begin(id);
    assert.deepEqual([status, body.state, body.nextAction], [201, 'created', null]);
    await play(id, body.id, 'succeed');
    await isSetup(id, body.id, 'succeeded');
    const kept = await mine(id);
    assert.deepEqual([kept.methodKept, kept.method, kept.state], [true, 'Stoa •••• 4242', 'trialing']);
    assert.equal(await entries(), before, 'no money moved');
    const told = await world.platform.host.database('payments').rows(personalSections.methodSetups, [ana.id, '', 10]);
    assert.deepEqual(
      told.map(({ key }) => key),
      [body.id],
      'and it is among what is held of the person',
    );
    await pass(id, 15);
    await world.until('the first period is paid', async () => (await mine(id)).state === 'active');
    const charged = await world.query<{ amount: string }>(
      "select a.amount::text from attempts a join orders o on o.id = a.order_id where o.subscription_id = $1 and a.status = 'succeeded'",
      [id],
    );
    assert.deepEqual(charged, [{ amount: '2990' }]);
  });
  test('that is refused, or called off, leaves what was kept', async () => {
    const id = await trial();
    const first = (await begin(id)).body.id;
    await play(id, first, 'succeed');
    await isSetup(id, first, 'succeeded');
    const refused = (await begin(id)).body.id;
    await play(id, refused, 'decline');
    await isSetup(id, refused, 'failed');
    const canceled = (await begin(id)).body.id;
    await play(id, canceled, 'cancel');
    await isSetup(id, canceled, 'canceled');
    assert.equal((await mine(id)).methodKept, true);
  });
  test('is one at a time: the last one begun counts', async () => {
    const id = await trial();
    const first = (await begin(id)).body.id;
    await isSetup(id, first, 'requires_action');
    const address = (await setup(id, first)).nextAction.url;
    const second = (await begin(id)).body.id;
    assert.equal((await setup(id, first)).state, 'canceled');
    await world.call('POST', `/api/sandbox/payments/${address.split('/').at(-1)}`, { body: { outcome: 'succeed' } });
    await world.webhooksSettle();
    assert.equal((await mine(id)).methodKept, false, 'the page that was left is not believed');
    await play(id, second, 'succeed');
    await isSetup(id, second, 'succeeded');
  });
  test('pays a renewal that was not paid', async () => {
    const id = await trial();
    const first = (await begin(id)).body.id;
    await play(id, first, 'succeed_then_decline');
    await isSetup(id, first, 'succeeded');
    await pass(id, 15);
    await world.until('it is overdue', async () => (await mine(id)).state === 'past_due');
    const second = (await begin(id)).body.id;
    await play(id, second, 'succeed');
    await isSetup(id, second, 'succeeded');
    await world.query("insert into payments_jobs.job (name, data) values ('renew-subscriptions', '{}')");
    await world.until('it is paid', async () => (await mine(id)).state === 'active');
  });
  test('is of who subscribes, for what renews, at a provider that keeps methods', async () => {
    const id = await trial();
    assert.equal((await begin(id, 'sandbox-code')).body.code, 'provider_cannot_renew');
    assert.equal((await begin(id, 'sandbox', await person())).body.code, 'subscription_not_found');
    await world.call('DELETE', `/api/subscriptions/${id}`, { as: ana });
    assert.equal((await begin(id)).body.code, 'subscription_over');
  });
});
