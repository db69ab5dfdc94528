import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Job, PgBoss } from 'pg-boss';
import { type Ctx, serviceCtx } from './ctx.ts';
import type { Database, Transaction } from './db/database.ts';
import { type Crew, openCrew } from './job-crew.ts';
import type { Log } from './telemetry/log.ts';
import { inSpan } from './telemetry/tracing.ts';
import { openWakeUps } from './wake-ups.ts';

/** A kind of work done later, in this context, by a worker. `T` is its data: plain JSON. */
export type JobType<T extends object> = {
  readonly name: string;
  readonly options: JobOptions;
  /** Never set: carries the type. */
  readonly types?: T;
};

export type JobOptions = {
  /** Retries after the first failure; default 5, with exponential backoff. Then the job is parked for an operator. */
  retries?: number;
  /** Seconds before the first retry; default 5. Each further one waits about twice as long. */
  retryDelaySeconds?: number;
  /** Seconds that no retry waits longer than; without it the waits double for as long as there are tries. */
  retryDelayMaxSeconds?: number;
  /** Seconds a run may take before it counts as failed; default 300. */
  timeoutSeconds?: number;
  /** At most one unfinished job per `key` given to `send`. */
  unique?: boolean;
  /** Jobs worked on at the same time by one worker; default 1. */
  concurrency?: number;
};

/** Declares a job type. */
export function defineJob<T extends object>(name: string, options: JobOptions = {}): JobType<T> {
  return { name, options };
}

type Envelope<T> = { data: T; traceparent: string };

/** What a context does with a job. Throwing means: try again later. */
export type JobHandler = {
  type: JobType<object>;
  run: (data: unknown, ctx: Ctx, job: { id: string }) => Promise<void>;
  cron?: string;
  /** The role of processes that work on it; `worker` without one. */
  role?: string;
};

/** Binds a job type to its work. `work` runs at least once per job: make it repeatable. */
export function onJob<T extends object>(
  type: JobType<T>,
  work: (data: T, ctx: Ctx, job: { id: string }) => Promise<void>,
  options: { role?: string } = {},
): JobHandler {
  // The queue gives back what `send` put in, which was a T.
  return { type, run: (data, ctx, job) => work(data as T, ctx, job), ...options };
}

/** Work on a schedule (cron, five fields, UTC). One run at a time over all processes. */
export function onSchedule(name: string, cron: string, work: (ctx: Ctx) => Promise<void>): JobHandler {
  return { type: defineJob(name), run: (_data, ctx) => work(ctx), cron };
}

/** A job that ran out of tries, as the console shows it. */
export type ParkedJob = { id: string; queue: string; data: unknown; error: string; parkedAt: string };

/** The job queue of a context (pg-boss in its own schema `<context>_jobs`). */
export type Jobs = {
  /**
   * Queues a job; with `tx` it exists only if the transaction commits. `key` names it, for job
   * types that are `unique`. Returns its id, or null when one with the key is unfinished.
   */
  send: <T extends object>(
    type: JobType<T>,
    data: T,
    ctx: Ctx,
    options?: { tx?: Transaction; key?: string; after?: Date },
  ) => Promise<string | null>;
  /** Queues many jobs of a type without keys in one statement of the transaction. */
  sendAll: <T extends object>(
    type: JobType<T>,
    jobs: readonly { data: T; ctx: Ctx }[],
    options: { tx: Transaction },
  ) => Promise<void>;
  /** Starts the workers of the given handlers. */
  work: (handlers: readonly JobHandler[]) => Promise<void>;
  listParked: (limit: number) => Promise<ParkedJob[]>;
  /** The queue a parked job came from; null if it is not there. */
  queueOfParked: (id: string) => Promise<string | null>;
  /** Puts a parked job back into its queue. False if it is not there. */
  replay: (id: string) => Promise<boolean>;
  counts: () => Promise<{ queue: string; waiting: number; active: number; failed: number }[]>;
  /** For how many seconds the oldest job of each queue that has one has been due and not begun. */
  oldest: () => Promise<{ queue: string; seconds: number }[]>;
  stop: () => Promise<void>;
};

const parkedQueue = 'parked';

/** Milliseconds until queues are looked at although nobody told of anything: retries and delayed jobs are due in silence. */
const pollMs = 2000;
/** Seconds between two looks for jobs that are under way and have lost their worker, or take longer than they may. */
const lostSeconds = 5;
/** Milliseconds that jobs under way get when the process ends. */
const graceMs = 8000;
/** Seconds without a sign of life after which a job is given to somebody else, and between two signs. */
const [heartbeatSeconds, signSeconds] = [30, 10];

/** Opens the job queue of a context and creates its queues. */
export async function openJobs(options: {
  db: Database;
  url: string;
  types: readonly JobType<object>[];
  log: Log;
  onError: (error: unknown) => void;
}): Promise<Jobs> {
  const { db, log } = options;
  const schema = `${db.context}_jobs`;
  // Each process has a name of its own among the connections, so that others can see whether it is there.
  const sharedName = `${db.applicationName}-jobs`;
  const applicationName = `${sharedName}-${randomUUID().slice(0, 8)}`;
  const orphans = await takeUpOrphans(db, { schema, sharedName, applicationName, onError: options.onError });
  const boss = new PgBoss({
    connectionString: options.url,
    application_name: applicationName,
    schema,
    // Its rounds are a dozen long statements for each context. What must not wait for them is looked for apart: see `lost`.
    superviseIntervalSeconds: 60,
    monitorIntervalSeconds: lostSeconds,
    // No job waits for others here; looking for those that do is three statements for each context, every five seconds.
    flowIntervalSeconds: 3600,
    // Its spans would be one for each look at a queue; ours are one for each job.
    openTelemetry: { enabled: false },
    createSchema: false,
    max: 2,
    supervise: true,
    schedule: true,
    options: relaxed,
  });
  const report = (error: unknown) => options.onError(toReport(error));
  boss.on('error', report);
  const notes = openNotes({ url: options.url, applicationName, onError: report });
  await boss.start();
  // Most starts find their queues as they have to be: one question, instead of several statements for each of them.
  const found = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  if (!found.has(parkedQueue)) await boss.createQueue(parkedQueue);
  for (const { name, options: job } of options.types) {
    const settings = {
      retryLimit: job.retries ?? 5,
      retryDelay: job.retryDelaySeconds ?? 5,
      retryBackoff: true,
      ...(job.retryDelayMaxSeconds === undefined ? {} : { retryDelayMax: job.retryDelayMaxSeconds }),
      expireInSeconds: job.timeoutSeconds ?? 300,
      // A worker that was killed is noticed long before the time of its job is over.
      heartbeatSeconds,
      deadLetter: parkedQueue,
      // The library would say it inside of the transaction that sends: see `openWakeUps`.
      notify: false,
    };
    const queue = found.get(name);
    if (!queue) await boss.createQueue(name, { ...settings, policy: job.unique ? 'exclusive' : 'standard' });
    else if (Object.entries(settings).some(([setting, value]) => Reflect.get(queue, setting) !== value))
      await boss.updateQueue(name, settings);
  }

  const crews = new Map<string, Crew>();
  // One question for all queues: looking into each is a long statement, and most of them are empty.
  const due = `select queue.name from unnest($1::text[]) as queue(name) where exists (
    select from ${schema}.job j where j.name = queue.name and j.state < 'active' and j.start_after <= now())`;
  const wakeDue = (): void => {
    notes.executeSql(due, [[...crews.keys()]]).then(({ rows }) => {
      for (const { name } of rows) crews.get(name)?.wake();
    }, report);
  };
  const lost = `select queue.name from unnest($1::text[]) as queue(name) where exists (
    select from ${schema}.job j where j.name = queue.name and j.state = 'active' and (
      j.heartbeat_on + j.heartbeat_seconds * interval '1 second' < now()
      or j.started_on + j.expire_seconds * interval '1 second' < now()))`;
  const giveUpLost = async (): Promise<void> => {
    const { rows } = await notes.executeSql(lost, [[...crews.keys()]]);
    for (const { name } of rows) await boss.supervise(name);
  };
  const looking: NodeJS.Timeout[] = [];
  const wakeUps = await openWakeUps({
    url: options.url,
    channel: `${schema}.wake`,
    applicationName,
    onWake: (name) => {
      if (name !== null) crews.get(name)?.wake();
      else wakeDue();
    },
    onError: report,
  });
  const tell = (name: string, count = 1): void => {
    crews.get(name)?.wake();
    wakeUps.tell(name, count);
  };

  const startCrew = ({ type, run }: Pick<JobHandler, 'type' | 'run'>): void => {
    const { name } = type;
    const under = new Set<Job<Envelope<unknown>>>();
    const signs = setInterval(() => {
      if (under.size > 0) boss.touch(name, [...under], { db: notes }).catch(report);
    }, signSeconds * 1000).unref();
    const crew = openCrew<Job<Envelope<unknown>>>({
      concurrency: type.options.concurrency ?? 1,
      atOnce: type.options.unique ?? false,
      take: (most) => boss.fetch<Envelope<unknown>>(name, { batchSize: most, db: notes }),
      run: async (job) => {
        under.add(job);
        const { data, traceparent } = job.data ?? {};
        try {
          const ctx = serviceCtx(`job:${name}`, traceparent ? { traceparent } : {});
          const attributes = { 'messaging.operation.type': 'process', 'messaging.message.id': job.id };
          await inSpan(`job ${name}`, { ctx, kind: 'consumer', attributes }, (spanCtx) =>
            run(data, spanCtx, { id: job.id }),
          );
        } catch (error) {
          log.warn({ err: error, job: job.id, queue: name }, 'a job failed');
          throw error;
        } finally {
          under.delete(job);
        }
      },
      noteDone: async (jobs) => void (await boss.complete(name, jobs, undefined, { db: notes })),
      noteFailed: async (job, failure) => void (await boss.fail(name, job, toOutput(failure), { db: notes })),
      onError: report,
    });
    crews.set(name, {
      ...crew,
      stop: async (ms) => {
        await crew.stop(ms);
        clearInterval(signs);
      },
    });
  };

  /** Queues a job in the caller's transaction. */
  const sendIn = async (
    tx: Transaction,
    { type, key, after, envelope }: { type: JobType<object>; key?: string; after?: Date; envelope: Envelope<object> },
  ): Promise<string | null> => {
    // Without a key nothing can be in its way, so that nobody has to wait for the answer: it goes with the commit.
    const id = randomUUID();
    const isSure = !type.options.unique && key === undefined;
    const sent = await boss.send(type.name, envelope, {
      id,
      ...(key ? { singletonKey: key } : {}),
      ...(after ? { startAfter: after } : {}),
      db: {
        executeSql: async (text: string, values: unknown[] = []) => {
          if (!isSure) return tx.raw(text, values);
          tx.rawLast(text, values);
          return { rows: [{ id }] };
        },
      },
    });
    if (sent !== null && !(after && after.getTime() > Date.now())) tx.afterCommit(() => tell(type.name));
    return sent;
  };

  return {
    send: async (type, data, ctx, { tx, ...given } = {}) => {
      const job = { type, envelope: { data, traceparent: ctx.traceparent }, ...given };
      return tx ? sendIn(tx, job) : db.transaction((own) => sendIn(own, job));
    },
    sendAll: async (type, jobs, { tx }) => {
      if (jobs.length === 0) return;
      const envelopes = jobs.map(({ data, ctx }): { data: Envelope<object> } => ({
        data: { data, traceparent: ctx.traceparent },
      }));
      const executeSql = async (text: string, values: unknown[] = []) => {
        tx.rawLast(text, values);
        return { rows: [] };
      };
      await boss.insert(type.name, envelopes, { db: { executeSql } });
      tx.afterCommit(() => tell(type.name, jobs.length));
    },
    work: async (handlers) => {
      for (const { type, run, cron } of handlers) {
        startCrew({ type, run });
        if (cron) await boss.schedule(type.name, cron, null, { tz: 'UTC' });
      }
      looking.push(
        setInterval(wakeDue, pollMs).unref(),
        setInterval(() => giveUpLost().catch(report), lostSeconds * 1000).unref(),
      );
      wakeDue();
    },
    listParked: async (limit) =>
      (await boss.findJobs<Envelope<unknown>>(parkedQueue, { queued: true, limit })).map((job) => ({
        id: job.id,
        queue: job.sourceName ?? parkedQueue,
        data: job.data?.data ?? null,
        error: JSON.stringify(job.sourceOutput ?? null),
        parkedAt: job.createdOn.toISOString(),
      })),
    queueOfParked: async (id) => {
      const [job] = await boss.findJobs(parkedQueue, { id });
      return job ? (job.sourceName ?? parkedQueue) : null;
    },
    replay: (id) =>
      db.transaction(async (tx) => {
        const executeSql = (text: string, values: unknown[] = []) => tx.raw(text, values);
        return (await boss.redrive(parkedQueue, { ids: [id], db: { executeSql } })) > 0;
      }),
    counts: async () => {
      const { rows } = await db.pool.query<{ queue: string; waiting: number; active: number; failed: number }>(
        `select q.name as queue, count(j.id) filter (where j.state < 'active')::int as waiting,
           count(j.id) filter (where j.state = 'active')::int as active,
           count(j.id) filter (where j.state = 'failed')::int as failed
         from ${schema}.queue q
         left join ${schema}.job j on j.name = q.name and j.state in ('created', 'retry', 'active', 'failed')
         group by q.name order by q.name`,
      );
      return rows;
    },
    oldest: async () => {
      const { rows } = await db.pool.query<{ queue: string; seconds: number }>(
        `select name as queue, extract(epoch from now() - min(start_after))::float8 as seconds
         from ${schema}.job where state < 'active' and start_after <= now() and name <> $1 group by name`,
        [parkedQueue],
      );
      return rows;
    },
    stop: async () => {
      orphans.stop();
      for (const timer of looking) clearInterval(timer);
      await wakeUps.close();
      await Promise.all([...crews.values()].map((crew) => crew.stop(graceMs)));
      await boss.stop({ graceful: true, timeout: 10_000, close: true });
      await notes.close();
    },
  };
}

/**
 * What a worker notes about its own jobs (taken, done, to be tried again) does not wait for the disk: a power cut that
 * loses the last of it makes a job run again, which may happen anyway. Sending and replaying go by our own connections
 * and are durable.
 */
const relaxed = '-c synchronous_commit=off';

/**
 * Connections for what is noted about jobs. The library's statements get names here, so that the server reads and plans
 * each once per connection: they are long, and doing so took longer than running them.
 */
function openNotes(options: { url: string; applicationName: string; onError: (error: unknown) => void }) {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    // Their plans are often made while the queue is empty, and kept: a scan of the whole table looks good then, and is
    // slow for as long as nobody analyzes it.
    options: `${relaxed} -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off`,
    max: 2,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  });
  pool.on('error', options.onError);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const names = new Map<string, string>();
  let closing: Promise<void> | undefined;
  return {
    executeSql: (text: string, values: unknown[] = []) => {
      let name = names.get(text);
      if (name === undefined) {
        name = `notes.${names.size}`;
        names.set(text, name);
      }
      return pool.query({ name, text, values });
    },
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}

/** A failure as it is kept with its job. */
function toOutput(failure: unknown): object {
  return failure instanceof Error ? failure : { value: String(failure) };
}

/**
 * What is logged of a failure of the library: its message, code and trace. Errors of the driver's pool carry the whole
 * client with its settings, and those of workers are plain objects.
 */
function toReport(failure: unknown): Error {
  if (typeof failure !== 'object' || failure === null) return new Error(String(failure));
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const [message, stack, code, queue] = ['message', 'stack', 'code', 'queue'].map((name) =>
    text(Reflect.get(failure, name)),
  );
  const report = new Error(message ?? 'the job queue failed without saying why');
  if (stack !== undefined) report.stack = stack;
  return Object.assign(report, code === undefined ? {} : { code }, queue === undefined ? {} : { queue });
}

/** Seconds after the start at which a process looks again for jobs that a killed one left. */
const lookAgainSeconds = [1, 3, 8, 15];

/**
 * Jobs that were being worked on when their process was killed wait for nobody: when no other process is on this queue,
 * they are due again at once. PostgreSQL may take some seconds to notice that a client is gone, so this looks again a few
 * times. With another process there they are given up when their heartbeat stops. A job that has no try left stays for
 * that, too, so that one which kills its process does not do so for ever.
 */
async function takeUpOrphans(
  db: Database,
  {
    schema,
    sharedName,
    applicationName,
    onError,
  }: { schema: string; sharedName: string; applicationName: string; onError: (error: unknown) => void },
): Promise<{ stop: () => void }> {
  const queue = await db.pool.query<{ there: boolean; now: string }>(
    'select to_regclass($1) is not null as there, now()::text as now',
    [`${schema}.job`],
  );
  const begun = queue.rows[0];
  if (!begun?.there) return { stop: () => {} };
  const look = () =>
    db.pool.query(
      `update ${schema}.job set state = 'retry', start_after = now()
       where state = 'active' and retry_count < retry_limit and started_on < $3 and not exists (
         select 1 from pg_stat_activity
         where starts_with(application_name, $1) and application_name <> $2
           and datname = current_database() and usename = current_user
       )`,
      [sharedName, applicationName, begun.now],
    );
  await look();
  const timers = lookAgainSeconds.map((seconds) => setTimeout(() => look().catch(onError), seconds * 1000).unref());
  return {
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
