import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemIds } from '@stoa/kernel';
import { person } from '@stoa/kernel/testing';
import { post } from '../src/ledger/post.ts';
import { postCapture, postSettlement } from '../src/ledger/postings.ts';
import { scriptedProvider } from './scripted-provider.ts';
import { startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld({ provider: scriptedProvider({ payouts: true }) });
});
after(() => world.close());

/** The value of a series, undefined when it is not there. */
async function read(series: string): Promise<number | undefined> {
  const text = String((await world.call('GET', '/metrics')).body);
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

describe('metrics of payments', () => {
  test('tell how payments end, how long that takes, and what providers answered', async () => {
    const ana = await person();
    const order = await world.order(ana, [{ sku: await world.item(1000) }]);
    const payment = await world.pay(ana, order.id);
    await world.payAndTell(payment.id);
    await world.orderIs(order.id, 'paid');
    assert.equal(await read('stoa_payments_attempts{provider="scripted",status="succeeded"}'), 1);
    const settled = await read('stoa_payments_settle_seconds{provider="scripted",quantile="0.95"}');
    assert.ok(settled !== undefined && settled > 0 && settled < 60, `${settled}`);
    const calls = 'stoa_payments_provider_call_seconds_count{provider="scripted",outcome="answered"}';
    assert.ok(((await read(calls)) ?? 0) >= 1);
  });

  test('tell forged webhooks from those that were believed', async () => {
    const accepted = 'stoa_payments_webhooks_total{provider="scripted",verdict="accepted"}';
    const before = (await read(accepted)) ?? 0;
    await world.deliver([]);
    assert.equal(await read(accepted), before + 1);
    const { body, headers } = world.provider.webhook([]);
    const forged = Object.fromEntries(
      Object.keys(headers).flatMap((name) => (name === 'content-type' ? [] : [[name, 'forged']])),
    );
    const answer = await world.call('POST', '/api/webhooks/scripted', { body, headers: { ...headers, ...forged } });
    assert.ok(answer.status >= 400);
    const text = String((await world.call('GET', '/metrics')).body);
    assert.match(text, /stoa_payments_webhooks_total\{provider="scripted",verdict="(signature|malformed)"\} 1/);
  });

  test('tell what waits: jobs and their age, what is parked, what does not fit, whom nobody calls', async () => {
    assert.notEqual(await read('stoa_payments_queue_jobs{queue="payments",state="waiting"}'), undefined);
    assert.equal(await read('stoa_payments_parked{kind="payment"}'), 0);
    assert.equal(await read('stoa_payments_circuit{provider="scripted"}'), 0);
    // No process is told of it, so it waits for the next look around.
    await world.query(
      "insert into payments_jobs.job (name, data, start_after) values ('renew-subscriptions', '{}', now() - interval '90 seconds')",
    );
    const age = await read('stoa_payments_queue_oldest_seconds{queue="renew-subscriptions"}');
    assert.ok(age !== undefined && age >= 89 && age < 200, `${age}`);
    await world.query(
      `insert into reconciliation_breaks (provider, kind, subject, currency, found_at) values ('scripted', 'charge_not_booked', 'x', 'BRL', now())`,
    );
    assert.equal(await read('stoa_payments_breaks_open{kind="charge_not_booked"}'), 1);
  });

  test('tell for how long a provider has kept what it owes', async () => {
    const series = 'stoa_payments_clearing_oldest_seconds{provider="scripted",currency="USD"}';
    const db = world.platform.host.database('payments');
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    const take = (amount: number, days: number) =>
      post(db, systemIds, {
        posting: postCapture({
          orderId: systemIds.id(),
          attemptId: systemIds.id(),
          provider: 'scripted',
          buyer: 'somebody',
          currency: 'USD',
          amount,
        }),
        at: daysAgo(days),
      });
    const payOut = (reference: string, amount: number) =>
      post(db, systemIds, {
        posting: postSettlement({ provider: 'scripted', reference, currency: 'USD', amount }),
        at: daysAgo(1),
      });
    const isDays = async (days: number) => {
      const seconds = (await read(series)) ?? assert.fail('nothing is owed');
      assert.ok(Math.abs(seconds - days * 86_400) < 600, `${seconds} s`);
    };
    // What follows is posted without the payments it speaks of.
    await world.checkInvariants();
    assert.equal(await read(series), undefined);
    await take(1000, 9);
    await take(500, 6);
    await take(700, 2);
    await isDays(9);
    await payOut('po_1', 999);
    await isDays(9);
    await payOut('po_2', 1);
    await isDays(6);
    await payOut('po_3', 600);
    await isDays(2);
    await payOut('po_4', 600);
    assert.equal(await read(series), undefined);
  });
});
