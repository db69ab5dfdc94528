import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createTestDatabase, person, startTestPlatform, type TestDatabase } from '@stoa/kernel/testing';
import { paymentsWith } from '../src/index.ts';
import { market } from './market.ts';
import { scriptedProvider } from './scripted-provider.ts';
import { startWorld, type World } from './world.ts';

const provider = scriptedProvider();
let database: TestDatabase;
let front: World;
before(async () => {
  database = await createTestDatabase([paymentsWith(), market]);
  front = await startWorld({ databaseUrl: database.url, provider, roles: ['api', 'worker'] });
});
after(async () => {
  await front.close();
  await database.drop();
});

describe('a process with the role payment-worker', () => {
  test('calls the providers, which the others leave to it, and answers no requests', async () => {
    const ana = await person();
    const order = await front.order(ana, [{ sku: await front.item(1000) }]);
    const payment = await front.pay(ana, order.id);
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal((await front.attempt(payment.id)).status, 'created');
    assert.deepEqual(provider.calls, []);

    const worker = await startTestPlatform([paymentsWith(() => [provider.configured]), market], {
      databaseUrl: database.url,
      run: ['payments'],
      siblings: { market: '127.0.0.1:1' },
      rpcSecret: 'x'.repeat(32),
      roles: ['payment-worker'],
    });
    try {
      assert.equal((await worker.call('GET', '/healthz')).status, 200);
      assert.equal((await worker.call('GET', '/api/payments/providers')).status, 404);
      await front.payAndTell(payment.id);
      await front.orderIs(order.id, 'paid');
      await front.checkInvariants();
    } finally {
      await worker.close();
    }
  });
  test('is not a role somebody can misspell', async () => {
    await assert.rejects(
      startTestPlatform([paymentsWith(), market], { databaseUrl: database.url, roles: ['payment-worked'] }),
      /there is no role payment-worked/,
    );
  });
});
