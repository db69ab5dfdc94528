import { argon2Sync, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Document } from '@stoa/contracts/document';
import { ProblemDefinition } from '@stoa/contracts/problem';
import { provision } from '@stoa/kernel';
import { cloneDatabase, dropDatabase, startEmbeddedPostgres } from '@stoa/kernel/postgres';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import pg from 'pg';
import { contexts } from '../../apps/server/src/contexts.ts';

/** People with a token, each enrolled in one course with lessons. */
export const people = 2000;
/** Courses with 40 lessons: the first ones. The others are there to be listed and enrolled in. */
export const fullCourses = 200;
export const lessonsPerCourse = 40;
/** People who can log in with `password`. */
export const password = 'correct horse battery staple';
export const emailOf = (person: number) => `person${person}@bench.example`;

/** Ids and addresses are computed, so that requests can be made without asking the database. Person 1 is the instructor. */
export const courseSlug = (n: number) => `course-${n}`;
export const courseId = (n: number) => `01980000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
export const personId = (n: number) => `01980000-0000-7000-9000-${n.toString(16).padStart(12, '0')}`;
export const lessonId = (course: number, place: number) =>
  `01980000-0000-7000-a000-${(course * 100 + place).toString(16).padStart(12, '0')}`;

/** Everything the programs under test share: the server, two databases with the same rows, and an issuer of tokens. */
export type World = {
  home: string;
  serverVersion: string;
  /** Administrator's URLs: ours for the platform, its copy for the limit server (so that no relay sees its events). */
  ours: string;
  limit: string;
  issuer: string;
  jwksUrl: string;
  /** Access tokens by person, from 1. */
  token: (person: number) => string;
  courses: number;
  /** An access token of an administrator. */
  operator: string;
  close: () => Promise<void>;
};

/**
 * Makes the world: an embedded PostgreSQL with the settings of the product (or the server at `serverUrl`), migrated,
 * filled and copied, and an issuer on a port of its own.
 * @param options.courses rows in the catalogue
 */
export async function makeWorld(options: { courses: number; serverUrl?: string | undefined }): Promise<World> {
  const home = await mkdtemp(join(tmpdir(), 'stoa-bench-'));
  const closers: (() => Promise<void>)[] = [() => rm(home, { recursive: true, force: true })];
  let admin = options.serverUrl;
  if (!admin) {
    const server = await startEmbeddedPostgres({ dataDirectory: join(home, 'postgres') });
    closers.push(() => server.stop());
    admin = server.url;
  }
  const serverUrl = admin;
  const name = `bench_${randomBytes(4).toString('hex')}`;
  const version = await withClient(serverUrl, async (client) => {
    await client.query(`create database ${name}`);
    return String((await client.query('show server_version')).rows[0].server_version);
  });
  const ours = new URL(serverUrl);
  ours.pathname = `/${name}`;
  closers.push(() => dropDatabase({ adminUrl: serverUrl, name }));
  await provision(ours.href, contexts);
  await fill(ours.href, options.courses);
  const limit = await cloneDatabase({ adminUrl: serverUrl, template: name, name: `${name}_limit` });
  closers.push(() => dropDatabase({ adminUrl: serverUrl, name: `${name}_limit` }));
  // Search paths of roles belong to a database and are not copied with it.
  await provision(limit, contexts);
  const issuer = await startIssuer();
  closers.push(issuer.close);
  return {
    home,
    serverVersion: version,
    ours: ours.href,
    limit,
    issuer: issuer.url,
    jwksUrl: `${issuer.url}/jwks`,
    token: issuer.token,
    operator: issuer.operator,
    courses: options.courses,
    close: async () => {
      for (const close of closers.reverse()) await close();
    },
  };
}

/** Runs work with a connection of the administrator. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Runs work on an empty database of its own on the world's server, which is dropped afterwards.
 * @param name the beginning of its name
 */
export async function withDatabase<T>(world: World, name: string, work: (url: string) => Promise<T>): Promise<T> {
  const full = `${name}_${randomBytes(4).toString('hex')}`;
  await withClient(world.ours, (client) => client.query(`create database ${full}`));
  const url = new URL(world.ours);
  url.pathname = `/${full}`;
  try {
    return await work(url.href);
  } finally {
    await dropDatabase({ adminUrl: world.ours, name: full });
  }
}

/** The same ids in SQL; `n` is a course, `p` a person, `l` a lesson's place. */
export const sqlId = (kind: string, number: string) =>
  `('01980000-0000-7000-${kind}-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
const courseSql = sqlId('8000', 'n');
const personSql = sqlId('9000', 'p');
const instructor = personId(1);
/** The course with lessons that a person is enrolled in. */
export const courseOf = (person: number) => 1 + (person % fullCourses);
/** The quiz of a course with lessons; in its fifth lesson. */
export const problemId = (course: number) => `01980000-0000-7000-b001-${course.toString(16).padStart(12, '0')}`;
export const quizQuestions = 10;
const quizLesson = 5;
/** The lesson of each course with lessons that has something to read in it. */
export const readLesson = 3;

/** Courses from `first` to `last` in both contexts that know courses, as publishing them would have left them. */
export async function insertCourses(client: pg.Client, first: number, last: number): Promise<void> {
  await client.query(
    `insert into courses.courses (id, slug, title, summary, description, language, level, category, outcomes,
       price_amount, price_currency, translations, languages, state, instructor_id, instructor_name, lesson_count,
       duration_seconds, search_text, published_at)
     select ${courseSql}, 'course-' || n, 'Reading a balance sheet, part ' || n,
       'What the numbers of a company say, and what they leave out: number ' || n || ' of a long series.',
       jsonb_build_object('type', 'doc', 'content', jsonb_build_array(jsonb_build_object('type', 'paragraph', 'content',
         jsonb_build_array(jsonb_build_object('type', 'text', 'text', repeat('Assets, debts and what is left. ', 12)))))),
       'en', (array['all', 'beginner', 'intermediate', 'advanced'])[1 + n % 4],
       (array['technology', 'teaching', 'energy', 'mobility', 'work', 'life'])[1 + n % 6],
       '["Read assets and debts", "Follow the cash", "Ask better questions"]',
       null, null,
       jsonb_build_object(
         'pt-BR', jsonb_build_object('title', 'Como ler um balanço, parte ' || n, 'summary', 'O que os números dizem.'),
         'es', jsonb_build_object('title', 'Cómo leer un balance, parte ' || n, 'summary', 'Lo que dicen los números.')),
       '{pt-BR,es}', 'published', $3, 'Inês Carvalho', ${lessonsPerCourse}, 7200,
       'reading a balance sheet part ' || n, now() - interval '1 second' * ((n * 7919::bigint) % 30000000)
     from generate_series($1::int, $2::int) n`,
    [first, last, instructor],
  );
}

/** The courses from `first` to `last` as enrollment knows them. */
export async function copyCourses(client: pg.Client, first: number, last: number): Promise<void> {
  await client.query(
    `insert into enrollment.courses (id, slug, title, language, instructor_id, instructor_name, state, version,
       duration_seconds, lesson_count)
     select id, slug, title, language, instructor_id, instructor_name, state, version, duration_seconds, lesson_count
     from courses.courses where id between ${sqlId('8000', '$1::int')} and ${sqlId('8000', '$2::int')}`,
    [first, last],
  );
}

async function fill(url: string, courses: number): Promise<void> {
  const salt = randomBytes(16);
  const key = argon2Sync('argon2id', {
    message: password,
    nonce: salt,
    memory: 19_456,
    passes: 2,
    parallelism: 1,
    tagLength: 32,
  });
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  const phc = `$argon2id$v=19$m=19456,t=2,p=1$${text(salt)}$${text(key)}`;
  await withClient(url, async (client) => {
    await client.query('set synchronous_commit = off');
    await insertCourses(client, 1, courses);
    await copyCourses(client, 1, courses);
    await client.query(
      `insert into courses.modules (id, course_id, position, title)
       select ${sqlId('b000', 'n * 10 + m')}, ${courseSql}, m, 'Module ' || m
       from generate_series(1, $1) n, generate_series(1, 4) m`,
      [fullCourses],
    );
    await client.query(
      `insert into courses.lessons (id, course_id, module_id, position, title, kind, duration_seconds, completion, preview, translations, content)
       select ${sqlId('a000', 'n * 100 + l')}, ${courseSql}, ${sqlId('b000', 'n * 10 + 1 + (l - 1) / 10')}, l,
         'Lesson ' || l || ': what a number means', (array['text', 'video', 'quiz'])[1 + l % 3], 180,
         (array['viewed', 'watched', 'passed'])[1 + l % 3], l <= 2,
         jsonb_build_object('pt-BR', jsonb_build_object('title', 'Aula ' || l || ': o que um número diz')),
         case when l = ${readLesson} then $2::jsonb else '{"type": "doc", "content": []}' end
       from generate_series(1, $1) n, generate_series(1, ${lessonsPerCourse}) l`,
      [fullCourses, JSON.stringify(reading())],
    );
    await client.query(
      `insert into enrollment.lessons (id, course_id, title, kind, completion, duration_seconds, place, first_version)
       select id, course_id, title, kind, completion, duration_seconds, position, 1 from courses.lessons`,
    );
    await client.query(
      `insert into assessment.courses (id, language, instructor_id, published)
       select ${courseSql}, 'en', $2, true from generate_series(1, $1) n`,
      [fullCourses, instructor],
    );
    await client.query(
      `insert into assessment.problems (id, course_id, lesson_id, source_key, position, definition, gradable)
       select ${sqlId('b001', 'n')}, ${courseSql}, ${sqlId('a000', `n * 100 + ${quizLesson}`)}, 'quiz', 1, $2, true
       from generate_series(1, $1) n`,
      [fullCourses, JSON.stringify(quiz())],
    );
    await client.query(
      `insert into enrollment.enrollments (id, user_id, course_id, reason, learner_name)
       select ${sqlId('c000', 'p')}, ${personSql},
         ${sqlId('8000', `1 + p % ${fullCourses}`)}, 'free', 'Person ' || p
       from generate_series(1, $1) p`,
      [people],
    );
    await client.query(
      `insert into enrollment.lesson_progress (enrollment_id, lesson_id, position_seconds, watched, watched_seconds)
       select e.id, l.id, 30, '{[0,30)}', 30
       from enrollment.enrollments e join enrollment.lessons l on l.course_id = e.course_id where l.place <= 10`,
    );
    await client.query(
      `insert into identity.users (id, email, email_key, name, password_hash, locale, email_verified_at,
         sessions_valid_after, created_at, updated_at)
       select ${personSql}, 'person' || p || '@bench.example', 'person' || p || '@bench.example', 'Person ' || p, $2,
         'en', now(), '2020-01-01', now(), now() from generate_series(1, $1) p`,
      [people, phc],
    );
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  });
}

/** Some eight hundred words under four headings. */
function reading(): Document {
  const text = (words: string) => [{ type: 'text' as const, text: words }];
  const words = 'What the numbers of a company say, and what they leave out, takes a while to see. '.repeat(6).trim();
  return Document.parse({
    type: 'doc',
    content: Array.from({ length: 4 }, (_, part) => [
      { type: 'heading', attrs: { level: 2 }, content: text(`Part ${part + 1}`) },
      { type: 'paragraph', content: text(words) },
      { type: 'paragraph', content: text(words) },
    ]).flat(),
  });
}

/** Ten numbers to be found. */
function quiz(): ProblemDefinition {
  return ProblemDefinition.parse({
    version: 1,
    title: 'What the numbers mean',
    parts: Array.from({ length: quizQuestions }, (_, at) => ({
      type: 'response',
      response: { id: `q${at + 1}`, kind: 'numerical', label: `Question ${at + 1}`, answers: [{ value: at + 1 }] },
    })),
  });
}

/** An issuer of access tokens with its key set on a port of its own, as an external one would be configured. */
async function startIssuer(): Promise<{
  url: string;
  token: (person: number) => string;
  operator: string;
  close: () => Promise<void>;
}> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES256', use: 'sig' }] });
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(keys),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the issuer has no port');
  const url = `http://127.0.0.1:${address.port}`;
  const sign = (person: number, role: string) =>
    new SignJWT({ roles: [role], email: emailOf(person), email_verified: true, name: `Person ${person}` })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'bench' })
      .setSubject(personId(person))
      .setIssuer(url)
      .setAudience('stoa')
      .setIssuedAt()
      .setExpirationTime('12h')
      .sign(privateKey);
  const tokens = await Promise.all(Array.from({ length: people + 1 }, (_, person) => sign(person, 'student')));
  const operator = await sign(1, 'admin');
  return {
    url,
    token: (person) => tokens[person] ?? '',
    operator,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
