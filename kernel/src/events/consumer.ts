import type { DescMessage } from '@bufbuild/protobuf';
import { crashPoint } from '../crash-points.ts';
import { type Ctx, serviceCtx } from '../ctx.ts';
import { type Database, statement, type Transaction } from '../db/database.ts';
import type { Log } from '../telemetry/log.ts';
import { inSpan } from '../telemetry/tracing.ts';
import { decode, type Envelope, type EventType, type Received } from './event.ts';

/** Reacts to one event type. Everything it writes goes through `tx`: it commits together with the inbox row. */
export type Subscription = {
  event: EventType;
  handle: (envelope: Envelope, tx: Transaction, ctx: Ctx) => Promise<void>;
};

/** Declares what a context does when it hears an event. */
export function on<D extends DescMessage>(
  event: EventType<D>,
  handle: (received: Received<D>, tx: Transaction, ctx: Ctx) => Promise<void>,
): Subscription {
  return { event, handle: (envelope, tx, ctx) => handle(decode(event, envelope), tx, ctx) };
}

const lockCursor = statement<[source: string], { position: number }>(
  'kernel.lock_subscription',
  'select position from subscriptions where source = $1 for update skip locked',
);
// The cursor, if nobody else holds it, and which of the events behind it are new here.
const takeUp = statement<
  [source: string, eventIds: string[], positions: number[]],
  { position: number; fresh: string[] }
>(
  'kernel.take_up_events',
  `with cursor as materialized (
     select position from subscriptions where source = $1 for update skip locked
   ),
   entered as (
     insert into inbox (source, event_id)
     select $1, e.id from cursor, unnest($2::uuid[], $3::bigint[]) as e (id, position) where e.position > cursor.position
     on conflict do nothing returning event_id
   )
   select position, array(select event_id from entered) as fresh from cursor`,
);
const createCursor = statement<[source: string, types: string[]], never>(
  'kernel.create_subscription',
  // A type that is heard for the first time is heard from here on: what came before it stays unhandled, rightly.
  `insert into subscriptions as s (source, hears)
   values ($1, (select coalesce(jsonb_object_agg(type, 0), '{}') from unnest($2::text[]) as type))
   on conflict (source) do update set hears = (
     select coalesce(jsonb_object_agg(type, coalesce((s.hears ->> type)::bigint, s.position)), '{}') from unnest($2::text[]) as type
   )`,
);
const readCursor = statement<[source: string], { position: number }>(
  'kernel.read_subscription',
  'select position from subscriptions where source = $1',
);
const moveCursor = statement<[source: string, position: number], never>(
  'kernel.move_subscription',
  'update subscriptions set position = $2, updated_at = now() where source = $1',
);
const enterInbox = statement<[source: string, eventIds: string[]], { event_id: string }>(
  'kernel.enter_inbox',
  `insert into inbox (source, event_id) select $1, unnest($2::uuid[]) on conflict do nothing returning event_id`,
);
const blockedKeys = statement<[source: string, keys: string[]], { partition_key: string }>(
  'kernel.blocked_keys',
  'select distinct partition_key from parked_events where source = $1 and partition_key = any($2)',
);
const park = statement<
  [
    id: string,
    source: string,
    position: number,
    type: string,
    key: string,
    envelope: string,
    error: string,
    attempts: number,
  ],
  never
>(
  'kernel.park_event',
  `insert into parked_events (id, source, position, type, partition_key, envelope, error, attempts)
   values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
);
const noteFailure = statement<[source: string, eventId: string, error: string], { attempts: number }>(
  'kernel.note_event_failure',
  `insert into event_failures (source, event_id, attempts, error) values ($1, $2, 1, $3)
   on conflict (source, event_id) do update set attempts = event_failures.attempts + 1, error = excluded.error, failed_at = now()
   returning attempts`,
);
const forgetFailure = statement<[source: string, eventId: string], never>(
  'kernel.forget_event_failure',
  'delete from event_failures where source = $1 and event_id = $2',
);
const nextParked = statement<
  [id: string],
  { envelope: Envelope; source: string; partition_key: string; position: number; earlier: boolean }
>(
  'kernel.lock_parked_event',
  `select envelope, source, partition_key, position, exists (
     select 1 from parked_events e where e.source = p.source and e.partition_key = p.partition_key and e.position < p.position
   ) as earlier
   from parked_events p where id = $1 for update`,
);
const parkedOfKey = statement<[source: string, key: string], { id: string }>(
  'kernel.parked_events_of_key',
  'select id from parked_events where source = $1 and partition_key = $2 order by position',
);
const unpark = statement<[id: string], never>('kernel.unpark_event', 'delete from parked_events where id = $1');
const noteReplayFailure = statement<[id: string, error: string], never>(
  'kernel.note_replay_failure',
  'update parked_events set attempts = attempts + 1, error = $2 where id = $1',
);

const beforeCommit = crashPoint('kernel.consumer.before_commit');
const afterCommit = crashPoint('kernel.consumer.after_commit');

/** Milliseconds until a cursor that another process holds is looked at again. */
const heldMs = 200;

/** Where events come from: the feed of a context in this process, or the same over gRPC. */
export type EventSource = { read: (options: { after: number; limit: number; waitMs: number }) => Promise<Envelope[]> };

export type Consumer = { stop: () => Promise<void> };

type ConsumerOptions = {
  db: Database;
  source: string;
  from: EventSource;
  subscriptions: readonly Subscription[];
  log: Log;
  /** Tries before an event is parked; default 5. */
  maxAttempts?: number;
  /** Wait after the n-th failure, in milliseconds; default 100, doubling. */
  backoffMs?: number;
  onHandled?: (type: string, outcome: 'handled' | 'parked' | 'failed', count: number) => void;
};

/**
 * Reads one source for one context and keeps its promises: each event has one effect although it may arrive twice;
 * events of one aggregate are handled in order; one that keeps failing is parked with everything after it of the same
 * aggregate, and everything else goes on. Handler effects, inbox row and cursor commit together. Several processes
 * may run the same consumer: the cursor's row lock lets one work at a time.
 */
export function startConsumer(options: ConsumerOptions): Consumer {
  const { db, source, from, log } = options;
  const handlers = new Map(options.subscriptions.map((subscription) => [subscription.event.type, subscription]));
  const maxAttempts = options.maxAttempts ?? 5;
  let stopped = false;
  let interruptSleep: (() => void) | undefined;
  let interruptRead: (() => void) | undefined;
  /**
   * Reads what comes after a position; a long read does not hold up the end of the process. Each read has a promise of
   * its own: a race against one that stays open until the end would hold on to everything ever read.
   */
  const read = (after: number): Promise<Envelope[]> =>
    new Promise((resolve, reject) => {
      interruptRead = () => resolve([]);
      if (stopped) return resolve([]);
      from.read({ after, limit: 100, waitMs: 10_000 }).then(resolve, reject);
    });
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      interruptSleep = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Handles a batch in one transaction. Returns false if another process holds the cursor. */
  const handleBatch = async (envelopes: readonly Envelope[]): Promise<boolean> => {
    const held = await db.transaction(async (tx) => {
      const mine = envelopes.filter((envelope) => handlers.has(envelope.type));
      // In this order: what another process has parked is seen once the cursor is ours.
      const [cursor, parked] = await Promise.all([
        tx.row(takeUp, [source, mine.map((e) => e.id), mine.map((e) => e.position)]),
        mine.length > 0 ? tx.rows(blockedKeys, [source, mine.map((e) => e.partitionkey)]) : [],
      ]);
      if (!cursor) return false;
      const last = envelopes.at(-1);
      if (!last || last.position <= cursor.position) return true;
      const blocked = new Set(parked.map((row) => row.partition_key));
      const fresh = new Set(cursor.fresh);
      for (const envelope of mine) {
        if (!fresh.has(envelope.id)) continue;
        if (blocked.has(envelope.partitionkey)) {
          await parkEvent(tx, envelope, 'an earlier event of the same aggregate is parked', 0);
          continue;
        }
        await handleOne(handlers.get(envelope.type), envelope, tx);
      }
      beforeCommit();
      tx.last(moveCursor, [source, last.position]);
      return true;
    });
    afterCommit();
    return held;
  };

  const parkEvent = (tx: Transaction, envelope: Envelope, error: string, attempts: number) =>
    tx.run(park, [
      envelope.id,
      source,
      envelope.position,
      envelope.type,
      envelope.partitionkey,
      JSON.stringify(envelope),
      error,
      attempts,
    ]);

  /** Parks an event that ran out of tries. Returns false if another process holds the cursor, or has gone past it. */
  const parkFailed = (envelope: Envelope, error: string, attempts: number): Promise<boolean> =>
    db.transaction(async (tx) => {
      const cursor = await tx.row(lockCursor, [source]);
      if (!cursor || cursor.position >= envelope.position) return false;
      await tx.rows(enterInbox, [source, [envelope.id]]);
      await parkEvent(tx, envelope, error, attempts);
      await tx.run(moveCursor, [source, envelope.position]);
      await tx.run(forgetFailure, [source, envelope.id]);
      return true;
    });

  /**
   * A batch failed: go one by one, so that only the event that fails is held up. It ends where another process holds the
   * cursor: whether that one handles an event or fails at it, too, is not known here, and to go on would be to go past it.
   */
  const handleOneByOne = async (envelopes: readonly Envelope[]): Promise<void> => {
    for (const envelope of envelopes) {
      for (let backoff = options.backoffMs ?? 100; !stopped; backoff = Math.min(backoff * 2, 10_000)) {
        try {
          if (!(await handleBatch([envelope]))) return sleep(heldMs);
          options.onHandled?.(envelope.type, 'handled', 1);
          break;
        } catch (error) {
          const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
          const attempts = (await db.row(noteFailure, [source, envelope.id, message.slice(0, 4000)]))?.attempts ?? 1;
          log.warn({ err: error, event: envelope.id, type: envelope.type, attempts }, 'an event handler failed');
          options.onHandled?.(envelope.type, 'failed', 1);
          if (attempts < maxAttempts) {
            await sleep(backoff);
            continue;
          }
          if (!(await parkFailed(envelope, message.slice(0, 4000), attempts))) return sleep(heldMs);
          log.error({ event: envelope.id, type: envelope.type, source }, 'an event was parked');
          options.onHandled?.(envelope.type, 'parked', 1);
          break;
        }
      }
      if (stopped) return;
    }
  };

  const run = async (): Promise<void> => {
    await db.run(createCursor, [source, [...handlers.keys()]]);
    while (!stopped) {
      try {
        const after = (await db.row(readCursor, [source]))?.position ?? 0;
        const envelopes = await read(after);
        if (envelopes.length === 0 || stopped) continue;
        try {
          const held = await handleBatch(envelopes);
          if (!held) await sleep(heldMs);
          else for (const envelope of envelopes) options.onHandled?.(envelope.type, 'handled', 1);
        } catch {
          await handleOneByOne(envelopes);
        }
      } catch (error) {
        if (stopped) return;
        log.warn({ err: error, source }, 'reading events failed; trying again');
        await sleep(1000);
      }
    }
  };

  const finished = run().catch((error: unknown) => {
    if (!stopped) log.error({ err: error, source }, 'an event consumer ended');
  });
  return {
    stop: async () => {
      stopped = true;
      interruptSleep?.();
      interruptRead?.();
      await finished;
    },
  };
}

/**
 * Handles a parked event again, and then those of the same aggregate that waited behind it, in order. Stops at the
 * first that fails again. An event with an earlier one still parked is not replayed before it.
 * @returns how many were handled, and the error that stopped it, if any
 */
export async function replayParked(
  db: Database,
  subscriptions: readonly Subscription[],
  id: string,
): Promise<{ handled: number; error: string | null; found: boolean }> {
  const handlers = new Map(subscriptions.map((subscription) => [subscription.event.type, subscription]));
  let handled = 0;
  let queue: string[] = [id];
  let found = false;
  for (let current = queue.shift(); current; current = queue.shift()) {
    const eventId = current;
    try {
      const next = await db.transaction(async (tx) => {
        const row = await tx.row(nextParked, [eventId]);
        if (!row) return [];
        found = true;
        if (row.earlier) return (await tx.rows(parkedOfKey, [row.source, row.partition_key])).map((r) => r.id);
        await handleOne(handlers.get(row.envelope.type), row.envelope, tx);
        await tx.run(unpark, [eventId]);
        handled += 1;
        return (await tx.rows(parkedOfKey, [row.source, row.partition_key])).map((r) => r.id);
      });
      queue = next;
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      await db.run(noteReplayFailure, [eventId, message.slice(0, 4000)]);
      return { handled, error: error instanceof Error ? error.message : String(error), found };
    }
  }
  return { handled, error: null, found };
}

/** Handles an event as a part of the trace of whatever it tells of. */
async function handleOne(subscription: Subscription | undefined, envelope: Envelope, tx: Transaction): Promise<void> {
  if (!subscription) return;
  const ctx = serviceCtx(`events:${envelope.source}`, { traceparent: envelope.traceparent });
  await inSpan(
    `handle ${envelope.type}`,
    {
      ctx,
      kind: 'consumer',
      attributes: { 'messaging.operation.type': 'process', 'messaging.message.id': envelope.id },
    },
    (spanCtx) => subscription.handle(envelope, tx, spanCtx),
  );
}
