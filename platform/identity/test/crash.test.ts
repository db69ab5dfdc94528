import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listCrashPoints, listStatements } from '@stoa/kernel';
import { startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { identity } from '../src/index.ts';
import { eventsOf, goodPassword, newAccount } from './accounts.ts';

let platform: TestPlatform;
before(async () => {
  platform = await startTestPlatform([identity], { ownIssuer: true });
});
after(() => platform.close());

/** Sends a request in another process that kills itself at a crash point. */
async function sendAndDie(point: string, url: string, body: unknown, key = '') {
  const child = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('./crash.fixture.ts', import.meta.url)),
      ...[platform.databaseUrl, platform.home, url, JSON.stringify(body), key],
    ],
    { env: { ...process.env, STOA_CRASH_AT: point }, stdio: 'inherit' },
  );
  const [, signal] = await once(child, 'exit');
  assert.equal(signal, 'SIGKILL', `${point} was not reached`);
}

const usersWith = async (email: string) => {
  const { rows } = await platform.host
    .database('identity')
    .pool.query<{ id: string }>('select id from users where email_key = $1', [email]);
  return rows.map(({ id }) => id);
};

test('a registration that is killed anywhere is whole or has not happened, and can be repeated', async () => {
  for (const point of listCrashPoints().filter((name) => name.startsWith('identity.register.'))) {
    const body = { email: `${randomUUID()}@example.com`, password: goodPassword, name: 'Ana' };
    const key = randomUUID();
    await sendAndDie(point, '/api/auth/register', body, key);
    const [id] = await usersWith(body.email);
    assert.equal(id === undefined, point.endsWith('before_insert'), point);
    const headers = { 'idempotency-key': key };
    const again = await platform.call('POST', '/api/auth/register', { body, headers });
    assert.equal(again.status, 201, `${point}: ${JSON.stringify(again.body)}`);
    if (id) assert.equal(again.body.user.id, id);
    assert.equal((await usersWith(body.email)).length, 1);
    const userId = again.body.user.id;
    assert.equal((await eventsOf(platform, userId, 'stoa.identity.user.created.v1')).length, 1);
    assert.equal((await eventsOf(platform, userId, 'stoa.identity.email-verification.requested.v1')).length, 1);
    const refreshed = await platform.call('POST', '/api/auth/refresh', {
      body: { refreshToken: again.body.refreshToken },
    });
    assert.equal(refreshed.status, 200);
  }
});

test('a refresh that is killed before or after its commit leaves its client a token that works', async () => {
  for (const point of listCrashPoints().filter((name) => name.startsWith('identity.refresh.'))) {
    const { refreshToken } = await newAccount(platform);
    await sendAndDie(point, '/api/auth/refresh', { refreshToken });
    const again = await platform.call('POST', '/api/auth/refresh', { body: { refreshToken } });
    assert.equal(again.status, 200, `${point}: ${JSON.stringify(again.body)}`);
    const next = await platform.call('POST', '/api/auth/refresh', {
      body: { refreshToken: again.body.refreshToken },
    });
    assert.equal(next.status, 200, point);
  }
});

test('every statement of this context can be prepared against its schema', async () => {
  const own = listStatements().filter(({ context }) => context === 'identity');
  assert.ok(own.length > 40);
  const client = await platform.host.database('identity').connect();
  try {
    for (const { name, text } of own) {
      await client
        .query(`prepare "check ${name}" as ${text}`)
        .catch((error: unknown) => assert.fail(`${name}: ${error}`));
    }
  } finally {
    client.release(true);
  }
});
