import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeReturnTo } from '../src/session/return-to.ts';
import { seal, unseal } from '../src/session/seal.ts';
import {
  type CookieChange,
  readSession,
  type Session,
  sessionCookieName,
  writeSession,
} from '../src/session/session-cookie.ts';
import { openAttempt, sealAttempt } from '../src/session/sign-in-attempt.ts';

const secret = 'a secret of the test, longer than thirty-two characters';
const session: Session = {
  accessToken: 'access',
  refreshToken: 'refresh',
  idToken: 'identity',
  expiresAt: 1_800_000_000_000,
  user: { id: 'u1', email: 'ana@example.com', name: 'Ana', roles: ['student'], locale: 'pt-BR' },
};

const jarOf = (changes: CookieChange[]) => ({
  get: (name: string) => changes.find((cookie) => cookie.name === name && cookie.value !== ''),
});

test('a session comes back from its cookie as it was', async () => {
  const changes = await writeSession(session, { secret, secure: true });
  assert.deepEqual(await readSession(jarOf(changes), { secret, secure: true }), session);
});

test('the cookie shows neither tokens nor the person', async () => {
  const [cookie] = await writeSession(session, { secret, secure: false });
  for (const hidden of ['access', 'refresh', 'ana@example.com']) {
    const readable = (cookie?.value ?? '').split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    assert.ok(!readable.some((part) => part.includes(hidden)));
  }
});

test('the cookie is bound to the host over https', () => {
  assert.equal(sessionCookieName(true), '__Host-stoa_session');
  assert.equal(sessionCookieName(false), 'stoa_session');
});

test('a long session is split so that every cookie stays under 4096 bytes, and leftovers are removed', async () => {
  const long = { ...session, accessToken: 'x'.repeat(7000) };
  const changes = await writeSession(long, { secret, secure: true });
  assert.ok(changes.filter(({ value }) => value !== '').length > 1);
  for (const { name, value, maxAge } of changes) {
    assert.ok(name.length + value.length < 3800);
    assert.equal(maxAge > 0, value !== '');
  }
  assert.deepEqual(await readSession(jarOf(changes), { secret, secure: true }), long);
});

test('signing out removes every piece', async () => {
  const changes = await writeSession(null, { secret, secure: true });
  assert.ok(changes.every(({ value, maxAge }) => value === '' && maxAge === 0));
});

test('an altered cookie, another secret and another purpose all read as no session', async () => {
  const changes = await writeSession(session, { secret, secure: true });
  const altered = changes.map((cookie) => ({
    ...cookie,
    // Not the last character: some of its bits may belong to no byte.
    value: cookie.value.replace(/.(?=.{9}$)/, (one) => (one === 'A' ? 'B' : 'A')),
  }));
  assert.equal(await readSession(jarOf(altered), { secret, secure: true }), null);
  assert.equal(await readSession(jarOf(changes), { secret: `${secret}!`, secure: true }), null);
  assert.equal(await unseal(await seal(session, { secret, purpose: 'session' }), { secret, purpose: 'sign-in' }), null);
  assert.equal(await readSession(jarOf([]), { secret, secure: true }), null);
});

test('a sign-in attempt opens only for its own state', async () => {
  const attempt = { state: 's1', nonce: 'n', verifier: 'v', returnTo: '/courses' };
  const sealed = await sealAttempt(attempt, secret);
  assert.deepEqual(await openAttempt(sealed, { state: 's1', secret }), attempt);
  assert.equal(await openAttempt(sealed, { state: 's2', secret }), null);
  assert.equal(await openAttempt(undefined, { state: 's1', secret }), null);
});

test('a return address is kept when it is a path of this site', () => {
  for (const path of ['/', '/courses', '/pt-BR/courses?q=pedra&page=2', '/learn/x#notes', '/authors/ana']) {
    assert.equal(safeReturnTo(path), path);
  }
});

test('any other return address becomes the home page', () => {
  const hostile = [
    null,
    undefined,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/a/../..//evil.example',
    'javascript:alert(1)',
    '/\n/evil.example',
    '/\t/evil.example',
    ' /courses',
    '/auth/sign-out',
    '/auth/sign-in?returnTo=/',
    '/api/users/me',
    '/oidc/auth',
    '/bff/api/users/me',
    `/${'a'.repeat(3000)}`,
  ];
  for (const value of hostile) assert.equal(safeReturnTo(value), '/', String(value));
});
