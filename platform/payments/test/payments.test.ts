import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { type Person, person } from '@stoa/kernel/testing';
import type { ChargeReport } from '../src/providers/provider.ts';
import type { Fault } from './scripted-provider.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
let support: Person;
before(async () => {
  world = await startWorld({ settings: { STOA_PAYMENT_CALL_SECONDS: '1' } });
  ana = await person({ name: 'Ana Souza' });
  support = await person({ roles: ['support'] });
});
after(() => world.close());
afterEach(async () => {
  await world.webhooksSettle();
  await world.checkInvariants();
  await world.checkBook();
});

/** An order whose payment waits for the payer. */
const begin = async (more: { capacity?: number } = {}) => {
  const sku = await world.item(4000, more);
  const order = await world.order(ana, [{ sku }]);
  const payment = await world.pay(ana, order.id);
  await world.attemptIs(payment.id, 'requires_action');
  return { sku, order, payment };
};
const createsOf = (id: string) => world.provider.charges.get(id)?.creates ?? 0;
const paidEvents = async (orderId: string) =>
  (await world.events(orderId)).filter(({ type }) => type === 'stoa.payments.order.paid.v1').length;

describe('an order', () => {
  test('has one live payment, from however many tabs it is paid', async () => {
    const order = await world.order(ana, [{ sku: await world.item(1000) }]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        world.call('POST', `/api/orders/${order.id}/payments`, { as: ana, body: { provider: 'scripted' } }),
      ),
    );
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202]));
    assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1);
    const other = await world.call('POST', `/api/orders/${order.id}/payments`, {
      as: ana,
      body: { provider: 'sandbox' },
    });
    assert.equal(other.body.code, 'payment_in_progress');
  });
  test('is paid once by a hundred payments with one key', async () => {
    const order = await world.order(ana, [{ sku: await world.item(1000) }]);
    const headers = { 'idempotency-key': 'pay-once' };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        world.call('POST', `/api/orders/${order.id}/payments`, { as: ana, body: { provider: 'scripted' }, headers }),
      ),
    );
    assert.ok(answers.every(({ status }) => status === 202 || status === 409));
    const [row] = await world.query<{ n: number }>('select count(*)::int as n from attempts where order_id = $1', [
      order.id,
    ]);
    assert.equal(row?.n, 1);
  });
  test('can be paid another way once the first is called off', async () => {
    const { order, payment } = await begin();
    const answer = await world.call('POST', `/api/payments/${payment.id}/cancel`, { as: ana });
    assert.equal(answer.status, 200);
    await world.attemptIs(payment.id, 'canceled');
    const second = await world.pay(ana, order.id, 'sandbox');
    assert.notEqual(second.id, payment.id);
  });
  test('can be paid again after a card was declined', async () => {
    const { order, payment } = await begin();
    world.provider.fail(payment.id);
    await world.deliver(world.charge(world.provider.report(payment.id)));
    await world.attemptIs(payment.id, 'failed');
    const shown = await world.call('GET', `/api/payments/${payment.id}`, { as: ana });
    assert.equal(shown.body.reason, 'declined');
    const failed = (await world.events(order.id)).filter(({ type }) => type === 'stoa.payments.payment.failed.v1');
    assert.equal(failed.length, 1);
    const second = await world.pay(ana, order.id);
    await world.payAndTell(second.id);
    await world.orderIs(order.id, 'paid');
  });
});

describe('a payment whose provider misbehaves', () => {
  const modes: [Fault, 'requires_action' | 'failed'][] = [
    ['refused', 'failed'],
    ['not_sent', 'requires_action'],
    ['unknown_before', 'failed'],
    ['unknown_after', 'requires_action'],
    ['garbage', 'requires_action'],
    ['hang', 'requires_action'],
  ];
  for (const [fault, end] of modes) {
    test(`(${fault}) is ${end} in the end, and charged at most once`, async () => {
      const order = await world.order(ana, [{ sku: await world.item(1000) }]);
      world.provider.fault('create', fault);
      const payment = await world.pay(ana, order.id);
      if (fault === 'unknown_before') {
        await world.attemptIs(payment.id, 'unknown');
        // Two minutes later it can no longer arrive.
        await world.query("update attempts set called_at = called_at - interval '3 minutes' where id = $1", [
          payment.id,
        ]);
      }
      await world.attemptIs(payment.id, end);
      assert.ok(createsOf(payment.id) <= 1);
      if (end === 'failed') return;
      await world.payAndTell(payment.id);
      await world.orderIs(order.id, 'paid');
      assert.equal(await paidEvents(order.id), 1);
    });
  }
  test('that ran out of tries is parked, and charged once when an operator tries it again, however often', async () => {
    const order = await world.order(ana, [{ sku: await world.item(1000) }]);
    world.provider.fault('create', 'not_sent', 'not_sent');
    const payment = await world.pay(ana, order.id);
    // Its other tries, which would take two minutes, are taken for made.
    await world.until('the first try has failed', async () => {
      const made = await world.query(
        `update payments_jobs.job set retry_count = retry_limit, start_after = now()
         where name = 'payments' and state = 'retry' and data -> 'data' ->> 'attemptId' = $1 returning id`,
        [payment.id],
      );
      return made.length === 1;
    });
    const parked = async () => {
      const { body } = await world.call('GET', '/api/admin/dead-letters?context=payments', { as: support });
      return body.items.find(({ payload }: { payload: { attemptId?: string } }) => payload?.attemptId === payment.id);
    };
    await world.until('it is parked', async () => (await parked()) !== undefined);
    const { id, name, kind } = await parked();
    assert.deepEqual([name, kind], ['payments', 'job']);
    assert.deepEqual([createsOf(payment.id), (await world.attempt(payment.id)).status], [0, 'created']);
    const replays = await Promise.all(
      Array.from({ length: 5 }, () =>
        world.call('POST', `/api/admin/dead-letters/${id}/replay`, {
          as: support,
          body: { context: 'payments', kind: 'job' },
        }),
      ),
    );
    assert.equal(replays.filter(({ status, body }) => status === 200 && body.handled === 1).length, 1);
    await world.payAndTell(payment.id);
    await world.orderIs(order.id, 'paid');
    assert.equal(createsOf(payment.id), 1);
    assert.equal(await parked(), undefined);
    assert.equal(await paidEvents(order.id), 1);
  });
  test('that took the money and lost the answer is found by our own reference', async () => {
    const order = await world.order(ana, [{ sku: await world.item(1000) }]);
    world.provider.payAtOnce(true);
    world.provider.fault('create', 'unknown_after');
    const payment = await world.pay(ana, order.id);
    await world.attemptIs(payment.id, 'succeeded');
    world.provider.payAtOnce(false);
    await world.orderIs(order.id, 'paid');
    assert.equal(createsOf(payment.id), 1);
  });
});

describe('a webhook', () => {
  const post = (body: Buffer | string, headers: Record<string, string>) =>
    world.call('POST', '/api/webhooks/scripted', { body, headers: { 'content-type': 'application/json', ...headers } });

  test('that is forged is refused, and changes nothing', async () => {
    const { order, payment } = await begin();
    const { body, headers } = world.provider.webhook(
      world.charge({ ...world.provider.report(payment.id), state: 'succeeded', captured: 4000 }),
    );
    assert.equal((await post(body, { 'x-signature': 'ff' })).status, 401);
    const changed = Buffer.from(body.toString().replace('4000', '4001'));
    assert.equal((await post(changed, headers)).status, 401);
    assert.equal((await post('not json', {})).status, 401);
    assert.equal((await world.call('POST', '/api/webhooks/nobody', { body: '{}' })).status, 404);
    assert.equal(await world.orderState(order.id), 'pending_payment');
  });
  test('with another amount, currency or payment is kept, flagged, and pays nothing', async () => {
    const { order, payment } = await begin();
    const good: ChargeReport = { ...world.provider.report(payment.id), state: 'succeeded', captured: 4000 };
    const wrong: [string, ChargeReport][] = [
      ['wrong_amount', { ...good, amount: { amount: 1, currency: 'BRL' }, captured: 1 }],
      ['wrong_amount', { ...good, captured: 3999 }],
      ['wrong_currency', { ...good, amount: { amount: 4000, currency: 'USD' } }],
      ['unknown_payment', { ...good, reference: 'somebody else’s', providerReference: 'unknown' }],
    ];
    for (const [outcome, report] of wrong) {
      const evidence = world.charge(report);
      assert.equal((await world.deliver(evidence)).status, 200);
      await world.webhooksSettle();
      const [row] = await world.query<{ outcome: string; flagged: boolean }>(
        'select outcome, flagged from evidence where evidence_id = $1',
        [evidence.evidenceId],
      );
      assert.deepEqual(row, { outcome, flagged: true });
    }
    assert.equal(await world.orderState(order.id), 'pending_payment');
    const { body } = await world.call('GET', '/api/admin/payments/breaks', { as: support });
    assert.ok(body.items.length >= 4);
    const id = body.items.find((item: { evidenceId: number | null }) => item.evidenceId !== null).evidenceId;
    assert.equal(
      (await world.call('POST', `/api/admin/payments/evidence/${id}/resolution`, { as: support })).status,
      204,
    );
  });
  test('that comes a hundred times has one effect', async () => {
    const { order, payment } = await begin();
    world.provider.pay(payment.id);
    const evidence = world.charge(world.provider.report(payment.id));
    const answers = await Promise.all(Array.from({ length: 100 }, () => world.deliver(evidence)));
    assert.ok(answers.every(({ status }) => status === 200));
    await world.orderIs(order.id, 'paid');
    assert.equal(await paidEvents(order.id), 1);
  });
  test('that cannot be kept does not keep out those that came with it', async () => {
    const deliveries = Array.from({ length: 60 }, (_, n) => ({
      about: 'charge_named' as const,
      evidenceId: `together-${n}`,
      // What PostgreSQL cannot keep.
      type: n % 20 === 7 ? 'status\u0000' : 'status',
      occurredAt: null,
      reference: `unknown-${n}`,
      providerReference: null,
    }));
    const answers = await Promise.all(deliveries.map((evidence) => world.deliver(evidence)));
    for (const [n, { status }] of answers.entries()) assert.equal(status >= 400, n % 20 === 7, `${n}: ${status}`);
    const kept = "select count(*)::int as n from webhook_deliveries where evidence_id like 'together-%'";
    assert.deepEqual(await world.query(kept), [{ n: 57 }]);
    await world.webhooksSettle();
  });
  test('that only names its payment is asked about', async () => {
    const { order, payment } = await begin();
    world.provider.pay(payment.id);
    await world.deliver({
      about: 'charge_named',
      evidenceId: `named-${payment.id}`,
      type: 'status',
      occurredAt: null,
      reference: payment.id,
      providerReference: null,
    });
    await world.orderIs(order.id, 'paid');
  });
});

describe('money that comes late', () => {
  const expire = async (orderId: string) => {
    await world.query("update orders set expires_at = now() - interval '1 second' where id = $1", [orderId]);
    await world.query("insert into payments_jobs.job (name, data) values ('expire-orders', '{}')");
    await world.orderIs(orderId, 'expired');
  };
  test('for an order that expired is honoured while its items can still be had', async () => {
    const { order, payment } = await begin({ capacity: 1 });
    await expire(order.id);
    world.provider.pay(payment.id);
    await world.deliver(world.charge(world.provider.report(payment.id)));
    await world.orderIs(order.id, 'paid');
    assert.deepEqual(await world.grants(order.id), [{ owner_id: ana.id, revoked: false }]);
    assert.equal(await paidEvents(order.id), 1);
  });
  test('for an order that expired goes back by itself when somebody else has its items', async () => {
    const { sku, order, payment } = await begin({ capacity: 1 });
    await expire(order.id);
    await world.until('the seat is free', async () => {
      const answer = await world.call('POST', '/api/orders', { as: support, body: { lines: [{ sku }] } });
      return answer.status === 201;
    });
    world.provider.pay(payment.id);
    await world.deliver(world.charge(world.provider.report(payment.id)));
    await world.attemptIs(payment.id, 'refunded');
    assert.equal(await world.orderState(order.id), 'expired');
    assert.equal(world.provider.report(payment.id).refunded, 4000);
    assert.deepEqual(await world.grants(order.id), []);
  });
  test('for an order that was called off is honoured while its items can still be had', async () => {
    const { order, payment } = await begin({ capacity: 1 });
    await world.call('POST', `/api/orders/${order.id}/cancel`, { as: support });
    world.provider.pay(payment.id);
    await world.deliver(world.charge(world.provider.report(payment.id)));
    await world.orderIs(order.id, 'paid');
    assert.deepEqual(await world.grants(order.id), [{ owner_id: ana.id, revoked: false }]);
  });
  test('goes back by itself when somebody else has them', async () => {
    const { sku, order, payment } = await begin({ capacity: 1 });
    world.provider.fault('cancel', 'unknown_before', 'unknown_before', 'unknown_before');
    await world.call('POST', `/api/orders/${order.id}/cancel`, { as: ana });
    const bob = await person();
    await world.until('the seat is free', async () => {
      const answer = await world.call('POST', '/api/orders', { as: bob, body: { lines: [{ sku }] } });
      return answer.status === 201;
    });
    world.provider.pay(payment.id);
    await world.deliver(world.charge(world.provider.report(payment.id)));
    await world.attemptIs(payment.id, 'refunded');
    assert.equal(await world.orderState(order.id), 'cancelled');
    assert.equal(world.provider.report(payment.id).refunded, 4000);
    const told = (await world.events(order.id)).find(({ type }) => type === 'stoa.payments.order.refunded.v1');
    assert.deepEqual([told?.data.reason, told?.data.full], ['expired_order', true]);
  });
  test('a second time for one order goes back, too', async () => {
    const { order, payment } = await begin();
    // The payer closed the page; we gave the payment up; they paid all the same, after paying another way.
    await world.query("update attempts set status = 'expired' where id = $1", [payment.id]);
    const second = await world.pay(ana, order.id);
    await world.payAndTell(second.id);
    await world.orderIs(order.id, 'paid');
    world.provider.pay(payment.id);
    await world.deliver(world.charge(world.provider.report(payment.id)));
    await world.attemptIs(payment.id, 'refunded');
    assert.equal(await world.orderState(order.id), 'paid');
    assert.equal(await paidEvents(order.id), 1);
  });
});
