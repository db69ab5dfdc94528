import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { hashRaw } from '@node-rs/argon2';
import pg from 'pg';

// The limit: what Node's own HTTP server and the database driver can do with the same SQL, and nothing else. No checks of
// who asks or what is asked, no limits, no log, no metrics, no headers beyond the body's. A request names its person in
// `x-person`. Receives its settings as one message from the parent and answers with its port.

/** What the parent sends: SQL by statement name, the contexts' connection URLs, the size of each pool, and a secret. */
export type LimitSettings = {
  statements: Record<string, string>;
  urls: { courses: string; enrollment: string; payments: string };
  poolSize: number;
  webhookSecret: string;
};

type Row = Record<string, unknown>;
type Pools = { courses: pg.Pool; enrollment: pg.Pool; payments: pg.Pool };
/** A request and the parts of its path: `/api/courses/<id>` is `['', 'api', 'courses', '<id>']`. */
type Handler = (request: IncomingMessage, parts: string[], query: string | undefined) => Promise<unknown>;

/** What ours has no statement for: it writes webhooks that arrive together at once, the limit each by itself. */
const own: Record<string, string> = {
  'limit.insert_webhook_delivery': `insert into webhook_deliveries (id, provider, evidence_id, content, raw_body, received_at)
    values ($1, $2, $3, $4, $5, $6) on conflict (provider, evidence_id) do nothing returning id`,
};

process.on('disconnect', () => process.exit(0));
process.once('message', (settings: LimitSettings) => {
  const server = serve(settings);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
  });
});

function serve({ statements, urls, poolSize, webhookSecret }: LimitSettings) {
  // Times stay the text that PostgreSQL sends: the cheapest a driver can do.
  pg.types.setTypeParser(1184, (text: string) => text);
  pg.types.setTypeParser(20, Number);
  const options = '-c timezone=UTC';
  const pools: Pools = {
    courses: new pg.Pool({ connectionString: urls.courses, max: poolSize, options }),
    enrollment: new pg.Pool({ connectionString: urls.enrollment, max: poolSize, options }),
    payments: new pg.Pool({ connectionString: urls.payments, max: poolSize, options }),
  };
  const run = async (pool: keyof Pools, name: string, values: unknown[]): Promise<Row[]> =>
    (await pools[pool].query<Row>({ name, text: statements[name] ?? own[name] ?? '', values })).rows;
  const handlers = makeHandlers(run, webhookSecret);
  return createServer((request, response) => {
    const [path = '', query] = (request.url ?? '/').split('?');
    const parts = path.split('/');
    const handler = handlers.get(`${request.method} ${parts[2] ?? parts[1]} ${parts.length}`);
    if (!handler) return send(response, 404, { status: 404 });
    handler.run(request, parts, query).then(
      (body) => send(response, handler.status ?? 200, body),
      (error: unknown) => send(response, 500, { message: String(error) }),
    );
  });
}

function send(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

type Run = (pool: keyof Pools, name: string, values: unknown[]) => Promise<Row[]>;

/** Keyed by method, first word after `/api` and number of parts. */
function makeHandlers(run: Run, webhookSecret: string): Map<string, { status?: number; run: Handler }> {
  return new Map<string, { status?: number; run: Handler }>([
    ['GET healthz 2', { run: async () => ({ status: 'ok' }) }],
    [
      'GET courses 3',
      {
        run: async (_request, _parts, query) => {
          const limit = 20;
          const cursor = query?.split('cursor=')[1];
          const after: unknown = cursor ? JSON.parse(Buffer.from(cursor, 'base64url').toString()) : undefined;
          const rows = Array.isArray(after)
            ? await run('courses', 'courses.list_published_after', ['en', limit + 1, ...after.slice(-2)])
            : await run('courses', 'courses.list_published', ['en', limit + 1]);
          const kept = rows.slice(0, limit);
          const last = kept.at(-1);
          const items = kept.map(listedCourse);
          if (rows.length <= limit || !last) return { items };
          return {
            items,
            nextCursor: Buffer.from(JSON.stringify(['catalogue', last.sort_key, last.id])).toString('base64url'),
          };
        },
      },
    ],
    [
      'GET courses 4',
      {
        run: async (_request, parts) => {
          const [row] = await run('courses', 'courses.find_course_by_id', [parts[3]]);
          return course(row ?? {});
        },
      },
    ],
    ['GET courses 5', { run: (request, parts) => outline(run, request, parts[3]) }],
    [
      'POST courses 5',
      {
        status: 201,
        run: async (request, parts) => {
          await readJson(request);
          const [row] = await run('enrollment', 'enrollment.enroll_free', [
            [randomUUID()],
            [request.headers['x-person']],
            [parts[3]],
            ['Person'],
            [randomUUID()],
            [`00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`],
          ]);
          const granted = object(row?.granted ?? row?.existing);
          return {
            id: granted.id,
            courseId: granted.course_id,
            state: granted.state,
            reason: granted.reason,
            enrolledAt: granted.enrolled_at,
            completedAt: granted.completed_at,
            certificateId: granted.certificate_id,
          };
        },
      },
    ],
    [
      'POST progress 5',
      {
        run: async (request, parts) => {
          const body = object(await readJson(request));
          const watched = Array.isArray(body.watched) ? body.watched : [];
          const [row] = await run('enrollment', 'enrollment.save_progress', [
            [request.headers['x-person']],
            [parts[4]],
            [body.positionSeconds],
            [`{${watched.map(([from, to]) => `[${from},${to})`).join(',')}}`],
          ]);
          return progress(row ?? {});
        },
      },
    ],
    [
      'POST webhooks 4',
      {
        run: async (request) => {
          const body = await readBytes(request);
          const [, time = '', given = ''] = /^t=(\d+),v1=(\w+)$/.exec(String(request.headers['stoa-signature'])) ?? [];
          const digest = createHmac('sha256', webhookSecret).update(`${time}.`).update(body).digest();
          if (!timingSafeEqual(digest, Buffer.from(given, 'hex'))) throw new Error('the signature is wrong');
          const { id, ...rest } = object(JSON.parse(body.toString()));
          await run('payments', 'limit.insert_webhook_delivery', [
            randomUUID(),
            'sandbox',
            id,
            JSON.stringify({ evidenceId: id, ...rest }),
            body,
            new Date().toISOString(),
          ]);
          return { received: true };
        },
      },
    ],
    [
      'POST auth 4',
      {
        run: async (request) => {
          const { password } = object(await readJson(request));
          await hashRaw(String(password), {
            salt: randomBytes(16),
            memoryCost: 19_456,
            timeCost: 2,
            parallelism: 1,
            outputLen: 32,
          });
          return { status: 'ok' };
        },
      },
    ],
  ]);
}

async function outline(run: Run, request: IncomingMessage, id: string | undefined): Promise<unknown> {
  const person = request.headers['x-person'];
  const [found] = await run('courses', 'courses.find_course_by_id', [id]);
  if (!found) return {};
  const [rows, [access]] = await Promise.all([
    run('courses', 'courses.list_outline', [id, 'en']),
    person ? run('enrollment', 'enrollment.course_progress', [person, id]) : [],
  ]);
  const known = new Map<unknown, Row>();
  if (Array.isArray(access?.lessons)) for (const lesson of access.lessons) known.set(lesson.id, lesson);
  const modules: { id: unknown; title: unknown; lessons: unknown[] }[] = [];
  for (const row of rows) {
    let current = modules.at(-1);
    if (!current || current.id !== row.module_id) {
      current = { id: row.module_id, title: row.module_title, lessons: [] };
      modules.push(current);
    }
    const locked = !row.preview && !access;
    const at = known.get(row.id);
    current.lessons.push({
      id: row.id,
      title: row.title,
      path: row.path,
      kind: row.kind,
      durationSeconds: row.duration_seconds,
      mediaSeconds: row.media_seconds,
      completion: row.completion,
      graded: row.graded,
      preview: row.preview,
      locked,
      lockedBy: locked
        ? { rule: 'enrollment', message: 'Enroll in the course to open this lesson.', until: null }
        : null,
      progress: at
        ? { state: at.state, positionSeconds: at.position }
        : access
          ? { state: 'not_started', positionSeconds: 0 }
          : null,
    });
  }
  return {
    courseId: found.id,
    slug: found.slug,
    version: found.version,
    language: found.language,
    enrolled: access !== undefined,
    lastLessonId: access?.last_lesson_id ?? null,
    completedAt: access?.completed_at ?? null,
    certificateId: access?.certificate_id ?? null,
    modules,
  };
}

function listedCourse(row: Row) {
  return {
    id: row.id,
    slug: row.slug,
    title: row.local_title ?? row.title,
    summary: row.local_summary ?? row.summary,
    language: row.language,
    languages: [row.language].concat(row.languages),
    level: row.level,
    category: row.category,
    price: row.price_amount === null ? null : { amount: row.price_amount, currency: row.price_currency },
    instructors: [{ id: row.instructor_id, name: row.instructor_name }],
    lessonCount: row.lesson_count,
    durationSeconds: row.duration_seconds,
    coverUrl: row.cover_asset_id ? `/api/media/${row.cover_asset_id}` : null,
    rating: null,
    state: row.state,
  };
}

function course(row: Row) {
  return {
    ...listedCourse(row),
    shownIn: 'en',
    description: row.description,
    outcomes: row.outcomes,
    instalments: null,
    version: row.version,
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
  };
}

function progress(row: Row) {
  return {
    lesson: {
      id: row.lesson_id,
      state: row.state,
      positionSeconds: row.position_seconds,
      watchedSeconds: row.watched_seconds,
      completedAt: row.completed_at,
    },
    course: {
      completedLessons: row.completed_lessons,
      totalLessons: row.lesson_count,
      percent: Math.floor((100 * Number(row.completed_lessons)) / Number(row.lesson_count)),
      completedAt: row.course_completed_at,
      certificateId: row.certificate_id,
    },
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBytes(request);
  return body.length > 0 ? JSON.parse(body.toString()) : {};
}

function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

function object(value: unknown): Row {
  return isRow(value) ? value : {};
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null;
}
