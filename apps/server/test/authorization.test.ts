import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { IdentityService } from '@stoa/contracts';
import { serviceCtx } from '@stoa/kernel';
import { startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import fc from 'fast-check';
import { contexts } from '../src/contexts.ts';
import { type ApiOperation, readSurface } from './api-surface.ts';
import { type Actor, actors, type ObjectName, type Row, table } from './authorization-table.ts';
import { makePaidOrder } from './payment-authorization.ts';
import { makeHome } from './platform-process.ts';
import { packFolder, readSourceCourse, rightAnswers, writeSmallCourse } from './source-course.ts';

const password = 'pebble window carpet 52';
const rolesOf: Record<Exclude<Actor, 'anonymous'>, string[]> = {
  learnerA: ['student'],
  learnerB: ['student'],
  instructorA: ['student', 'instructor'],
  instructorB: ['student', 'instructor'],
  support: ['student', 'support'],
  admin: ['student', 'admin'],
};

let platform: TestPlatform;
let files: Awaited<ReturnType<typeof makeHome>>;
let document: unknown;
let operations: ApiOperation[];
const tokens = new Map<Actor, string>();
const objects = new Map<ObjectName, string>();

before(async () => {
  files = await makeHome();
  platform = await startTestPlatform(contexts, { ownIssuer: true });
  const people = Object.entries(rolesOf);
  for (const [name, roles] of people) {
    await platform.host.client(IdentityService).ensureUser(
      {
        email: `${name}@stoa.test`,
        name: `Person ${name}`,
        password,
        roles,
        locale: 'en',
        timeZone: 'UTC',
        emailVerified: true,
      },
      serviceCtx('test'),
    );
  }
  for (const actor of actors) if (actor !== 'anonymous') tokens.set(actor, await logIn(actor));
  await makeObjects();
  document = (await platform.call('GET', '/api/openapi.json')).body;
  operations = readSurface(document);
});
after(async () => {
  await platform?.close();
  await files?.remove();
});

async function logIn(actor: string): Promise<string> {
  const { body } = await platform.call('POST', '/api/auth/login', { body: { email: `${actor}@stoa.test`, password } });
  return body.accessToken;
}

async function send(
  actor: Actor,
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
) {
  const token = tokens.get(actor);
  return platform.call(method, path, {
    ...options,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...options.headers },
  });
}

async function done(actor: Actor, method: string, path: string, body?: unknown) {
  const answer = await send(actor, method, path, body === undefined ? {} : { body });
  assert.ok(answer.status < 300, `${actor} ${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Learner A completes the imported course of instructor A; beside it a draft and a course for everybody. */
async function makeObjects(): Promise<void> {
  const source = await readSourceCourse(await writeSmallCourse(join(files.path, 'course')), 'olx');
  const imported = await upload('instructorA', await packFolder(source.folder));
  const course = String(imported.courseId);
  await done('instructorA', 'POST', `/api/courses/${course}/publish`);
  const other = await done('instructorB', 'POST', '/api/courses', {
    title: 'Open to all',
    language: 'en',
    summary: 'Yes.',
  });
  await done('instructorB', 'POST', `/api/courses/${other.id}/lessons`, { title: 'Only one', module: 'Start' });
  await done('instructorB', 'POST', `/api/courses/${other.id}/publish`);
  const draft = await done('instructorA', 'POST', '/api/courses', { title: 'Not yet', language: 'en' });
  const bundle = await done('instructorA', 'POST', '/api/bundles', {
    title: 'Both',
    price: { amount: 100, currency: 'BRL' },
    courseIds: [course, draft.id],
  });
  await platform.host.settle();

  const offer = {
    language: 'en',
    summary: 'All of it.',
    scope: 'courses',
    courseIds: [course],
    prices: [{ interval: 'month', price: { amount: 990, currency: 'BRL' } }],
  };
  const membershipDraft = await done('instructorA', 'POST', '/api/memberships', { ...offer, name: 'Later' });
  const membership = await done('instructorA', 'POST', '/api/memberships', { ...offer, name: 'Club' });
  await done('instructorA', 'POST', `/api/memberships/${membership.id}/publish`);

  const enrollment = await done('learnerA', 'POST', `/api/courses/${course}/enrollments`);
  const outline = await done('learnerA', 'GET', `/api/courses/${course}/lessons`);
  const lessons = outline.modules.flatMap((module: { lessons: unknown[] }) => module.lessons);
  const [reading, video, exam, end] = lessons;
  const truths = source.truth.modules.flatMap((module) => module.lessons)[2]?.problems ?? [];
  const { items: problems } = await done('learnerA', 'GET', `/api/lessons/${exam.id}/problems`);
  // The last problem stays open, so that attempts can be made on it; the course is completed by it in the end.
  for (const [index, { definition }] of truths.entries()) {
    const problem = problems[index];
    await done('learnerA', 'POST', `/api/problems/${problem.id}/attempts`, {
      answers: rightAnswers(definition, problem),
    });
  }
  for (const lesson of [reading, video, end])
    await done('learnerA', 'POST', `/api/progress/lessons/${lesson.id}`, { state: 'completed' });
  await platform.host.settle();
  const { items: learning } = await done('learnerA', 'GET', '/api/enrollments');
  const { certificate } = learning[0];
  const { assets } = await done('learnerA', 'GET', `/api/lessons/${video.id}`);
  const { coverUrl } = await done('anonymous', 'GET', `/api/courses/${course}`);
  const { items: notifications } = await done('learnerA', 'GET', '/api/notifications');
  const device = await done('learnerA', 'POST', '/api/notifications/devices', {
    kind: 'webpush',
    endpoint: 'https://push.example.com/send/learner-a',
    keys: {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
  });
  // A name that never resolves (RFC 2606): nobody outside is told anything.
  const webhook = await done('admin', 'POST', '/api/admin/webhooks', {
    url: 'https://hooks.invalid/stoa',
    events: ['stoa.courses.course.archived.v1'],
  });
  const webhookDelivery = await done('admin', 'POST', `/api/admin/webhooks/${webhook.id}/ping`);
  const mail = await firstMail();
  const { items: sessions } = await done('learnerA', 'GET', '/api/users/me/sessions');
  const spare = await done('anonymous', 'POST', '/api/auth/register', {
    email: 'spare@stoa.test',
    password,
    name: 'Sandra',
  });
  const { id: learnerId } = await done('learnerA', 'GET', '/api/users/me');
  const all: [ObjectName, string | undefined][] = [
    ...(await makePaidOrder(platform, learnerId)),
    ['course', course],
    ['draft', draft.id],
    ['bundle', bundle.id],
    ['membership', membership.id],
    ['membershipDraft', membershipDraft.id],
    ['otherCourse', other.id],
    ['lesson', exam.id],
    ['module', outline.modules[0].id],
    ['preview', reading.id],
    ['problem', problems[0].id],
    ['file', Object.keys(assets)[0]],
    ['cover', /media\/([0-9a-f-]{36})/.exec(coverUrl)?.[1]],
    ['enrollment', enrollment.id],
    ['certificate', certificate.id],
    ['code', certificate.code],
    ['import', imported.id],
    ['notification', notifications[0].id],
    ['device', device.id],
    ['webhook', webhook.id],
    ['webhookDelivery', webhookDelivery.id],
    ['mail', mail],
    ['session', sessions[0].id],
    ['spareUser', spare.user.id],
    ['template', 'welcome'],
    // Not the one that others pay with.
    ['provider', 'sandbox-code'],
    ['none', randomUUID()],
  ];
  for (const [name, id] of all) objects.set(name, id ?? assert.fail(`no ${name}`));
}

async function upload(actor: Actor, archive: Buffer) {
  const boundary = 'a-boundary-nobody-writes';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="course.tar.gz"\r\ncontent-type: application/gzip\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), archive, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  const queued = await send(actor, 'POST', '/api/courses/imports', { body, headers });
  for (;;) {
    const report = await done(actor, 'GET', `/api/courses/imports/${queued.body.id}`);
    if (report.state === 'succeeded') return report;
    assert.notEqual(report.state, 'failed');
    await sleep(50);
  }
}

async function firstMail(): Promise<string> {
  for (;;) {
    const { items } = await done('support', 'GET', '/api/admin/mailbox?state=sent');
    if (items[0]) return items[0].id;
    await sleep(50);
  }
}

/** Codes that say "not you" and "not there". Anything else, also a refusal of the body, means: let through. */
const refusals = new Map([
  ['not_signed_in', '401'],
  ['not_allowed', '403'],
  ['lesson_locked', '403'],
  ['not_enrolled', '403'],
  ['problem_not_open', '403'],
]);

async function tryOut(actor: Actor, operation: ApiOperation, row: Row, id: string | undefined): Promise<string> {
  const path = operation.path.replace(/\{\w+\}/, id ?? '');
  const body = row.body ?? operation.body?.example;
  const answer = await send(actor, operation.method, path, body === undefined ? {} : { body });
  assert.ok(
    answer.status < 500,
    `${actor} ${operation.method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`,
  );
  if (answer.status === 404) return '404';
  return refusals.get(String(answer.body?.code)) ?? 'let through';
}

/** What the operation's policy alone says, before it looks at any object. */
function refusedByPolicy(actor: Actor, { policy }: ApiOperation): '401' | '403' | null {
  if (policy.kind === 'anyone') return null;
  if (actor === 'anonymous') return '401';
  if (policy.kind === 'user') return null;
  const { roles: wanted } = policy;
  const roles = rolesOf[actor];
  return roles.includes('admin') || wanted.some((role) => roles.includes(role)) ? null : '403';
}

describe('bodies that nobody means', () => {
  const own = new Map<ObjectName, string>();
  // What is written here must not disturb the world of the matrix.
  before(async () => {
    const draft = await done('admin', 'POST', '/api/courses', { title: 'Scribbled on', language: 'en' });
    const lesson = await done('admin', 'POST', `/api/courses/${draft.id}/lessons`, {
      title: 'Scribbles',
      module: 'One',
    });
    own.set('course', draft.id).set('draft', draft.id);
    own.set('lesson', lesson.id);
  });
  const writes = () => operations.filter((operation) => operation.body);
  const pathOf = (operation: ApiOperation) =>
    operation.path.replace(/\{(\w+)\}/, () => {
      const object = table[operation.name]?.[0]?.object;
      const isAuthored = writerOf(operation) === 'admin';
      return (object && ((isAuthored && own.get(object)) || objects.get(object))) ?? randomUUID();
    });
  const writerOf = (operation: ApiOperation): Actor =>
    table[operation.name]?.[0]?.may.join() === 'learnerA' ? 'learnerA' : 'admin';

  it('with a field that is not known are refused by every write', async () => {
    const wrong: string[] = [];
    for (const operation of writes()) {
      const [sample] = fc.sample(operation.body?.values ?? fc.constant({}), { numRuns: 1, seed: 7 });
      const body = { ...Object(table[operation.name]?.[0]?.body ?? operation.body?.example ?? sample), isAdmin: true };
      const { status, body: problem } = await send(writerOf(operation), operation.method, pathOf(operation), { body });
      const pointers = problem?.errors?.map((error: { pointer: string }) => error.pointer) ?? [];
      if (status !== 400 || !pointers.includes('/isAdmin'))
        wrong.push(`${operation.name}: ${status} ${JSON.stringify(problem)}`);
    }
    assert.deepEqual(wrong, []);
  });

  it('never make a write fail in an unexpected way', async () => {
    const failures = new Map<string, string>();
    const targets = writes().filter(({ name }) => name !== 'DELETE /api/users/me');
    const perOperation = Math.ceil(500 / targets.length);
    for (const operation of targets) {
      const values = operation.body?.values ?? fc.constant({});
      for (const body of fc.sample(values, { numRuns: perOperation, seed: 2026 })) {
        const path = pathOf(operation);
        const answer = await send(writerOf(operation), operation.method, path, { body });
        if (answer.status >= 500)
          failures.set(operation.name, `${answer.status} for ${JSON.stringify(body).slice(0, 500)}`);
        else if (answer.status >= 400)
          assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
      }
    }
    assert.deepEqual(Object.fromEntries(failures), {});
  });

  it('nor do queries and paths make a read fail', async () => {
    const failures = new Map<string, string>();
    const strange = ['%00', '%ff', '..%2f..%2fetc', "'%20or%201=1", '0'.repeat(36), randomUUID(), '%F0%9F%92%A3'];
    for (const operation of operations.filter((one) => one.method === 'GET')) {
      const queries = fc.sample(
        fc.record(Object.fromEntries(operation.query.map(({ name, values }) => [name, values])), { requiredKeys: [] }),
        { numRuns: 6, seed: 11 },
      );
      for (const [index, query] of queries.entries()) {
        const search = new URLSearchParams(
          Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
        );
        const path = operation.path.replace(/\{\w+\}/, strange[index % strange.length] ?? '');
        const answer = await send('admin', 'GET', `${path}?${search}`);
        if (answer.status >= 500) failures.set(operation.name, `${answer.status} for ${path}?${search}`);
      }
      for (const cursor of [
        'x',
        'e30',
        Buffer.from('["\u0000"]').toString('base64url'),
        Buffer.from('[1,2,3]').toString('base64url'),
      ]) {
        if (!operation.query.some(({ name }) => name === 'cursor')) continue;
        const answer = await send('admin', 'GET', `${operation.path}?cursor=${cursor}`);
        if (answer.status >= 500) failures.set(operation.name, `${answer.status} for cursor ${cursor}`);
      }
    }
    assert.deepEqual(Object.fromEntries(failures), {});
  });

  it('that are no JSON, or no object, are refused', async () => {
    for (const body of ['{', '[]', '"text"', 'null', '{"a":1,"a":', '{"__proto__":{"roles":["admin"]}}']) {
      const answer = await send('admin', 'PATCH', '/api/users/me', { body });
      assert.equal(answer.status, 400, body);
    }
  });
});

describe("the web's types of the API", () => {
  it('are those of the operations there are', async () => {
    const types = await readFile(new URL('../../web/src/api/schema.d.ts', import.meta.url), 'utf8');
    // As scripts/api-types.ts of the web does it: examples say nothing about types.
    const shape = JSON.stringify(document, (key, value) => (key === 'example' ? undefined : value));
    const sha256 = createHash('sha256').update(shape).digest('hex');
    assert.equal(
      /sha256 ([0-9a-f]{64})/.exec(types)?.[1],
      sha256,
      'apps/web/src/api/schema.d.ts is stale: start the platform and run `npm run api:types -w @stoa/web`',
    );
  });
});

describe('the authorization matrix', () => {
  it('knows every operation, and no operation that does not exist', () => {
    assert.deepEqual(Object.keys(table).sort(), operations.map((operation) => operation.name).sort());
  });

  it('lets exactly the declared people through, to their own and to foreign objects', async () => {
    const wrong: string[] = [];
    for (const [name, rows] of Object.entries(table)) {
      const operation = operations.find((one) => one.name === name);
      if (!operation) continue;
      for (const row of rows) {
        const id = row.object ? objects.get(row.object) : undefined;
        // Those who may come last: what they do may take the object away.
        const order = [...actors].sort((a, b) => Number(row.may.includes(a)) - Number(row.may.includes(b)));
        for (const actor of order) {
          const got = await tryOut(actor, operation, row, id);
          const policy = refusedByPolicy(actor, operation);
          const gone = row.takesAway === true && got === '404' && actor !== row.may[0];
          const fine = row.may.includes(actor)
            ? got === 'let through' || gone
            : policy
              ? got === policy
              : got === '403' || got === '404' || (actor === 'anonymous' && got === '401');
          if (!fine) wrong.push(`${name} on ${row.object ?? 'nothing'} by ${actor}: ${got}`);
        }
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('tells nobody anything about objects that do not exist', async () => {
    for (const actor of actors) if (actor !== 'anonymous') tokens.set(actor, await logIn(actor));
    const wrong: string[] = [];
    for (const operation of operations.filter((one) => one.path.includes('{'))) {
      const row = table[operation.name]?.[0] ?? { may: [] };
      for (const actor of actors) {
        const got = await tryOut(actor, operation, row, randomUUID());
        const policy = refusedByPolicy(actor, operation);
        const told = got === 'let through' && !row.missingIsEmpty;
        if (policy ? got !== policy : told) wrong.push(`${operation.name} by ${actor}: ${got}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('accepts no token that was changed, is not ours, or says it needs no signature', async () => {
    const token = tokens.get('admin') ?? '';
    const [head, claims, signature] = token.split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
    const changed = Buffer.from(
      JSON.stringify({
        ...JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()),
        roles: ['admin'],
        sub: randomUUID(),
      }),
    ).toString('base64url');
    for (const forged of [
      `${head}.${changed}.${signature}`,
      `${none}.${claims}.`,
      `${none}.${claims}.${signature}`,
      'nonsense',
    ]) {
      const answer = await platform.call('GET', '/api/admin/users', { headers: { authorization: `Bearer ${forged}` } });
      assert.deepEqual([answer.status, answer.body.code], [401, 'invalid_token']);
    }
  });
});
