import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from '../world.ts';
import type { Simulator } from './simulators/server.ts';
import { startSimulator } from './simulators/start-simulator.ts';

/** From a trial without a payment to the first charge, with Stripe's simulator at the other end of real HTTP. */
describe('keeping a card at stripe with nothing to pay', () => {
  let world: World;
  let ana: Person;
  let simulator: Simulator;
  before(async () => {
    let publicUrl = '';
    simulator = await startSimulator('stripe', { webhookUrl: () => `${publicUrl}/api/webhooks/stripe`, lateMs: 300 });
    world = await startWorld({ settings: { ...simulator.settings } });
    publicUrl = world.platform.url;
  });
  after(async () => {
    await world?.close();
    await simulator?.close();
  });
  afterEach(async () => {
    simulator.webhooks('prompt');
    await simulator.settled();
    await world.webhooksSettle();
    await world.checkInvariants();
  });

  const trial = async () => {
    ana = await person({ name: 'Ana Souza' });
    const sku = `plan:${systemIds.id()}`;
    await world.platform.host
      .database('market')
      .pool.query(
        "insert into items (sku, title, price, interval, trial_days) values ($1, 'Everything', 2990, 'month', 14)",
        [sku],
      );
    const { body } = await world.call('POST', '/api/subscriptions', { as: ana, body: { sku, provider: 'stripe' } });
    assert.deepEqual([body.state, body.methodKept], ['trialing', false], JSON.stringify(body));
    return String(body.id);
  };
  const begin = async (id: string) => {
    const answer = await world.call('POST', `/api/subscriptions/${id}/methods`, {
      as: ana,
      body: { provider: 'stripe', returnUrl: `/account/subscriptions/${id}` },
    });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return String(answer.body.id);
  };
  const setup = async (setupId: string) => (await world.call('GET', `/api/method-setups/${setupId}`, { as: ana })).body;
  // Nobody asks in here but webhooks: the schedule that asks about every setup does not run, and no page refreshes.
  const isSetup = (setupId: string, state: string) =>
    world.until(`the method is ${state}`, async () => (await setup(setupId)).state === state);
  const mine = async (id: string) => (await world.call('GET', `/api/subscriptions/${id}`, { as: ana })).body;
  const isMine = (id: string, state: string) =>
    world.until(`it is ${state}`, async () => (await mine(id)).state === state);
  const pass = async (id: string, days: number) => {
    await world.query(
      `update plan_subscriptions set anchor = anchor - make_interval(days => $2), period_start = period_start - make_interval(days => $2),
         period_end = period_end - make_interval(days => $2), next_try_at = next_try_at - make_interval(days => $2) where id = $1`,
      [id, days],
    );
    await world.query("insert into payments_jobs.job (name, data) values ('renew-subscriptions', '{}')");
  };
  const askedFor = (path: string, reference: string) =>
    simulator.asked
      .filter((asked) => asked.method === 'POST' && asked.path === path)
      .map(({ body }) => Object.fromEntries(new URLSearchParams(body)))
      .filter((form) => form['metadata[reference]'] === reference);
  const charges = (id: string) =>
    world.query<{ id: string; status: string; uses_method: string }>(
      `select a.id, a.status, a.uses_method from attempts a join orders o on o.id = a.order_id
       where o.subscription_id = $1 order by a.created_at`,
      [id],
    );

  it('is told by webhook, kept without money, and charged when the trial is over', async () => {
    const id = await trial();
    const setupId = await begin(id);
    await isSetup(setupId, 'requires_action');
    const { nextAction } = await setup(setupId);
    assert.ok(nextAction.url.startsWith(simulator.url));
    const [session, ...others] = askedFor('/v1/checkout/sessions', setupId);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [session?.mode, session?.currency, session?.customer_email, session?.['setup_intent_data[metadata][reference]']],
      ['setup', 'brl', ana.email, setupId],
    );
    assert.ok(session?.success_url?.includes(`setup=${setupId}`), 'the payer comes back to what they kept it for');
    simulator.act(setupId, 'pay');
    await isSetup(setupId, 'succeeded');
    const kept = await mine(id);
    assert.deepEqual([kept.methodKept, kept.method, kept.state], [true, 'visa •••• 4242', 'trialing']);
    assert.ok(simulator.book().every(({ captured }) => captured === 0));
    await world.webhooksSettle();
    const outcomes = await world.query<{ type: string; outcome: string }>(
      "select content->>'type' as type, outcome from webhook_deliveries where provider = 'stripe' order by 1",
    );
    assert.deepEqual(
      outcomes.map(({ type, outcome }) => `${type}: ${outcome}`),
      ['checkout.session.completed: applied', 'setup_intent.succeeded: applied'],
    );

    await pass(id, 15);
    await isMine(id, 'active');
    const [charge, ...more] = await charges(id);
    assert.deepEqual([charge?.status, more], ['succeeded', []]);
    const [intent] = askedFor('/v1/payment_intents', charge?.id ?? '');
    assert.deepEqual(
      [intent?.amount, intent?.currency, intent?.off_session, intent?.confirm],
      ['2990', 'brl', 'true', 'true'],
    );
    assert.equal(`${intent?.customer}/${intent?.payment_method}`, charge?.uses_method);
    assert.equal(simulator.book().find(({ reference }) => reference === charge?.id)?.captured, 2990);
  });
  it('is kept once whatever happens to the webhooks, and a forged one keeps nothing', async () => {
    for (const mode of ['duplicate', 'late', 'reordered'] as const) {
      const setupId = await begin(await trial());
      await isSetup(setupId, 'requires_action');
      simulator.webhooks(mode);
      simulator.act(setupId, 'pay');
      await isSetup(setupId, 'succeeded');
      await simulator.settled();
    }
    const id = await trial();
    const setupId = await begin(id);
    await isSetup(setupId, 'requires_action');
    simulator.webhooks('forged');
    simulator.act(setupId, 'pay');
    await simulator.settled();
    assert.equal((await setup(setupId)).state, 'requires_action');
    // Whoever comes back to the page asks, and the schedule does.
    await world.call('GET', `/api/method-setups/${setupId}?refresh=true`, { as: ana });
    await isSetup(setupId, 'succeeded');
    assert.equal((await mine(id)).methodKept, true);
  });
  it('waits while cards are refused on the page, and is over when its time is', async () => {
    const id = await trial();
    const declined = await begin(id);
    await isSetup(declined, 'requires_action');
    simulator.act(declined, 'decline');
    await simulator.settled();
    await world.webhooksSettle();
    assert.equal((await setup(declined)).state, 'requires_action');
    simulator.act(declined, 'pay');
    await isSetup(declined, 'succeeded');
    const late = await begin(id);
    await isSetup(late, 'requires_action');
    simulator.act(late, 'expire');
    await isSetup(late, 'expired');
    assert.equal((await mine(id)).methodKept, true, 'what was kept before stays');
  });
  it('is one session, although the answer to making it was lost', async () => {
    const id = await trial();
    simulator.fail('reset_after', { operation: 'create' });
    const setupId = await begin(id);
    await isSetup(setupId, 'requires_action');
    assert.equal(simulator.book().filter(({ reference }) => reference === setupId).length, 1);
    simulator.act(setupId, 'pay');
    await isSetup(setupId, 'succeeded');
  });
  it('is asked for again when the card is refused at the end of the trial, and the next one pays at once', async () => {
    const id = await trial();
    const first = await begin(id);
    await isSetup(first, 'requires_action');
    simulator.act(first, 'pay');
    await isSetup(first, 'succeeded');
    simulator.act(first, 'card_ends');
    await pass(id, 15);
    await isMine(id, 'past_due');
    assert.equal((await mine(id)).entitled, false, 'a trial has no days of grace');
    const second = await begin(id);
    await isSetup(second, 'requires_action');
    simulator.act(second, 'pay');
    await isSetup(second, 'succeeded');
    await world.query("insert into payments_jobs.job (name, data) values ('renew-subscriptions', '{}')");
    await isMine(id, 'active');
    assert.deepEqual(
      (await charges(id)).map(({ status }) => status),
      ['failed', 'succeeded'],
    );
    assert.equal((await mine(id)).entitled, true);
  });
});
