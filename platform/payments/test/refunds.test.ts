import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import type { DisputeReport } from '../src/providers/provider.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
let support: Person;
let seller: Person;
before(async () => {
  world = await startWorld();
  ana = await person({ name: 'Ana Souza' });
  support = await person({ roles: ['support'] });
  seller = await person({ roles: ['instructor'] });
});
after(() => world.close());
afterEach(async () => {
  await world.webhooksSettle();
  await world.checkInvariants();
  await world.checkBook();
});

const buy = async (prices: number[], more: { refundDays?: number } = {}) => {
  const lines = await Promise.all(
    prices.map(async (price) => ({ sku: await world.item(price, { seller: seller.id, ...more }) })),
  );
  const order = await world.order(ana, lines);
  const payment = await world.pay(ana, order.id);
  await world.payAndTell(payment.id);
  await world.orderIs(order.id, 'paid');
  return { order, payment };
};
const refund = (as: Person, paymentId: string, body: object = {}, headers: Record<string, string> = {}) =>
  world.call('POST', `/api/payments/${paymentId}/refunds`, { as, body, headers });

describe('a refund', () => {
  test('that a buyer asks for in time gives back the money and takes back the access', async () => {
    const { order, payment } = await buy([5000]);
    const answer = await refund(ana, payment.id);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    await world.orderIs(order.id, 'refunded');
    assert.deepEqual(await world.grants(order.id), [{ owner_id: ana.id, revoked: true }]);
    const { body } = await world.call('GET', `/api/orders/${order.id}`, { as: ana });
    assert.deepEqual(
      body.invoices.map(({ kind }: { kind: string }) => kind),
      ['invoice', 'credit_note'],
    );
    assert.equal((await refund(ana, payment.id)).body.code, 'refund_too_large');
  });
  test('that a buyer asks for too late is refused, and support can give it', async () => {
    const { order, payment } = await buy([5000], { refundDays: 0 });
    assert.equal((await refund(ana, payment.id)).body.code, 'refund_window_over');
    assert.equal((await refund(await person(), payment.id)).status, 404);
    await refund(support, payment.id, { amount: 1000, access: 'keep', reason: 'goodwill' });
    await world.orderIs(order.id, 'partially_refunded');
    assert.deepEqual(await world.grants(order.id), [{ owner_id: ana.id, revoked: false }]);
  });
  test('of one line leaves the others', async () => {
    const { order, payment } = await buy([5000, 3000]);
    const { body } = await world.call('GET', `/api/orders/${order.id}`, { as: ana });
    await refund(ana, payment.id, { lines: [{ lineId: body.lines[1].id }] });
    await world.orderIs(order.id, 'partially_refunded');
    const grants = await world.grants(order.id);
    assert.deepEqual(grants.map(({ revoked }) => revoked).sort(), [false, true]);
  });
  test('is asked for by twenty at once and never exceeds what was paid', async () => {
    const { payment } = await buy([5000]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => refund(support, payment.id, { amount: 1500 })));
    assert.equal(answers.filter(({ status }) => status === 202).length, 3);
    await world.until('three are through', async () => (await world.attempt(payment.id)).refunded === 4500);
  });
  test('with one key is one', async () => {
    const { payment } = await buy([5000]);
    const key = { 'idempotency-key': 'refund-once' };
    await Promise.all(Array.from({ length: 30 }, () => refund(support, payment.id, { amount: 100 }, key)));
    await world.until('it is through', async () => (await world.attempt(payment.id)).refunded === 100);
  });
  for (const fault of ['not_sent', 'unknown_before', 'unknown_after', 'garbage'] as const) {
    test(`whose provider misbehaves (${fault}) is given once`, async () => {
      const { order, payment } = await buy([5000]);
      world.provider.fault('refund', fault);
      await refund(support, payment.id);
      await world.orderIs(order.id, 'refunded');
      assert.equal(world.provider.report(payment.id).refunded, 5000);
    });
  }
  test('that the provider refuses leaves the order paid, and shows in the breaks', async () => {
    const { order, payment } = await buy([5000]);
    world.provider.fault('refund', 'refused');
    const { body } = await refund(support, payment.id);
    await world.until('it failed', async () => {
      const [row] = await world.query<{ state: string }>('select state from refunds where id = $1', [body.id]);
      return row?.state === 'failed';
    });
    assert.equal(await world.orderState(order.id), 'paid');
    await refund(support, payment.id);
    await world.orderIs(order.id, 'refunded');
  });
  test('made at the provider itself, past us, reaches the books', async () => {
    const { order, payment } = await buy([5000]);
    const charge = world.provider.charges.get(payment.id) ?? assert.fail();
    charge.refunded = 2000;
    await world.deliver(world.charge(world.provider.report(payment.id)));
    await world.orderIs(order.id, 'partially_refunded');
    assert.deepEqual(await world.grants(order.id), [{ owner_id: ana.id, revoked: false }]);
  });
});

describe('a dispute', () => {
  const dispute = (paymentId: string, state: DisputeReport['state'], amount = 5000, reference = `dp_${paymentId}`) =>
    world.deliver({
      about: 'dispute',
      evidenceId: systemIds.id(),
      type: `dispute.${state}`,
      occurredAt: null,
      report: {
        providerReference: reference,
        chargeReference: paymentId,
        state,
        amount: { amount, currency: 'BRL' },
        reason: 'fraudulent',
        respondBy: null,
      },
    });
  test('that is won changes nothing in the end', async () => {
    const { order, payment } = await buy([5000]);
    await dispute(payment.id, 'open');
    await world.webhooksSettle();
    assert.equal((await refund(support, payment.id)).body.code, 'refund_too_large');
    await dispute(payment.id, 'won');
    await world.webhooksSettle();
    assert.equal(await world.orderState(order.id), 'paid');
  });
  test('that is lost takes back access and everybody’s part', async () => {
    const { order, payment } = await buy([5000]);
    await dispute(payment.id, 'open');
    await dispute(payment.id, 'lost');
    await world.orderIs(order.id, 'refunded');
    assert.deepEqual(await world.grants(order.id), [{ owner_id: ana.id, revoked: true }]);
    const told = (await world.events(order.id)).find(({ type }) => type === 'stoa.payments.order.refunded.v1');
    assert.equal(told?.data.reason, 'dispute');
  });
  test('after a refund is a loss, not a second refund', async () => {
    const { order, payment } = await buy([5000]);
    await refund(support, payment.id, { amount: 4000 });
    await world.orderIs(order.id, 'partially_refunded');
    await dispute(payment.id, 'lost');
    await world.orderIs(order.id, 'refunded');
    const [row] = await world.query<{ balance: number }>(
      "select sum(amount)::int as balance from ledger_entries e join accounts a on a.id = e.account where a.kind = 'losses'",
    );
    assert.equal(row?.balance, 4000);
  });
});

describe('the books', () => {
  test('balance, and say that they are whole', async () => {
    const { body } = await world.call('GET', '/api/admin/ledger/trial-balance', { as: support });
    assert.deepEqual(
      body.totals.map(({ difference }: { difference: number }) => difference),
      [0],
    );
    assert.equal(body.intact, true);
    const csv = await world.call('GET', '/api/admin/ledger/trial-balance.csv', { as: support });
    assert.match(csv.raw.toString(), /^account,kind,holder,currency,debit,credit,balance\r\n/);
  });
  test('cannot be changed, and take no transaction that does not balance', async () => {
    for (const sql of [
      'update ledger_entries set amount = amount + 1',
      'delete from ledger_transactions',
      'truncate ledger_entries',
      "update invoices set document = '{}'",
      'delete from invoices',
    ])
      await assert.rejects(world.query(sql), /append-only|permission denied/, sql);
    const crooked = JSON.stringify([
      { kind: 'bank', holder: 'x', currency: 'BRL', amount: 5 },
      { kind: 'fees', holder: 'x', currency: 'BRL', amount: -4 },
    ]);
    await assert.rejects(
      world.query("select post_transaction($1, 'crooked', 'test', null, now(), $2)", [systemIds.id(), crooked]),
      /does not balance/,
    );
  });
  test('notice what an administrator of the database changed', async () => {
    const admin = await adminOf(world);
    try {
      await admin.query('begin');
      await admin.query('alter table payments.ledger_entries disable trigger all');
      await admin.query("update payments.ledger_entries set amount = amount * 2 where account like 'seller%'");
      await admin.query('set local search_path = payments');
      const { rows } = await admin.query('select * from verify_ledger()');
      assert.ok(rows.length > 0);
    } finally {
      await admin.query('rollback');
      await admin.end();
    }
  });
});

async function adminOf({ platform }: World) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: platform.databaseUrl });
  await client.connect();
  return client;
}
