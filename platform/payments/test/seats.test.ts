import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from './world.ts';

let world: World;
let clinic: Person;
before(async () => {
  world = await startWorld();
  clinic = await person({ name: 'Clínica Boa' });
});
after(() => world.close());
afterEach(() => world.checkInvariants());

async function seats(quantity = 2) {
  const order = await world.order(clinic, [{ sku: await world.item(1000), quantity, seats: true }]);
  const payment = await world.pay(clinic, order.id);
  await world.payAndTell(payment.id);
  await world.orderIs(order.id, 'paid');
  const give = async (email: string, headers: Record<string, string> = {}) =>
    world.call('POST', `/api/orders/${order.id}/seats`, {
      as: clinic,
      body: { lineId: order.lines[0].id, email },
      headers,
    });
  return { orderId: String(order.id), give };
}
const invitations = async (orderId: string) =>
  (await world.events(orderId)).filter(({ type }) => type.endsWith('seat.invited.v1')).map(({ data }) => data);
const again = (seatId: string, as: Person = clinic) => world.call('POST', `/api/seats/${seatId}/invitations`, { as });
/** As if the last invitation had been an hour ago. */
const waitAnHour = (seatId: string) =>
  world.query("update seats set invited_at = invited_at - interval '1 hour' where id = $1", [seatId]);

describe('a seat given to an address', () => {
  test('tells whoever writes mails, without the secret of its link', async () => {
    const { orderId, give } = await seats();
    const { body: seat } = await give('Rui@Stoa.test');
    const [told] = await invitations(orderId);
    const { seatId, recipientEmail, inviterName, invitation } = told ?? {};
    assert.deepEqual(
      { seatId, recipientEmail, inviterName, invitation },
      { seatId: seat.id, recipientEmail: 'rui@stoa.test', inviterName: 'Clínica Boa', invitation: 1 },
    );
    assert.doesNotMatch(JSON.stringify(told), /token/);
  });

  test('is written to again when its buyer asks, not at once, ten times at most, and not once it is taken', async () => {
    const { orderId, give } = await seats();
    const { body: seat } = await give('eva@stoa.test');
    assert.equal((await again(seat.id)).body.code, 'seat_invited_lately');
    assert.equal((await again(seat.id, await person())).body.code, 'seat_not_found');
    for (let count = 2; count <= 10; count += 1) {
      await waitAnHour(seat.id);
      assert.equal((await again(seat.id)).status, 200);
    }
    await waitAnHour(seat.id);
    assert.equal((await again(seat.id)).body.code, 'seat_invited_lately');
    assert.deepEqual(
      (await invitations(orderId)).map(({ invitation }) => invitation),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
    const other = (await give('lia@stoa.test')).body;
    await world.call('POST', `/api/seats/${other.id}/claim`, {
      as: await person(),
      body: { token: new URL(other.link).searchParams.get('token') ?? '' },
    });
    await waitAnHour(other.id);
    assert.equal((await again(other.id)).body.code, 'seat_not_found');
  });

  test('waits for whoever signs up with that address and proves it, without a link', async () => {
    const { orderId, give } = await seats();
    const email = `sign-up-${orderId}@stoa.test`;
    const { body: seat } = await give(email);
    const waiting = async (as: Person) =>
      (await world.call('GET', '/api/seats', { as })).body.items.map(({ id }: { id: string }) => id);
    const unproven = await person({ email, emailVerified: false });
    assert.deepEqual(await waiting(unproven), []);
    const claim = (as: Person) => world.call('POST', `/api/seats/${seat.id}/claim`, { as, body: {} });
    assert.equal((await claim(unproven)).body.code, 'seat_not_found');
    assert.equal((await claim(await person())).body.code, 'seat_not_found');
    const rui = await person({ email, emailVerified: true });
    assert.deepEqual(await waiting(rui), [seat.id]);
    assert.equal((await claim(rui)).body.state, 'taken');
    assert.deepEqual(await waiting(rui), []);
    assert.deepEqual(await world.grants(orderId), [{ owner_id: rui.id, revoked: false }]);
  });

  test('can be taken back before it is taken up, and given to somebody else, who is told', async () => {
    const { orderId, give } = await seats(1);
    const { body: seat } = await give('one@stoa.test');
    assert.equal((await world.call('DELETE', `/api/seats/${seat.id}`, { as: clinic })).status, 204);
    assert.equal((await again(seat.id)).body.code, 'seat_not_found');
    await give('two@stoa.test');
    assert.deepEqual(
      (await invitations(orderId)).map(({ recipientEmail }) => recipientEmail),
      ['one@stoa.test', 'two@stoa.test'],
    );
  });
});

describe('answers kept for repeats of a request', () => {
  const kept = async () =>
    (await world.query<{ body: string }>('select body from idempotency_keys')).map(({ body }) => body);

  test('hold no secret, and every repeat gets it anew', async () => {
    const { give } = await seats();
    const headers = { 'idempotency-key': 'give-a-seat' };
    const first = await give('secret@stoa.test', headers);
    const repeat = await give('secret@stoa.test', headers);
    assert.match(first.body.link, /token=/);
    assert.deepEqual(repeat.body, first.body);
    assert.equal(repeat.headers['idempotency-replayed'], 'true');

    const guest = { email: 'guest@stoa.test', lines: [{ sku: await world.item(1000) }] };
    const order = () =>
      world.call('POST', '/api/orders', { body: guest, headers: { 'idempotency-key': 'guest-orders' } });
    const [one, two] = [(await order()).body, (await order()).body];
    assert.ok(one.claimToken);
    assert.deepEqual(two, one);
    const shown = await world.call('GET', `/api/orders/${one.id}?token=${two.claimToken}`);
    assert.equal(shown.status, 200);

    const secrets = [one.claimToken, new URL(first.body.link).searchParams.get('token') ?? ''];
    for (const body of await kept()) for (const secret of secrets) assert.ok(!body?.includes(secret));
    assert.ok((await kept()).some((body) => body?.includes(one.id)));
  });
});
