import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createLog, ExpectedError, manualClock, systemClock, systemIds } from '@stoa/kernel';
import { startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import {
  decodeJwt,
  decodeProtectedHeader,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { identity, webClientSecret } from '../src/index.ts';
import { deriveSecrets } from '../src/secrets.ts';
import { openSigningKeys } from '../src/signing-keys.ts';
import { newAccount } from './accounts.ts';

let platform: TestPlatform;
const clock = manualClock(systemClock.now());
before(async () => {
  platform = await startTestPlatform([identity], { ownIssuer: true, clock });
});
after(() => platform.close());

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Our real signing key, opened the way the platform opens it. */
async function realKeys() {
  const { installationSecret } = await import('@stoa/kernel');
  const secrets = deriveSecrets(installationSecret({ settings: process.env, home: platform.home }));
  return openSigningKeys({
    db: platform.host.database('identity'),
    clock,
    log: createLog({ level: 'silent' }),
    secrets,
  });
}

test('forged, confused, foreign and stale tokens are all refused', async () => {
  const person = await newAccount(platform);
  const claims = decodeJwt(person.token);
  const { exp: _expiry, ...withoutExpiry } = claims;
  const { sub: _subject, ...withoutSubject } = claims;
  const header = decodeProtectedHeader(person.token);
  const { current } = await (await realKeys()).read();
  const sign = (payload: JWTPayload, typ = 'at+jwt', kid = header.kid) =>
    new SignJWT(payload).setProtectedHeader({ alg: 'ES256', typ, ...(kid ? { kid } : {}) }).sign(current.key);
  const [h = '', p = '', s = ''] = person.token.split('.');
  const { published } = await (await realKeys()).read();
  const publicKey = await importJWK(published.keys[0] ?? {}, 'ES256', { extractable: true });
  if (publicKey instanceof Uint8Array) throw new Error('not a public key');
  const hmac = (key: string) => {
    const body = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: header.kid })}.${p}`;
    return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
  };
  const stranger = await generateKeyPair('ES256', { extractable: true });
  const { exportJWK } = await import('jose');
  const now = Math.floor(clock.now().getTime() / 1000);
  const bad: Record<string, string> = {
    'no algorithm': `${encode({ alg: 'none', typ: 'at+jwt' })}.${p}.`,
    'no algorithm, spelt differently': `${encode({ alg: 'nOnE', typ: 'at+jwt', kid: header.kid })}.${p}.`,
    'symmetric with the public key (PEM)': hmac(await exportSPKI(publicKey)),
    'symmetric with the public key (JWK)': hmac(JSON.stringify(published.keys[0])),
    'no signature': `${h}.${p}.`,
    'changed payload': `${h}.${encode({ ...claims, roles: ['admin'] })}.${s}`,
    'another audience': await sign({ ...claims, aud: 'other' }),
    'another issuer': await sign({ ...claims, iss: 'https://evil.example' }),
    'an ID token': await sign(claims, 'JWT'),
    'no type': await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: current.kid }).sign(current.key),
    expired: await sign({ ...claims, exp: now - 10 }),
    'no expiry': await sign(withoutExpiry),
    'no subject': await sign(withoutSubject),
    'not valid yet': await sign({ ...claims, nbf: now + 600 }),
    'a key of its own in the header': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', jwk: await exportJWK(stranger.publicKey) })
      .sign(stranger.privateKey),
    'a key it points to': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'x', jku: 'https://evil.example/jwks' })
      .sign(stranger.privateKey),
    'our kid, a foreign key': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: current.kid })
      .sign(stranger.privateKey),
    nonsense: 'a.b.c',
    empty: '',
  };
  for (const [what, token] of Object.entries(bad))
    await assert.rejects(
      platform.host.verifyToken(token),
      (error: unknown) => error instanceof ExpectedError && error.code === 'invalid_token',
      what,
    );
  const good = await platform.host.verifyToken(await sign(claims));
  assert.equal(good.kind === 'user' && good.userId, person.id, 'what is merely signed again still passes');
  clock.advance(306_000);
  await assert.rejects(platform.host.verifyToken(person.token), 'a token that was verified once still expires');
});

test('after a rotation new tokens carry the new key, old ones stay good until they expire, and old keys go', async () => {
  const old = await newAccount(platform);
  const keys = await realKeys();
  assert.equal(await keys.rotate({ days: 90 }), false, 'a young key stays');
  clock.advance(1000);
  assert.equal(await keys.rotate({ days: 0 }), true);
  // The running platform follows within a minute.
  clock.advance(61_000);
  const young = await newAccount(platform);
  assert.notEqual(decodeProtectedHeader(young.token).kid, decodeProtectedHeader(old.token).kid);
  await new Promise((resolve) => setTimeout(resolve, 5_100));
  assert.equal((await platform.call('GET', '/api/users/me', { as: young })).status, 200);
  assert.equal((await platform.call('GET', '/api/users/me', { as: old })).status, 200);
  assert.equal((await platform.call('GET', '/.well-known/jwks.json')).body.keys.length, 2);
  const { rows } = await platform.host
    .database('identity')
    .pool.query('select count(private_jwk)::int as n from signing_keys');
  assert.equal(rows[0].n, 1, 'the private half of a retired key is gone');
  clock.advance(25 * 3_600_000);
  await keys.rotate({ days: 90 });
  assert.equal((await keys.read()).published.keys.length, 1);
});

test('a database that comes with another secret gets a new key, and people can sign in', async () => {
  const keys = openSigningKeys({
    db: platform.host.database('identity'),
    clock,
    log: createLog({ level: 'silent' }),
    secrets: deriveSecrets('another secret, long enough to be one'),
  });
  const { current, published } = await keys.read();
  assert.ok(published.keys.some(({ kid }) => kid === current.kid));
  assert.ok(published.keys.length >= 2);
});

test('processes that start at once make one signing key', async () => {
  const { pool } = platform.host.database('identity');
  await pool.query('delete from signing_keys');
  const read = await Promise.all(Array.from({ length: 6 }, async () => (await (await realKeys()).read()).current.kid));
  assert.equal(new Set(read).size, 1);
});

test('the secret of the web client is the same for every process and its file is private', () => {
  const home = mkdtempSync(join(tmpdir(), 'stoa-secret-'));
  const first = webClientSecret({ settings: {}, home });
  assert.equal(webClientSecret({ settings: {}, home }), first);
  assert.equal(statSync(join(home, 'secret')).mode & 0o777, 0o600);
  assert.equal(webClientSecret({ settings: { STOA_WEB_CLIENT_SECRET: 'given' }, home }), 'given');
  const secret = 's'.repeat(32);
  assert.notEqual(webClientSecret({ settings: { STOA_SECRET: secret }, home }), first);
  assert.throws(() => webClientSecret({ settings: { STOA_SECRET: 'short' }, home }), /at least 32/);
  assert.ok(systemIds.token().length >= 43);
});

test('what is sealed opens only with the same secret, for the same purpose, unchanged', () => {
  const secrets = deriveSecrets('a secret that is long enough for it');
  const sealed = secrets.seal('a', 'text');
  assert.equal(secrets.open('a', sealed), 'text');
  assert.equal(secrets.open('b', sealed), undefined);
  assert.equal(deriveSecrets('another secret, also long enough').open('a', sealed), undefined);
  const bytes = Buffer.from(sealed, 'base64url');
  for (const at of [0, 12, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.equal(secrets.open('a', changed.toString('base64url')), undefined);
  }
  assert.equal(secrets.open('a', 'AAAA'), undefined);
});
