import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { MarketService } from '@stoa/contracts';
import { createLog, ExpectedError, kernelErrors, serviceCtx } from '@stoa/kernel';
import { freePort } from '@stoa/kernel/testing';
import { grpcClient, serveGrpc } from '../src/rpc/grpc.ts';
import { type Implementation, served } from '../src/rpc/service.ts';

/** What the wire does when the one at the other end is slow, gone, or back again. */
const secret = 'a secret between siblings';
const log = createLog({ level: 'silent' });
const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Quote = Implementation<typeof MarketService>['quote'];

/** Somebody who quotes at a port, until `close`. */
async function serve(port: number, quote: Quote): Promise<{ close: () => Promise<void> }> {
  const implementation = { quote, hold: async () => ({}), release: async () => ({}) };
  const services = [served(MarketService, implementation)];
  let closed: Promise<void> | undefined;
  const running = await serveGrpc({ listen: `127.0.0.1:${port}`, secret, services, log });
  const close = () => {
    closed ??= running.close();
    return closed;
  };
  closers.push(close);
  return { close };
}

function call(port: number) {
  const { client, close } = grpcClient(MarketService, { address: `127.0.0.1:${port}`, secret });
  closers.push(close);
  return (deadline?: number) =>
    client.quote({ lines: [] }, { ...serviceCtx('test'), ...(deadline ? { deadline } : {}) });
}

const isUnavailable = (error: unknown) =>
  error instanceof ExpectedError && error.code === kernelErrors.temporarily_unavailable().code;

describe('a call to a sibling', () => {
  test('ends at the deadline it was given, which the one who is called knows', async () => {
    const port = await freePort();
    const seen: (number | undefined)[] = [];
    await serve(port, async (_input, ctx) => {
      seen.push(ctx.deadline);
      await sleep(3000, undefined, { ref: false });
      return {};
    });
    const quote = call(port);
    const begun = Date.now();
    await assert.rejects(quote(begun + 400), isUnavailable);
    assert.ok(Date.now() - begun < 2500, 'it did not wait for the answer');
    // What is late may have been done: it is not asked again.
    assert.equal(seen.length, 1);
    assert.ok(Math.abs((seen[0] ?? 0) - (begun + 400)) < 300, 'the deadline travels');
  });

  test('is made again while nobody is there, and answered by whoever comes in time', async () => {
    const port = await freePort();
    const quote = call(port);
    const answered = quote();
    await sleep(60);
    await serve(port, async () => ({ items: [{ sku: 'note:1', title: 'A note' }] }));
    assert.equal((await answered).items[0]?.title, 'A note');
  });

  test('is made once when it was answered, whatever the answer', async () => {
    const port = await freePort();
    let calls = 0;
    let failure: Error = kernelErrors.not_found();
    await serve(port, async () => {
      calls += 1;
      throw failure;
    });
    const quote = call(port);
    await assert.rejects(quote(), (error) => error instanceof ExpectedError && error.code === 'not_found');
    failure = new TypeError('a mistake of the sibling, with its secrets');
    await assert.rejects(
      quote(),
      (error) => error instanceof Error && !(error instanceof ExpectedError) && !error.message.includes('secrets'),
    );
    assert.equal(calls, 2);
  });

  test('fails at once while a sibling is known to be gone, and goes through when it is back', async () => {
    const port = await freePort();
    const quote = call(port);
    for (let tries = 0; tries < 2; tries += 1) await assert.rejects(quote(), isUnavailable);
    const begun = performance.now();
    for (let tries = 0; tries < 20; tries += 1) await assert.rejects(quote(), isUnavailable);
    assert.ok(performance.now() - begun < 3000, 'nobody waits for one who is gone');
    await serve(port, async () => ({ items: [] }));
    // The circuit lets one through after two seconds.
    await sleep(2200);
    assert.deepEqual((await quote()).items, []);
  });

  test('is refused without the secret of the installation', async () => {
    const port = await freePort();
    let calls = 0;
    await serve(port, async () => {
      calls += 1;
      return {};
    });
    const stranger = grpcClient(MarketService, { address: `127.0.0.1:${port}`, secret: 'a guess' });
    closers.push(stranger.close);
    await assert.rejects(
      stranger.client.quote({ lines: [] }, serviceCtx('test')),
      (error) => error instanceof ExpectedError && error.code === 'not_allowed',
    );
    assert.equal(calls, 0);
  });
});
