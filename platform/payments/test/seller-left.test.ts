import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { NotificationsService, UserDeleted } from '@stoa/contracts';
import { defineContext, emit, serviceCtx, systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from './world.ts';

/** Says that people have gone, as identity does. */
const identity = defineContext({
  name: 'identity',
  migrations: pathToFileURL(`${mkdtempSync(join(tmpdir(), 'stoa-no-migrations-'))}/`),
  serves: NotificationsService,
  create: () => ({ api: { getDeliveryStats: async () => ({}) } }),
});

describe('a subscription whose seller has deleted their account', () => {
  let world: World;
  let ana: Person;
  let seller: Person;
  let support: Person;
  before(async () => {
    world = await startWorld({ others: [identity] });
    support = await person({ roles: ['support'] });
  });
  after(() => world.close());
  afterEach(async () => {
    await world.webhooksSettle();
    await world.checkInvariants();
  });

  const begin = async (trialDays = 0) => {
    [ana, seller] = [await person({ name: 'Ana' }), await person({ roles: ['instructor'] })];
    const sku = `plan:${systemIds.id()}`;
    await world.platform.host
      .database('market')
      .pool.query(
        "insert into items (sku, title, price, interval, trial_days, seller_id) values ($1, 'Everything', 2990, 'month', $2, $3)",
        [sku, trialDays, seller.id],
      );
    const { body } = await world.call('POST', '/api/subscriptions', { as: ana, body: { sku, provider: 'sandbox' } });
    if (trialDays === 0) await play(body.openOrderId, 'succeed');
    await is(body.id, trialDays > 0 ? 'trialing' : 'active');
    return String(body.id);
  };
  const play = async (orderId: string, outcome: string) => {
    const { body } = await world.call('GET', `/api/orders/${orderId}`, { as: ana });
    const payment = body.payments.at(-1).id;
    await world.attemptIs(payment, 'requires_action');
    const shown = await world.call('GET', `/api/payments/${payment}`, { as: ana });
    await world.call('POST', `/api/sandbox/payments/${shown.body.nextAction.url.split('/').at(-1)}`, {
      body: { outcome },
    });
  };
  const mine = async (id: string) => (await world.call('GET', `/api/subscriptions/${id}`, { as: ana })).body;
  const is = (id: string, state: string) => world.until(`it is ${state}`, async () => (await mine(id)).state === state);
  const schedule = () => world.query("insert into payments_jobs.job (name, data) values ('renew-subscriptions', '{}')");
  const pass = async (id: string, days: number) => {
    await world.query(
      `update plan_subscriptions set anchor = anchor - make_interval(days => $2), period_start = period_start - make_interval(days => $2),
         period_end = period_end - make_interval(days => $2), next_try_at = next_try_at - make_interval(days => $2) where id = $1`,
      [id, days],
    );
    await schedule();
  };
  const leave = async () => {
    await world.platform.host.database('identity').transaction((tx) =>
      emit(tx, serviceCtx('test'), systemIds, {
        event: UserDeleted,
        aggregate: seller.id,
        data: { userId: seller.id },
      }),
    );
    await world.platform.host.settle();
  };
  const told = async (id: string) => (await world.events(id)).map(({ data }) => data.change).filter(Boolean);
  const orders = async (id: string) =>
    (
      await world.query<{ state: string }>('select state from orders where subscription_id = $1 order by created_at', [
        id,
      ])
    ).map(({ state }) => state);

  test('ends with what is paid, says why, and cannot go on', async () => {
    const id = await begin();
    await leave();
    await schedule();
    await world.until('it is told', async () => (await told(id)).includes('seller_left'));
    const left = await mine(id);
    assert.deepEqual(
      [left.state, left.cancelAtPeriodEnd, left.sellerLeft, left.entitled],
      ['active', true, true, true],
    );
    const again = await world.call('POST', `/api/subscriptions/${id}/resume`, { as: ana });
    assert.equal(again.body.code, 'subscription_seller_left');
    const ahead = await world.call('POST', `/api/subscriptions/${id}/next-period`, { as: ana });
    assert.equal(ahead.body.code, 'subscription_over');
    const shown = await world.call('GET', `/api/admin/subscriptions/${id}`, { as: support });
    assert.equal(shown.body.subscription.sellerLeft, true);
    assert.deepEqual([shown.body.changes[0].change, shown.body.changes[0].actor], ['seller_left', 'platform']);
    await pass(id, 32);
    await is(id, 'canceled');
    assert.deepEqual(await told(id), ['started', 'seller_left', 'ended']);
    assert.deepEqual(await orders(id), ['paid'], 'nothing more was charged');
  });
  test('is never charged, even when it is due before anybody was told', async () => {
    const id = await begin();
    await leave();
    await pass(id, 32);
    await is(id, 'canceled');
    assert.deepEqual(await orders(id), ['paid']);
    assert.equal((await told(id)).filter((change) => change === 'seller_left').length, 1);
  });
  test('ends at once when its last renewal is not paid, with the order that waits', async () => {
    const id = await begin();
    await world.query("update sandbox_methods set behavior = 'decline'");
    await pass(id, 32);
    await is(id, 'past_due');
    await leave();
    await schedule();
    await is(id, 'canceled');
    assert.deepEqual(await orders(id), ['paid', 'cancelled']);
    assert.deepEqual((await told(id)).slice(-1), ['seller_left']);
  });
  test('ends with its trial, and tells those who had cancelled before that they cannot take it back', async () => {
    const trial = await begin(14);
    await world.call('DELETE', `/api/subscriptions/${trial}`, { as: ana });
    await leave();
    await schedule();
    await world.until('it is told', async () => (await told(trial)).includes('seller_left'));
    const again = await world.call('POST', `/api/subscriptions/${trial}/resume`, { as: ana });
    assert.equal(again.body.code, 'subscription_seller_left');
    await pass(trial, 15);
    await is(trial, 'canceled');
    assert.deepEqual(await orders(trial), ['paid']);
  });
  test('is not begun any more, also while the market still offers it', async () => {
    const id = await begin();
    await leave();
    const { sku } = await mine(id);
    const answer = await world.call('POST', '/api/subscriptions', {
      as: await person(),
      body: { sku, provider: 'sandbox' },
    });
    assert.equal(answer.body.code, 'item_not_for_sale', JSON.stringify(answer.body));
  });
  test('of the house, or of somebody else, is not touched', async () => {
    const id = await begin();
    [seller] = [await person({ roles: ['instructor'] })];
    await leave();
    await schedule();
    await pass(id, 32);
    await world.until('it is renewed', async () => (await orders(id)).filter((state) => state === 'paid').length === 2);
    assert.equal((await mine(id)).sellerLeft, false);
  });
});
