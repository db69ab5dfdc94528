import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { manualClock } from '@stoa/kernel';
import { type Person, person, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { echo, notes } from './toy-contexts.ts';

/** What a stranger meets at the door, with everything on that tests otherwise leave off. */
const clock = manualClock(new Date());
const limited = {
  clock,
  rateLimit: { limit: 3, windowSeconds: 60 },
  corsOrigins: ['https://app.example.org', 'https://other.example.org'],
};

let platform: TestPlatform;
let behindProxy: TestPlatform;
let ana: Person;
before(async () => {
  platform = await startTestPlatform([notes, echo], limited);
  behindProxy = await startTestPlatform([notes, echo], {
    ...limited,
    trustProxy: 1,
    databaseUrl: platform.databaseUrl,
    roles: ['api'],
  });
  ana = await person();
});
after(async () => {
  await behindProxy?.close();
  await platform?.close();
});

/** A read of its own minute, so that no test finds the budget that another one used. */
const nextWindow = () => clock.advance(61_000);
const read = (on: TestPlatform, options: Parameters<TestPlatform['call']>[2] = {}) =>
  on.call('GET', '/api/motto', options);
const remaining = async (on: TestPlatform, forwardedFor?: string) => {
  const { headers } = await read(on, { headers: forwardedFor ? { 'x-forwarded-for': forwardedFor } : {} });
  return Number(/r=(\d+)/.exec(String(headers.ratelimit))?.[1]);
};

describe('the limit of requests', () => {
  test('says what is left, and when it is used up so in the language of the request', async () => {
    nextWindow();
    const first = await read(platform);
    assert.equal(first.status, 200);
    assert.equal(first.headers['ratelimit-policy'], '"default";q=3;w=60');
    assert.equal(first.headers.ratelimit, '"default";r=2;t=60');
    assert.equal(first.headers['retry-after'], undefined);
    clock.advance(15_000);
    await read(platform);
    await read(platform);
    const titles: unknown[] = [];
    for (const locale of ['en', 'pt-BR', 'es']) {
      const refused = await read(platform, { locale });
      assert.equal(refused.status, 429);
      assert.equal(refused.headers['content-type'], 'application/problem+json; charset=utf-8');
      assert.equal(refused.body.code, 'too_many_requests');
      assert.equal(refused.headers['retry-after'], '45');
      assert.equal(refused.headers.ratelimit, '"default";r=0;t=45');
      titles.push(refused.body.title);
    }
    assert.deepEqual(titles, [
      'Too many requests. Try again in 45 seconds.',
      'Muitas requisições. Tente de novo em 45 segundos.',
      'Demasiadas solicitudes. Inténtalo de nuevo en 45 segundos.',
    ]);
    clock.advance(45_000);
    assert.equal((await read(platform)).status, 200, 'whoever waits as long as it says is let in');
  });

  test('counts people by who they are and strangers by their address', async () => {
    nextWindow();
    for (let n = 0; n < 3; n += 1) await read(platform);
    assert.equal((await read(platform)).status, 429);
    for (let n = 0; n < 3; n += 1) assert.equal((await read(platform, { as: ana })).status, 200);
    assert.equal((await read(platform, { as: ana })).status, 429);
    assert.equal((await read(platform, { as: await person() })).status, 200);
  });

  test('believes X-Forwarded-For only behind a proxy, and there only what the proxy wrote', async () => {
    nextWindow();
    assert.deepEqual([await remaining(platform, '192.0.2.1'), await remaining(platform, '192.0.2.2')], [2, 1]);
    assert.deepEqual([await remaining(behindProxy, '192.0.2.1'), await remaining(behindProxy, '192.0.2.2')], [2, 2]);
    assert.equal(await remaining(behindProxy, '198.51.100.9, 192.0.2.1'), 1, 'an invented entry buys no new budget');
    assert.equal(await remaining(behindProxy, '198.51.100.8, 192.0.2.1'), 0);
  });
});

describe('pages of other origins', () => {
  const preflight = (origin: string) =>
    platform.call('OPTIONS', '/api/notes', {
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,idempotency-key',
      },
    });

  test('may call the API if their origin is named, without cookies', async () => {
    nextWindow();
    const { status, headers } = await preflight('https://app.example.org');
    assert.equal(status, 204);
    assert.equal(headers['access-control-allow-origin'], 'https://app.example.org');
    assert.match(String(headers['access-control-allow-methods']), /\bPOST\b/);
    assert.match(String(headers['access-control-allow-headers']), /authorization.*idempotency-key/);
    assert.equal(headers['access-control-allow-credentials'], undefined);
    assert.equal(headers.ratelimit, undefined, 'asking costs nothing of the budget');
  });

  test('are refused otherwise', async () => {
    for (const origin of ['https://evil.example', 'https://app.example.org.evil.example', 'http://app.example.org']) {
      const { headers } = await preflight(origin);
      assert.equal(headers['access-control-allow-origin'], undefined);
      const answer = await platform.call('GET', '/api/motto', { headers: { origin } });
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
      nextWindow();
    }
  });

  test('can read the answer, also a refusal, and no cache gives it to another origin', async () => {
    nextWindow();
    const ask = () => read(platform, { headers: { origin: 'https://other.example.org' } });
    const answer = await ask();
    assert.equal(answer.headers['access-control-allow-origin'], 'https://other.example.org');
    assert.match(String(answer.headers['access-control-expose-headers']), /retry-after.*ratelimit/);
    assert.match(String(answer.headers['cache-control']), /public/);
    const vary = String(answer.headers.vary).toLowerCase().split(/, */).toSorted();
    assert.deepEqual(vary, ['accept-language', 'authorization', 'origin']);
    await ask();
    await ask();
    const refused = await ask();
    assert.equal(refused.status, 429);
    assert.equal(refused.headers['access-control-allow-origin'], 'https://other.example.org');
  });
});
