import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CoursesService, IdentityService, MediaService } from '@stoa/contracts';
import { serviceCtx } from '@stoa/kernel';
import { eventually, type Person, type TestPlatform } from '@stoa/kernel/testing';
import { contexts } from '../src/contexts.ts';
import { makeHome } from './platform-process.ts';
import { untilQuiet } from './quiet.ts';
import { readSourceCourse, writeSmallCourse } from './source-course.ts';

const password = 'pebble window carpet 52';
const asPlatform = serviceCtx('test');

/** Something of its own for each of two calls that change what they find. */
export type Twins<T> = { here: T; there: T };

/** People and things that siblings may ask each other about. */
export type ParityWorld = Awaited<ReturnType<typeof furnish>>;

/**
 * Fills a platform with something of everything: a course that is studied, one that was bought, a membership that is
 * held, a mail to write, an upload under way, events and jobs that nobody could handle. Quiet when it is done.
 */
export async function furnish(platform: TestPlatform) {
  const client = platform.host.client;
  const pool = (context: string) => platform.host.database(context).pool;
  const files = await makeHome();

  const make = async (name: string, roles: string[]): Promise<Person> => {
    const email = `${name.toLowerCase()}@stoa.test`;
    const wanted = { email, name, password, roles, locale: 'pt-BR', timeZone: 'America/Bahia', emailVerified: true };
    await client(IdentityService).ensureUser(wanted, asPlatform);
    const { body } = await platform.call('POST', '/api/auth/login', { body: { email, password } });
    return { ...body.user, token: body.accessToken };
  };
  const learner = await make('Lia', ['student']);
  const teacher = await make('Teo', ['student', 'instructor']);
  const post = async (path: string, as: Person | undefined, body: object = {}) => {
    const headers = { 'idempotency-key': randomUUID() };
    const answer = await platform.call('POST', path, { as, body, headers });
    assert.ok(answer.status < 300, `${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  // Signs up as people do: identity keeps a link for the mail.
  await post('/api/auth/register', undefined, { email: 'nova@stoa.test', name: 'Nova', password });

  const empty = join(files.path, 'empty');
  await mkdir(empty);
  const folder = await writeSmallCourse(join(files.path, 'course'));
  const source = await readSourceCourse(folder, 'olx');
  const teaching = { instructorId: teacher.id, instructorName: teacher.name };
  const begun = { format: 'olx', folder, publish: true, ...teaching };
  const { importId } = await client(CoursesService).importFolder(begun, asPlatform);
  const courseId = await eventually(async () => {
    const { state, courseId } = await client(CoursesService).getImport({ importId }, asPlatform);
    return state === 'succeeded' && courseId;
  }, 60_000);
  const { lessons } = await client(CoursesService).getOutline({ courseId }, asPlatform);
  const lesson = lessons.find(({ kind }) => kind === 'video') ?? assert.fail('a lesson with a film');

  const priced = await post('/api/courses', teacher, {
    title: 'Tea for sale',
    language: 'en',
    summary: 'A course with a price.',
    price: { amount: 4900, currency: 'BRL' },
    instalments: { parts: 3 },
  });
  await post(`/api/courses/${priced.id}/lessons`, teacher, { title: 'The only lesson', module: 'All of it' });
  await platform.call('POST', `/api/courses/${priced.id}/publish`, { as: teacher });
  const membership = {
    sellerId: teacher.id,
    sellerName: teacher.name,
    language: 'en',
    texts: {
      en: { name: 'All of it', summary: 'Every course.', description: 'Every course there is.' },
      es: { name: 'Todo', summary: 'Todos los cursos.', description: 'Todos los cursos que hay.' },
    },
    trialDays: 7,
    month: { amount: 1900n, currency: 'BRL' },
  };
  const { membershipId } = await client(CoursesService).offerMembership(membership, asPlatform);

  await eventually(async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const answer = await platform.call('POST', `/api/courses/${courseId}/enrollments`, { as: learner, headers });
    return answer.status === 201;
  }, 60_000);
  await post(`/api/progress/lessons/${lesson.id}`, learner, { state: 'viewed', positionSeconds: 12 });
  await solveOne();

  const bought = await eventually(async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const path = `/api/payments/courses/${priced.id}`;
    const answer = await platform.call('POST', path, { as: learner, headers, body: { provider: 'sandbox' } });
    return answer.status === 202 && answer.body;
  }, 60_000);
  const page = await eventually(async () => {
    const { body } = await platform.call('GET', `/api/payments/${bought.id}`, { as: learner });
    return body.nextAction?.url;
  }, 60_000);
  await post(`/api/sandbox/payments/${String(page).split('/').at(-1)}`, undefined, { outcome: 'succeed' });
  const invoiceId = await eventually(async () => {
    const { body } = await platform.call('GET', `/api/orders/${bought.orderId}`, { as: learner });
    return body.invoices[0]?.id as string | undefined;
  }, 60_000);
  const guests = await post('/api/orders', undefined, {
    lines: [{ sku: `course:${priced.id}` }],
    email: 'guest@stoa.test',
    country: 'BR',
  });
  await untilQuiet(platform.databaseUrl);
  // Getting a course took it off the list.
  await platform.call('PUT', `/api/wish-list/${courseId}`, { as: learner });

  const plan = await pool('enrollment').query<{ id: string }>('select id from membership_plans limit 1');
  const planId = plan.rows[0]?.id ?? assert.fail('a plan of the membership');
  await pool('enrollment').query(
    `insert into membership_subscriptions (subscription_id, user_id, plan_id, entitled, revision) values ($1, $2, $3, true, 1)`,
    [randomUUID(), learner.id, planId],
  );
  const mail = await pool('identity').query<{ id: string }>(
    'select id from mail_requests where closed_at is null limit 1',
  );
  const mailRequestId = mail.rows[0]?.id ?? assert.fail('a mail that was asked for');

  const uploads = { append: await twins(beginUpload), complete: await twins(beginUpload) };
  for (const assetId of [uploads.complete.here, uploads.complete.there])
    await client(MediaService).appendAsset({ assetId, offset: 0n, content: leaf }, asPlatform);
  const parked = new Map<string, { event: Twins<string>; job: Twins<string> }>();
  for (const { name } of contexts) {
    parked.set(name, { event: await twins(() => parkEvent(name)), job: await twins(() => parkJob(name)) });
  }
  const close = () => files.remove();
  return {
    learner,
    teacher,
    importId,
    courseId,
    pricedId: String(priced.id),
    lesson,
    membership,
    membershipId,
    planId,
    invoiceId,
    guestOrderId: String(guests.id),
    mailRequestId,
    uploads,
    parked,
    source,
    empty,
    close,
  };

  /** The learner answers the first problem of the course, so that assessment knows something of them. */
  async function solveOne(): Promise<void> {
    const exam = lessons.find(({ completion }) => completion === 'passed') ?? assert.fail('a lesson with problems');
    const { body } = await platform.call('GET', `/api/lessons/${exam.id}/problems`, { as: learner });
    const shown = body.items.find((one: { problem: { title: string } }) => one.problem.title === 'Number');
    const response = shown.problem.parts.find((part: { type: string }) => part.type === 'response').response;
    await post(`/api/problems/${shown.id}/attempts`, learner, { answers: { [response.id]: 80 } });
  }

  async function beginUpload(): Promise<string> {
    const facts = { fileName: 'leaf.txt', contentType: 'text/plain', bytes: BigInt(leaf.length), visibility: 'public' };
    const owner = { ownerKind: 'course', ownerId: courseId, key: randomUUID() };
    return (await client(MediaService).beginAsset({ ...owner, ...facts }, asPlatform)).assetId;
  }

  /** An event of a type that nobody listens to: handling it again succeeds and does nothing. */
  async function parkEvent(context: string): Promise<string> {
    const id = randomUUID();
    const envelope = { id, source: 'nobody', type: 'stoa.nobody.thing.happened.v1', partitionkey: id, data: {} };
    await pool(context).query(
      `insert into parked_events (id, source, position, type, partition_key, envelope, error, attempts)
       select $1::uuid, 'nobody', coalesce(max(position), 0) + 1, $2, $1::text, $3, 'nobody could', 5 from parked_events`,
      [id, envelope.type, JSON.stringify(envelope)],
    );
    return id;
  }

  /** A nightly job that does nothing when there is nothing to do. */
  async function parkJob(context: string): Promise<string> {
    const id = randomUUID();
    await pool(context).query(
      `insert into ${context}_jobs.job (id, name, data, source_name) values ($1, 'parked', '{}', 'prune-idempotency-keys')`,
      [id],
    );
    return id;
  }
}

/** What the uploads of this world hold. */
export const leaf = Buffer.from('Tea is a leaf.');

async function twins<T>(make: () => Promise<T>): Promise<Twins<T>> {
  return { here: await make(), there: await make() };
}
