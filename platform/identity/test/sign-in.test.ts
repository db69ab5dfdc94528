import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { manualClock, systemClock } from '@stoa/kernel';
import { startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { networkOf } from '../src/attempts.ts';
import { identity } from '../src/index.ts';
import { asPerson, duringChange, eventsOf, goodPassword, newAccount } from './accounts.ts';

let platform: TestPlatform;
// Tests that wait move the clock; tokens keep being judged by it.
const clock = manualClock(systemClock.now());
before(async () => {
  platform = await startTestPlatform([identity], { ownIssuer: true, clock, settings: { STOA_RATE_LIMIT: '0' } });
});
after(() => platform.close());

const register = (body: unknown, headers?: Record<string, string>) =>
  platform.call('POST', '/api/auth/register', { body, ...(headers ? { headers } : {}) });
const login = (email: string, password = goodPassword, headers?: Record<string, string>) =>
  platform.call('POST', '/api/auth/login', { body: { email, password }, ...(headers ? { headers } : {}) });
const refresh = (refreshToken: string, headers?: Record<string, string>) =>
  platform.call('POST', '/api/auth/refresh', { body: { refreshToken }, ...(headers ? { headers } : {}) });

test('a person registers, is known, signs in again and refreshes', async () => {
  const registered = await register({ email: 'Ana@Example.com', password: goodPassword, name: ' Ana  Souza ' });
  assert.equal(registered.status, 201, JSON.stringify(registered.body));
  assert.equal(registered.body.user.name, 'Ana Souza');
  assert.deepEqual(registered.body.user.roles, ['student']);
  assert.equal(registered.body.expiresIn, 300);
  const me = await platform.call('GET', '/api/users/me', { as: asPerson(registered.body) });
  assert.equal(me.status, 200, JSON.stringify(me.body));
  assert.deepEqual(me.body, registered.body.user);
  const signedIn = await login('ana@example.COM');
  assert.equal(signedIn.status, 200, JSON.stringify(signedIn.body));
  const refreshed = await refresh(signedIn.body.refreshToken);
  assert.equal(refreshed.status, 200, JSON.stringify(refreshed.body));
  assert.notEqual(refreshed.body.refreshToken, signedIn.body.refreshToken);
  assert.deepEqual(refreshed.body.user, registered.body.user);
  assert.deepEqual(await eventsOf(platform, me.body.id, 'stoa.identity.user.created.v1'), [
    {
      userId: me.body.id,
      email: 'Ana@Example.com',
      name: 'Ana Souza',
      locale: 'en',
      timeZone: 'UTC',
      roles: ['student'],
    },
  ]);
});

test('an access token says what RFC 9068 asks for, for five minutes', async () => {
  const person = await newAccount(platform);
  const header = decodeProtectedHeader(person.token);
  assert.equal(header.alg, 'ES256');
  assert.equal(header.typ, 'at+jwt');
  const claims = decodeJwt(person.token);
  assert.equal(claims.iss, platform.url);
  assert.equal(claims.aud, 'stoa');
  assert.equal(claims.sub, person.id);
  assert.equal(Number(claims.exp) - Number(claims.iat), 300);
  assert.ok(claims.jti && claims.sid);
  const keys = await platform.call('GET', '/.well-known/jwks.json');
  assert.deepEqual(
    keys.body.keys.map((key: { kid: string; d?: string }) => [key.kid, key.d]),
    [[header.kid, undefined]],
  );
});

test('what is wrong with a registration is said per field, in the language of the request', async () => {
  const refused = await platform.call('POST', '/api/auth/register', {
    body: { email: 'not an address', password: 'short', admin: true },
    locale: 'pt-BR',
  });
  assert.equal(refused.status, 400);
  assert.deepEqual(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort(), [
    '/admin',
    '/email',
    '/name',
    '/password',
  ]);
  for (const [password, code] of [
    ['password1', 'password_too_common'],
    ['P@ssw0rd!', 'password_too_common'],
    ['Senha@123', 'password_too_common'],
    ['12345678', 'password_too_common'],
    ['qwerty123456', 'password_too_common'],
    ['abababab', 'password_too_common'],
    ['25121990', 'password_too_common'],
    ['marianne99', 'password_contains_identity'],
    ['marianne@uni.example', 'password_contains_identity'],
  ] as const) {
    const answer = await register({ email: 'marianne@uni.example', password, name: 'Marianne Dias' });
    assert.equal(answer.status, 422, password);
    assert.equal(answer.body.code, 'password_refused', password);
    assert.equal(answer.body.errors[0].code, code, password);
    assert.equal(answer.body.errors[0].pointer, '/password');
  }
  for (const name of ['   ', 'Win at https://spam.example', '<b>Ana</b>']) {
    const answer = await register({ email: 'x@uni.example', password: goodPassword, name });
    assert.equal(answer.status, 400, name);
    assert.equal(answer.body.errors[0].pointer, '/name');
  }
});

test('good passwords of any kind are accepted: words, other scripts, spaces', async () => {
  for (const password of [
    'correct horse battery staple',
    'пароль-над-рекой',
    '水の音 静かな夜 猫',
    'kX9#vQ2m',
    'tardes de novembro',
  ])
    assert.equal(
      (await register({ email: `${randomUUID()}@example.com`, password, name: 'Eva' })).status,
      201,
      password,
    );
});

test('the same password typed in another Unicode form signs in', async () => {
  const email = `${randomUUID()}@example.com`;
  await register({ email, password: 'caf\u00e9 da manh\u00e3 cedo', name: 'Eva' });
  assert.equal((await login(email, 'cafe\u0301 da manha\u0303 cedo')).status, 200);
});

test('50 people who register one address at once become one person', async () => {
  const email = `${randomUUID()}@example.com`;
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      register({ email: n % 2 ? email : email.toUpperCase(), password: goodPassword, name: `Ana ${n}` }),
    ),
  );
  const statuses = answers.map(({ status }) => status);
  assert.equal(statuses.filter((status) => status === 201).length, 1);
  assert.equal(statuses.filter((status) => status === 409).length, 49);
  const { rows } = await platform.host
    .database('identity')
    .pool.query('select count(*)::int as n from users where email_key = $1', [email]);
  assert.equal(rows[0].n, 1);
});

test('a repeated registration with the same key is one registration, and nothing of its answer is stored', async () => {
  const body = { email: `${randomUUID()}@example.com`, password: goodPassword, name: 'Ana' };
  const key = { 'idempotency-key': randomUUID() };
  const answers = await Promise.all([1, 2, 3, 4].map(() => register(body, key)));
  for (const answer of answers) {
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    assert.deepEqual(answer.body.user, answers[0]?.body.user);
    assert.equal(answer.body.refreshToken, answers[0]?.body.refreshToken);
  }
  assert.equal((await refresh(answers[0]?.body.refreshToken)).status, 200);
  assert.equal(
    (await register({ ...body, password: 'outra frase bem longa' }, key)).body.code,
    'idempotency_key_reused',
  );
  const other = await register({ ...body, email: `${randomUUID()}@example.com` }, key);
  assert.equal(other.body.code, 'idempotency_key_reused');
  const { rows } = await platform.host.database('identity').pool.query('select * from idempotency_keys');
  assert.deepEqual(rows, []);
});

test('20 refreshes at once with one token give one successor, and the session lives on', async () => {
  const person = await newAccount(platform);
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(person.refreshToken)));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  const successors = new Set(answers.map(({ body }) => body.refreshToken));
  assert.equal(successors.size, 1);
  assert.equal((await refresh([...successors][0])).status, 200);
});

test('a refresh token used by another client ends the whole session', async () => {
  const person = await newAccount(platform);
  const next = await refresh(person.refreshToken);
  const thief = await refresh(person.refreshToken, { 'user-agent': 'somebody else' });
  assert.equal(thief.status, 401);
  assert.equal(thief.body.code, 'refresh_token_reused');
  assert.equal((await refresh(next.body.refreshToken)).body.code, 'refresh_token_invalid');
  const { rows } = await platform.host
    .database('identity')
    .pool.query('select action from audit_entries where subject_id = $1', [person.id]);
  assert.deepEqual(rows, [{ action: 'session.refresh_token_reused' }]);
});

test('a refresh token used after its successor, or after the grace period, ends the whole session', async () => {
  const first = await newAccount(platform);
  const second = await refresh(first.refreshToken);
  const third = await refresh(second.body.refreshToken);
  assert.equal((await refresh(first.refreshToken)).body.code, 'refresh_token_reused');
  assert.equal((await refresh(third.body.refreshToken)).status, 401);

  const late = await newAccount(platform);
  const successor = await refresh(late.refreshToken);
  clock.advance(31_000);
  assert.equal((await refresh(late.refreshToken)).body.code, 'refresh_token_reused');
  assert.equal((await refresh(successor.body.refreshToken)).status, 401);
});

test('a refresh token used again ends the sign-in it came from, and no other device of its person', async () => {
  const stolen = await newAccount(platform);
  const phone = await login(stolen.email, goodPassword, { 'user-agent': 'A phone' });
  const family = [stolen.refreshToken];
  for (let n = 0; n < 3; n += 1) family.push((await refresh(family.at(-1) ?? '')).body.refreshToken);
  assert.equal((await refresh(family[1] ?? '')).body.code, 'refresh_token_reused');
  for (const [n, one] of family.entries()) assert.equal((await refresh(one)).status, 401, `token ${n} of the family`);
  const next = await refresh(phone.body.refreshToken, { 'user-agent': 'A phone' });
  assert.equal(next.status, 200, 'the phone');
  assert.equal((await refresh(next.body.refreshToken, { 'user-agent': 'A phone' })).status, 200);
  const sessions = await platform.call('GET', '/api/users/me/sessions', { as: asPerson(next.body) });
  assert.deepEqual(
    sessions.body.items.map(({ userAgent }: { userAgent: string }) => userAgent),
    ['A phone'],
  );
});

test('a used refresh token signs nobody out everywhere, only the sign-in it came from', async () => {
  const everywhere = (refreshToken: string, headers = {}) =>
    platform.call('POST', '/api/auth/logout', { body: { refreshToken, everywhere: true }, headers });
  for (const { what, wait, userAgent, usesSuccessor } of [
    { what: 'its successor was used', wait: 0, usesSuccessor: true },
    { what: 'the grace period is over', wait: 31_000 },
    { what: 'somebody else has it', wait: 0, userAgent: 'somebody else' },
    { what: 'nobody used it or any after it for two weeks', wait: 14 * 86_400_000 },
  ]) {
    const stolen = await newAccount(platform);
    const phone = await login(stolen.email, goodPassword, { 'user-agent': 'A phone' });
    const last = [(await refresh(stolen.refreshToken)).body.refreshToken];
    if (usesSuccessor) last.push((await refresh(last[0])).body.refreshToken);
    clock.advance(wait);
    const kept = wait > 60_000 ? await login(stolen.email, goodPassword, { 'user-agent': 'A phone' }) : phone;
    assert.equal((await everywhere(stolen.refreshToken, userAgent ? { 'user-agent': userAgent } : {})).status, 204);
    for (const one of [stolen.refreshToken, ...last]) assert.equal((await refresh(one)).status, 401, what);
    assert.equal((await refresh(kept.body.refreshToken, { 'user-agent': 'A phone' })).status, 200, what);
  }

  // A tab that signs out everywhere with a token that another tab of it has just used means it.
  const here = await newAccount(platform);
  const phone = await login(here.email);
  await refresh(here.refreshToken);
  assert.equal((await everywhere(here.refreshToken)).status, 204);
  assert.equal((await refresh(phone.body.refreshToken)).status, 401);
});

test('sessions end after two weeks without use and after thirty days at the latest', async () => {
  const idle = await newAccount(platform);
  clock.advance(14 * 86_400_000 + 1000);
  assert.equal((await refresh(idle.refreshToken)).body.code, 'refresh_token_invalid');
  let { refreshToken } = await newAccount(platform);
  for (const days of [13, 13]) {
    clock.advance(days * 86_400_000);
    const answer = await refresh(refreshToken);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    refreshToken = answer.body.refreshToken;
  }
  clock.advance(4 * 86_400_000 + 1000);
  assert.equal((await refresh(refreshToken)).body.code, 'refresh_token_invalid');
});

test('signing out ends the session, signing out everywhere ends all of them', async () => {
  const email = `${randomUUID()}@example.com`;
  const here = await newAccount(platform, email);
  const there = (await login(email)).body.refreshToken;
  const elsewhere = (await login(email)).body.refreshToken;
  const logout = (refreshToken: string, everywhere?: boolean) =>
    platform.call('POST', '/api/auth/logout', { body: { refreshToken, ...(everywhere ? { everywhere } : {}) } });
  assert.equal((await logout(here.refreshToken)).status, 204);
  assert.equal((await refresh(here.refreshToken)).status, 401);
  assert.equal((await refresh(there)).status, 200);
  // A token whose session has ended may be in wrong hands: it ends nothing else.
  await logout(here.refreshToken, true);
  assert.equal((await refresh(elsewhere)).status, 200);
  const fresh = (await login(email)).body.refreshToken;
  assert.equal((await logout(fresh, true)).status, 204);
  const another = await login(email);
  assert.equal((await refresh(fresh)).status, 401);
  assert.equal((await refresh(another.body.refreshToken)).status, 200);
  assert.equal((await logout('no-token-that-ever-existed')).status, 204);
});

test('ten wrong passwords are evaluated per account in a quarter of an hour, however many come at once', async () => {
  const email = `${randomUUID()}@example.com`;
  await newAccount(platform, email);
  const stranger = { 'user-agent': 'guesser' };
  const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => login(email, `guess number ${n}`, stranger)));
  assert.equal(answers.filter(({ status }) => status === 401).length, 10);
  assert.equal(answers.filter(({ status }) => status === 429).length, 20);
  const refused = await login(email, goodPassword, stranger);
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers['retry-after']) > 0 && Number(refused.headers['retry-after']) <= 900);
  assert.equal((await login(email)).status, 200, 'the owner, on the device they registered with, is let in');
  clock.advance(15 * 60_000 + 1000);
  assert.equal((await login(email, goodPassword, stranger)).status, 200, 'nothing outlasts the window');
});

test('an account that does not exist is guarded and answered exactly like one that does', async () => {
  const email = `${randomUUID()}@example.com`;
  await newAccount(platform, email);
  const stranger = { 'user-agent': 'prober' };
  const known = await login(email, 'wrong password here', stranger);
  const unknown = await login(`${randomUUID()}@example.com`, 'wrong password here', stranger);
  const plain = ({ traceId: _, ...problem }: Record<string, unknown>) => problem;
  assert.equal(unknown.status, known.status);
  assert.deepEqual(plain(unknown.body), plain(known.body));
  const nobody = `${randomUUID()}@example.com`;
  const statuses = [];
  for (let n = 0; n < 11; n += 1) statuses.push((await login(nobody, 'wrong password here', stranger)).status);
  assert.deepEqual(statuses, [...Array(10).fill(401), 429]);
});

test('signing in takes the same time for known and unknown accounts', async () => {
  const emails = Array.from({ length: 12 }, () => `${randomUUID()}@example.com`);
  for (const email of emails) await newAccount(platform, email);
  // Mails and events of the new accounts are this process's work, too.
  await platform.host.settle();
  const times = { known: [] as number[], unknown: [] as number[] };
  for (const [turn, email] of emails.entries()) {
    const both = [
      ['known', email],
      ['unknown', `${randomUUID()}@example.com`],
    ] as const;
    for (const [kind, address] of turn % 2 === 0 ? both : both.toReversed()) {
      const start = performance.now();
      await login(address, 'wrong password here');
      times[kind].push(performance.now() - start);
    }
  }
  // What else the machine does only adds to a time.
  const ratio = Math.min(...times.known) / Math.min(...times.unknown);
  assert.ok(ratio > 0.5 && ratio < 2, `known/unknown = ${ratio}`);
});

/** The same password under Argon2id with 4 MiB and three passes, as an older release might have kept it. */
async function giveOlderHash(userId: string): Promise<void> {
  const { argon2Sync } = await import('node:crypto');
  const nonce = Buffer.alloc(16, 7);
  const tag = argon2Sync('argon2id', {
    message: goodPassword,
    nonce,
    memory: 4096,
    passes: 3,
    parallelism: 1,
    tagLength: 32,
  });
  const bare = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  await platform.host
    .database('identity')
    .pool.query('update users set password_hash = $2 where id = $1', [
      userId,
      `$argon2id$v=19$m=4096,t=3,p=1$${bare(nonce)}$${bare(tag)}`,
    ]);
}

const passwordHashOf = async (userId: string): Promise<string> => {
  const { rows } = await platform.host
    .database('identity')
    .pool.query('select password_hash from users where id = $1', [userId]);
  return rows[0].password_hash;
};

test('a hash with older parameters is renewed when its password is right', async () => {
  const email = `${randomUUID()}@example.com`;
  const person = await newAccount(platform, email);
  await giveOlderHash(person.id);
  assert.equal((await login(email)).status, 200);
  assert.match(await passwordHashOf(person.id), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.equal((await login(email)).status, 200);
});

test('sign-ins that come at once while the hash is renewed are all let in', async () => {
  const email = `${randomUUID()}@example.com`;
  const person = await newAccount(platform, email);
  await giveOlderHash(person.id);
  const answers = await Promise.all(Array.from({ length: 5 }, () => login(email)));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  for (const { body } of answers) assert.equal((await refresh(body.refreshToken)).status, 200);
});

test('a sign-in whose person changes after the password was checked begins no session', async () => {
  const { pool } = platform.host.database('identity');
  for (const [change, status] of [
    ["password_hash = 'another'", 401],
    ['disabled_at = now()', 403],
    ['deleted_at = now(), email = null, email_key = null, name = null, password_hash = null', 401],
  ] as const) {
    const email = `${randomUUID()}@example.com`;
    const { id } = await newAccount(platform, email);
    const answer = await duringChange(platform, {
      change: [`update users set ${change} where id = $1`, [id]],
      request: () => login(email, goodPassword, { 'user-agent': 'in flight' }),
    });
    assert.equal(answer.status, status, change);
    const { rows } = await pool.query(
      `select (select count(*)::int from sessions where user_id = $1) as sessions,
              (select count(*)::int from known_devices where user_id = $1) as devices,
              (select count(*)::int from sign_ins where user_id = $1 and succeeded) as sign_ins`,
      [id],
    );
    assert.deepEqual(rows, [{ sessions: 1, devices: 1, sign_ins: 1 }], 'those of the registration');
  }
});

test('a hash that is renewed never comes back over a password that was changed meanwhile', async () => {
  const email = `${randomUUID()}@example.com`;
  const { id } = await newAccount(platform, email);
  await giveOlderHash(id);
  await duringChange(platform, {
    change: ["update users set password_hash = 'another' where id = $1", [id]],
    request: () => login(email),
  });
  assert.equal(await passwordHashOf(id), 'another');
});

test('a change of the person that leaves the password alone does not keep a sign-in out', async () => {
  const email = `${randomUUID()}@example.com`;
  const { id } = await newAccount(platform, email);
  await giveOlderHash(id);
  const answer = await duringChange(platform, {
    change: ["update users set name = 'Ana Lima' where id = $1", [id]],
    request: () => login(email),
  });
  assert.equal(answer.status, 200);
  assert.equal((await refresh(answer.body.refreshToken)).status, 200);
  assert.match(await passwordHashOf(id), /m=19456/);
});

test('no session of the old password is left when sign-ins and a change of the password come at once', async () => {
  for (let round = 0; round < 4; round += 1) {
    const email = `${randomUUID()}@example.com`;
    const as = await newAccount(platform, email);
    const change = platform.call('POST', '/api/users/me/password', {
      as,
      body: { currentPassword: goodPassword, newPassword: 'chuva fina no telhado' },
    });
    const answers = await Promise.all(Array.from({ length: 8 }, () => login(email)));
    assert.equal((await change).status, 204);
    for (const { body } of answers.filter(({ status }) => status === 200))
      assert.equal((await refresh(body.refreshToken)).status, 401);
  }
});

test('neither passwords nor tokens stand in the database or in events', async () => {
  const email = `${randomUUID()}@example.com`;
  const password = 'segredo que ninguem viu 42';
  const { body } = await register({ email, password, name: 'Ana' });
  const { pool } = platform.host.database('identity');
  const tables = [
    'users',
    'sessions',
    'refresh_tokens',
    'outbox',
    'attempt_budgets',
    'mail_requests',
    'signing_keys',
    'idempotency_keys',
  ];
  for (const table of tables) {
    const { rows } = await pool.query(`select * from ${table}`);
    const dump = JSON.stringify(rows, (_key, value) =>
      value?.type === 'Buffer'
        ? Buffer.from(value.data).toString('base64url') + Buffer.from(value.data).toString('latin1')
        : value,
    );
    for (const secret of [password, body.refreshToken, body.accessToken, '"d":'])
      assert.ok(!dump.includes(secret), `${table} holds a secret`);
  }
});

test('an IPv6 network counts as one caller', () => {
  assert.equal(networkOf('203.0.113.7'), '203.0.113.7');
  assert.equal(networkOf('::ffff:203.0.113.7'), '203.0.113.7');
  assert.equal(networkOf('2001:db8:0:1:aaaa::1'), networkOf('2001:0db8:0000:0001:ffff:eeee:dddd:cccc'));
  assert.notEqual(networkOf('2001:db8:0:1::1'), networkOf('2001:db8:0:2::1'));
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0::/64');
  assert.equal(networkOf('::1'), '0:0:0:0::/64');
});

test('one address guessing at many accounts is stopped, while owners on their own devices are not', async () => {
  const email = `${randomUUID()}@example.com`;
  await newAccount(platform, email);
  clock.advance(16 * 60_000);
  const stranger = { 'user-agent': 'sprayer' };
  const statuses: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => login(`${randomUUID()}@example.com`, 'one common guess', stranger)),
    );
    statuses.push(...answers.map(({ status }) => status));
  }
  assert.equal(statuses.filter((status) => status === 401).length, 100);
  assert.equal(statuses.filter((status) => status === 429).length, 20);
  assert.equal((await login(email)).status, 200);
  const guesses = [];
  for (let n = 0; n < 12; n += 1) guesses.push((await login(email, `guess ${n}`)).status);
  assert.deepEqual(guesses, [...Array(10).fill(401), 429, 429], 'a known device has a limit too');
  clock.advance(16 * 60_000);
});

test('one network registers a hundred accounts in an hour and no more, wherever in it they come from', async () => {
  const limited = await startTestPlatform([identity], { ownIssuer: true, clock });
  const from = async (remoteAddress: string) => {
    const payload = { email: `${randomUUID()}@example.com`, password: goodPassword, name: 'Eva' };
    return limited.host.app.inject({ method: 'POST', url: '/api/auth/register', remoteAddress, payload });
  };
  try {
    const answers = await Promise.all(Array.from({ length: 102 }, (_, n) => from(`2001:db8:0:1::${n + 1}`)));
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    assert.equal(answers.filter(({ statusCode }) => statusCode === 201).length, 100);
    assert.equal(refused.length, 2);
    assert.equal(refused[0]?.json().code, 'too_many_attempts');
    assert.ok(Number(refused[0]?.headers['retry-after']) <= 3600);
    assert.equal((await from('2001:db8:0:2::1')).statusCode, 201, 'another network has its own');
    clock.advance(3_601_000);
    assert.equal((await from('2001:db8:0:1::1')).statusCode, 201);
  } finally {
    await limited.close();
  }
});

test('an installation without a rate limit counts no registrations', async () => {
  const counted = async () => {
    const { rows } = await platform.host
      .database('identity')
      .pool.query('select count(*)::int as n from attempt_budgets');
    return rows[0].n;
  };
  const before = await counted();
  await newAccount(platform);
  assert.equal(await counted(), before);
});
