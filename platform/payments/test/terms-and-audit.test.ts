import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
let support: Person;
let admin: Person;
before(async () => {
  world = await startWorld();
  ana = await person();
  support = await person({ roles: ['support'] });
  admin = await person({ roles: ['admin'] });
});
after(async () => {
  await world.checkInvariants();
  await world.close();
});

const sell = async (seller: Person) => {
  const order = await world.order(ana, [{ sku: await world.item(10_000, { seller: seller.id }) }]);
  const payment = await world.pay(ana, order.id);
  await world.payAndTell(payment.id);
  await world.orderIs(order.id, 'paid');
  return { orderId: String(order.id), paymentId: String(payment.id) };
};
const agree = (seller: Person, body: object, as = admin) =>
  world.call('PUT', `/api/admin/seller-terms/${seller.id}`, { as, body });
const earned = async (seller: Person) =>
  (await world.call('GET', '/api/seller/sales', { as: seller })).body.items.map(
    (sale: { earned: { amount: number } }) => sale.earned.amount,
  );
type Entry = { action: string; subject: { kind: string; id: string }; actor: { id: string }; details: object };
const audit = async (subject = ''): Promise<Entry[]> =>
  (await world.call('GET', `/api/admin/payments/audit?limit=100${subject && `&subject=${subject}`}`, { as: admin }))
    .body.items;

describe('terms of a seller', () => {
  test('apply from the next order on, keep their history, and leave what was sold alone', async () => {
    const seller = await person({ roles: ['instructor'] });
    const path = `/api/admin/seller-terms/${seller.id}`;
    const house = await world.call('GET', path, { as: support });
    assert.deepEqual(
      [house.body.share, house.body.applied, house.body.history],
      [null, { share: 7000, holdDays: 14 }, []],
    );
    await sell(seller);
    const { body: better } = await agree(seller, { share: 8500, holdDays: 3, note: 'Ten courses' });
    assert.deepEqual(better.applied, { share: 8500, holdDays: 3 });
    await sell(seller);
    await agree(seller, { share: null, holdDays: null, note: 'Back to the house' });
    await agree(seller, { share: null, holdDays: null });
    await sell(seller);
    assert.deepEqual(await earned(seller), [7000, 8500, 7000]);
    const { body: now } = await world.call('GET', path, { as: support });
    assert.deepEqual(
      now.history.map(({ share, holdDays, note }: { share: number; holdDays: number; note: string }) => [
        share,
        holdDays,
        note,
      ]),
      [
        [null, null, 'Back to the house'],
        [8500, 3, 'Ten courses'],
      ],
    );
    await assert.rejects(world.query('update seller_terms_history set share = 1'), /append-only/);
    const { body: list } = await world.call('GET', '/api/admin/seller-terms', { as: support });
    assert.ok(list.items.some(({ sellerId }: { sellerId: string }) => sellerId === seller.id));
  });

  test('are agreed on by administrators alone, within what is possible', async () => {
    const seller = await person({ roles: ['instructor'] });
    assert.equal((await agree(seller, { share: 1, holdDays: 1 }, support)).status, 403);
    assert.equal((await agree(seller, { share: 10_001, holdDays: 1 })).status, 400);
    assert.equal((await agree(seller, { share: 5000, holdDays: 366 })).status, 400);
  });

  test('say for how long the money of a sale is kept back, also when they change later', async () => {
    const seller = await person({ roles: ['instructor'] });
    await world.call('PUT', '/api/seller/payout-method', {
      as: seller,
      body: { kind: 'pix', value: 'a@stoa.test', holderName: 'A' },
    });
    const due = async () => {
      const { body } = await world.call('POST', '/api/admin/payouts', { as: admin });
      return body.items
        .filter(({ sellerId }: { sellerId: string }) => sellerId === seller.id)
        .map(({ amount }: { amount: { amount: number } }) => amount.amount);
    };
    await agree(seller, { share: null, holdDays: 365 });
    await sell(seller);
    await agree(seller, { share: null, holdDays: 0 });
    assert.deepEqual(await due(), [], 'what was sold before waits as agreed then');
    await sell(seller);
    assert.deepEqual(await due(), [7000]);
  });
});

describe('the audit log of payments', () => {
  test('records what operators do with money, with who did it, and not what buyers do', async () => {
    const seller = await person({ roles: ['instructor'] });
    const { orderId, paymentId } = await sell(seller);
    await world.call('POST', `/api/payments/${paymentId}/refunds`, { as: ana, body: { amount: 1000 } });
    await world.orderIs(orderId, 'partially_refunded');
    assert.deepEqual(await audit(orderId), []);
    await world.call('POST', `/api/payments/${paymentId}/refunds`, {
      as: support,
      body: { amount: 2000, access: 'keep', reason: 'goodwill', note: 'Somebody wrote to ana@stoa.test' },
    });
    const [entry] = await audit(orderId);
    assert.deepEqual(
      [entry?.action, entry?.subject, entry?.actor.id],
      ['refund.requested', { kind: 'order', id: orderId }, support.id],
    );
    assert.doesNotMatch(JSON.stringify(entry), /ana@stoa\.test/, 'notes may hold anything: they stay with the refund');

    const open = await world.order(ana, [{ sku: await world.item(100) }]);
    await world.call('POST', `/api/orders/${open.id}/cancel`, { as: support });
    await world.call('POST', `/api/orders/${open.id}/cancel`, { as: support });
    assert.deepEqual(
      (await audit(open.id)).map(({ action }) => action),
      ['order.cancelled'],
    );
  });

  test('records rules of tax, coupons of the house, terms and payouts, and nothing that was refused', async () => {
    const seller = await person({ roles: ['instructor'] });
    const code = `AUDIT-${systemIds.id().slice(-8)}`;
    const coupon = { code, percent: 1000, scope: 'order', skus: [], minimum: 0 };
    const { body: made } = await world.call('POST', '/api/coupons', { as: admin, body: coupon });
    await world.call('POST', '/api/coupons', { as: admin, body: coupon });
    await world.call('PATCH', `/api/coupons/${made.id}`, { as: admin, body: { active: false } });
    const { body: own } = await world.call('POST', '/api/coupons', {
      as: seller,
      body: { ...coupon, code: `${code}-S` },
    });
    const { body: rule } = await world.call('POST', '/api/admin/tax-rules', {
      as: admin,
      body: {
        country: 'PT',
        category: '*',
        name: 'IVA',
        rate: 2300,
        inclusive: true,
        source: 'https://example.com/iva',
        checkedOn: '2026-01-01',
        validFrom: '2026-01-01',
      },
    });
    await world.call('POST', `/api/admin/tax-rules/${rule.id}/end`, { as: admin, body: { validTo: '2027-01-01' } });
    await agree(seller, { share: 9000, holdDays: null });
    const actions = async (subject: string) => (await audit(subject)).map(({ action }) => action);
    assert.deepEqual(await actions(made.id), ['coupon.switched', 'coupon.made']);
    assert.deepEqual(await actions(own.id), []);
    assert.deepEqual(await actions(rule.id), ['tax_rule.ended', 'tax_rule.added']);
    assert.deepEqual(await actions(seller.id), ['seller_terms.agreed']);
    assert.ok((await audit()).some(({ action }) => action === 'payouts.made'));
  });

  test('is for administrators, and nobody changes it', async () => {
    assert.equal((await world.call('GET', '/api/admin/payments/audit', { as: support })).status, 403);
    await assert.rejects(world.query("update audit_entries set action = 'nothing'"), /never changed/);
    await assert.rejects(world.query('delete from audit_entries'), /never changed/);
  });
});
