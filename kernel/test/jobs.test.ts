import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog, type Database, defineJob, onJob, serviceCtx } from '@stoa/kernel';
import { createTestDatabase, openTestDatabase, type TestDatabase } from '@stoa/kernel/testing';
import pg from 'pg';
import { contextUrl } from '../src/db/provision.ts';
import { openJobs } from '../src/jobs.ts';
import { notes } from './toy-contexts.ts';

const Work = defineJob<{ n: number }>('work', { concurrency: 2 });
const Once = defineJob<{ n: number }>('once', { unique: true });
const Capped = defineJob<{ n: number }>('capped', { retries: 14, retryDelaySeconds: 2, retryDelayMaxSeconds: 10 });
const ctx = serviceCtx('test');

let created: TestDatabase;
let db: Database;
let url: string;
const failures: unknown[] = [];
const open = () =>
  openJobs({
    db,
    url,
    types: [Work, Once, Capped],
    log: createLog({ level: 'silent' }),
    onError: (error) => failures.push(error),
  });
type Jobs = Awaited<ReturnType<typeof open>>;
/** Two processes of the same installation: one that sends, one that works. */
let api: Jobs;
let worker: Jobs;
const done: { n: number; at: number }[] = [];

before(async () => {
  created = await createTestDatabase([notes]);
  url = contextUrl(created.url, 'notes');
  db = openTestDatabase(created.url, 'notes');
  api = await open();
  worker = await open();
  const note = async ({ n }: { n: number }) => {
    done.push({ n, at: Date.now() });
  };
  await worker.work([onJob(Work, note), onJob(Once, note)]);
});
after(async () => {
  await api.stop();
  await worker.stop();
  await db.close();
  await created.drop();
});

/** Milliseconds until the job is done. */
async function timeTo(n: number, send: () => Promise<unknown>): Promise<number> {
  const begun = Date.now();
  await send();
  for (;;) {
    const one = done.find((job) => job.n === n);
    if (one) return one.at - begun;
    if (Date.now() - begun > 10_000) throw new Error(`job ${n} was not done`);
    await sleep(5);
  }
}

test('a job that one process sends wakes another one, inside of a transaction and without', async () => {
  const times: number[] = [];
  for (let n = 0; n < 6; n += 1) {
    // The workers look every two seconds by themselves; each time they have just looked.
    await sleep(60);
    times.push(
      await timeTo(n, () =>
        n % 2 === 0 ? api.send(Work, { n }, ctx) : db.transaction((tx) => api.send(Work, { n }, ctx, { tx })),
      ),
    );
  }
  const slow = times.filter((ms) => ms > 1000);
  assert.ok(slow.length <= 1, `the jobs took ${times.join(', ')} ms`);
});

test('a process wakes its own workers', async () => {
  assert.ok((await timeTo(20, () => worker.send(Work, { n: 20 }, ctx))) < 1500);
});

test('a transaction that rolls back sends no job and says nothing', async () => {
  await assert.rejects(
    db.transaction(async (tx) => {
      assert.match((await api.send(Work, { n: 30 }, ctx, { tx })) ?? '', /^[0-9a-f-]{36}$/);
      throw new Error('no');
    }),
    /no/,
  );
  await timeTo(31, () => api.send(Work, { n: 31 }, ctx));
  assert.ok(!done.some(({ n }) => n === 30));
});

test('the id of a job is known before the commit and is the one it is found by', async () => {
  const { rows: before } = await db.pool.query("select count(*)::int as n from notes_jobs.job where name = 'work'");
  const id = await db.transaction((tx) =>
    api.send(Work, { n: 40 }, ctx, { tx, after: new Date(Date.now() + 3_600_000) }),
  );
  const { rows } = await db.pool.query(
    "select count(*)::int as n, bool_or(id = $1) as there from notes_jobs.job where name = 'work'",
    [id],
  );
  assert.deepEqual(rows[0], { n: before[0].n + 1, there: true });
});

test('many jobs are sent at once, or none of them', async () => {
  const many = (from: number) => Array.from({ length: 5 }, (_, n) => ({ data: { n: from + n }, ctx }));
  await assert.rejects(
    db.transaction(async (tx) => {
      await api.sendAll(Work, many(70), { tx });
      throw new Error('no');
    }),
    /no/,
  );
  await timeTo(84, () => db.transaction((tx) => api.sendAll(Work, many(80), { tx })));
  while (done.filter(({ n }) => n >= 80 && n < 85).length < 5) await sleep(5);
  assert.ok(!done.some(({ n }) => n >= 70 && n < 75));
});

test('a second job with the key of an unfinished one is not sent', async () => {
  const later = new Date(Date.now() + 3_600_000);
  const first = await db.transaction((tx) => api.send(Once, { n: 50 }, ctx, { tx, key: 'k', after: later }));
  assert.ok(first);
  assert.equal(await db.transaction((tx) => api.send(Once, { n: 51 }, ctx, { tx, key: 'k', after: later })), null);
  assert.equal(await api.send(Once, { n: 52 }, ctx, { key: 'k', after: later }), null);
});

test('the wait before a retry does not grow beyond its cap', async () => {
  const fails = async () => {
    throw new Error('the circuit is open');
  };
  // Nine tries are behind it: the next wait would be of many minutes.
  const id = await api.send(Capped, { n: 90 }, ctx, { after: new Date(Date.now() + 3_600_000) });
  await db.pool.query(
    "update notes_jobs.job set retry_count = 9, started_on = now(), start_after = now(), state = 'retry' where id = $1",
    [id],
  );
  await worker.work([onJob(Capped, fails)]);
  for (;;) {
    const { rows } = await db.pool.query(
      `select retry_count as tries, state, extract(epoch from start_after - now())::float8 as seconds
       from notes_jobs.job where id = $1`,
      [id],
    );
    const [job] = rows;
    if (job.tries === 10 && job.state === 'retry') {
      assert.ok(job.seconds > 4 && job.seconds <= 10, `the next try is in ${job.seconds} seconds`);
      return;
    }
    await sleep(20);
  }
});

test('a job that lost its worker, or takes longer than it may, is given to somebody else within seconds', async () => {
  const stuck = [
    { n: 95, since: "started_on = now(), heartbeat_on = now() - interval '31 seconds'" },
    { n: 96, since: "started_on = now() - interval '301 seconds', heartbeat_on = now()" },
  ];
  const ids = await Promise.all(
    stuck.map(({ n }) => api.send(Work, { n }, ctx, { after: new Date(Date.now() + 3_600_000) })),
  );
  for (const [at, { since }] of stuck.entries())
    await db.pool.query(`update notes_jobs.job set state = 'active', retry_delay = 0, ${since} where id = $1`, [
      ids[at],
    ]);
  for (const { n } of stuck) await timeTo(n, async () => undefined);
});

test('jobs are counted as they are at this moment', async () => {
  const waiting = async () => (await api.counts()).find(({ queue }) => queue === Work.name)?.waiting;
  const before = await waiting();
  await api.send(Work, { n: 97 }, ctx, { after: new Date(Date.now() + 3_600_000) });
  assert.equal(await waiting(), Number(before) + 1);
  assert.equal((await api.counts()).find(({ queue }) => queue === 'parked')?.waiting, 0);
});

test('when connections die, work goes on and what is logged is a message and a code', async () => {
  failures.length = 0;
  const admin = new pg.Client({ connectionString: created.url });
  await admin.connect();
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name like 'stoa-notes-jobs%' and datname = current_database()`,
  );
  await admin.end();
  await sleep(200);
  await timeTo(60, () => api.send(Work, { n: 60 }, ctx));
  assert.ok(failures.length > 0);
  for (const failure of failures) {
    assert.ok(failure instanceof Error);
    assert.deepEqual(
      Object.keys(failure).filter((key) => !['code', 'queue', 'stack'].includes(key)),
      [],
    );
  }
});
