import { AssessmentService, CoursesService, MarketService } from '@stoa/contracts';
import {
  allow,
  type Context,
  defineContext,
  defineErrors,
  defineEvent,
  defineJob,
  defineRoute,
  emit,
  IdParams,
  on,
  onJob,
  requireUser,
  served,
  statement,
} from '@stoa/kernel';
import { z } from 'zod';
import { CourseArchivedSchema } from '../../contracts/gen/stoa/courses/v1/events_pb.js';

/** Two small contexts that exist only to test the kernel: `notes` writes and says so, `echo` hears and counts. */
export const errors = defineErrors({
  note_is_rude: {
    status: 422,
    title: { en: 'Not "{word}", please.', 'pt-BR': 'Sem "{word}", por favor.', es: 'Sin "{word}", por favor.' },
    when: 'A note has a word that tests refuse.',
  },
});

const NoteWritten = defineEvent('stoa.notes.note.written.v1', CourseArchivedSchema);
const upsert = statement<[id: string, author: string, text: string], { version: number }>(
  'notes.upsert_note',
  `insert into notes (id, author, text) values ($1, $2, $3)
   on conflict (id) do update set text = excluded.text, version = notes.version + 1 returning version`,
);
const find = statement<[id: string], { id: string; text: string; version: number }>(
  'notes.find_note',
  'select id, text, version from notes where id = $1',
);

const Note = z.strictObject({ id: z.string(), text: z.string(), version: z.int() });

const sells = (kind: string) =>
  served(MarketService, {
    quote: async ({ lines }) => ({ items: lines.map(({ sku }) => ({ sku, title: `${kind} sells ${sku}` })) }),
    hold: async () => ({}),
    release: async () => ({}),
  });

export const notes: Context = defineContext({
  name: 'notes',
  migrations: new URL('./notes-migrations/', import.meta.url),
  serves: CoursesService,
  calls: { echo: AssessmentService },
  sockets: { markets: MarketService },
  plugs: [{ contract: MarketService, kinds: ['note'] }],
  create: (deps) => ({
    plugs: [sells('note')],
    api: {
      getOutline: async (input, ctx) => {
        const market = deps.sockets.markets.of(input.courseId);
        if (market) {
          const { items } = await market.quote({ lines: [{ sku: `${input.courseId}:1`, quantity: 1 }] }, ctx);
          return { course: { id: input.courseId, title: items[0]?.title ?? '' } };
        }
        if (input.courseId === 'rude') throw errors.note_is_rude({ params: { word: 'drat' } });
        if (input.courseId === 'broken') throw new Error('a bug');
        return { course: { id: input.courseId, title: 'Outline' } };
      },
      offerMembership: async () => ({}),
      importFolder: async () => ({}),
      getImport: async () => ({}),
      getLesson: async (input, ctx) => ({
        courseId: `${ctx.actor.kind}:${ctx.locale}`,
        lesson: { id: input.lessonId },
      }),
    },
    routes: [
      defineRoute({
        method: 'POST',
        url: '/api/notes',
        summary: 'Write a note',
        policy: allow.user(),
        idempotency: 'key',
        status: 201,
        body: z.strictObject({
          id: z.uuid().optional(),
          text: z.string().min(1).max(100),
          kind: z.enum(['plain', 'loud']).default('plain'),
        }),
        response: Note,
        handler: async ({ body, ctx }) => {
          const user = requireUser(ctx);
          if (body.text.includes('drat')) throw errors.note_is_rude({ params: { word: 'drat' } });
          if (body.text === 'bug') throw new Error('a bug');
          const id = body.id ?? ctx.requestId ?? deps.ids.id();
          const text = body.kind === 'loud' ? body.text.toUpperCase() : body.text;
          return deps.db.transaction(async (tx) => {
            const row = await tx.row(upsert, [id, user.userId, text]);
            const version = row?.version ?? 0;
            await emit(tx, ctx, deps.ids, { event: NoteWritten, aggregate: id, version, data: { courseId: text } });
            return { id, text, version };
          });
        },
      }),
      defineRoute({
        method: 'GET',
        url: '/api/notes/:id',
        summary: 'Read a note',
        policy: allow.anyone(),
        params: IdParams,
        response: Note.extend({ etagged: z.boolean().optional() }),
        etag: true,
        handler: async ({ params }) => {
          const row = await deps.db.row(find, [params.id]);
          if (!row) throw errors.note_is_rude({ params: { word: 'absent' } });
          return row;
        },
      }),
      defineRoute({
        method: 'GET',
        url: '/api/motto',
        summary: 'What caches may keep',
        policy: allow.anyone(),
        response: z.strictObject({ motto: z.string() }),
        publicCacheSeconds: 60,
        handler: async () => ({ motto: 'write it down' }),
      }),
      defineRoute({
        method: 'GET',
        url: '/api/relayed/:id',
        summary: 'Ask the sibling',
        policy: allow.role('support'),
        params: z.strictObject({ id: z.string() }),
        query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
        response: z.strictObject({ stored: z.int(), limit: z.int() }),
        handler: async ({ params, query, ctx }) => {
          const answer = await deps.calls.echo.putProblems({ courseId: params.id, problems: [] }, ctx);
          return { stored: answer.problems.length, limit: query.limit };
        },
      }),
    ],
  }),
});

export const Shout = defineJob<{ text: string }>('shout', { retries: 1, retryDelaySeconds: 1 });
const hear = statement<[eventId: string, aggregate: string, version: number | null, text: string], never>(
  'echo.hear',
  'insert into heard (event_id, aggregate, version, text) values ($1, $2, $3, $4)',
);

export const switches = { refuse: new Set<string>(), shouted: [] as string[], shoutsFail: false };

export const echo: Context = defineContext({
  name: 'echo',
  migrations: new URL('./echo-migrations/', import.meta.url),
  serves: AssessmentService,
  plugs: [{ contract: MarketService, kinds: ['echo', 'shout'] }],
  create: (deps) => ({
    plugs: [sells('echo')],
    api: {
      putProblems: async (input) => ({ problems: [{ sourceKey: input.courseId, id: '1', gradable: true }] }),
    },
    on: [
      on(NoteWritten, async (event, tx, ctx) => {
        if (switches.refuse.has(event.data.courseId)) throw new Error('refused by the test');
        await tx.run(hear, [event.id, event.subject, event.aggregateversion, event.data.courseId]);
        if (event.data.courseId.startsWith('shout '))
          await deps.jobs.send(Shout, { text: event.data.courseId }, ctx, { tx });
      }),
    ],
    jobs: [
      onJob(Shout, async ({ text }) => {
        if (switches.shoutsFail) throw new Error('no voice');
        switches.shouted.push(text);
      }),
    ],
  }),
});
