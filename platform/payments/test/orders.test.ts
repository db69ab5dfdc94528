import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { PaymentsService } from '@stoa/contracts';
import { serviceCtx, systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { findUsedFiles } from '../src/orders/find-used-files.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
let admin: Person;
before(async () => {
  world = await startWorld();
  ana = await person({ name: 'Ana Souza' });
  admin = await person({ roles: ['admin'] });
});
after(() => world.close());
afterEach(async () => {
  await world.checkInvariants();
  await world.checkBook();
});

const coupon = async (body: object) => {
  const answer = await world.call('POST', '/api/coupons', { as: admin, body });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
};
/** Pays an order to the end. */
const buy = async (as: Person | undefined, lines: object[], more: object = {}) => {
  const order = await world.order(as, lines, more);
  const payment = await world.pay(as, order.id, 'scripted', order.claimToken ?? '');
  await world.payAndTell(payment.id);
  await world.orderIs(order.id, 'paid');
  return { order, payment };
};
const link = async (kind: string, id: string) => {
  const { url } = await world.platform.host.client(PaymentsService).getLink({ kind, id }, serviceCtx('test'));
  return new URL(url).searchParams.get('token') ?? '';
};

describe('a cart', () => {
  test('shows what it costs and why a line cannot be had, and holds nothing', async () => {
    const good = await world.item(1000);
    const free = await world.item(null);
    const { status, body } = await world.call('POST', '/api/orders/quote', {
      body: { lines: [{ sku: good, quantity: 1 }, { sku: free }, { sku: 'course:nothing' }, { sku: 'boat:1' }] },
    });
    assert.equal(status, 200);
    assert.deepEqual(
      body.lines.map((line: { refusal: string | null }) => line.refusal),
      [null, 'free', 'not_found', 'not_found'],
    );
    assert.deepEqual(body.total, { amount: 1000, currency: 'BRL' });
    assert.equal(body.buyable, false);
  });
  test('says what is wrong with a coupon and goes on without it', async () => {
    const sku = await world.item(1000);
    const { body } = await world.call('POST', '/api/orders/quote', {
      locale: 'pt-BR',
      body: { lines: [{ sku }], coupon: 'NOTHING' },
    });
    assert.equal(body.coupon.applied, false);
    assert.deepEqual(body.coupon.problem, { code: 'coupon_unknown', title: 'Não existe cupom com este código.' });
    assert.equal(body.total.amount, 1000);
  });
});

describe('an order', () => {
  test('keeps the picture of what was bought from being deleted', async () => {
    const order = await world.order(ana, [{ sku: await world.item(1000) }]);
    const [bought, spare] = [systemIds.id(), systemIds.id()];
    const db = world.platform.host.database('payments');
    await db.pool.query('update order_lines set cover_url = $2 where order_id = $1', [
      order.id,
      `/api/media/${bought}`,
    ]);
    const used = await findUsedFiles({ db })({ ids: [bought, spare] }, serviceCtx('media'));
    assert.deepEqual(used.ids, [bought]);
  });
  test('is priced by the market, never by who asks', async () => {
    const sku = await world.item(1000);
    const answer = await world.call('POST', '/api/orders', { as: ana, body: { lines: [{ sku, unitPrice: 1 }] } });
    assert.equal(answer.status, 400);
  });
  test('refuses what is owned, free, unknown, in two currencies', async () => {
    const owned = await world.item(1000);
    const { order } = await buy(ana, [{ sku: owned }]);
    await world.grants(order.id);
    const refused = async (lines: object[]) =>
      (await world.call('POST', '/api/orders', { as: ana, body: { lines } })).body.code;
    assert.equal(await refused([{ sku: owned }]), 'item_already_owned');
    assert.equal(await refused([{ sku: await world.item(null) }]), 'item_is_free');
    assert.equal(await refused([{ sku: 'course:nothing' }]), 'item_unknown');
    const dollars = await world.item(1000, { currency: 'USD' });
    assert.equal(await refused([{ sku: await world.item(1) }, { sku: dollars }]), 'mixed_currencies');
  });
  test('is one, however often it is asked for with one key', async () => {
    const sku = await world.item(1000);
    const headers = { 'idempotency-key': 'the-same' };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        world.call('POST', '/api/orders', { as: ana, body: { lines: [{ sku }] }, headers }),
      ),
    );
    assert.ok(answers.every(({ status }) => status === 201 || status === 409));
    const ids = new Set(answers.flatMap(({ status, body }) => (status === 201 ? [body.id] : [])));
    assert.equal(ids.size, 1);
    const [row] = await world.query<{ n: number }>('select count(*)::int as n from order_lines where sku = $1', [sku]);
    assert.equal(row?.n, 1);
  });
  test('is nobody else’s business', async () => {
    const { id } = await world.order(ana, [{ sku: await world.item(1000) }]);
    const eve = await person();
    for (const as of [eve, undefined]) assert.equal((await world.call('GET', `/api/orders/${id}`, { as })).status, 404);
    const support = await person({ roles: ['support'] });
    assert.equal((await world.call('GET', `/api/orders/${id}`, { as: support })).status, 200);
  });
  test('that is given up lets go of what it held, and cannot be paid any more', async () => {
    const sku = await world.item(1000, { capacity: 1 });
    const first = await world.order(ana, [{ sku }]);
    const second = await world.call('POST', '/api/orders', { as: await person(), body: { lines: [{ sku }] } });
    assert.equal(second.body.code, 'item_not_for_sale');
    const cancelled = await world.call('POST', `/api/orders/${first.id}/cancel`, { as: ana });
    assert.equal(cancelled.body.state, 'cancelled');
    const late = await world.call('POST', `/api/orders/${first.id}/payments`, {
      as: ana,
      body: { provider: 'scripted' },
    });
    assert.equal(late.body.code, 'order_not_payable');
    await world.until('the hold is released', async () => {
      const answer = await world.call('POST', '/api/orders', { as: await person(), body: { lines: [{ sku }] } });
      return answer.status === 201;
    });
    const events = await world.events(first.id);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['stoa.payments.order.cancelled.v1'],
    );
  });
  test('that expires lets go of what it held, and takes the payment back that was under way', async () => {
    const sku = await world.item(1000, { capacity: 1 });
    const held = async (orderId: string) =>
      (await world.platform.host.database('market').pool.query('select sku from holds where order_id = $1', [orderId]))
        .rows;
    const order = await world.order(ana, [{ sku }]);
    const payment = await world.pay(ana, order.id);
    await world.attemptIs(payment.id, 'requires_action');
    assert.deepEqual(await held(order.id), [{ sku }]);
    await world.query("update orders set expires_at = now() - interval '1 second' where id = $1", [order.id]);
    await world.query("insert into payments_jobs.job (name, data) values ('expire-orders', '{}')");
    await world.orderIs(order.id, 'expired');
    await world.until('the hold is released', async () => (await held(order.id)).length === 0);
    await world.attemptIs(payment.id, 'canceled');
    assert.equal(world.provider.report(payment.id).state, 'canceled');
    const next = await world.order(await person(), [{ sku }]);
    assert.deepEqual(await held(next.id), [{ sku }]);
    const told = (await world.events(order.id)).map(({ type, data }) => [type, data.reason]);
    assert.deepEqual(told, [['stoa.payments.order.cancelled.v1', 'expired']]);
  });
  test('costs what it cost when it was made, whatever its items cost by now', async () => {
    const sku = await world.item(4000);
    const order = await world.order(ana, [{ sku }]);
    await world.platform.host.database('market').pool.query('update items set price = 9900 where sku = $1', [sku]);
    const payment = await world.pay(ana, order.id);
    await world.payAndTell(payment.id);
    await world.orderIs(order.id, 'paid');
    assert.equal(world.provider.report(payment.id).captured, 4000);
    const paid = (await world.events(order.id)).find(({ type }) => type === 'stoa.payments.order.paid.v1');
    assert.deepEqual(paid?.data.total, { amount: '4000', currency: 'BRL' });
    const { body } = await world.call('POST', '/api/orders/quote', { body: { lines: [{ sku }] } });
    assert.equal(body.total.amount, 9900);
  });
  test('of the last item goes to one of many who want it', async () => {
    const sku = await world.item(1000, { capacity: 1 });
    const people = await Promise.all(Array.from({ length: 20 }, () => person()));
    const answers = await Promise.all(
      people.map((as) => world.call('POST', '/api/orders', { as, body: { lines: [{ sku }] } })),
    );
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.ok(answers.every(({ status, body }) => status === 201 || body.code === 'item_not_for_sale'));
  });
  test('adds the tax of the buyer’s country by its rule, and says so on the invoice', async () => {
    const rule = await world.call('POST', '/api/admin/tax-rules', {
      as: admin,
      body: {
        country: 'PT',
        category: '*',
        name: 'IVA',
        rate: 2300,
        inclusive: false,
        source: 'https://example.com/iva',
        checkedOn: '2026-01-01',
        validFrom: '2026-01-01',
      },
    });
    assert.equal(rule.status, 201, JSON.stringify(rule.body));
    const { order } = await buy(ana, [{ sku: await world.item(1000) }], { country: 'PT' });
    assert.deepEqual([order.tax.amount, order.total.amount], [230, 1230]);
    const [invoice] = (await world.call('GET', `/api/orders/${order.id}`, { as: ana })).body.invoices;
    const { body } = await world.call('GET', `/api/invoices/${invoice.id}?format=json`, { as: ana });
    assert.deepEqual(body.taxes, [{ name: 'IVA', rate: 2300, net: 1000, tax: 230 }]);
    const ubl = await world.call('GET', `/api/invoices/${invoice.id}?format=ubl`, { as: ana });
    assert.match(ubl.raw.toString(), /<cbc:TaxAmount currencyID="BRL">2.30<\/cbc:TaxAmount>/);
    // The number of the invoice, not of the order, in every form it takes.
    assert.match(invoice.number, /^[A-Z]+-\d{4}-\d{6}$/);
    assert.match(
      ubl.raw.toString(),
      new RegExp(`</cbc:(UBLVersionID|CustomizationID)><cbc:ID>${invoice.number}</cbc:ID>`),
    );
    const json = await world.call('GET', `/api/invoices/${invoice.id}?format=json`, { as: ana });
    assert.equal(json.body.number, invoice.number);
    assert.deepEqual(
      Object.keys(json.body).filter((key) => key.includes('_')),
      [],
      'nothing of our own tables is in it',
    );
    const pdf = await world.call('GET', `/api/invoices/${invoice.id}`, { as: ana });
    assert.equal(pdf.raw.subarray(0, 5).toString(), '%PDF-');
    assert.equal((await world.call('GET', `/api/invoices/${invoice.id}`, { as: await person() })).status, 404);
  });
});

describe('a coupon', () => {
  test('with one use is used once by fifty who try at once', async () => {
    await coupon({ code: 'ONLYONE', percent: 1000, maxUses: 1 });
    const people = await Promise.all(Array.from({ length: 50 }, () => person()));
    const sku = await world.item(1000);
    const answers = await Promise.all(
      people.map((as) => world.call('POST', '/api/orders', { as, body: { lines: [{ sku }], coupon: 'onlyone' } })),
    );
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.ok(answers.every(({ status, body }) => status === 201 || body.code === 'coupon_used_up'));
  });
  test('comes back when its order is given up', async () => {
    await coupon({ code: 'COMESBACK', percent: 5000, maxUses: 1, maxUsesPerPerson: 1 });
    const sku = await world.item(1000);
    const order = await world.order(ana, [{ sku }], { coupon: 'COMESBACK' });
    assert.equal(order.total.amount, 500);
    const again = await world.call('POST', '/api/orders', { as: ana, body: { lines: [{ sku }], coupon: 'COMESBACK' } });
    assert.equal(again.body.code, 'coupon_used_up');
    await world.call('POST', `/api/orders/${order.id}/cancel`, { as: ana });
    await world.order(ana, [{ sku }], { coupon: 'COMESBACK' });
  });
  test('is good from its first day until its last, and an order made with it keeps it', async () => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    await coupon({ code: 'NOTYET', percent: 1000, startsAt: day(1) });
    await coupon({ code: 'OVER', percent: 1000, startsAt: day(-2), endsAt: day(-1) });
    await coupon({ code: 'TODAY', percent: 1000, startsAt: day(-1), endsAt: day(1) });
    const sku = await world.item(1000);
    for (const code of ['NOTYET', 'OVER']) {
      const body = { lines: [{ sku }], coupon: code };
      const quoted = await world.call('POST', '/api/orders/quote', { as: ana, body });
      assert.deepEqual(
        [quoted.body.coupon.applied, quoted.body.coupon.problem.code, quoted.body.total.amount],
        [false, 'coupon_not_now', 1000],
      );
      const refused = await world.call('POST', '/api/orders', { as: ana, body });
      assert.deepEqual([refused.status, refused.body.code], [422, 'coupon_not_now']);
    }
    const order = await world.order(ana, [{ sku }], { coupon: 'TODAY' });
    await world.query("update coupons set ends_at = now() where code = 'TODAY'");
    const payment = await world.pay(ana, order.id);
    await world.payAndTell(payment.id);
    assert.equal(world.provider.report(payment.id).captured, 900);
  });
  test('with two uses for each is used twice by one person, however many orders come at once, and by others too', async () => {
    await coupon({ code: 'TWICE', percent: 1000, maxUsesPerPerson: 2 });
    const bob = await person();
    const body = { lines: [{ sku: await world.item(1000) }], coupon: 'TWICE' };
    await world.order(bob, body.lines, body);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => world.call('POST', '/api/orders', { as: bob, body })),
    );
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.ok(answers.every(({ status, body: { code } }) => status === 201 || code === 'coupon_already_used'));
    const quoted = await world.call('POST', '/api/orders/quote', { as: bob, body });
    assert.equal(quoted.body.coupon.problem.code, 'coupon_already_used');
    await world.order(ana, body.lines, body);
    const uses = await world.query(
      "select p.used, c.used as of_all from coupon_people p join coupons c on c.id = p.coupon_id where c.code = 'TWICE' and p.person = $1",
      [bob.id],
    );
    assert.deepEqual(uses, [{ used: 2, of_all: 3 }]);
  });
  test('of a guest is a use of the account that takes the order over', async () => {
    await coupon({ code: 'GUESTS', percent: 1000, maxUsesPerPerson: 1 });
    const lines = [{ sku: await world.item(1000) }];
    const claimed = async (as: Person, email: string) => {
      const order = await world.order(undefined, lines, { email, coupon: 'GUESTS' });
      const body = { token: order.claimToken };
      assert.equal((await world.call('POST', `/api/orders/${order.id}/claim`, { as, body })).status, 200);
      return order.id;
    };
    const bob = await person();
    const order = await claimed(bob, 'bob@example.com');
    const again = await world.call('POST', '/api/orders', { as: bob, body: { lines, coupon: 'GUESTS' } });
    assert.equal(again.body.code, 'coupon_already_used');
    // Given up, it comes back to whose it is now.
    assert.equal((await world.call('POST', `/api/orders/${order}/cancel`, { as: bob })).body.state, 'cancelled');
    await world.checkInvariants();
    await world.order(bob, lines, { coupon: 'GUESTS' });
  });
  test('that takes everything off needs no payment', async () => {
    await coupon({ code: 'ALLOFIT', percent: 10_000 });
    const order = await world.order(ana, [{ sku: await world.item(1000) }], { coupon: 'ALLOFIT' });
    assert.equal(order.state, 'paid');
    assert.equal((await world.grants(order.id)).length, 1);
  });
  test('of a seller is good for what they sell', async () => {
    const seller = await person({ roles: ['instructor'] });
    const made = await world.call('POST', '/api/coupons', { as: seller, body: { code: 'MINE', percent: 1000 } });
    assert.equal(made.body.sellerId, seller.id);
    const other = await world.call('POST', '/api/orders', {
      as: ana,
      body: { lines: [{ sku: await world.item(1000) }], coupon: 'MINE' },
    });
    assert.equal(other.body.code, 'coupon_not_applicable');
    const order = await world.order(ana, [{ sku: await world.item(1000, { seller: seller.id }) }], { coupon: 'MINE' });
    assert.equal(order.total.amount, 900);
    const list = await world.call('GET', '/api/coupons', { as: seller });
    assert.equal(list.body.items.length, 1);
  });
});

describe('a guest', () => {
  test('buys with an e-mail address and makes the order theirs later', async () => {
    const sku = await world.item(2000);
    const missing = await world.call('POST', '/api/orders', { body: { lines: [{ sku }] } });
    assert.equal(missing.body.code, 'buyer_email_needed');
    const { order } = await buy(undefined, [{ sku }], { email: 'guest@example.com' });
    assert.deepEqual(await world.grants(order.id), []);
    assert.equal((await world.call('GET', `/api/orders/${order.id}`)).status, 404);
    const token = await link('order', order.id);
    assert.equal(token, order.claimToken);
    assert.equal((await world.call('GET', `/api/orders/${order.id}?token=${token}`)).status, 200);
    const bob = await person();
    const claimed = await world.call('POST', `/api/orders/${order.id}/claim`, { as: bob, body: { token } });
    assert.equal(claimed.body.buyer.id, bob.id);
    assert.deepEqual(await world.grants(order.id), [{ owner_id: bob.id, revoked: false }]);
    const thief = await world.call('POST', `/api/orders/${order.id}/claim`, { as: ana, body: { token } });
    assert.equal(thief.body.code, 'order_already_claimed');
    assert.equal((await world.call('GET', `/api/orders/${order.id}?token=${token}`)).status, 404);
  });
});

describe('where a guest is', () => {
  const zoneOf = async (as: Person | undefined, timeZone: string) => {
    const sku = await world.item(2000);
    const { order } = await buy(as, [{ sku }], { timeZone, ...(as ? {} : { email: 'guest@example.com' }) });
    const paid = (await world.events(order.id)).find(({ type }) => type === 'stoa.payments.order.paid.v1');
    return paid?.data.timeZone ?? '';
  };
  test('is told with their purchase, when it is a place', async () => {
    assert.equal(await zoneOf(undefined, 'America/Sao_Paulo'), 'America/Sao_Paulo');
    assert.equal(await zoneOf(undefined, 'america/sao_paulo'), 'America/Sao_Paulo');
    for (const odd of ['', 'Nowhere/Atlantis', '+03:00', "'; drop table orders"])
      assert.equal(await zoneOf(undefined, odd), '');
    assert.equal(await zoneOf(await person(), 'Asia/Tokyo'), '', 'an account has a zone of its own');
  });
});

describe('a gift', () => {
  test('belongs to whoever takes it up with its link, and to nobody before', async () => {
    const sku = await world.item(3000);
    const gift = { email: 'friend@example.com', message: 'Happy birthday' };
    const { order } = await buy(ana, [{ sku, gift }]);
    assert.deepEqual(await world.grants(order.id), []);
    const sent = (await world.events(order.id)).find(({ type }) => type === 'stoa.payments.gift.sent.v1');
    assert.equal(sent?.data.recipientEmail, 'friend@example.com');
    const id = String(sent?.data.giftId);
    assert.equal((await world.call('GET', `/api/gifts/${id}?token=${'x'.repeat(43)}`)).body.code, 'gift_not_found');
    const token = await link('gift', id);
    assert.equal((await world.call('GET', `/api/gifts/${id}?token=${token}`)).body.message, 'Happy birthday');
    const bob = await person();
    for (let times = 0; times < 2; times += 1)
      assert.equal(
        (await world.call('POST', `/api/gifts/${id}/claim`, { as: bob, body: { token } })).body.state,
        'claimed',
      );
    assert.deepEqual(await world.grants(order.id), [{ owner_id: bob.id, revoked: false }]);
    const late = await world.call('POST', `/api/gifts/${id}/claim`, { as: ana, body: { token } });
    assert.equal(late.body.code, 'gift_already_claimed');
  });
});

describe('seats', () => {
  test('are assigned as often as they were bought, and can be taken back', async () => {
    const sku = await world.item(1000);
    const { order } = await buy(ana, [{ sku, quantity: 3, seats: true }]);
    const [line] = (await world.call('GET', `/api/orders/${order.id}`, { as: ana })).body.lines;
    const assign = (email: string) =>
      world.call('POST', `/api/orders/${order.id}/seats`, { as: ana, body: { lineId: line.id, email } });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => assign(`colleague${i}@example.com`)));
    assert.equal(answers.filter(({ status }) => status === 201).length, 3);
    assert.ok(answers.every(({ status, body }) => status === 201 || body.code === 'seats_all_taken'));
    const seat = answers.find(({ status }) => status === 201)?.body;
    const token = new URL(seat.link).searchParams.get('token');
    const bob = await person();
    assert.equal(
      (await world.call('POST', `/api/seats/${seat.id}/claim`, { as: bob, body: { token } })).body.state,
      'taken',
    );
    assert.deepEqual(await world.grants(order.id), [{ owner_id: bob.id, revoked: false }]);
    const stranger = await person();
    assert.equal((await world.call('DELETE', `/api/seats/${seat.id}`, { as: stranger })).status, 404);
    for (let times = 0; times < 2; times += 1)
      assert.equal((await world.call('DELETE', `/api/seats/${seat.id}`, { as: ana })).status, 204);
    assert.deepEqual(await world.grants(order.id), [{ owner_id: bob.id, revoked: true }]);
    assert.equal((await assign('another@example.com')).status, 201);
  });
});
