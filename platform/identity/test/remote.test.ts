import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { IdentityService } from '@stoa/contracts';
import { createLog, ExpectedError, type Host, serviceCtx, startHost } from '@stoa/kernel';
import { startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { identity } from '../src/index.ts';
import { newAccount } from './accounts.ts';

let platform: TestPlatform;
let elsewhere: Host;
before(async () => {
  const rpcSecret = randomUUID();
  platform = await startTestPlatform([identity], { ownIssuer: true, rpcListen: '127.0.0.1:0', rpcSecret });
  elsewhere = await startHost({
    contexts: [identity],
    run: [],
    siblings: { identity: platform.host.rpcAddress ?? '' },
    rpcSecret,
    databaseUrl: platform.databaseUrl,
    publicUrl: platform.url,
    home: platform.home,
    settings: {},
    log: createLog({ level: 'silent' }),
  });
});
after(async () => {
  await elsewhere.close();
  await platform.close();
});

test('another process asks identity over gRPC and gets what a sibling in this one gets', async () => {
  const person = await newAccount(platform);
  const [local, remote] = [platform.host.client(IdentityService), elsewhere.client(IdentityService)];
  const ctx = serviceCtx('test');
  for (const client of [local, remote]) {
    const { users } = await client.getUsers({ ids: [person.id] }, ctx);
    assert.deepEqual(
      users.map(({ email, emailVerified }) => [email, emailVerified]),
      [[person.email, false]],
    );
    await assert.rejects(
      client.createMailLink({ requestId: 'none' }, ctx),
      (error: unknown) => error instanceof ExpectedError && error.code === 'mail_request_not_open',
    );
    const email = `${randomUUID()}@example.com`;
    const made = await client.ensureUser({ email, name: 'Demo', password: 'vento quieto na serra' }, ctx);
    assert.deepEqual([made.created, made.user?.roles, made.user?.timeZone], [true, ['student'], 'UTC']);
  }
  assert.deepEqual(await remote.getSigningKeys({}, ctx), await local.getSigningKeys({}, ctx));
});

test('a process without identity trusts the tokens of the one that has it', async () => {
  const person = await newAccount(platform);
  assert.deepEqual(await elsewhere.verifyToken(person.token), await platform.host.verifyToken(person.token));
});
