import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { manualClock, systemClock } from '@stoa/kernel';
import { type Person, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { identity } from '../src/index.ts';
import { goodPassword, newAccount, newOperator } from './accounts.ts';

let platform: TestPlatform;
let support: Person;
let admin: Person;
const clock = manualClock(systemClock.now());
before(async () => {
  platform = await startTestPlatform([identity], { ownIssuer: true, clock });
  support = await newOperator(platform, ['support']);
  admin = await newOperator(platform, ['admin']);
});
after(() => platform.close());

const login = (email: string, password = goodPassword, device = 'A stranger') =>
  platform.call('POST', '/api/auth/login', { body: { email, password }, headers: { 'user-agent': device } });
const read = (id: string, as = support) => platform.call('GET', `/api/admin/users/${id}`, { as });
const auditOf = async (id: string) =>
  (await platform.call('GET', `/api/admin/audit?subject=${id}&limit=50`, { as: admin })).body.items;

test('support sees where a person is signed in and who tried to', async () => {
  const person = await newAccount(platform);
  await login(person.email, 'not the password', 'A guesser');
  const { status, body } = await read(person.id);
  assert.equal(status, 200);
  assert.deepEqual(
    [body.email, body.disabled, body.disabledAt, body.disabledBecause, body.sessions.length],
    [person.email, false, null, null, 1],
  );
  assert.deepEqual(
    body.signIns.map(({ succeeded, userAgent, kind }: { succeeded: boolean; userAgent: string; kind: string }) => [
      succeeded,
      userAgent === 'A guesser',
      kind,
    ]),
    [
      [false, true, 'api'],
      [true, false, 'api'],
    ],
  );
  assert.deepEqual(body.guessing, { wrongPasswords: 1, lockedUntil: null });
  assert.equal((await read(randomUUID())).body.code, 'user_not_found');
  assert.equal((await read(person.id, person)).status, 403);
});

test('a search finds those who came long before the newest, and walks through what hundreds have in common', async () => {
  const early = await newAccount(platform, `early-${randomUUID()}@example.com`);
  const common = `crowd-${randomUUID()}`;
  await platform.host.database('identity').pool.query(
    `insert into users (id, email, email_key, name, locale, sessions_valid_after, created_at, updated_at)
     select gen_random_uuid(), n || '@' || $1, n || '@' || $1, 'Somebody', 'en', now(), now() + interval '1 second' * n, now()
     from generate_series(1, 700) n`,
    [common],
  );
  const find = async (query: string) => {
    const { status, body } = await platform.call('GET', `/api/admin/users?${query}`, { as: support });
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  const emails = ({ items }: { items: { email: string }[] }) => items.map(({ email }) => email);
  assert.deepEqual(emails(await find(`q=${early.email}&limit=2`)), [early.email]);
  const walked: string[] = [];
  for (let cursor = ''; ; ) {
    const page = await find(`q=${common}&limit=90${cursor}`);
    walked.push(...emails(page));
    if (!page.nextCursor) break;
    cursor = `&cursor=${page.nextCursor}`;
  }
  assert.deepEqual(
    walked,
    Array.from({ length: 700 }, (_, n) => `${700 - n}@${common}`),
  );
  assert.equal(emails(await find('limit=5'))[0], `700@${common}`, 'the newest first');
});

test('support unlocks an account that was guessed at, and it stands in the audit log', async () => {
  const person = await newAccount(platform);
  for (let n = 0; n < 10; n += 1) await login(person.email, `guess ${n}`);
  assert.equal((await login(person.email)).status, 429);
  const { body } = await read(person.id);
  assert.equal(body.guessing.wrongPasswords, 10);
  assert.equal(body.signIns.length, 11, 'what the budget refused is not written');
  const minutes = (Date.parse(body.guessing.lockedUntil) - clock.now().getTime()) / 60_000;
  assert.ok(minutes > 14 && minutes <= 15, String(minutes));
  const unlock = (as: Person) => platform.call('POST', `/api/admin/users/${person.id}/unlock`, { as });
  assert.equal((await unlock(person)).status, 403);
  assert.equal((await unlock(support)).status, 204);
  assert.deepEqual((await read(person.id)).body.guessing, { wrongPasswords: 0, lockedUntil: null });
  assert.equal((await login(person.email)).status, 200);
  const [entry] = await auditOf(person.id);
  assert.deepEqual([entry.action, entry.actor.id], ['sign_in.unlocked', support.id]);
});

test('support signs a person out everywhere', async () => {
  const person = await newAccount(platform);
  const end = (as: Person) => platform.call('DELETE', `/api/admin/users/${person.id}/sessions`, { as });
  assert.equal((await end(person)).status, 403);
  clock.advance(1000);
  assert.equal((await end(support)).status, 204);
  assert.deepEqual((await read(person.id)).body.sessions, []);
  const { refreshToken } = person;
  assert.equal((await platform.call('POST', '/api/auth/refresh', { body: { refreshToken } })).status, 401);
  const [entry] = await auditOf(person.id);
  assert.deepEqual([entry.action, entry.details], ['sessions.ended', { because: 'ended_by_support' }]);
});

test('suspending and restoring keep their reasons', async () => {
  const person = await newAccount(platform);
  const change = (body: object) => platform.call('PATCH', `/api/admin/users/${person.id}`, { as: admin, body });
  assert.equal((await change({ disabled: true, reason: ' Chargebacks on three orders ' })).status, 200);
  const { body } = await read(person.id);
  assert.equal(body.disabledBecause, 'Chargebacks on three orders');
  assert.ok(body.disabledAt);
  await change({ disabled: false, reason: 'Settled with the bank' });
  assert.deepEqual([(await read(person.id)).body.disabledBecause], [null]);
  const reasons = (await auditOf(person.id))
    .filter(({ action }: { action: string }) => action === 'user.administered')
    .map(({ details }: { details: object }) => details);
  assert.deepEqual(reasons, [
    { disabled: false, reason: 'Settled with the bank' },
    { disabled: true, reason: 'Chargebacks on three orders' },
  ]);
});

test('a deleted person leaves no sign-ins', async () => {
  const gone = await newAccount(platform);
  const stays = await newAccount(platform);
  const body = { password: goodPassword };
  assert.equal((await platform.call('DELETE', '/api/users/me', { as: gone, body })).status, 204);
  const { pool } = platform.host.database('identity');
  const count = async (id: string) =>
    (await pool.query('select count(*)::int as n from sign_ins where user_id = $1', [id])).rows[0]?.n;
  assert.deepEqual([await count(gone.id), await count(stays.id)], [0, 1]);
});
