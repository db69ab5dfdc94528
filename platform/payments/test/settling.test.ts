import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { type Person, person } from '@stoa/kernel/testing';
import { reconcile } from '../src/core/reconcile.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
let admin: Person;
let seller: Person;
before(async () => {
  world = await startWorld({ settings: { STOA_PAYOUT_HOLD_DAYS: '14' } });
  ana = await person();
  admin = await person({ roles: ['admin'] });
  seller = await person({ roles: ['instructor'] });
});
after(() => world.close());
afterEach(() => world.checkInvariants());

const buy = async (price: number) => {
  const order = await world.order(ana, [{ sku: await world.item(price, { seller: seller.id }) }]);
  const payment = await world.pay(ana, order.id, 'sandbox');
  await world.attemptIs(payment.id, 'requires_action');
  const { body } = await world.call('GET', `/api/payments/${payment.id}`, { as: ana });
  const reference = body.nextAction.url.split('/').at(-1);
  await world.call('POST', `/api/sandbox/payments/${reference}`, { body: { outcome: 'succeed' } });
  await world.orderIs(order.id, 'paid');
  return { order, payment, reference };
};
const makePayouts = async () => (await world.call('POST', '/api/admin/payouts', { as: admin })).body.items;

describe('payouts', () => {
  test('wait for the holding period and for an address, then pay exactly what is owed, once', async () => {
    await buy(10_000);
    assert.deepEqual(await makePayouts(), []);
    const chosen = await world.call('PUT', '/api/seller/payout-method', {
      as: seller,
      body: { kind: 'pix', value: 'seller@example.com', holderName: 'Rui Prado' },
    });
    assert.equal(chosen.status, 200, JSON.stringify(chosen.body));
    assert.deepEqual(await makePayouts(), []);
    await age(world, 15);
    await buy(5000);
    const runs = await Promise.all(Array.from({ length: 5 }, makePayouts));
    assert.deepEqual(
      runs.flat().map(({ amount, state }) => [amount.amount, state]),
      [[7000, 'created']],
    );
    const file = await world.call('GET', '/api/admin/payouts.csv', { as: admin });
    assert.match(file.raw.toString(), /Rui Prado,pix,seller@example.com,70.00,BRL/);
    const [payout] = runs.flat();
    const confirm = () =>
      world.call('POST', `/api/admin/payouts/${payout.id}/confirmation`, { as: admin, body: { reference: 'E123' } });
    for (let times = 0; times < 2; times += 1) assert.equal((await confirm()).body.state, 'sent');
    assert.equal((await world.events(payout.id)).length, 1);
    const statement = await world.call('GET', '/api/seller/statement', { as: seller });
    assert.deepEqual(statement.body.balances, [
      { currency: 'BRL', balance: 3500, earned: 10_500, returned: 0, paidOut: 7000 },
    ]);
  });
  test('that do not arrive are owed again', async () => {
    await age(world, 15);
    const [payout] = await makePayouts();
    assert.equal(payout.amount.amount, 3500);
    for (let times = 0; times < 2; times += 1)
      assert.equal(
        (await world.call('POST', `/api/admin/payouts/${payout.id}/failure`, { as: admin })).body.state,
        'failed',
      );
    const [again] = await makePayouts();
    assert.equal(again.amount.amount, 3500);
  });
});

describe('a reconciliation', () => {
  const today = () => new Date().toISOString().slice(0, 10);
  const run = async () =>
    (
      await world.call('POST', '/api/admin/payments/reconciliations', {
        as: admin,
        body: { provider: 'sandbox', day: today() },
      })
    ).body;
  test('finds nothing where the books and the provider agree', async () => {
    await buy(3000);
    const result = await run();
    assert.equal(result.breaks, 0);
    assert.ok(result.transactions > 0);
  });
  test('shows a charge nobody ordered, until it is explained', async () => {
    const { reference } = await buy(2000);
    await world.query("update sandbox_transactions set amount = amount + 1 where charge = $1 and kind = 'charge'", [
      reference,
    ]);
    assert.equal((await run()).breaks, 1);
    const { body } = await world.call('GET', '/api/admin/payments/breaks', { as: admin });
    assert.equal(body.items.filter(({ kind }: { kind: string }) => kind === 'charge_differs').length, 1);
    await world.query("update sandbox_transactions set amount = amount - 1 where charge = $1 and kind = 'charge'", [
      reference,
    ]);
    assert.equal((await run()).breaks, 0);
    const after = await world.call('GET', '/api/admin/payments/breaks', { as: admin });
    assert.equal(after.body.items.filter(({ kind }: { kind: string }) => kind === 'charge_differs').length, 0);
  });
  test('names every way in which two books can differ', () => {
    const charge = { id: 'a', providerReference: 'pa', captured: 100, currency: 'BRL', fee: 3, isDue: true };
    const refund = { id: 'r', attemptId: 'a', providerReference: 'pr', amount: 40, currency: 'BRL', isDue: true };
    const row = { kind: 'charge' as const, providerReference: 'pa', reference: null, amount: 100, currency: 'BRL' };
    const kinds = (input: Parameters<typeof reconcile>[0]) => reconcile(input).map(({ kind }) => kind);
    assert.deepEqual(kinds({ rows: [row], charges: [charge], refunds: [] }), []);
    assert.deepEqual(kinds({ rows: [row], charges: [], refunds: [] }), ['charge_unknown']);
    assert.deepEqual(kinds({ rows: [row], charges: [{ ...charge, captured: 0 }], refunds: [] }), ['charge_not_booked']);
    assert.deepEqual(kinds({ rows: [row], charges: [{ ...charge, captured: 99 }], refunds: [] }), ['charge_differs']);
    assert.deepEqual(kinds({ rows: [], charges: [charge], refunds: [] }), ['charge_not_reported']);
    assert.deepEqual(kinds({ rows: [], charges: [], refunds: [refund] }), ['refund_not_reported']);
    const back = { ...row, kind: 'refund' as const, providerReference: 'pr', amount: -40 };
    assert.deepEqual(kinds({ rows: [back], charges: [], refunds: [refund] }), []);
    assert.deepEqual(kinds({ rows: [back], charges: [], refunds: [] }), ['refund_unknown']);
    assert.deepEqual(kinds({ rows: [{ ...back, amount: -41 }], charges: [], refunds: [refund] }), ['refund_differs']);
    const fee = { ...row, kind: 'fee' as const, amount: -4 };
    assert.deepEqual(kinds({ rows: [row, fee], charges: [charge], refunds: [] }), ['fee_differs']);
  });
});

/** Makes the books older: nobody but an administrator of the database can. */
async function age({ platform }: World, days: number): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: platform.databaseUrl });
  await client.connect();
  try {
    await client.query('set search_path = payments');
    await client.query('alter table ledger_transactions disable trigger append_only');
    await client.query(`update ledger_transactions set occurred_at = occurred_at - make_interval(days => ${days})`);
    // And the chains with them, as they would have been written then.
    await client.query(`do $$
      declare t ledger_transactions; head bytea; now_at smallint := -1;
      begin
        for t in select * from ledger_transactions order by chain, seq loop
          if t.chain <> now_at then head := sha256(convert_to('stoa ledger ' || t.chain, 'UTF8')); now_at := t.chain; end if;
          t.previous_hash := head;
          t.hash := sha256(head || convert_to(canonical_transaction(t), 'UTF8'));
          update ledger_transactions set previous_hash = t.previous_hash, hash = t.hash where id = t.id;
          update ledger_chains set hash = t.hash where chain = t.chain;
          head := t.hash;
        end loop;
      end $$`);
    await client.query('alter table ledger_transactions enable trigger append_only');
  } finally {
    await client.end();
  }
}
