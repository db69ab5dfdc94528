import type { PlatformService } from '@stoa/contracts';
import { z } from 'zod';
import { kernelErrors } from './errors.ts';
import { decodeCursor, toPage } from './http/cursor.ts';
import { allow, defineRoute, PageQuery, type Route, Timestamp } from './http/route.ts';
import type { Client } from './rpc/service.ts';

const ParkedItem = z.strictObject({
  id: z.string(),
  kind: z.enum(['event', 'job']),
  context: z.string(),
  name: z.string(),
  error: z.string(),
  attempts: z.int(),
  parkedAt: Timestamp,
  payload: z.unknown(),
});

const Replay = z.strictObject({
  id: z.string(),
  at: Timestamp,
  actor: z.strictObject({ kind: z.string(), id: z.string() }),
  kind: z.enum(['event', 'job']),
  context: z.string(),
  itemId: z.string(),
  /** Event type or queue; null where it was not known. */
  name: z.string().nullable(),
  ip: z.string().nullable(),
  traceId: z.string(),
  /** An event that failed again and waits. A job that fails again is another item. */
  stillParked: z.boolean(),
});

const ContextActivity = z.strictObject({
  context: z.string(),
  /** False when the process that runs it does not answer. */
  reachable: z.boolean(),
  outboxPosition: z.number(),
  outboxWaiting: z.number(),
  queues: z.array(z.strictObject({ name: z.string(), waiting: z.int(), active: z.int(), failed: z.int() })),
  subscriptions: z.array(z.strictObject({ source: z.string(), position: z.number() })),
});

const exampleParked: z.output<typeof ParkedItem> = {
  id: '019ca945-19a0-76e6-8f1d-a6fc254568c3',
  kind: 'job',
  context: 'courses',
  name: 'run-import',
  error: 'the database closed the connection',
  attempts: 0,
  parkedAt: '2026-03-01T12:00:04.000Z',
  payload: { importId: '01980cfd-3ea0-78a4-a0dd-359060766daa' },
};
const exampleReplay: z.output<typeof Replay> = {
  id: 'courses:12',
  at: '2026-03-02T09:30:00.000Z',
  actor: { kind: 'user', id: '01972fa7-9000-7117-b30e-09b52b608db5' },
  kind: exampleParked.kind,
  context: exampleParked.context,
  itemId: exampleParked.id,
  name: exampleParked.name,
  ip: '203.0.113.7',
  traceId: 'aee9be30ccb4196332c6b782128b56eb',
  stillParked: false,
};
const exampleActivity: z.output<typeof ContextActivity> = {
  context: 'courses',
  reachable: true,
  outboxPosition: 1842,
  outboxWaiting: 0,
  queues: [{ name: 'run-import', waiting: 1, active: 1, failed: 1 }],
  subscriptions: [{ source: 'identity', position: 977 }],
};

type Options = {
  contexts: readonly string[];
  platformOf: (context: string) => Client<typeof PlatformService>;
};

const kindOf = (kind: string) => (kind === 'job' ? ('job' as const) : ('event' as const));

/** Operations of the console that span all contexts: parked work with replay, and activity. */
export function operationsRoutes({ contexts, platformOf }: Options): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/admin/dead-letters',
      summary: 'Events and jobs that ran out of tries, newest first',
      policy: allow.role('support'),
      query: z.strictObject({
        limit: z.coerce.number().int().min(1).max(200).default(50),
        context: z
          .string()
          .optional()
          .meta({ examples: ['enrollment'] }),
      }),
      response: z.strictObject({ items: z.array(ParkedItem), unreachable: z.array(z.string()) }),
      examples: { response: { items: [exampleParked], unreachable: [] } },
      handler: async ({ query, ctx }) => {
        const wanted = contexts.filter((context) => !query.context || query.context === context);
        const unreachable: string[] = [];
        const lists = await Promise.all(
          wanted.map((context) =>
            platformOf(context)
              .listParked({ context, limit: query.limit }, ctx)
              .then((answer) => answer.items)
              .catch(() => {
                unreachable.push(context);
                return [];
              }),
          ),
        );
        const items = lists
          .flat()
          .sort((a, b) => b.parkedAt.localeCompare(a.parkedAt))
          .slice(0, query.limit)
          .map((item) => ({
            id: item.id,
            kind: kindOf(item.kind),
            context: item.context,
            name: item.name,
            error: item.error,
            attempts: item.attempts,
            parkedAt: item.parkedAt,
            payload: JSON.parse(item.payloadJson || 'null') as unknown,
          }));
        return { items, unreachable };
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/dead-letters/:id/replay',
      summary: 'Try a parked event or job again',
      policy: allow.role('support'),
      idempotency: 'natural',
      params: z.strictObject({ id: z.uuid() }),
      body: z.strictObject({ context: z.string(), kind: z.enum(['event', 'job']) }),
      response: z.strictObject({ handled: z.int(), error: z.string().nullable() }),
      errors: ['not_found'],
      examples: {
        body: { context: exampleParked.context, kind: exampleParked.kind },
        response: { handled: 1, error: null },
      },
      handler: async ({ params, body, ctx }) => {
        if (!contexts.includes(body.context)) throw kernelErrors.not_found();
        const answer = await platformOf(body.context).replayParked(
          { context: body.context, kind: body.kind, id: params.id },
          ctx,
        );
        if (!answer.found) throw kernelErrors.not_found();
        return { handled: answer.handled, error: answer.error || null };
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/replays',
      summary: 'Who tried which event or job again, newest first',
      policy: allow.role('admin'),
      query: z.strictObject(PageQuery),
      response: z.strictObject({
        items: z.array(Replay),
        nextCursor: z.string().optional(),
        unreachable: z.array(z.string()),
      }),
      examples: { response: { items: [exampleReplay], unreachable: [] } },
      handler: async ({ query, ctx }) => {
        const after = decodeCursor(query.cursor, 3);
        const [at, last, lastId] = after ?? [];
        if (after && !(Timestamp.safeParse(at).success && Number.isSafeInteger(lastId)))
          throw kernelErrors.validation_failed();
        const unreachable: string[] = [];
        const lists = await Promise.all(
          contexts.map(async (context) => {
            // Newest first, and at the same moment by context and id, both falling.
            const beforeId = context === last ? Number(lastId) : context < String(last) ? Number.MAX_SAFE_INTEGER : 0;
            const from = after ? { beforeAt: String(at), beforeId: BigInt(beforeId) } : {};
            try {
              const { items } = await platformOf(context).listReplays(
                { context, limit: query.limit + 1, ...from },
                ctx,
              );
              return items.map((item) => ({ ...item, context }));
            } catch {
              unreachable.push(context);
              return [];
            }
          }),
        );
        const newest = lists
          .flat()
          .sort((a, b) => compare(moment(b.at), moment(a.at)) || compare(b.context, a.context) || Number(b.id - a.id));
        const page = toPage(newest, {
          limit: query.limit,
          key: (item) => [item.at, item.context, Number(item.id)],
          item: (item) => ({
            id: `${item.context}:${item.id}`,
            at: item.at,
            actor: { kind: item.actorKind, id: item.actor },
            kind: kindOf(item.kind),
            context: item.context,
            itemId: item.itemId,
            name: item.name || null,
            ip: item.ip || null,
            traceId: item.traceId,
            stillParked: item.stillParked,
          }),
        });
        return { ...page, unreachable };
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/activity',
      summary: 'Queues, subscriptions and outbox of every context',
      policy: allow.role('support'),
      response: z.strictObject({ items: z.array(ContextActivity) }),
      examples: { response: { items: [exampleActivity] } },
      handler: async ({ ctx }) => ({
        items: await Promise.all(
          contexts.map(async (context) => {
            try {
              const answer = await platformOf(context).getActivity({ context }, ctx);
              return {
                context,
                reachable: true,
                outboxPosition: Number(answer.outboxPosition),
                outboxWaiting: Number(answer.outboxWaiting),
                queues: answer.queues.map(({ name, waiting, active, failed }) => ({ name, waiting, active, failed })),
                subscriptions: answer.subscriptions.map(({ source, position }) => ({
                  source,
                  position: Number(position),
                })),
              };
            } catch {
              return { context, reachable: false, outboxPosition: 0, outboxWaiting: 0, queues: [], subscriptions: [] };
            }
          }),
        ),
      }),
    }),
  ];
}

/** Without its `Z`, behind which a time of fewer digits would sort after one of more. */
const moment = (at: string) => at.slice(0, -1);

/** The order of two words by their code points. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
