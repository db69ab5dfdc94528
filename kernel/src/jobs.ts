import { randomUUID } from 'node:crypto';
import { PgBoss } from 'pg-boss';
import { type Ctx, serviceCtx } from './ctx.ts';
import type { Database, Transaction } from './db/database.ts';
import type { Log } from './telemetry/log.ts';

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
  /** Seconds before the first retry; default 5. */
  retryDelaySeconds?: number;
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
  /** Starts the workers of the given handlers. */
  work: (handlers: readonly JobHandler[]) => Promise<void>;
  listParked: (limit: number) => Promise<ParkedJob[]>;
  /** Puts a parked job back into its queue. False if it is not there. */
  replay: (id: string) => Promise<boolean>;
  counts: () => Promise<{ queue: string; waiting: number; active: number; failed: number }[]>;
  stop: () => Promise<void>;
};

const parkedQueue = 'parked';

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
  const looking = await takeUpOrphans(db, { schema, sharedName, applicationName, onError: options.onError });
  const boss = new PgBoss({
    connectionString: options.url,
    application_name: applicationName,
    schema,
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    createSchema: false,
    max: 3,
    useListenNotify: true,
    supervise: true,
    schedule: true,
  });
  boss.on('error', options.onError);
  await boss.start();
  await boss.createQueue(parkedQueue);
  for (const { name, options: job } of options.types) {
    const settings = {
      retryLimit: job.retries ?? 5,
      retryDelay: job.retryDelaySeconds ?? 5,
      retryBackoff: true,
      expireInSeconds: job.timeoutSeconds ?? 300,
      // A worker that was killed is noticed long before the time of its job is over.
      heartbeatSeconds: 30,
      deadLetter: parkedQueue,
      notify: true,
    };
    await boss.createQueue(name, { ...settings, policy: job.unique ? 'exclusive' : 'standard' });
    await boss.updateQueue(name, settings);
  }

  const startWorker = async ({ type, run }: Pick<JobHandler, 'type' | 'run'>): Promise<void> => {
    let id: string | undefined;
    id = await boss.work<Envelope<unknown>>(
      type.name,
      {
        batchSize: 1,
        pollingIntervalSeconds: 2,
        // New jobs come by NOTIFY; retries and delayed jobs become due without one, so the poll under it stays short.
        notifyPollingIntervalSeconds: 2,
      },
      async (batch) => {
        // Where there was a job there may be another. Without this a worker that takes jobs one by one would come back
        // for the next only with the next NOTIFY or poll, and a backlog would leave at one job in two seconds.
        if (id) boss.notifyWorker(id);
        for (const job of batch) {
          const ctx = serviceCtx(
            `job:${type.name}`,
            job.data?.traceparent ? { traceparent: job.data.traceparent } : {},
          );
          try {
            await run(job.data?.data, ctx, { id: job.id });
          } catch (error) {
            log.warn({ err: error, job: job.id, queue: type.name }, 'a job failed');
            throw error;
          }
        }
      },
    );
  };

  return {
    send: async (type, data, ctx, { tx, key, after } = {}) => {
      const envelope: Envelope<object> = { data, traceparent: ctx.traceparent };
      return boss.send(type.name, envelope, {
        ...(key ? { singletonKey: key } : {}),
        ...(after ? { startAfter: after } : {}),
        ...(tx ? { db: { executeSql: (text: string, values?: unknown[]) => tx.raw(text, values ?? []) } } : {}),
      });
    },
    work: async (handlers) => {
      for (const { type, run, cron } of handlers) {
        // A call for each worker, so that each has an id to wake it by.
        for (let n = 0; n < (type.options.concurrency ?? 1); n += 1) await startWorker({ type, run });
        if (cron) await boss.schedule(type.name, cron, null, { tz: 'UTC' });
      }
    },
    listParked: async (limit) =>
      (await boss.findJobs<Envelope<unknown>>(parkedQueue, { queued: true, limit })).map((job) => ({
        id: job.id,
        queue: job.sourceName ?? parkedQueue,
        data: job.data?.data ?? null,
        error: JSON.stringify(job.sourceOutput ?? null),
        parkedAt: job.createdOn.toISOString(),
      })),
    replay: async (id) => (await boss.redrive(parkedQueue, { ids: [id] })) > 0,
    counts: async () =>
      (await boss.getQueues()).map((queue) => ({
        queue: queue.name,
        waiting: queue.queuedCount,
        active: queue.activeCount,
        failed: queue.failedCount,
      })),
    stop: async () => {
      looking.stop();
      await boss.stop({ graceful: true, timeout: 10_000, close: true });
    },
  };
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
