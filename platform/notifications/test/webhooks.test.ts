import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { CourseAccessGranted, OrderPaid, UserCreated, UserDeleted } from '@stoa/contracts';
import { manualClock, systemIds } from '@stoa/kernel';
import {
  eventually,
  openTestDatabase,
  type Person,
  person,
  startTestPlatform,
  type TestPlatform,
} from '@stoa/kernel/testing';
import { notifications } from '../src/index.ts';
import { nextDelay } from '../src/webhooks/deliver.ts';
import { sealingWith } from '../src/webhooks/sealing.ts';
import { paymentsBook, paymentsOf } from './payments-world.ts';
import { type ProviderServer, type Received, type Reply, startProviderServer } from './simulators/provider-server.ts';
import { enrollmentContext, happen, identityBook, identityOf } from './world.ts';

// Tokens of test people live an hour by this clock, too, so it starts now and admins are made anew after it was moved.
const clock = manualClock(new Date());
let platform: TestPlatform;
let receiver: ProviderServer;
let reply: (request: Received) => Reply;
let admin: Person;

before(async () => {
  const down = { status: 500 };
  receiver = await startProviderServer({ answer: (request) => reply(request), overloaded: down, down });
  platform = await startTestPlatform(
    [identityOf(identityBook()), enrollmentContext(), paymentsOf(paymentsBook()), notifications],
    { clock, settings: { ...process.env, SMTP_URL: '', STOA_EGRESS_LOOPBACK: 'true', NOTIFICATIONS_POLL_MS: '50' } },
  );
  admin = await person({ roles: ['admin'] });
});
after(async () => {
  await platform?.close();
  await receiver?.close();
});
beforeEach(() => {
  receiver.requests.length = 0;
  reply = () => ({ status: 204 });
  clock.set(new Date());
});

const call = (method: string, path: string, body?: unknown, as = admin) =>
  platform.call(method, `/api/admin${path}`, { as, ...(body === undefined ? {} : { body }) });
const add = async (path: string, events: string[] = [OrderPaid.type]) => {
  const { status, body } = await call('POST', '/webhooks', { url: `${receiver.url}${path}`, events });
  assert.equal(status, 201, JSON.stringify(body));
  return body;
};
const remove = (endpoint: { id: string }) => call('DELETE', `/webhooks/${endpoint.id}`);
const pay = async (fields: object = {}) => {
  const orderId = systemIds.id();
  await happen(platform, OrderPaid, orderId, {
    orderId,
    number: '2026-1',
    buyerId: systemIds.id(),
    buyerEmail: 'buyer@example.com',
    locale: 'en',
    lines: [],
    total: { amount: 12990n, currency: 'BRL' },
    provider: 'pix',
    ...fields,
  });
  await platform.host.settle();
  return orderId;
};
const arrived = (path: string) => receiver.requests.filter((request) => request.path === path);

/** What a receiver does with the header, by the documentation alone. */
function verify(secret: string, { headers, body }: Received): boolean {
  const parts = String(headers['stoa-signature']).split(',');
  const time = parts.find((part) => part.startsWith('t='))?.slice(2);
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
  return parts.filter((part) => part.startsWith('v1=')).some((part) => part.slice(3) === expected);
}

describe('a webhook endpoint', () => {
  it('is told of the events it chose, signed with a secret that is shown once', async () => {
    const endpoint = await add('/orders');
    const other = await add('/access', [CourseAccessGranted.type]);
    const all = await add('/all', []);
    assert.match(endpoint.secret, /^whsec_[\w-]{43}$/);
    const orderId = await pay();
    await eventually(() => arrived('/orders').length === 1 && arrived('/all').length === 1);
    const [request] = arrived('/orders');
    assert.ok(request && verify(endpoint.secret, request));
    assert.ok(!verify(other.secret, request));
    const event = JSON.parse(request.body.toString());
    assert.equal(event.type, OrderPaid.type);
    assert.equal(event.data.orderId, orderId);
    assert.equal(request.headers['stoa-event-id'], event.id);
    assert.equal(request.headers['content-type'], 'application/cloudevents+json; charset=utf-8');
    assert.equal(arrived('/access').length, 0);
    const list = await call('GET', '/webhooks');
    assert.ok(!JSON.stringify(list.body).includes('whsec_'));
    const db = openTestDatabase(platform.databaseUrl, 'notifications');
    const { rows } = await db.pool.query('select encode(secret, $1) as sealed from webhook_endpoints', ['escape']);
    await db.close();
    assert.ok(
      rows.every(({ sealed }) => !sealed.includes(endpoint.secret.slice(6))),
      'not in the database as it is',
    );
    for (const one of [endpoint, other, all]) assert.equal((await remove(one)).status, 204);
  });

  it('refuses addresses that are not for the public, and events there are none of', async () => {
    for (const url of [
      'ftp://example.com/x',
      'https://10.0.0.1/',
      'https://user:pw@example.com/',
      'https://[fd00::1]/',
      'http://example.com:9/%zz',
    ]) {
      const { status, body } = await call('POST', '/webhooks', { url });
      if (url.startsWith('http://example')) continue;
      assert.equal(status, 422, url);
      assert.equal(body.code, 'webhook_address_refused');
      assert.equal(body.errors[0].pointer, '/url');
    }
    const unknown = await call('POST', '/webhooks', {
      url: 'https://example.com/',
      events: ['stoa.identity.password-reset.requested.v1'],
    });
    assert.equal(unknown.body.code, 'webhook_event_unknown');
    assert.equal((await call('GET', '/webhooks', undefined, await person({ roles: ['support'] }))).status, 403);
    const list = await call('GET', '/webhooks');
    for (const endpoint of list.body.items) await remove(endpoint);
  });

  it('keeps working while its secret is changed: for a day both sign', async () => {
    const endpoint = await add('/rolled');
    const renewed = (await call('POST', `/webhooks/${endpoint.id}/secret`)).body;
    assert.notEqual(renewed.secret, endpoint.secret);
    await pay();
    await eventually(() => arrived('/rolled').length === 1);
    const [first] = arrived('/rolled');
    assert.ok(first && verify(endpoint.secret, first) && verify(renewed.secret, first));
    clock.advance(25 * 3600_000);
    await pay();
    await eventually(() => arrived('/rolled').length === 2);
    const second = arrived('/rolled')[1];
    assert.ok(second && !verify(endpoint.secret, second) && verify(renewed.secret, second));
    clock.set(new Date());
    await remove(endpoint);
  });

  it('does not follow redirects and tells the log what came back', async () => {
    reply = () => ({ status: 302, headers: { location: `${receiver.url}/elsewhere` } });
    const endpoint = await add('/moved');
    const { body } = await call('POST', `/webhooks/${endpoint.id}/ping`);
    const tried = await eventually(async () => {
      const delivery = (await call('GET', `/webhook-deliveries/${body.id}`)).body;
      return delivery.tries.length > 0 && delivery;
    });
    assert.equal(tried.tries[0].status, 302);
    assert.equal(tried.state, 'waiting');
    assert.equal(arrived('/elsewhere').length, 0);
    await remove(endpoint);
  });
});

describe('a delivery that fails', () => {
  it('is tried for three days with growing waits, then can be redelivered with the same event id', async () => {
    reply = () => ({ status: 503, body: 'not now' });
    const endpoint = await add('/down');
    await pay();
    const count = () => arrived('/down').length;
    await eventually(() => count() === 1);
    const db = openTestDatabase(platform.databaseUrl, 'notifications');
    const afterTry = (tries: number) =>
      eventually(async () => {
        const { rows } = await db.pool.query(
          `select d.state, d.next_at, (select count(*) from webhook_attempts a where a.delivery_id = d.id) as tries
           from webhook_deliveries d where d.endpoint_id = $1`,
          [endpoint.id],
        );
        return rows[0]?.tries === tries && rows[0];
      });
    const waits: number[] = [];
    for (let tries = 1; ; tries += 1) {
      const { state, next_at: nextAt } = await afterTry(tries);
      if (state === 'failed') break;
      const wait = Date.parse(nextAt) - clock.now().getTime();
      waits.push(Math.round(wait / 1000));
      clock.advance(wait - 1);
      if (tries === 3) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        assert.equal(count(), 3, 'not before its time');
      }
      clock.advance(1);
    }
    await db.close();
    assert.deepEqual(waits.slice(0, 9), [5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800]);
    const total = waits.reduce((sum, wait) => sum + wait, 0);
    assert.ok(total <= 72 * 3600 && total > 60 * 3600, `${total / 3600} hours`);
    clock.set(new Date());
    const after = (await call('GET', `/webhooks/${endpoint.id}`)).body;
    assert.equal(after.enabled, false, 'nothing was taken for three days');
    assert.equal(after.disabledReason, 'failing');
    assert.equal(after.failed, 1);

    reply = () => ({ status: 200, body: 'ok' });
    const [failed] = (await call('GET', `/webhooks/${endpoint.id}/deliveries?state=failed`)).body.items;
    await call('PATCH', `/webhooks/${endpoint.id}`, { enabled: true });
    const again = await call('POST', `/webhook-deliveries/${failed.id}/redelivery`);
    assert.equal(again.status, 202);
    await eventually(async () => (await call('GET', `/webhook-deliveries/${failed.id}`)).body.state === 'delivered');
    assert.equal(new Set(arrived('/down').map(({ headers }) => headers['stoa-event-id'])).size, 1);
    const told = (await call('GET', `/webhook-deliveries/${failed.id}`)).body;
    assert.ok(told.tries.length > 9, 'the tries before stay');
    assert.equal(told.tries.at(-1).status, 200);
    await remove(endpoint);
  });

  it('waits grow up to half a day and end within three', () => {
    let elapsed = 0;
    for (let attempt = 1; ; attempt += 1) {
      const delay = nextDelay(attempt, elapsed);
      if (delay === undefined) break;
      assert.ok(delay >= 5 && delay <= 43_200);
      elapsed += delay;
    }
    assert.ok(elapsed <= 72 * 3600 && elapsed > 60 * 3600);
  });

  it('ends at once when the endpoint says that it is gone', async () => {
    reply = () => ({ status: 410 });
    const endpoint = await add('/gone');
    await pay();
    await eventually(async () => (await call('GET', `/webhooks/${endpoint.id}`)).body.disabledReason === 'gone');
    assert.equal(arrived('/gone').length, 1);
    await pay();
    assert.equal(arrived('/gone').length, 1);
    await remove(endpoint);
  });

  it('is taken up again when the process was lost in the middle', async () => {
    const endpoint = await add('/lost');
    await pay();
    await eventually(() => arrived('/lost').length === 1);
    const db = openTestDatabase(platform.databaseUrl, 'notifications');
    // As a kill leaves it: taken, no attempt noted, no job.
    await db.pool.query(
      "update webhook_deliveries set state = 'waiting', delivered_at = null, next_at = $2 where endpoint_id = $1",
      [endpoint.id, new Date(clock.now().getTime() + 120_000)],
    );
    clock.advance(121_000);
    await eventually(() => arrived('/lost').length === 2);
    await db.close();
    clock.set(new Date());
    await remove(endpoint);
  });
});

describe('what webhooks keep of people', () => {
  it('goes with them, and that they are gone is told', async () => {
    const endpoint = await add('/people', []);
    const id = systemIds.id();
    const email = `${id}@example.com`;
    await happen(platform, UserCreated, id, { userId: id, email, name: 'Ana', locale: 'en', timeZone: 'UTC' });
    await pay({ buyerId: id, buyerEmail: email });
    await pay({ buyerId: '', buyerEmail: email.toUpperCase() });
    await eventually(() => arrived('/people').length === 3);
    await happen(platform, UserDeleted, id, { userId: id });
    await eventually(() => arrived('/people').length === 4);
    const db = openTestDatabase(platform.databaseUrl, 'notifications');
    const { rows } = await db.pool.query('select event_type, body from webhook_deliveries where endpoint_id = $1', [
      endpoint.id,
    ]);
    await db.close();
    assert.deepEqual(
      rows.map(({ event_type: type }) => type),
      [UserDeleted.type],
    );
    assert.ok(!JSON.stringify(rows).toLowerCase().includes(email));
    await remove(endpoint);
  });
});

describe('sealed secrets', () => {
  it('open with the same key alone, and not when they were changed', () => {
    const key = Buffer.alloc(32, 1).toString('base64url');
    const sealed = sealingWith(key).seal('whsec_x');
    assert.equal(sealingWith(key).open(sealed), 'whsec_x');
    assert.throws(() => sealingWith(Buffer.alloc(32, 2).toString('base64url')).open(sealed));
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    assert.throws(() => sealingWith(key).open(sealed));
  });
});
