import { randomUUID } from 'node:crypto';
import { AssessmentService, EnrollmentService, UserDeleted } from '@stoa/contracts';
import {
  type Context,
  createLog,
  type Deps,
  defineContext,
  defineEvent,
  defineJob,
  emit,
  type Host,
  on,
  onJob,
  serviceCtx,
  startHost,
} from '@stoa/kernel';
import { dropDatabase } from '@stoa/kernel/postgres';
import { PgBoss } from 'pg-boss';
import { median, percentile } from './statistics.ts';
import { type World, withClient } from './world.ts';

/** Rates per second; latencies in milliseconds from before the insert to the first line of the handler. */
export type EventFigures = { perSecond: number; p50: number; p99: number };
export type JobFigures = { ours: number; limit: number; ratio: number; lowest: number; highest: number };

const Said = defineEvent('stoa.source.thing.said.v1', UserDeleted.data);
const Work = defineJob<{ n: number }>('bench-work', { concurrency: 4 });
const ctx = serviceCtx('bench');
const migrations = new URL('../no-migrations/', import.meta.url);

/** Two contexts that do nothing but speak, hear and work, in this process on a database of their own. */
async function startToys(world: World, heard: (id: string) => void, worked: () => void) {
  const name = `bench_toys_${randomUUID().slice(0, 8)}`;
  await withClient(world.ours, (client) => client.query(`create database ${name}`));
  const url = new URL(world.ours);
  url.pathname = `/${name}`;
  const held: { deps?: Deps } = {};
  const source: Context = defineContext({
    name: 'source',
    migrations,
    serves: EnrollmentService,
    create: (deps) => {
      held.deps = deps;
      return {
        api: { getMemberships: async () => ({}), getAccess: async () => ({}) },
        jobs: [onJob(Work, async () => worked())],
      };
    },
  });
  const sink: Context = defineContext({
    name: 'sink',
    migrations,
    serves: AssessmentService,
    create: () => ({
      api: { putProblems: async () => ({}) },
      on: [on(Said, async (event) => heard(event.data.userId))],
    }),
  });
  const host: Host = await startHost({
    contexts: [source, sink],
    databaseUrl: url.href,
    publicUrl: 'http://localhost',
    home: world.home,
    settings: {},
    log: createLog({ level: 'warn' }),
  });
  const { deps } = held;
  if (!deps) throw new Error('the context was not created');
  return {
    deps,
    url: url.href,
    close: async () => {
      await host.close();
      await dropDatabase({ adminUrl: world.ours, name });
    },
  };
}

/**
 * Events from insert to handler, through outbox, sequencer, inbox and cursor.
 * @param options.count events of the throughput run, inserted a hundred per transaction
 */
export async function measureEvents(world: World, options: { count: number }): Promise<EventFigures> {
  const sent = new Map<string, number>();
  let left = 0;
  let done = () => {};
  let latencies: number[] = [];
  const toys = await startToys(
    world,
    (id) => {
      latencies.push(performance.now() - (sent.get(id) ?? Number.NaN));
      left -= 1;
      if (left === 0) done();
    },
    () => {},
  );
  const { db, ids } = toys.deps;
  const all = (count: number) =>
    new Promise<void>((resolve) => {
      left = count;
      done = resolve;
    });
  const say = (count: number) =>
    db.transaction(async (tx) => {
      for (let n = 0; n < count; n += 1) {
        const id = randomUUID();
        sent.set(id, performance.now());
        await emit(tx, ctx, ids, { event: Said, aggregate: id, data: { userId: id } });
      }
    });
  const single = all(500);
  for (let n = 0; n < 500; n += 1) {
    await say(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await single;
  const paced = latencies.slice(100);
  latencies = [];
  const many = all(options.count);
  const begun = performance.now();
  for (let n = 0; n < options.count; n += 100) await say(100);
  await many;
  const perSecond = options.count / ((performance.now() - begun) / 1000);
  await toys.close();
  return { perSecond, p50: percentile(paced, 0.5), p99: percentile(paced, 0.99) };
}

/** Jobs sent and worked through `deps.jobs`, and through pg-boss alone with the same settings, in turn. */
export async function measureJobs(world: World, options: { count: number; rounds: number }): Promise<JobFigures> {
  let left = 0;
  let done = () => {};
  const worked = () => {
    left -= 1;
    if (left === 0) done();
  };
  const toys = await startToys(world, () => {}, worked);
  const boss = new PgBoss({ connectionString: toys.url, max: 3, useListenNotify: true, schema: 'alone' });
  const failures: unknown[] = [];
  boss.on('error', (error) => failures.push(error));
  await boss.start();
  await boss.createQueue('work', { notify: true });
  for (let n = 0; n < 4; n += 1) {
    let id: string | undefined;
    id = await boss.work(
      'work',
      { batchSize: 1, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 },
      async () => {
        if (id) boss.notifyWorker(id);
        worked();
      },
    );
  }
  const rate = async (send: (n: number) => Promise<unknown>): Promise<number> => {
    const finished = new Promise<void>((resolve) => {
      left = options.count;
      done = resolve;
    });
    const begun = performance.now();
    for (let n = 0; n < options.count; n += 10)
      await Promise.all(Array.from({ length: Math.min(10, options.count - n) }, (_, k) => send(n + k)));
    await finished;
    return options.count / ((performance.now() - begun) / 1000);
  };
  const viaKernel = () => rate((n) => toys.deps.jobs.send(Work, { n }, ctx));
  const alone = () => rate((n) => boss.send('work', { n }));
  const ours: number[] = [];
  const limit: number[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    ours.push(await viaKernel());
    limit.push(await alone());
  }
  await boss.stop({ graceful: true, close: true });
  await toys.close();
  if (failures.length > 0) throw failures[0];
  const ratios = ours.map((perSecond, round) => perSecond / (limit[round] ?? Number.NaN));
  return {
    ours: median(ours),
    limit: median(limit),
    ratio: median(ours) / median(limit),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  };
}
