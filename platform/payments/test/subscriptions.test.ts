import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import fc from 'fast-check';
import { periodEnd, prorate, unusedPart } from '../src/core/subscription-periods.ts';
import { startWorld, type World } from './world.ts';

describe('a period', () => {
  const month = { interval: 'month' as const, count: 1 };
  const day = (text: string) => new Date(`${text}T10:00:00Z`);
  test('keeps the day of its beginning, also over short months', () => {
    const ends = [1, 2, 3, 13].map((n) => periodEnd(day('2026-01-31'), month, n).toISOString().slice(0, 10));
    assert.deepEqual(ends, ['2026-02-28', '2026-03-31', '2026-04-30', '2027-02-28']);
    assert.equal(
      periodEnd(day('2024-02-29'), { interval: 'year', count: 1 }, 1).toISOString().slice(0, 10),
      '2025-02-28',
    );
    assert.equal(
      periodEnd(day('2024-02-29'), { interval: 'year', count: 1 }, 4).toISOString().slice(0, 10),
      '2028-02-29',
    );
  });
  test('follows the one before it without a gap, whatever its length', () => {
    fc.assert(
      fc.property(
        fc.date({ min: day('2020-01-01'), max: day('2040-01-01'), noInvalidDate: true }),
        fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'year' as const),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 60 }),
        (anchor, interval, count, n) => {
          const from = periodEnd(anchor, { interval, count }, n);
          const to = periodEnd(anchor, { interval, count }, n + 1);
          assert.ok(from < to);
          assert.equal(periodEnd(anchor, { interval, count }, 0).getTime(), anchor.getTime());
        },
      ),
    );
  });
});

describe('a change of plan', () => {
  test('gives back what is not used: never more than was paid, never less as time goes by, all of it at the start', () => {
    const from = new Date('2026-01-01T00:00:00Z');
    const to = new Date('2026-02-01T00:00:00Z');
    const at = fc
      .integer({ min: -1000, max: 32 * 24 * 3600 })
      .map((seconds) => new Date(from.getTime() + seconds * 1000));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), at, at, (amount, one, other) => {
        const [early, late] = one <= other ? [one, other] : [other, one];
        const atFirst = unusedPart(amount, { from, to }, early);
        const later = unusedPart(amount, { from, to }, late);
        assert.ok(atFirst >= later && later >= 0 && atFirst <= amount);
        assert.equal(unusedPart(amount, { from, to }, from), amount);
        assert.equal(unusedPart(amount, { from, to }, to), 0);
      }),
    );
  });
  test('loses nothing of it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (newPrice, credit) => {
        const { takenOff, left } = prorate({ newPrice, credit });
        assert.equal(takenOff + left, credit);
        assert.ok(takenOff <= newPrice);
      }),
    );
  });
});

describe('a subscription', () => {
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

  const plan = async (price: number, trialDays = 0) => {
    const sku = `plan:${systemIds.id()}`;
    await world.platform.host
      .database('market')
      .pool.query(
        "insert into items (sku, title, price, interval, trial_days) values ($1, 'Everything', $2, 'month', $3)",
        [sku, price, trialDays],
      );
    return sku;
  };
  const begin = async (sku: string) => {
    const answer = await world.call('POST', '/api/subscriptions', { as: ana, body: { sku, provider: 'sandbox' } });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body;
  };
  const play = async (orderId: string, outcome: string) => {
    const { body } = await world.call('GET', `/api/orders/${orderId}`, { as: ana });
    const payment = body.payments.at(-1).id;
    await world.attemptIs(payment, 'requires_action');
    const shown = await world.call('GET', `/api/payments/${payment}`, { as: ana });
    const reference = shown.body.nextAction.url.split('/').at(-1);
    const played = await world.call('POST', `/api/sandbox/payments/${reference}`, { body: { outcome } });
    assert.equal(played.status, 200, JSON.stringify(played.body));
  };
  const mine = async (id: string) =>
    (await world.call('GET', '/api/subscriptions', { as: ana })).body.items.find(
      (one: { id: string }) => one.id === id,
    );
  const is = (id: string, state: string) =>
    world.until(`it is ${state}`, async () => (await mine(id))?.state === state);
  /** Time goes by for one subscription, and the schedule runs. */
  const pass = async (id: string, days: number) => {
    await world.query(
      `update plan_subscriptions set anchor = anchor - make_interval(days => $2), period_start = period_start - make_interval(days => $2),
         period_end = period_end - make_interval(days => $2), next_try_at = next_try_at - make_interval(days => $2) where id = $1`,
      [id, days],
    );
    await world.query("insert into payments_jobs.job (name, data) values ('renew-subscriptions', '{}')");
  };
  const changes = async (id: string) => (await world.events(id)).map(({ data }) => data.change).filter(Boolean);
  /** Of every payment of it that failed, whether the buyer hears of it by the subscription, and not a second time. */
  const failures = async (id: string) =>
    (
      await world.query<{ data: { unattended?: boolean } }>(
        `select e.data from outbox e join orders o on o.id::text = e.partition_key
         where o.subscription_id = $1 and e.type = 'stoa.payments.payment.failed.v1' order by e.seq`,
        [id],
      )
    ).map(({ data }) => data.unattended ?? false);
  const paidOrders = async (id: string) =>
    (
      await world.query<{ n: number }>(
        "select count(*)::int as n from orders where subscription_id = $1 and state = 'paid'",
        [id],
      )
    )[0]?.n;

  test('begins with its first payment and renews itself with the kept method', async () => {
    ana = await person({ name: 'Ana' });
    const sku = await plan(2990);
    const { id, state, openOrderId } = await begin(sku);
    assert.equal(state, 'incomplete');
    await play(openOrderId, 'succeed');
    await is(id, 'active');
    const first = await mine(id);
    await pass(id, 32);
    await world.until('it is renewed', async () => (await paidOrders(id)) === 2);
    const second = await mine(id);
    assert.equal(second.state, 'active');
    assert.ok(second.periodEnd > new Date().toISOString() && second.periodEnd !== first.periodEnd);
    assert.deepEqual(await changes(id), ['started', 'renewed']);
    const again = await world.call('POST', '/api/subscriptions', { as: ana, body: { sku, provider: 'sandbox' } });
    assert.equal(again.body.code, 'already_subscribed');
  });
  test('that is cancelled ends with its period, unless that is taken back', async () => {
    ana = await person();
    const { id, openOrderId } = await begin(await plan(2990));
    await play(openOrderId, 'succeed');
    await is(id, 'active');
    const stranger = await world.call('DELETE', `/api/subscriptions/${id}`, { as: await person() });
    assert.equal(stranger.status, 404);
    assert.equal((await world.call('DELETE', `/api/subscriptions/${id}`, { as: ana })).body.cancelAtPeriodEnd, true);
    assert.equal(
      (await world.call('POST', `/api/subscriptions/${id}/resume`, { as: ana })).body.cancelAtPeriodEnd,
      false,
    );
    await world.call('DELETE', `/api/subscriptions/${id}`, { as: ana });
    await pass(id, 32);
    await is(id, 'canceled');
    assert.equal(await paidOrders(id), 1);
  });
  test('whose card is declined is tried again, and ends after the last try', async () => {
    ana = await person();
    const { id, openOrderId } = await begin(await plan(2990));
    await play(openOrderId, 'succeed_then_decline');
    await is(id, 'active');
    await pass(id, 32);
    await is(id, 'past_due');
    for (const failures of [2, 3]) {
      await pass(id, 6);
      await world.until(`it failed ${failures} times`, async () => {
        const [row] = await world.query<{ failures: number }>('select failures from plan_subscriptions where id = $1', [
          id,
        ]);
        return row?.failures === failures;
      });
    }
    await pass(id, 6);
    await is(id, 'ended');
    assert.deepEqual(await changes(id), ['started', 'renewal_failed', 'renewal_failed', 'renewal_failed', 'ended']);
    assert.deepEqual(await failures(id), [true, true, true, true], 'told by the subscription, and not twice');
    const why = (await world.events(id)).flatMap(({ data }) => (data.change ? [data.failureReason ?? ''] : []));
    assert.deepEqual(why, ['', 'declined', 'declined', 'declined', 'declined'], 'and with the reason');
    assert.equal(await paidOrders(id), 1);
  });
  test('waits when its provider is switched off, open as before, and renews when it is on again', async () => {
    ana = await person();
    const support = await person({ roles: ['support'] });
    const turn = (offered: boolean) =>
      world.call('PUT', '/api/admin/payments/providers/sandbox', {
        as: support,
        body: { offered },
      });
    const { id, openOrderId } = await begin(await plan(2990));
    await play(openOrderId, 'succeed');
    await is(id, 'active');
    assert.equal((await turn(false)).status, 200);
    try {
      await pass(id, 32);
      await world.scheduleRan('renew-subscriptions');
      const sku = await plan(1000);
      const refused = await world.call('POST', '/api/subscriptions', { as: ana, body: { sku, provider: 'sandbox' } });
      assert.deepEqual([refused.status, refused.body.code], [409, 'provider_unavailable']);
      const setUp = await world.call('POST', `/api/subscriptions/${id}/methods`, {
        as: ana,
        body: { provider: 'sandbox' },
      });
      assert.deepEqual([setUp.status, setUp.body.code], [409, 'provider_unavailable']);
      const { state, entitled } = await mine(id);
      assert.deepEqual([state, entitled, await paidOrders(id)], ['active', true, 1]);
    } finally {
      await turn(true);
    }
    await pass(id, 0);
    await world.until('it is renewed', async () => (await paidOrders(id)) === 2);
  });
  test('that cannot be renewed keeps nobody behind it waiting', async () => {
    const begun: { who: Person; id: string }[] = [];
    for (const _ of ['stuck', 'behind it']) {
      ana = await person();
      const { id, openOrderId } = await begin(await plan(2990));
      await play(openOrderId, 'succeed');
      await is(id, 'active');
      begun.push({ who: ana, id });
    }
    const [stuck, behind] = begun;
    assert.ok(stuck && behind);
    await world.query(`create function refuse_order() returns trigger language plpgsql as $$
      begin raise exception 'this one breaks'; end $$`);
    await world.query(`create trigger refused before insert or update on orders for each row
      when (new.subscription_id = '${stuck.id}') execute function refuse_order()`);
    // Both are due, the stuck one first.
    await world.query(
      `update plan_subscriptions set anchor = anchor - make_interval(days => 33), period_start = period_start - make_interval(days => 33),
         period_end = period_end - make_interval(days => 33) where id = $1`,
      [stuck.id],
    );
    await pass(behind.id, 32);
    await world.until('the one behind it is renewed', async () => (await paidOrders(behind.id)) === 2);
    assert.equal(await paidOrders(stuck.id), 1);
    await world.query('drop trigger refused on orders');
    await world.query('drop function refuse_order()');
    ana = stuck.who;
    await pass(stuck.id, 0);
    await world.until('so is the other', async () => (await paidOrders(stuck.id)) === 2);
  });
  test('with a trial begins at once, once, and asks for money when the trial is over', async () => {
    ana = await person();
    const sku = await plan(2990, 7);
    const { id, state } = await begin(sku);
    assert.equal(state, 'trialing');
    await pass(id, 8);
    await is(id, 'past_due');
    const { openOrderId } = await mine(id);
    await world.pay(ana, openOrderId, 'sandbox');
    await play(openOrderId, 'succeed');
    await is(id, 'active');
    await pass(id, 32);
    await world.until('it is renewed with the method that was kept', async () => (await paidOrders(id)) === 3);
  });
  test('changes its plan for the difference', async () => {
    ana = await person();
    const { id, openOrderId } = await begin(await plan(1000));
    await play(openOrderId, 'succeed');
    await is(id, 'active');
    const dearer = await plan(5000);
    const changed = await world.call('POST', `/api/subscriptions/${id}/plan`, { as: ana, body: { sku: dearer } });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    await world.until('the plan is changed', async () => (await mine(id)).sku === dearer);
    const [order] = await world.query<{ total: number }>(
      'select total::int from orders where subscription_id = $1 order by created_at desc limit 1',
      [id],
    );
    assert.ok(order && order.total >= 4000 && order.total <= 4002, String(order?.total));
    assert.deepEqual(await changes(id), ['started', 'plan_changed']);
  });
  test('that was paused for months is not charged for them when it goes on', async () => {
    ana = await person();
    const { id, openOrderId } = await begin(await plan(1000));
    await play(openOrderId, 'succeed');
    await is(id, 'active');
    await world.call('POST', `/api/subscriptions/${id}/pause`, { as: ana });
    await pass(id, 200);
    await world.call('POST', `/api/subscriptions/${id}/resume`, { as: ana });
    await pass(id, 0);
    await world.until('it is renewed', async () => (await paidOrders(id)) === 2);
    const { periodStart, periodEnd } = await mine(id);
    assert.ok(Date.parse(periodStart) > Date.now() - 120_000, 'from now on, and not from where it was paused');
    assert.ok(Date.parse(periodEnd) > Date.now() + 27 * 24 * 3_600_000);
    await pass(id, 0);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    assert.equal(await paidOrders(id), 2);
  });
  test('that is paused and then cancelled keeps what is paid', async () => {
    ana = await person();
    const { id, openOrderId } = await begin(await plan(1000));
    await play(openOrderId, 'succeed');
    await is(id, 'active');
    await world.call('POST', `/api/subscriptions/${id}/pause`, { as: ana });
    const { body } = await world.call('DELETE', `/api/subscriptions/${id}`, { as: ana });
    assert.deepEqual([body.state, body.cancelAtPeriodEnd], ['active', true]);
    await pass(id, 32);
    await is(id, 'canceled');
  });
  test('that is cancelled while a renewal waits for its money leaves nothing to be paid', async () => {
    ana = await person();
    const { id, openOrderId } = await begin(await plan(2990));
    await play(openOrderId, 'succeed_then_decline');
    await is(id, 'active');
    await pass(id, 32);
    await is(id, 'past_due');
    const { openOrderId: renewal } = await mine(id);
    assert.equal((await world.call('DELETE', `/api/subscriptions/${id}`, { as: ana })).body.state, 'canceled');
    assert.equal(await world.orderState(renewal), 'cancelled');
    await pass(id, 6);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    assert.equal(await paidOrders(id), 1);
  });
  test('that is paused is not renewed until it goes on', async () => {
    ana = await person();
    const { id, openOrderId } = await begin(await plan(1000));
    await play(openOrderId, 'succeed');
    await is(id, 'active');
    assert.equal((await world.call('POST', `/api/subscriptions/${id}/pause`, { as: ana })).body.state, 'paused');
    await pass(id, 40);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    assert.equal(await paidOrders(id), 1);
    await world.call('POST', `/api/subscriptions/${id}/resume`, { as: ana });
    await pass(id, 0);
    await world.until('it is renewed', async () => (await paidOrders(id)) === 2);
  });
  const told = async (id: string) =>
    (await world.events(id)).flatMap(({ type, data }) =>
      type.includes('subscription.changed') ? [`${data.change} ${data.entitled ? 'open' : 'closed'}`] : [],
    );
  test('that is paused stays open for what is paid, then closes, and opens with a new period', async () => {
    ana = await person();
    const { id, openOrderId } = await begin(await plan(1000));
    await play(openOrderId, 'succeed');
    await is(id, 'active');
    await world.call('POST', `/api/subscriptions/${id}/pause`, { as: ana });
    await pass(id, 100);
    await world.until('the pause begins', async () => (await mine(id)).entitled === false);
    await world.call('POST', `/api/subscriptions/${id}/resume`, { as: ana });
    await world.until('it is renewed', async () => (await paidOrders(id)) === 2);
    const again = await mine(id);
    assert.ok(again.entitled && new Date(again.periodEnd).getTime() > Date.now() + 27 * 86_400_000, 'no month is lost');
    assert.deepEqual(await told(id), [
      'started open',
      'paused open',
      'pause_began closed',
      'resumed closed',
      'renewed open',
    ]);
  });
  test('is paid ahead with another method, which is kept, and loses no day', async () => {
    ana = await person();
    const { id, openOrderId } = await begin(await plan(1000));
    await play(openOrderId, 'succeed_then_decline');
    await is(id, 'active');
    const before = await mine(id);
    const next = await world.call('POST', `/api/subscriptions/${id}/next-period`, { as: ana });
    assert.equal(next.status, 200, JSON.stringify(next.body));
    assert.equal(
      (await world.call('POST', `/api/subscriptions/${id}/next-period`, { as: ana })).body.openOrderId,
      next.body.openOrderId,
    );
    await world.pay(ana, next.body.openOrderId, 'sandbox');
    await play(next.body.openOrderId, 'succeed');
    await world.until('it is paid', async () => (await paidOrders(id)) === 2);
    assert.equal((await mine(id)).periodStart, before.periodEnd);
    await pass(id, 70);
    await world.until('the new method renews it', async () => (await paidOrders(id)) === 3);
  });
  test('ends when what paid for it is given back', async () => {
    ana = await person();
    const support = await person({ roles: ['support'] });
    const { id, openOrderId } = await begin(await plan(1000));
    await play(openOrderId, 'succeed');
    await is(id, 'active');
    const { body } = await world.call('GET', `/api/orders/${openOrderId}`, { as: ana });
    const refund = await world.call('POST', `/api/payments/${body.payments[0].id}/refunds`, { as: support, body: {} });
    assert.ok(refund.status < 300, JSON.stringify(refund.body));
    await is(id, 'canceled');
    assert.deepEqual(await told(id), ['started open', 'ended closed']);
  });
  test('is found, charged again and ended by support, with every step kept', async () => {
    ana = await person();
    const support = await person({ roles: ['support'] });
    const { id, openOrderId } = await begin(await plan(1000));
    await play(openOrderId, 'succeed_then_decline');
    await is(id, 'active');
    const retry = () => world.call('POST', `/api/admin/subscriptions/${id}/retry`, { as: support });
    assert.equal((await retry()).body.code, 'subscription_not_retryable');
    await pass(id, 32);
    await is(id, 'past_due');
    assert.ok((await mine(id)).entitled, 'days of grace');
    assert.equal((await retry()).status, 200);
    await world.until('it failed again', async () => {
      const { body } = await world.call('GET', `/api/admin/subscriptions/${id}`, { as: support });
      return body.subscription.failures === 2;
    });
    const found = await world.call('GET', `/api/admin/subscriptions?state=past_due&q=${ana.email}`, { as: support });
    assert.deepEqual(
      found.body.items.map((one: { id: string }) => one.id),
      [id],
    );
    const path = `/api/admin/subscriptions/${id}`;
    const end = await world.call('POST', `${path}/cancellation`, {
      as: support,
      body: { at: 'now', note: 'By phone' },
    });
    assert.equal(end.body.state, 'canceled', JSON.stringify(end.body));
    const { body } = await world.call('GET', path, { as: support });
    const [last] = body.changes;
    assert.deepEqual([last.change, last.actor, last.note, last.entitled], ['ended', 'operator', 'By phone', false]);
    assert.equal((await world.call('GET', path, { as: ana })).status, 403);
  });
});
