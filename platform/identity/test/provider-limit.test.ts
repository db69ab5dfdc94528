import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { manualClock } from '@stoa/kernel';
import { startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { identity, webClientSecret } from '../src/index.ts';
import { newAccount } from './accounts.ts';
import { pkce } from './browser.ts';

const clock = manualClock(new Date());
let limited: TestPlatform;
let secret: string;
before(async () => {
  limited = await startTestPlatform([identity], { ownIssuer: true, clock, settings: { STOA_RATE_LIMIT: '3' } });
  secret = webClientSecret({ settings: {}, home: limited.home });
});
after(() => limited?.close());

/** A window of its own for each test. */
const nextWindow = () => clock.advance(61_000);

/** Begins to sign in from an address, as a browser does. */
function begin(remoteAddress: string, platform = limited) {
  const query = new URLSearchParams({
    client_id: 'stoa-web',
    redirect_uri: `${platform.url}/auth/callback`,
    response_type: 'code',
    scope: 'openid',
    code_challenge: pkce().challenge,
    code_challenge_method: 'S256',
  });
  return platform.host.app.inject({ url: `/oidc/auth?${query}`, remoteAddress });
}

function exchange(client: string, path = '/oidc/token') {
  return limited.host.app.inject({
    method: 'POST',
    url: path,
    remoteAddress: '192.0.2.9',
    headers: {
      authorization: `Basic ${Buffer.from(client).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: 'grant_type=refresh_token&refresh_token=invented&token=invented',
  });
}

async function begun(platform = limited): Promise<number> {
  const { rows } = await platform.host
    .database('identity')
    .pool.query("select count(*)::int as n from oidc_payloads where model = 'Interaction'");
  return rows[0].n;
}

test('one network begins only so many sign-ins in a minute, and leaves nothing behind with the others', async () => {
  nextWindow();
  const before = await begun();
  for (const end of [1, 2, 3]) {
    const { statusCode, body } = await begin(`2001:db8:0:1::${end}`);
    assert.equal(statusCode, 303, body);
  }
  clock.advance(15_000);
  const refused = await begin('2001:db8:0:1::4');
  assert.equal(refused.statusCode, 429);
  assert.equal(refused.headers['content-type'], 'application/problem+json; charset=utf-8');
  assert.equal(refused.json().code, 'too_many_requests');
  assert.equal(refused.headers['retry-after'], '45');
  assert.equal(await begun(), before + 3);
  assert.equal((await begin('2001:db8:0:2::1')).statusCode, 303, 'another network has its own');
  clock.advance(45_000);
  assert.equal((await begin('2001:db8:0:1::4')).statusCode, 303, 'whoever waits as long as it says is let in');
});

test('secrets are guessed only so often, and whoever guesses reads so as the protocol writes it', async () => {
  for (const path of ['/oidc/token', '/oidc/revoke']) {
    nextWindow();
    for (let n = 0; n < 3; n += 1) assert.equal((await exchange(`stoa-web:guess-${n}`, path)).statusCode, 401);
    const refused = await exchange('stoa-web:guess-3', path);
    assert.equal(refused.statusCode, 429);
    assert.equal(refused.headers['retry-after'], '60');
    assert.equal(refused.headers['cache-control'], 'no-store');
    assert.deepEqual(refused.json(), {
      error: 'temporarily_unavailable',
      error_description: 'too many requests, try again in 60 seconds',
    });
  }
});

test('who somebody is is asked only so often, with a token and without', async () => {
  const { token } = await newAccount(limited);
  const ask = (method: 'GET' | 'POST', authorization: string, remoteAddress = '2001:db8:0:3::1') =>
    limited.host.app.inject({ method, url: '/oidc/userinfo', remoteAddress, headers: { authorization } });
  for (const [authorization, expected] of [
    [`Bearer ${token}`, 200],
    ['Bearer invented', 401],
  ] as const) {
    nextWindow();
    for (const method of ['GET', 'POST', 'GET'] as const)
      assert.equal((await ask(method, authorization)).statusCode, expected);
    const refused = await ask('GET', authorization, '2001:db8:0:3::2');
    assert.equal(refused.statusCode, 429);
    assert.equal(refused.json().code, 'too_many_requests');
    assert.equal(refused.headers['retry-after'], '60');
    assert.equal((await ask('GET', authorization, '2001:db8:0:4::1')).statusCode, expected, 'another network');
  }
});

test('our web comes for everybody from one address, also while somebody else guesses there', async () => {
  nextWindow();
  for (let n = 0; n < 4; n += 1) await exchange('stoa-web:guess');
  assert.equal((await exchange('stoa-web:guess')).statusCode, 429);
  // With and without the encoding of a form, which libraries do not agree on.
  for (const client of [`stoa-web:${secret}`, `stoa%2Dweb:${secret.replaceAll('-', '%2D').replaceAll('_', '%5F')}`])
    for (let n = 0; n < 4; n += 1) {
      const answer = await exchange(client);
      assert.equal(answer.statusCode, 400, answer.body);
      assert.equal(answer.json().error, 'invalid_grant');
    }
  for (const client of ['', ':', 'stoa-web', `other:${secret}`, `stoa-web:${secret}x`, 'stoa-web:%', `%:${secret}`])
    assert.equal((await exchange(client)).statusCode, 429, client);
});

test('documents that are read all the time are not counted', async () => {
  nextWindow();
  for (let n = 0; n < 5; n += 1)
    for (const url of ['/.well-known/openid-configuration', '/.well-known/jwks.json'])
      assert.equal((await limited.host.app.inject({ url })).statusCode, 200);
});

test('an installation without a rate limit does not count any of it', async () => {
  const open = await startTestPlatform([identity], {
    ownIssuer: true,
    clock,
    settings: { STOA_RATE_LIMIT: '0' },
  });
  try {
    for (let n = 0; n < 8; n += 1) assert.equal((await begin('192.0.2.1', open)).statusCode, 303);
  } finally {
    await open.close();
  }
});
