import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { IdentityService } from '@stoa/contracts';
import { ExpectedError, manualClock, serviceCtx, systemClock } from '@stoa/kernel';
import { ctxOf, type Person, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { identity } from '../src/index.ts';
import { duringChange, eventsOf, goodPassword, mailedToken, newAccount, newOperator } from './accounts.ts';

let platform: TestPlatform;
const clock = manualClock(systemClock.now());
before(async () => {
  platform = await startTestPlatform([identity], {
    ownIssuer: true,
    clock,
    settings: { STOA_ADMIN_EMAIL: 'Boss@example.com' },
  });
});
after(() => platform.close());

const verificationRequested = 'stoa.identity.email-verification.requested.v1';
const resetRequested = 'stoa.identity.password-reset.requested.v1';
const userUpdated = 'stoa.identity.user.updated.v1';
const login = (email: string, password = goodPassword) =>
  platform.call('POST', '/api/auth/login', { body: { email, password } });
const refresh = (refreshToken: string) => platform.call('POST', '/api/auth/refresh', { body: { refreshToken } });

test('a person changes name, language and time zone, and the others hear of it', async () => {
  const as = await newAccount(platform);
  const changed = await platform.call('PATCH', '/api/users/me', {
    as,
    body: { name: ' Ana  Lima', locale: 'es', timeZone: 'America/Bogota' },
  });
  assert.equal(changed.status, 200);
  assert.deepEqual(
    [changed.body.name, changed.body.locale, changed.body.timeZone],
    ['Ana Lima', 'es', 'America/Bogota'],
  );
  await platform.call('PATCH', '/api/users/me', { as, body: { locale: 'es' } });
  assert.deepEqual(await eventsOf(platform, as.id, userUpdated), [
    {
      userId: as.id,
      email: as.email,
      name: 'Ana Lima',
      locale: 'es',
      timeZone: 'America/Bogota',
      roles: ['student'],
      emailVerified: false,
    },
  ]);
  for (const body of [
    { timeZone: 'Mars/Olympus' },
    { name: '  ' },
    { locale: 'fr' },
    { roles: ['admin'] },
    { email: 'x@y.zz' },
  ])
    assert.equal((await platform.call('PATCH', '/api/users/me', { as, body })).status, 400, JSON.stringify(body));
});

test('preferences start with defaults and are replaced as a whole', async () => {
  const as = await newAccount(platform);
  const first = await platform.call('GET', '/api/users/me/preferences', { as });
  assert.equal(first.body.theme, 'system');
  const put = await platform.call('PUT', '/api/users/me/preferences', {
    as,
    body: { theme: 'dark', playbackRate: 1.5 },
  });
  assert.equal(put.status, 200, JSON.stringify(put.body));
  assert.deepEqual((await platform.call('GET', '/api/users/me/preferences', { as })).body, {
    ...first.body,
    theme: 'dark',
    playbackRate: 1.5,
  });
  assert.equal((await platform.call('PUT', '/api/users/me/preferences', { as, body: { color: 'red' } })).status, 400);
});

test('the verification link proves the address once; a newer mail ends the older link', async () => {
  const as = await newAccount(platform);
  const old = await mailedToken(platform, as.id, verificationRequested);
  assert.equal((await platform.call('POST', '/api/users/me/email-verification', { as })).status, 204);
  const token = await mailedToken(platform, as.id, verificationRequested);
  const verify = (value: string) => platform.call('POST', '/api/auth/verify-email', { body: { token: value } });
  assert.equal((await verify(old)).body.code, 'link_not_valid');
  assert.equal((await verify(token)).status, 204);
  assert.equal((await verify(token)).status, 422);
  assert.equal((await platform.call('GET', '/api/users/me', { as })).body.emailVerified, true);
  assert.equal((await eventsOf(platform, as.id, userUpdated)).at(-1)?.emailVerified, true);
  const again = await platform.call('POST', '/api/users/me/email-verification', { as });
  assert.equal(again.body.code, 'email_already_verified');
});

test('a verification link ends after a day, and each rewritten mail replaces the link before', async () => {
  const as = await newAccount(platform);
  const first = await mailedToken(platform, as.id, verificationRequested);
  const second = await mailedToken(platform, as.id, verificationRequested);
  assert.equal((await platform.call('POST', '/api/auth/verify-email', { body: { token: first } })).status, 422);
  clock.advance(24 * 3_600_000 + 1000);
  assert.equal((await platform.call('POST', '/api/auth/verify-email', { body: { token: second } })).status, 422);
});

test('verification mails are limited', async () => {
  const as = await newAccount(platform);
  const statuses = [];
  for (let n = 0; n < 5; n += 1)
    statuses.push((await platform.call('POST', '/api/users/me/email-verification', { as })).status);
  assert.deepEqual(statuses, [204, 204, 204, 204, 429]);
});

test('only the platform itself can make a mail link or people', async () => {
  const as = await newAccount(platform);
  const requestId = String((await eventsOf(platform, as.id, verificationRequested))[0]?.requestId);
  const client = platform.host.client(IdentityService);
  const refused = (error: unknown) => error instanceof ExpectedError && error.code === 'not_allowed';
  await assert.rejects(client.createMailLink({ requestId }, ctxOf(as)), refused);
  await assert.rejects(client.ensureUser({ email: 'x@example.com', name: 'X' }, ctxOf(as)), refused);
  await assert.rejects(
    client.createMailLink({ requestId: randomUUID() }, serviceCtx('notifications')),
    (error: unknown) => error instanceof ExpectedError && error.code === 'mail_request_not_open',
  );
});

test('a forgotten password is replaced by a link, which ends all sessions and proves the address', async () => {
  const as = await newAccount(platform);
  const asked = await platform.call('POST', '/api/auth/forgot-password', { body: { email: as.email.toUpperCase() } });
  assert.equal(asked.status, 204);
  const token = await mailedToken(platform, as.id, resetRequested);
  const reset = (password: string, value = token) =>
    platform.call('POST', '/api/auth/reset-password', { body: { token: value, password } });
  const common = await reset('password123');
  assert.equal(common.body.code, 'password_refused');
  clock.advance(1000);
  assert.equal((await reset('outra frase bem comprida')).status, 204);
  assert.equal((await reset('mais uma frase comprida')).body.code, 'link_not_valid');
  assert.equal((await refresh(as.refreshToken)).status, 401);
  assert.equal((await login(as.email)).status, 401);
  const signedIn = await login(as.email, 'outra frase bem comprida');
  assert.equal(signedIn.status, 200);
  assert.equal(signedIn.body.user.emailVerified, true);
  assert.equal((await refresh(signedIn.body.refreshToken)).status, 200);
});

for (const { what, change } of [
  {
    what: 'changed on the account page',
    change: (as: Person) =>
      platform.call('POST', '/api/users/me/password', {
        as,
        body: { currentPassword: goodPassword, newPassword: 'uma frase nova e longa' },
      }),
  },
  {
    what: 'set by another such link',
    change: async (as: Person) => {
      await platform.call('POST', '/api/auth/forgot-password', { body: { email: as.email } });
      const token = await mailedToken(platform, as.id, resetRequested);
      // The older link as it stood before the newer one was asked for, as if both mails had been written at once.
      await platform.host
        .database('identity')
        .pool.query("update mail_requests set closed_at = null where user_id = $1 and purpose = 'reset_password'", [
          as.id,
        ]);
      return platform.call('POST', '/api/auth/reset-password', { body: { token, password: 'uma frase nova e longa' } });
    },
  },
  {
    what: 'set by the platform itself',
    change: async (as: Person) => {
      const wanted = { email: as.email, name: as.name, password: 'uma frase nova e longa', roles: as.roles };
      await platform.host.client(IdentityService).ensureUser({ ...wanted, locale: 'en' }, serviceCtx('seed'));
      return { status: 204, body: undefined };
    },
  },
])
  test(`a reset link that was mailed before is worth nothing once the password is ${what}`, async () => {
    const as = await newAccount(platform);
    await platform.call('POST', '/api/auth/forgot-password', { body: { email: as.email } });
    const link = await mailedToken(platform, as.id, resetRequested);
    const changed = await change(as);
    assert.equal(changed.status, 204, JSON.stringify(changed.body));
    const body = { token: link, password: 'a senha de quem achou o link' };
    const late = await platform.call('POST', '/api/auth/reset-password', { body });
    assert.deepEqual([late.status, late.body.code], [422, 'link_not_valid']);
    assert.equal((await login(as.email, 'uma frase nova e longa')).status, 200);
  });

test('a reset mail that is written after the password was changed has no link', async () => {
  const as = await newAccount(platform);
  await platform.call('POST', '/api/auth/forgot-password', { body: { email: as.email } });
  const body = { currentPassword: goodPassword, newPassword: 'uma frase nova e longa' };
  assert.equal((await platform.call('POST', '/api/users/me/password', { as, body })).status, 204);
  await assert.rejects(
    mailedToken(platform, as.id, resetRequested),
    (error: unknown) => error instanceof ExpectedError && error.code === 'mail_request_not_open',
  );
});

test('a reset that is asked for while the password changes does not slip past the change', async () => {
  const as = await newAccount(platform);
  const requestId = randomUUID();
  const changed = await duringChange(platform, {
    change: ['select from users where id = $1 for share', [as.id]],
    request: () =>
      platform.call('POST', '/api/users/me/password', {
        as,
        body: { currentPassword: goodPassword, newPassword: 'uma frase nova e longa' },
      }),
    andThen: [
      [
        `insert into mail_requests (id, user_id, purpose, email_key, created_at)
         values ($1, $2, 'reset_password', $3, $4)`,
        [requestId, as.id, as.email, clock.now().toISOString()],
      ],
    ],
  });
  assert.equal(changed.status, 204);
  await assert.rejects(
    platform.host.client(IdentityService).createMailLink({ requestId }, serviceCtx('notifications')),
    (error: unknown) => error instanceof ExpectedError && error.code === 'mail_request_not_open',
  );
});

test('whoever asks for a reset while the password changes gets a link that works', async () => {
  const as = await newAccount(platform);
  await duringChange(platform, {
    change: ['update users set password_hash = password_hash where id = $1', [as.id]],
    request: () => platform.call('POST', '/api/auth/forgot-password', { body: { email: as.email } }),
    andThen: [
      ['update mail_requests set closed_at = $2 where user_id = $1 and closed_at is null', [as.id, clock.now()]],
    ],
  });
  const token = await mailedToken(platform, as.id, resetRequested);
  const body = { token, password: 'outra frase bem comprida' };
  assert.equal((await platform.call('POST', '/api/auth/reset-password', { body })).status, 204);
});

test('a reset link ends after an hour', async () => {
  const as = await newAccount(platform);
  await platform.call('POST', '/api/auth/forgot-password', { body: { email: as.email } });
  const token = await mailedToken(platform, as.id, resetRequested);
  clock.advance(3_600_000 + 1000);
  const late = await platform.call('POST', '/api/auth/reset-password', {
    body: { token, password: 'outra frase longa' },
  });
  assert.equal(late.body.code, 'link_not_valid');
});

test('asking for a reset says nothing about who has an account, and a mailbox cannot be flooded', async () => {
  const as = await newAccount(platform);
  const ask = async (email: string) => {
    const start = performance.now();
    const { status, body } = await platform.call('POST', '/api/auth/forgot-password', { body: { email } });
    return { status, body, ms: performance.now() - start };
  };
  const known = await ask(as.email);
  const unknown = await ask(`${randomUUID()}@example.com`);
  assert.deepEqual([unknown.status, unknown.body], [known.status, known.body]);
  assert.ok(known.ms >= 115 && unknown.ms >= 115);
  for (let n = 0; n < 6; n += 1) assert.equal((await ask(as.email)).status, 204);
  assert.equal((await eventsOf(platform, as.id, resetRequested)).length, 4);
});

test('changing the password asks for the current one, keeps this session and ends the others', async () => {
  const here = await newAccount(platform);
  const other = (await login(here.email)).body.refreshToken;
  const change = (currentPassword: string, newPassword: string) =>
    platform.call('POST', '/api/users/me/password', { as: here, body: { currentPassword, newPassword } });
  assert.equal((await change('not my password', 'uma frase nova e longa')).body.code, 'wrong_password');
  assert.equal((await change(goodPassword, 'qwertyuiop')).body.code, 'password_refused');
  assert.equal((await change(goodPassword, 'uma frase nova e longa')).status, 204);
  assert.equal((await refresh(other)).status, 401);
  assert.equal((await refresh(here.refreshToken)).status, 200);
  assert.equal((await login(here.email)).status, 401);
  assert.equal((await login(here.email, 'uma frase nova e longa')).status, 200);
});

test('people see where they are signed in and end sessions one by one or all at once', async () => {
  const here = await newAccount(platform);
  const other = await platform.call('POST', '/api/auth/login', {
    body: { email: here.email, password: goodPassword },
    headers: { 'user-agent': 'A phone' },
  });
  const list = async () => (await platform.call('GET', '/api/users/me/sessions', { as: here })).body.items;
  const sessions = await list();
  assert.equal(sessions.length, 2);
  assert.deepEqual(
    sessions.filter(({ current }: { current: boolean }) => current).map(({ kind }: { kind: string }) => kind),
    ['api'],
  );
  const phone = sessions.find(({ userAgent }: { userAgent: string }) => userAgent === 'A phone');
  const end = (id: string, as: Person = here) => platform.call('DELETE', `/api/users/me/sessions/${id}`, { as });
  assert.equal((await end(phone.id, await newAccount(platform))).status, 404, 'nobody ends the session of another');
  assert.equal((await end(phone.id)).status, 204);
  assert.equal((await end(phone.id)).status, 404);
  assert.equal((await refresh(other.body.refreshToken)).status, 401);
  assert.equal((await list()).length, 1);
  assert.equal((await platform.call('DELETE', '/api/users/me/sessions', { as: here })).status, 204);
  assert.equal((await refresh(here.refreshToken)).status, 401);
});

test('deleting the account asks for the password, erases personal data here and tells the others', async () => {
  const as = await newAccount(platform);
  const remove = (password: string) => platform.call('DELETE', '/api/users/me', { as, body: { password } });
  assert.equal((await remove('wrong password')).body.code, 'wrong_password');
  assert.equal((await remove(goodPassword)).status, 204);
  assert.equal((await platform.call('GET', '/api/users/me', { as })).status, 401);
  assert.equal((await login(as.email)).status, 401);
  assert.equal((await refresh(as.refreshToken)).status, 401);
  assert.deepEqual(await eventsOf(platform, as.id, 'stoa.identity.user.deleted.v1'), [{ userId: as.id }]);
  const { pool } = platform.host.database('identity');
  for (const table of ['users', 'outbox', 'sessions', 'mail_requests', 'audit_entries']) {
    const { rows } = await pool.query(`select * from ${table}`);
    assert.ok(!JSON.stringify(rows).includes(as.email), table);
  }
  assert.deepEqual(
    (await platform.host.client(IdentityService).getUsers({ ids: [as.id] }, serviceCtx('test'))).users,
    [],
  );
  const again = await platform.call('POST', '/api/auth/register', {
    body: { email: as.email, password: goodPassword, name: 'Ana' },
  });
  assert.equal(again.status, 201, 'the address is free again');
});

test('siblings learn names of people; addresses only the platform, support and the person', async () => {
  const [ana, rui] = [await newAccount(platform), await newAccount(platform)];
  const ask = async (ctx: Parameters<typeof serviceCtx>[0] | Person) =>
    (
      await platform.host
        .client(IdentityService)
        .getUsers({ ids: [ana.id, randomUUID(), 'nonsense'] }, typeof ctx === 'string' ? serviceCtx(ctx) : ctxOf(ctx))
    ).users.map(({ id, name, email }) => [id, name, email]);
  assert.deepEqual(await ask('courses'), [[ana.id, 'Ana Souza', ana.email]]);
  assert.deepEqual(await ask(ana), [[ana.id, 'Ana Souza', ana.email]]);
  assert.deepEqual(await ask(rui), [[ana.id, 'Ana Souza', '']]);
});

test('making sure that somebody exists makes them once and changes nothing when repeated', async () => {
  const wanted = {
    id: randomUUID(),
    email: `${randomUUID()}@example.com`,
    name: 'Demo Person',
    password: goodPassword,
    roles: ['instructor'],
    locale: 'pt-BR',
    timeZone: 'America/Sao_Paulo',
    emailVerified: true,
  };
  const ensure = () => platform.host.client(IdentityService).ensureUser(wanted, serviceCtx('seed'));
  const first = await ensure();
  assert.equal(first.created, true);
  assert.equal(first.user?.id, wanted.id);
  const second = await ensure();
  assert.equal(second.created, false);
  assert.equal((await eventsOf(platform, wanted.id, 'stoa.identity.user.created.v1')).length, 1);
  assert.equal((await eventsOf(platform, wanted.id, userUpdated)).length, 1);
  const { body } = await login(wanted.email);
  assert.deepEqual([body.user.roles, body.user.emailVerified], [['instructor'], true]);
});

test('a person who exists is kept as they are where that is asked for, and only gets the roles they lack', async () => {
  const admin = await newOperator(platform, ['admin']);
  const password = 'somebody else chose this one';
  const wanted = { email: admin.email, name: 'Command', password, locale: 'es', timeZone: 'UTC', emailVerified: true };
  const ensure = (roles: string[]) =>
    platform.host.client(IdentityService).ensureUser({ ...wanted, roles, keep: true }, serviceCtx('cli'));
  const before = (await platform.call('GET', '/api/users/me', { as: admin })).body;
  assert.equal((await ensure(['instructor', 'student'])).created, false);
  const after = (await platform.call('GET', '/api/users/me', { as: admin })).body;
  assert.deepEqual(after.roles, [
    ...before.roles,
    ...['instructor', 'student'].filter((role) => !before.roles.includes(role)),
  ]);
  for (const part of ['name', 'email', 'locale', 'timeZone', 'emailVerified'])
    assert.deepEqual(after[part], before[part], part);
  assert.equal((await login(admin.email, password)).status, 401, 'the password is theirs');
  const told = (await eventsOf(platform, admin.id, userUpdated)).length;
  await ensure(['instructor']);
  assert.equal((await eventsOf(platform, admin.id, userUpdated)).length, told, 'nothing to add, nothing to tell');
});

test('operators find people page by page; each exactly once while others arrive', async () => {
  const admin = await newOperator(platform, ['support']);
  const marker = `walk-${randomUUID()}`;
  const wanted = new Set<string>();
  for (let n = 0; n < 5; n += 1) wanted.add((await newAccount(platform, `${n}-${marker}@example.com`)).id);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const { status, body } = await platform.call(
      'GET',
      `/api/admin/users?q=${marker}&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      { as: admin },
    );
    assert.equal(status, 200, JSON.stringify(body));
    seen.push(...body.items.map(({ id }: { id: string }) => id));
    cursor = body.nextCursor;
    await newAccount(platform, `${randomUUID()}-${marker}@example.com`);
  } while (cursor);
  assert.deepEqual(
    [...wanted].filter((id) => seen.filter((other) => other === id).length !== 1),
    [],
  );
  assert.equal((await platform.call('GET', '/api/admin/users?q=%25', { as: admin })).body.items.length, 0);
  assert.equal((await platform.call('GET', '/api/admin/users?cursor=WyJ4IiwieSJd', { as: admin })).status, 400);
});

test('an administrator changes roles and disables; each change is in the log; nobody else may', async () => {
  const admin = await newOperator(platform, ['admin']);
  const support = await newOperator(platform, ['support']);
  const person = await newAccount(platform);
  const change = (id: string, body: unknown, as: Person = admin) =>
    platform.call('PATCH', `/api/admin/users/${id}`, { as, body });
  assert.equal((await change(person.id, { roles: ['admin'] }, person)).status, 403);
  assert.equal((await change(person.id, { roles: ['admin'] }, support)).status, 403);
  assert.equal((await change(admin.id, { disabled: true })).body.code, 'own_account');
  assert.equal((await change(admin.id, { roles: ['student'] })).body.code, 'own_account');
  assert.equal((await change(randomUUID(), { disabled: true })).status, 404);
  assert.deepEqual((await change(person.id, { roles: ['student', 'instructor'] })).body.roles, [
    'student',
    'instructor',
  ]);
  assert.deepEqual((await refresh(person.refreshToken)).body.user.roles, ['student', 'instructor']);
  assert.equal((await change(person.id, { disabled: true })).body.disabled, true);
  assert.equal((await refresh(person.refreshToken)).status, 401);
  assert.equal((await login(person.email)).body.code, 'account_disabled');
  assert.equal((await login(person.email, 'wrong password')).body.code, 'invalid_credentials');
  clock.advance(1000);
  await change(person.id, { disabled: false });
  assert.equal((await login(person.email)).status, 200);
  const audit = await platform.call('GET', `/api/admin/audit?subject=${person.id}&limit=50`, { as: admin });
  const changes = audit.body.items.filter(({ action }: { action: string }) => action === 'user.administered');
  assert.deepEqual(
    changes.map(({ details, actor }: { details: unknown; actor: { id: string } }) => [details, actor.id]),
    [
      [{ disabled: false }, admin.id],
      [{ disabled: true }, admin.id],
      [{ roles: { from: ['student'], to: ['student', 'instructor'] } }, admin.id],
    ],
  );
  assert.equal((await platform.call('GET', '/api/admin/audit', { as: support })).status, 403);
  await assert.rejects(
    platform.host.database('identity').pool.query('delete from audit_entries'),
    /audit entries are never changed/,
  );
});

test('nothing of an account can be reached without signing in', async () => {
  for (const [method, path] of [
    ['GET', '/api/users/me'],
    ['PATCH', '/api/users/me'],
    ['DELETE', '/api/users/me'],
    ['GET', '/api/users/me/preferences'],
    ['PUT', '/api/users/me/preferences'],
    ['POST', '/api/users/me/password'],
    ['GET', '/api/users/me/sessions'],
    ['DELETE', '/api/users/me/sessions'],
    ['POST', '/api/users/me/export'],
    ['POST', '/api/users/me/email-verification'],
    ['GET', '/api/admin/users'],
    ['GET', '/api/admin/audit'],
  ] as const)
    assert.equal((await platform.call(method, path)).status, 401, `${method} ${path}`);
});

test('what an account asks and answers is said in three languages', async () => {
  const titles = new Set<string>();
  for (const locale of ['en', 'pt-BR', 'es']) {
    const { body } = await platform.call('POST', '/api/auth/login', {
      body: { email: 'nobody@example.com', password: 'x' },
      locale,
    });
    titles.add(body.title);
  }
  assert.equal(titles.size, 3);
});

test('whoever proves the address in STOA_ADMIN_EMAIL, signed in, becomes an administrator; claiming it is not enough', async () => {
  const boss = await newAccount(platform, 'boss@example.com');
  assert.deepEqual(boss.roles, ['student']);
  const token = await mailedToken(platform, boss.id, verificationRequested);
  assert.equal((await platform.call('POST', '/api/auth/verify-email', { as: boss, body: { token } })).status, 204);
  assert.deepEqual((await refresh(boss.refreshToken)).body.user.roles, ['student', 'admin']);
  await platform.call('DELETE', '/api/users/me', { as: boss, body: { password: goodPassword } });
});

test('a stranger who registers the address in STOA_ADMIN_EMAIL is no administrator when its owner follows the link', async () => {
  const stranger = await newAccount(platform, 'boss@example.com');
  const owner = { ...stranger, ...(await newAccount(platform)) };
  const token = await mailedToken(platform, stranger.id, verificationRequested);
  assert.equal((await platform.call('POST', '/api/auth/verify-email', { as: owner, body: { token } })).status, 204);
  const seen = await refresh(stranger.refreshToken);
  assert.deepEqual([seen.body.user.roles, seen.body.user.emailVerified], [['student'], true]);

  // The owner takes the account over by mail: whoever had the old password is out.
  await platform.call('POST', '/api/auth/forgot-password', { body: { email: 'boss@example.com' } });
  const reset = await mailedToken(platform, stranger.id, resetRequested);
  const body = { token: reset, password: 'a phrase the owner made up' };
  assert.equal((await platform.call('POST', '/api/auth/reset-password', { body })).status, 204);
  assert.equal((await refresh(seen.body.refreshToken)).status, 401);
  const mine = await login('boss@example.com', body.password);
  assert.deepEqual(mine.body.user.roles, ['student', 'admin']);
  const { rows } = await platform.host
    .database('identity')
    .pool.query(
      "select count(*)::int as n from audit_entries where action = 'user.made_admin_by_setting' and subject_id = $1",
      [stranger.id],
    );
  assert.equal(rows[0].n, 1);
});

test('a stolen access token cannot be used to find out the password, whatever device it claims to be', async () => {
  const as = await newAccount(platform);
  const statuses: number[] = [];
  for (let n = 0; n < 11; n += 1) {
    const answer = await platform.call('POST', '/api/users/me/password', {
      as,
      body: { currentPassword: `guess ${n}`, newPassword: 'uma frase nova e longa' },
      headers: { 'user-agent': `device ${n}` },
    });
    statuses.push(answer.status);
  }
  assert.deepEqual(statuses, [...Array(10).fill(403), 429]);
  assert.equal((await login(as.email)).status, 200, 'signing in is not affected');
});

test('of a sign-in that ends while the account is deleted nothing personal is left', async () => {
  const as = await newAccount(platform);
  const deleted = await duringChange(platform, {
    change: ['select from users where id = $1 for no key update', [as.id]],
    request: () => platform.call('DELETE', '/api/users/me', { as, body: { password: goodPassword } }),
    andThen: [
      [
        `insert into sessions (id, user_id, ip, created_at, last_used_at, expires_at)
         values ($1, $2, '203.0.113.9', now(), now(), now() + interval '1 day')`,
        [randomUUID(), as.id],
      ],
      ["insert into known_devices (user_id, device, last_seen_at) values ($1, '\\x00', now())", [as.id]],
    ],
  });
  assert.equal(deleted.status, 204);
  const { rows } = await platform.host.database('identity').pool.query(
    `select (select count(*)::int from sessions where user_id = $1 and (ip is not null or revoked_at is null)) as sessions,
            (select count(*)::int from known_devices where user_id = $1) as devices`,
    [as.id],
  );
  assert.deepEqual(rows, [{ sessions: 0, devices: 0 }]);
});

for (const { what, ask } of [
  {
    what: 'changes the password',
    ask: (as: Person) =>
      platform.call('POST', '/api/users/me/password', {
        as,
        body: { currentPassword: goodPassword, newPassword: 'uma frase nova e longa' },
      }),
  },
  {
    what: 'asks for another address',
    ask: (as: Person) =>
      platform.call('POST', '/api/users/me/email-change', {
        as,
        body: { email: `${randomUUID()}@new.example`, password: goodPassword },
      }),
  },
  {
    what: 'deletes the account',
    ask: (as: Person) => platform.call('DELETE', '/api/users/me', { as, body: { password: goodPassword } }),
  },
])
  test(`nobody ${what} with a password that is replaced while it is looked at`, async () => {
    const as = await newAccount(platform);
    const answer = await duringChange(platform, {
      change: ["update users set password_hash = 'another' where id = $1", [as.id]],
      request: () => ask(as),
    });
    assert.equal(answer.status, 403, JSON.stringify(answer.body));
    assert.equal(answer.body.code, 'wrong_password');
    const { pool } = platform.host.database('identity');
    const { rows } = await pool.query(
      `select password_hash, deleted_at,
              (select count(*)::int from mail_requests where user_id = $1 and purpose = 'change_email') as asked
       from users where id = $1`,
      [as.id],
    );
    assert.deepEqual(rows, [{ password_hash: 'another', deleted_at: null, asked: 0 }]);
  });
