import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { measureCheckout } from '../src/checkout.ts';
import { measureLedger } from '../src/ledger.ts';
import { run } from '../src/load.ts';
import { makePaths } from '../src/paths.ts';
import { measurePayQueue } from '../src/pay-queue.ts';
import { type Program, residentBytes, startLimit, startPlatform } from '../src/programs.ts';
import { measureEvents, measureJobs } from '../src/queues.ts';
import { measureSerialization } from '../src/serialize.ts';
import { makeWorld, type World } from '../src/world.ts';

// That everything the benchmark sends is answered, by the platform and by the limit. Times are not judged here.

let world: World;
let ours: Program;
let limit: Program;
before(async () => {
  world = await makeWorld({ courses: 2000, serverUrl: process.env.STOA_TEST_DATABASE_URL });
  limit = await startLimit(world);
  ours = await startPlatform(world);
});
after(async () => {
  await ours?.stop();
  await limit?.stop();
  await world?.close();
});

// First, while both copies of the world are as they were made: load changes what a learner has done.
test('both programs give the same answers', async () => {
  for (const path of await makePaths(world, ours)) {
    const request = 'requests' in path.load ? path.load.requests.at(-1) : undefined;
    if (!request) continue;
    const [a, b] = await Promise.all(
      [ours, limit].map(async ({ url }): Promise<unknown> => {
        const answer = await fetch(`${url}${request.path}`, { headers: { ...request.headers } });
        return withoutTimes(await answer.json());
      }),
    );
    assert.deepEqual(a, b, path.name);
  }
});

test('both programs answer every path with success under load', async () => {
  for (const path of await makePaths(world, ours)) {
    for (const program of [ours, limit]) {
      const measured = await run(program, path.load, { seconds: 1, connections: 4 });
      assert.ok(measured.perSecond > 0, path.name);
    }
  }
});

test('the serializer, events, jobs and memory are measured', async () => {
  assert.ok((await measureSerialization(ours, 1)).ratio > 0);
  assert.ok((await measureEvents(world, { count: 200 })).perSecond > 0);
  assert.ok((await measureJobs(world, { count: 20, rounds: 1 })).ratio > 0);
  assert.ok((await residentBytes(ours)) > 0);
});

test('payments through the queue, whole checkouts and postings are measured', async () => {
  const queue = await measurePayQueue(world, { count: 16, rounds: 1 });
  assert.ok(queue.ratio > 0 && queue.bare > 0);
  assert.ok(queue.start.transactions >= 1 && queue.start.inside > 1, 'the statements of a start are counted');
  // The worker's are shared by the payments that come together.
  assert.ok(queue.work.transactions > 0 && queue.work.inside > queue.work.transactions, 'and those of the worker');
  assert.ok((await measureCheckout(world, { seconds: 0.5, rounds: 1, connections: 4 })).perSecond > 0);
  const ledger = await measureLedger(world, { seconds: 0.5, rounds: 1, pgbench: null });
  assert.ok(ledger.ratio > 0);
  assert.equal(ledger.against, 'driver');
});

/** The limit leaves times as PostgreSQL writes them, also inside cursors. */
function withoutTimes(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (/At$|^nextCursor$/.test(key) ? null : inner)));
}
