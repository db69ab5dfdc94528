import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { IdentityService } from '@stoa/contracts';
import { ExpectedError, manualClock, serviceCtx, systemClock } from '@stoa/kernel';
import { type Person, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { identity } from '../src/index.ts';
import { type Change, duringChange, eventsOf, goodPassword, mailedToken, newAccount } from './accounts.ts';

let platform: TestPlatform;
const clock = manualClock(systemClock.now());
before(async () => {
  platform = await startTestPlatform([identity], { ownIssuer: true, clock });
});
after(() => platform.close());

const requested = 'stoa.identity.email-change.requested.v1';
const changed = 'stoa.identity.email.changed.v1';
const updated = 'stoa.identity.user.updated.v1';
const dayMs = 24 * 3_600_000;

const newAddress = () => `${randomUUID()}@new.example`;
const ask = (as: Person, email: string, password = goodPassword) =>
  platform.call('POST', '/api/users/me/email-change', { as, body: { email, password } });
const confirm = (token: string) => platform.call('POST', '/api/auth/confirm-email-change', { body: { token } });
const undo = (token: string, password = 'outra frase bem comprida') =>
  platform.call('POST', '/api/auth/undo-email-change', { body: { token, password } });
const login = (email: string, password = goodPassword) =>
  platform.call('POST', '/api/auth/login', { body: { email, password } });
const linkOf = async (userId: string, type: string) => {
  const requestId = String((await eventsOf(platform, userId, type)).at(-1)?.requestId);
  return platform.host.client(IdentityService).createMailLink({ requestId }, serviceCtx('notifications'));
};
const gone = (error: unknown) => error instanceof ExpectedError && error.code === 'mail_request_not_open';

/** Changes the address of an account through both steps. */
async function move(as: Person, email: string) {
  assert.equal((await ask(as, email)).status, 204);
  assert.equal((await confirm(await mailedToken(platform, as.id, requested))).status, 204);
}

test('the address changes when the link to the new one is used, and the others hear of it', async () => {
  const as = await newAccount(platform);
  const email = newAddress();
  assert.equal((await ask(as, email, 'not my password')).body.code, 'wrong_password');
  assert.equal((await ask(as, as.email.toUpperCase())).body.code, 'email_unchanged');
  assert.equal((await ask(as, email)).status, 204);
  const pending = await platform.call('GET', '/api/users/me/email-change', { as });
  assert.equal(pending.body.pending.email, email);
  assert.equal((await platform.call('GET', '/api/users/me', { as })).body.email, as.email, 'nothing changed yet');
  const link = await linkOf(as.id, requested);
  assert.deepEqual([link.address, link.validMinutes], [email, 24 * 60]);
  const token = new URL(link.path, platform.url).searchParams.get('token') ?? '';
  assert.equal((await confirm(token)).status, 204);
  assert.equal((await confirm(token)).body.code, 'link_not_valid');
  const me = await platform.call('GET', '/api/users/me', { as });
  assert.deepEqual([me.body.email, me.body.emailVerified], [email, true]);
  assert.equal((await platform.call('GET', '/api/users/me/email-change', { as })).body.pending, null);
  assert.equal((await login(as.email)).status, 401);
  assert.equal((await login(email)).status, 200);
  assert.equal((await eventsOf(platform, as.id, updated)).at(-1)?.email, email);
  const told = await linkOf(as.id, changed);
  assert.deepEqual([told.address, told.validMinutes], [as.email, 7 * 24 * 60]);
});

test('asking says nothing about who has the address, and no mail goes to somebody who has', async () => {
  const as = await newAccount(platform);
  const other = await newAccount(platform);
  const free = await ask(as, newAddress());
  const taken = await ask(as, other.email);
  assert.deepEqual([taken.status, taken.body], [free.status, free.body]);
  const pending = await platform.call('GET', '/api/users/me/email-change', { as });
  assert.equal(pending.body.pending.email, other.email);
  await assert.rejects(linkOf(as.id, requested), gone);
});

test('who registers with the address before the link is used keeps it', async () => {
  const as = await newAccount(platform);
  const email = newAddress();
  await ask(as, email);
  const token = await mailedToken(platform, as.id, requested);
  await newAccount(platform, email);
  assert.equal((await confirm(token)).body.code, 'email_taken');
  assert.equal((await login(as.email)).status, 200);
});

test('a newer request, a change of mind and a new password end the link', async () => {
  const as = await newAccount(platform);
  await ask(as, newAddress());
  const first = await mailedToken(platform, as.id, requested);
  await ask(as, newAddress());
  assert.equal((await confirm(first)).body.code, 'link_not_valid');
  const second = await mailedToken(platform, as.id, requested);
  assert.equal((await platform.call('DELETE', '/api/users/me/email-change', { as })).status, 204);
  assert.equal((await confirm(second)).body.code, 'link_not_valid');
  await ask(as, newAddress());
  const third = await mailedToken(platform, as.id, requested);
  const body = { currentPassword: goodPassword, newPassword: 'uma frase nova e longa' };
  assert.equal((await platform.call('POST', '/api/users/me/password', { as, body })).status, 204);
  assert.equal((await confirm(third)).body.code, 'link_not_valid');
});

test('requests are limited per person and per mailbox they point at', async () => {
  const as = await newAccount(platform);
  const statuses = [];
  for (let n = 0; n < 5; n += 1) statuses.push((await ask(as, newAddress())).status);
  assert.deepEqual(statuses, [204, 204, 204, 204, 429]);
  const target = newAddress();
  const many = [];
  for (let n = 0; n < 5; n += 1) many.push((await ask(await newAccount(platform), target)).status);
  assert.deepEqual(many, [204, 204, 204, 204, 429]);
});

test('the old address takes the account back, with a new password and without the sessions of others', async () => {
  const as = await newAccount(platform);
  const stolen = newAddress();
  await move(as, stolen);
  const back = await mailedToken(platform, as.id, changed);
  // A thief moves on, so that the first mail seems to be about nothing any more.
  const further = newAddress();
  await move(as, further);
  const second = await mailedToken(platform, as.id, changed);
  const thief = (await login(further)).body;
  clock.advance(6 * dayMs);
  assert.equal((await undo(back, 'password123')).body.code, 'password_refused');
  assert.equal((await undo(back)).status, 204);
  assert.equal((await undo(back)).body.code, 'link_not_valid');
  assert.equal((await undo(second)).body.code, 'link_not_valid', 'what came after is over too');
  const refreshed = await platform.call('POST', '/api/auth/refresh', { body: { refreshToken: thief.refreshToken } });
  assert.equal(refreshed.status, 401);
  assert.equal((await login(further)).status, 401);
  assert.equal((await login(as.email)).status, 401);
  const signedIn = await login(as.email, 'outra frase bem comprida');
  assert.deepEqual([signedIn.status, signedIn.body.user.email], [200, as.email]);
  assert.equal((await eventsOf(platform, as.id, updated)).at(-1)?.email, as.email);
});

test('the old address stays reserved while it can be taken back, and is free afterwards', async () => {
  const as = await newAccount(platform);
  await move(as, newAddress());
  const back = await mailedToken(platform, as.id, changed);
  const register = () =>
    platform.call('POST', '/api/auth/register', { body: { email: as.email, password: goodPassword, name: 'Eva' } });
  assert.equal((await register()).body.code, 'email_taken');
  const other = await newAccount(platform);
  await ask(other, as.email);
  assert.equal((await confirm(await mailedToken(platform, other.id, requested))).body.code, 'email_taken');
  clock.advance(7 * dayMs + 1000);
  assert.equal((await undo(back)).body.code, 'link_not_valid');
  assert.equal((await register()).status, 201);
});

const reserve = (userId: string, email: string) =>
  [
    `insert into mail_requests (id, user_id, purpose, email_key, address, created_at)
     values ($1, $2, 'undo_email_change', $3, $3, $4)`,
    [randomUUID(), userId, email, clock.now().toISOString()],
  ] satisfies Change;
const setAddress = (userId: string, email: string) =>
  ['update users set email = $2, email_key = $2 where id = $1', [userId, email]] satisfies Change;

test('who registers with an address at the moment it is given up does not get it', async () => {
  const as = await newAccount(platform);
  const answer = await duringChange(platform, {
    change: setAddress(as.id, newAddress()),
    request: () =>
      platform.call('POST', '/api/auth/register', { body: { email: as.email, password: goodPassword, name: 'Eva' } }),
    andThen: [reserve(as.id, as.email)],
  });
  assert.deepEqual([answer.status, answer.body.code], [409, 'email_taken']);
  const { rows } = await platform.host
    .database('identity')
    .pool.query('select count(*)::int as n from users where email_key = $1', [as.email]);
  assert.equal(rows[0].n, 0);
});

test('who confirms an address at the moment another takes it, or gives it up, does not get it', async () => {
  for (const isGivenUp of [false, true]) {
    const as = await newAccount(platform);
    const email = newAddress();
    await ask(as, email);
    const token = await mailedToken(platform, as.id, requested);
    const other = await newAccount(platform);
    const answer = await duringChange(platform, {
      change: setAddress(other.id, email),
      request: () => confirm(token),
      andThen: isGivenUp ? [setAddress(other.id, newAddress()), reserve(other.id, email)] : [],
    });
    assert.deepEqual([answer.status, answer.body.code], [409, 'email_taken'], `given up: ${isGivenUp}`);
    assert.equal((await login(as.email)).status, 200);
  }
});
