import type { PlatformService } from '@stoa/contracts';
import { requireRole, requireService, traceIdOf } from './ctx.ts';
import { type Database, statement } from './db/database.ts';
import { kernelErrors } from './errors.ts';
import { replayParked, type Subscription } from './events/consumer.ts';
import type { Envelope } from './events/event.ts';
import type { EventFeed } from './events/feed.ts';
import { Id } from './http/route.ts';
import type { Jobs } from './jobs.ts';
import type { Implementation } from './rpc/service.ts';

/** What the platform keeps of each context it runs. */
export type Running = { db: Database; feed: EventFeed; jobs: Jobs; subscriptions: readonly Subscription[] };

type ParkedRow = { id: string; type: string; error: string; attempts: number; parked_at: string; envelope: Envelope };
const listParkedEvents = statement<[limit: number], ParkedRow>(
  'kernel.list_parked_events',
  'select id, type, error, attempts, parked_at, envelope from parked_events order by parked_at desc limit $1',
);
const listSubscriptions = statement<[], { source: string; position: number }>(
  'kernel.list_subscriptions',
  'select source, position from subscriptions order by source',
);
const outboxState = statement<[], { head: number; waiting: number }>(
  'kernel.outbox_counts',
  `select (select coalesce(max(position), 0) from outbox) as head,
          (select count(*) from outbox where position is null) as waiting`,
);

const recordReplay = statement<
  [actorKind: string, actor: string, kind: string, id: string, name: string | null, ip: string | null, traceId: string],
  never
>(
  'kernel.record_replay',
  `insert into replays (actor_kind, actor, kind, item_id, name, ip, trace_id) values ($1, $2, $3, $4,
     coalesce($5, (select type from parked_events where $3 = 'event' and id = $4)), $6, $7)`,
);
type ReplayRow = {
  id: number;
  at: string;
  actor_kind: string;
  actor: string;
  kind: string;
  item_id: string;
  name: string | null;
  ip: string | null;
  trace_id: string;
  still_parked: boolean;
};
// A job that failed once more is parked under another id.
const listReplays = statement<[beforeAt: string | null, beforeId: number | null, limit: number], ReplayRow>(
  'kernel.list_replays',
  `select id, at, actor_kind, actor, kind, item_id, name, ip, trace_id,
     kind = 'event' and exists (select 1 from parked_events p where p.id = item_id) as still_parked
   from replays where $1::timestamptz is null or (at, id) < ($1, coalesce($2, 0)) order by at desc, id desc limit $3`,
);
const forgetOldReplays = statement<[], never>(
  'kernel.forget_replays',
  "delete from replays where at < now() - interval '2 years'",
);

/** Forgets who replayed what more than two years ago. */
export async function forgetReplays(db: Database): Promise<void> {
  await db.run(forgetOldReplays, []);
}

/** Implements what every context offers: its events to siblings, its parked work and activity to the console. */
export function platformService(
  find: (context: string) => Running | undefined,
): Implementation<typeof PlatformService> {
  const running = (context: string): Running => {
    const found = find(context);
    if (!found) throw kernelErrors.not_found();
    return found;
  };
  return {
    readEvents: async (input, ctx) => {
      requireService(ctx);
      const { feed } = running(input.context);
      const envelopes = await feed.read({
        after: Number(input.after),
        limit: Math.min(Math.max(input.limit, 1), 1000),
        waitMs: Math.min(Math.max(input.waitMs, 0), 30_000),
      });
      return {
        events: envelopes.map((envelope) => ({
          id: envelope.id,
          source: envelope.source,
          type: envelope.type,
          subject: envelope.subject,
          time: envelope.time,
          traceparent: envelope.traceparent,
          partitionKey: envelope.partitionkey,
          ...(envelope.aggregateversion === null ? {} : { aggregateVersion: envelope.aggregateversion }),
          dataJson: JSON.stringify(envelope.data),
          position: BigInt(envelope.position),
        })),
      };
    },
    listParked: async (input, ctx) => {
      requireRole(ctx, 'support');
      const { db, jobs } = running(input.context);
      const limit = Math.min(Math.max(input.limit, 1), 200);
      const [events, parkedJobs] = await Promise.all([db.rows(listParkedEvents, [limit]), jobs.listParked(limit)]);
      return {
        items: [
          ...events.map((row) => ({
            id: row.id,
            kind: 'event',
            context: input.context,
            name: row.type,
            error: row.error,
            attempts: row.attempts,
            parkedAt: row.parked_at,
            payloadJson: JSON.stringify(row.envelope),
          })),
          ...parkedJobs.map((job) => ({
            id: job.id,
            kind: 'job',
            context: input.context,
            name: job.queue,
            error: job.error,
            attempts: 0,
            parkedAt: job.parkedAt,
            payloadJson: JSON.stringify(job.data),
          })),
        ],
      };
    },
    replayParked: async (input, ctx) => {
      requireRole(ctx, 'support');
      const { db, jobs, subscriptions } = running(input.context);
      if (!Id.safeParse(input.id).success) return { found: false, handled: 0 };
      const { actor } = ctx;
      const who = actor.kind === 'user' ? actor.userId : actor.kind === 'service' ? actor.name : '';
      const kind = input.kind === 'job' ? 'job' : 'event';
      const queue = kind === 'job' ? await jobs.queueOfParked(input.id) : null;
      const trace = traceIdOf(ctx.traceparent);
      await db.run(recordReplay, [actor.kind, who, kind, input.id, queue, ctx.ip ?? null, trace]);
      if (input.kind === 'job') {
        const found = await jobs.replay(input.id);
        return { found, handled: found ? 1 : 0 };
      }
      const result = await replayParked(db, subscriptions, input.id);
      return { found: result.found, handled: result.handled, error: result.error ?? '' };
    },
    listReplays: async (input, ctx) => {
      requireRole(ctx, 'admin');
      const { db } = running(input.context);
      const rows = await db.rows(listReplays, [
        input.beforeAt ?? null,
        input.beforeId === undefined ? null : Number(input.beforeId),
        Math.min(Math.max(input.limit, 1), 201),
      ]);
      return {
        items: rows.map((row) => ({
          id: BigInt(row.id),
          at: row.at,
          actorKind: row.actor_kind,
          actor: row.actor,
          kind: row.kind,
          itemId: row.item_id,
          name: row.name ?? '',
          ip: row.ip ?? '',
          traceId: row.trace_id,
          stillParked: row.still_parked,
        })),
      };
    },
    getActivity: async (input, ctx) => {
      requireRole(ctx, 'support');
      const { db, jobs } = running(input.context);
      const [queues, subscriptions, outbox] = await Promise.all([
        jobs.counts(),
        db.rows(listSubscriptions, []),
        db.row(outboxState, []),
      ]);
      return {
        queues: queues.map((queue) => ({
          name: queue.queue,
          waiting: queue.waiting,
          active: queue.active,
          failed: queue.failed,
        })),
        subscriptions: subscriptions.map((row) => ({ source: row.source, position: BigInt(row.position) })),
        outboxPosition: BigInt(outbox?.head ?? 0),
        outboxWaiting: BigInt(outbox?.waiting ?? 0),
      };
    },
  };
}
