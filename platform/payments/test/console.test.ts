import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { createLog, systemClock, systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { providerCaller } from '../src/attempts/call-provider.ts';
import { circuitKeeper } from '../src/attempts/keep-circuits.ts';
import { orderStates } from '../src/core/book.ts';
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
});

const buy = async (sku: string) => {
  const order = await world.order(ana, [{ sku }]);
  const payment = await world.pay(ana, order.id);
  await world.payAndTell(payment.id);
  await world.orderIs(order.id, 'paid');
  return { order, payment };
};

describe('an operator', () => {
  test('reads what each piece of evidence said, and what a refund was for', async () => {
    const { order, payment } = await buy(await world.item(10_000, { seller: seller.id }));
    const asked = await world.call('POST', `/api/payments/${payment.id}/refunds`, {
      as: support,
      body: { amount: 2500, access: 'keep', reason: 'goodwill', note: 'A lesson was broken' },
    });
    assert.equal(asked.status, 202);
    await world.orderIs(order.id, 'partially_refunded');
    const { body } = await world.call('GET', `/api/admin/orders/${order.id}`, { as: support });
    const paid = body.evidence.find(({ said }: { said: { state: string } }) => said.state === 'succeeded');
    assert.equal(paid.outcome, 'applied');
    assert.deepEqual(paid.said.amount, { amount: 10_000, currency: 'BRL' });
    assert.ok(body.evidence.some(({ said }: { said: { about: string } }) => said.about === 'refund'));
    const [refund] = body.refunds;
    assert.equal(refund.note, 'A lesson was broken');
    assert.equal(refund.revokes, false);
    assert.equal(refund.requestedBy, support.id);
    assert.equal(refund.paymentId, payment.id);
  });

  test('finds orders by number, address and ids, in a state or in all, page by page', async () => {
    const bo = await person({ name: 'Bo Lima', email: 'Bo.Lima@buyers.example' });
    const sku = await world.item(3000, { seller: seller.id });
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.unshift((await world.order(bo, [{ sku }])).id);
    const [newest, , oldest] = ids;
    await world.call('POST', `/api/orders/${oldest}/cancel`, { as: bo });
    const list = async (query: string) => {
      const found: { id: string; number: string; buyerEmail: string }[] = [];
      for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
        const after = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
        const page = await world.call('GET', `/api/admin/orders?limit=1&${query}${after}`, { as: support });
        assert.equal(page.status, 200, JSON.stringify(page.body));
        found.push(...page.body.items);
        cursor = page.body.nextCursor;
      }
      return found;
    };
    const idsOf = async (query: string) => (await list(query)).map(({ id }) => id);
    assert.deepEqual(
      await idsOf(`q=${encodeURIComponent(' bo.lima@BUYERS.example ')}`),
      ids,
      'by address, newest first',
    );
    assert.deepEqual(await idsOf(`q=${bo.id}`), ids, 'by whoever bought');
    assert.deepEqual(await idsOf(`q=${newest?.toUpperCase()}`), [newest]);
    const [first] = await list(`q=${newest}`);
    assert.deepEqual(await idsOf(`q=${first?.number}`), [newest]);
    assert.deepEqual(await idsOf(`q=${bo.id}&state=cancelled`), [oldest]);
    assert.deepEqual(await idsOf(`q=${encodeURIComponent("nobody' or 1=1")}`), []);
    const all = await idsOf('');
    assert.equal(new Set(all).size, all.length);
    assert.deepEqual(all.slice(0, 3), ids);
    const byState = await Promise.all(orderStates.map((state) => idsOf(`state=${state}`)));
    assert.deepEqual(byState.flat().sort(), all.toSorted(), 'each is in one state');
  });

  test('walks through an account of the books, and each line comes once', async () => {
    const { body } = await world.call('GET', '/api/admin/ledger/trial-balance', { as: support });
    const account = body.accounts.find(({ kind }: { kind: string }) => kind === 'clearing');
    const address = `/api/admin/ledger/accounts/${encodeURIComponent(account.account)}`;
    const seen: { id: string; amount: number }[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.call('GET', `${address}?limit=1${cursor ? `&cursor=${cursor}` : ''}`, { as: support });
      assert.equal(page.body.balance, account.balance);
      seen.push(...page.body.items);
      cursor = page.body.nextCursor;
    } while (cursor);
    assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length);
    assert.equal(
      seen.reduce((sum, { amount }) => sum + amount, 0),
      account.balance,
    );
    const missing = await world.call('GET', '/api/admin/ledger/accounts/clearing:nobody:BRL', { as: support });
    assert.equal(missing.body.code, 'account_not_found');
  });

  test('sees a circuit that another process has opened, as long as it can be believed', async () => {
    const db = world.platform.host.database('payments');
    const deps = { db, clock: systemClock, ids: systemIds, log: createLog({ level: 'silent' }) };
    const keep = circuitKeeper(deps);
    const call = providerCaller({
      providers: [world.provider.configured],
      clock: systemClock,
      callSeconds: 1,
      onChange: keep,
    });
    const circuit = async () => {
      const { body } = await world.call('GET', '/api/admin/payments/providers', { as: support });
      return body.items.find(({ name }: { name: string }) => name === 'scripted').circuit;
    };
    assert.equal(await circuit(), 'closed');
    const fails = () =>
      call({ provider: 'scripted', idempotencyKey: 'k' }, () => Promise.reject(new Error('no answer')));
    for (let n = 0; n < 5; n += 1) await assert.rejects(fails());
    await world.until('the open circuit is seen', async () => (await circuit()) === 'open');
    await world.query("update provider_circuits set expires_at = now() - interval '1 second'");
    assert.equal(await circuit(), 'closed');
    keep('scripted', 'half_open');
    await world.until('the circuit is tried', async () => (await circuit()) === 'half_open');
    keep('scripted', 'closed');
    await world.until('the circuit is closed', async () => (await circuit()) === 'closed');
    const broken = circuitKeeper({ ...deps, db: { ...db, run: () => Promise.reject(new Error('no database')) } });
    broken('scripted', 'open');
    assert.equal(await circuit(), 'closed');
  });
  test('switches a provider off for what is new, in every process, and what was begun goes on', async () => {
    const turn = (offered: boolean, as = support) =>
      world.call('PUT', '/api/admin/payments/providers/scripted', {
        as,
        body: { offered, note: 'Its page is down' },
      });
    const offer = async (at: World) => {
      const { body } = await at.call('GET', '/api/payments/providers');
      return body.items.find(({ name }: { name: string }) => name === 'scripted').unavailable;
    };
    const sku = await world.item(5000, { seller: seller.id });
    const begun = await world.order(ana, [{ sku }]);
    const payment = await world.pay(ana, begun.id);
    assert.equal((await turn(false, seller)).status, 403);
    assert.equal(
      (
        await world.call('PUT', '/api/admin/payments/providers/none', {
          as: support,
          body: { offered: true },
        })
      ).status,
      404,
    );
    assert.deepEqual((await turn(false)).body, { name: 'scripted', offered: false });
    assert.equal((await turn(false)).status, 200);
    const other = await startWorld({ databaseUrl: world.platform.databaseUrl, provider: world.provider });
    try {
      assert.deepEqual([await offer(world), await offer(other)], ['switched_off', 'switched_off']);
      const late = await other.order(ana, [{ sku: await world.item(6000, { seller: seller.id }) }]);
      const refused = await other.call('POST', `/api/orders/${late.id}/payments`, {
        as: ana,
        body: { provider: 'scripted' },
      });
      assert.deepEqual([refused.status, refused.body.code], [409, 'provider_unavailable']);
      // Asked again, what was begun is still the same payment; it is paid, reported on and given back.
      assert.equal((await world.pay(ana, begun.id)).id, payment.id);
      await world.payAndTell(payment.id);
      await world.orderIs(begun.id, 'paid');
      const back = await world.call('POST', `/api/payments/${payment.id}/refunds`, {
        as: support,
        body: { reason: 'goodwill' },
      });
      assert.equal(back.status, 202);
      await world.orderIs(begun.id, 'refunded');
      const { body } = await world.call('GET', '/api/admin/payments/providers', { as: support });
      const health = body.items.find(({ name }: { name: string }) => name === 'scripted');
      assert.equal(health.available, false);
      assert.equal(health.switchedOff.note, 'Its page is down');
      assert.equal(health.reports, false);
      await turn(true);
      assert.deepEqual([await offer(world), await offer(other)], [null, null]);
      await other.pay(ana, late.id);
    } finally {
      await other.close();
    }
    const admin = await person({ roles: ['admin'] });
    const { body } = await world.call('GET', '/api/admin/payments/audit?subject=scripted', { as: admin });
    assert.deepEqual(
      body.items.map(({ action, details }: { action: string; details: { offered: boolean } }) => [
        action,
        details.offered,
      ]),
      [
        ['provider.switched', true],
        ['provider.switched', false],
      ],
      'recorded once each',
    );
  });

  test('sees when a provider was last paid with', async () => {
    const { body } = await world.call('GET', '/api/admin/payments/providers', { as: support });
    const health = body.items.find(({ name }: { name: string }) => name === 'scripted');
    assert.notEqual(health.lastPaidAt, null);
    assert.equal(health.lastFailedAt, null);
  });
});

describe('a seller', () => {
  test('sees the month by item, and what refunds left of it agrees with the statement', async () => {
    const other = await person({ roles: ['instructor'] });
    const sku = await world.item(10_000, { seller: other.id });
    await buy(sku);
    const bea = await person({});
    const order = await world.order(bea, [{ sku }]);
    const payment = await world.pay(bea, order.id);
    await world.payAndTell(payment.id);
    await world.call('POST', `/api/payments/${payment.id}/refunds`, { as: support, body: {} });
    await world.orderIs(order.id, 'refunded');
    const { body } = await world.call('GET', '/api/seller/totals', { as: other });
    assert.equal(body.items.length, 1);
    const [total] = body.items;
    assert.match(total.month, /^\d{4}-\d{2}$/);
    assert.equal(total.sold, 2);
    assert.deepEqual(total.total, { amount: 20_000, currency: 'BRL' });
    assert.deepEqual(total.refunded, { amount: 10_000, currency: 'BRL' });
    const statement = await world.call('GET', '/api/seller/statement', { as: other });
    assert.equal(total.earned.amount, statement.body.balances[0].balance);
  });

  test('does not see what others sold', async () => {
    const answer = await world.call('GET', `/api/seller/totals?sellerId=${seller.id}`, {
      as: await person({ roles: ['instructor'] }),
    });
    assert.equal(answer.status, 403);
  });
});
