import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { EnrollmentService, PersonalDataService } from '@stoa/contracts';
import { defineContext, kernelErrors, manualClock, served, systemClock } from '@stoa/kernel';
import { eventually, type Person, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { identity } from '../src/index.ts';
import { asPerson, duringChange, eventsOf, goodPassword, newAccount } from './accounts.ts';

let platform: TestPlatform;
const clock = manualClock(systemClock.now());
/** A context that holds three pages of a person, and can be out of order. */
const sibling = { down: false };
const pages = [
  { section: 'walks', items: [1, 2] },
  { section: 'walks', items: [3] },
  { section: 'rests', items: [4] },
];
const walker = defineContext({
  name: 'walker',
  migrations: pathToFileURL(`${mkdtempSync(join(tmpdir(), 'stoa-none-'))}/`),
  plugs: [{ contract: PersonalDataService, kinds: ['walker', 'sleeper'] }],
  serves: EnrollmentService,
  create: () => ({
    plugs: [
      served(PersonalDataService, {
        readPersonalData: async ({ userId, cursor }) => {
          if (sibling.down) throw kernelErrors.temporarily_unavailable();
          const index = Number(cursor || 0);
          const page = pages[index];
          const records = (page?.items ?? []).map((step) => ({
            section: page?.section ?? '',
            json: JSON.stringify({ step, userId }),
          }));
          return { records, nextCursor: index + 1 < pages.length ? String(index + 1) : '' };
        },
      }),
    ],
    api: {
      getAccess: async () => {
        throw new Error('nobody asks for access here');
      },
      getMemberships: async () => {
        throw new Error('nobody asks for memberships here');
      },
    },
  }),
});

before(async () => {
  platform = await startTestPlatform([identity, walker], { ownIssuer: true, clock });
});
after(() => platform.close());

const ask = (as: Person, on = platform) => on.call('POST', '/api/users/me/export', { as });
const latest = async (as: Person) => (await platform.call('GET', '/api/users/me/exports', { as })).body.items[0];
const ready = (as: Person) =>
  eventually(async () => {
    const found = await latest(as);
    return found?.state === 'ready' && found;
  }, 20_000);
const fileOf = (id: string, as: Person, password = goodPassword) =>
  platform.call('POST', `/api/users/me/exports/${id}/file`, { as, body: { password } });

test('a person gets everything that every context holds, without what would open doors', async () => {
  const as = await newAccount(platform);
  const asked = await ask(as);
  assert.deepEqual([asked.status, asked.body.contextsTotal], [202, 3]);
  const made = await ready(as);
  const { status, headers, body } = await fileOf(made.id, as);
  assert.equal(status, 200);
  assert.match(String(headers['content-disposition']), /^attachment; filename="stoa-\d{4}-\d\d-\d\d\.json"$/);
  assert.deepEqual([body.format, body.version, body.userId], ['stoa-personal-data', 1, as.id]);
  const [account] = body.contexts.identity.account;
  assert.equal(account.account.email, as.email);
  assert.equal(account.sessions.length, 1);
  assert.equal(account.signIns.length, 1);
  assert.equal(account.mailRequests[0].purpose, 'verify_email');
  assert.deepEqual(body.contexts.walker, {
    walks: [1, 2, 3].map((step) => ({ step, userId: as.id })),
    rests: [{ step: 4, userId: as.id }],
  });
  assert.deepEqual(Object.keys(body.contexts), ['identity', 'walker', 'sleeper']);
  assert.ok(!JSON.stringify(body).includes('argon2'));
  assert.ok(
    made.bytes >= Buffer.byteLength(JSON.stringify(body)),
    'the size is that of the file, with its line breaks',
  );
  const events = await eventsOf(platform, as.id, 'stoa.identity.data-export.ready.v1');
  assert.deepEqual(
    // The database leaves out zeros at the end of a fraction, the clock does not.
    events.map(({ expiresAt, ...rest }) => ({ ...rest, expiresAt: Date.parse(String(expiresAt)) })),
    [{ userId: as.id, exportId: made.id, expiresAt: Date.parse(made.expiresAt) }],
  );
  assert.equal((await fileOf(made.id, await newAccount(platform))).body.code, 'export_not_found');
});

test('one export is under way at a time, and waits for a context that does not answer', async () => {
  const as = await newAccount(platform);
  sibling.down = true;
  const [first, second] = await Promise.all([ask(as), ask(as)]);
  assert.equal(first.body.id, second.body.id);
  await eventually(async () => (await latest(as)).state === 'working');
  assert.equal((await ask(as)).body.id, first.body.id);
  assert.equal((await fileOf(first.body.id, as)).status, 404);
  sibling.down = false;
  assert.equal((await ready(as)).id, first.body.id);
});

test('nobody gets the file without the password, however they got hold of the session', async () => {
  const as = await newAccount(platform);
  await ask(as);
  const { id } = await ready(as);
  const url = `/api/users/me/exports/${id}/file`;
  assert.equal((await platform.call('GET', url, { as })).status, 404);
  for (const body of [undefined, {}, { password: '' }])
    assert.equal((await platform.call('POST', url, { as, body })).status, 400, JSON.stringify(body));
  assert.equal((await platform.call('POST', url, { body: { password: goodPassword } })).status, 401);
  const wrong = await fileOf(id, as, 'not my password');
  assert.deepEqual([wrong.status, wrong.body.code], [403, 'wrong_password']);
  assert.equal(wrong.headers['content-disposition'], undefined);
  assert.equal((await fileOf(id, as)).status, 200);
  const guesses: unknown[] = [];
  for (let n = 0; n < 11; n += 1) guesses.push((await fileOf(id, as, `guess ${n}`)).body.code);
  assert.deepEqual(guesses, [...Array(10).fill('wrong_password'), 'too_many_attempts']);
  assert.equal((await fileOf(id, as)).body.code, 'too_many_attempts', 'whoever guesses does not get through later');
});

test('nobody gets the file with a password that is replaced while it is looked at', async () => {
  const as = await newAccount(platform);
  await ask(as);
  const { id } = await ready(as);
  const answer = await duringChange(platform, {
    change: ["update users set password_hash = 'another' where id = $1", [as.id]],
    request: () => fileOf(id, as),
  });
  assert.deepEqual([answer.status, answer.body.code], [403, 'wrong_password']);
});

test('the file is gone after a week, and at once with the account', async () => {
  const as = await newAccount(platform);
  await ask(as);
  const { id } = await ready(as);
  clock.advance(7 * 86_400_000 + 1000);
  const body = { email: as.email, password: goodPassword };
  const later = asPerson((await platform.call('POST', '/api/auth/login', { body })).body);
  assert.equal((await fileOf(id, later)).body.code, 'export_not_found');
  assert.equal(await latest(later), undefined);
  const other = await newAccount(platform);
  await ask(other);
  const made = await ready(other);
  await platform.call('DELETE', '/api/users/me', { as: other, body: { password: goodPassword } });
  const { rows } = await platform.host
    .database('identity')
    .pool.query('select count(*)::int as n from data_export_pieces where export_id = $1', [made.id]);
  assert.equal(rows[0]?.n, 0);
});

test('where a context cannot be reached, nobody gets a file that leaves it out, and the operator reads why', async () => {
  const alone = await startTestPlatform([identity, walker], { ownIssuer: true, clock, run: ['identity'] });
  try {
    const as = await newAccount(alone);
    const asked = await ask(as, alone);
    assert.equal(asked.status, 202);
    const why = await eventually(async () => {
      const { rows } = await alone.host
        .database('identity')
        .pool.query(
          "select output ->> 'message' as why from identity_jobs.job where name = 'export-data' and output is not null",
        );
      return rows[0]?.why;
    }, 20_000);
    assert.match(why, /leave out walker, sleeper.*set STOA_RPC_WALKER/);
    const { body } = await alone.call('GET', '/api/users/me/exports', { as });
    assert.notEqual(body.items[0]?.state, 'ready');
  } finally {
    await alone.close();
  }
});
