import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import pg from 'pg';
import type { Context } from '../context.ts';
import { type Ctx, newTraceparent, type Role } from '../ctx.ts';
import { openDatabase } from '../db/database.ts';
import { contextUrl, provision } from '../db/provision.ts';
import { type Host, type HostOptions, startHost } from '../host.ts';
import { openJobs } from '../jobs.ts';
import { systemIds } from '../ports.ts';
import { startEmbeddedPostgres } from '../postgres/index.ts';
import { createLog, type Log } from '../telemetry/log.ts';

export { freePort } from './free-port.ts';

/**
 * The administrator URL of the PostgreSQL that tests run on: `STOA_TEST_DATABASE_URL` (the test command starts one
 * server for the whole run), else an embedded one started for this file.
 */
async function testServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env.STOA_TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => undefined };
  const home = await mkdtemp(join(tmpdir(), 'stoa-test-'));
  const server = await startEmbeddedPostgres({ dataDirectory: join(home, 'postgres') });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A database of its own with the given contexts migrated: a cheap copy of a template that is migrated once. */
export type TestDatabase = { url: string; drop: () => Promise<void> };

/** Makes one. The template is named after the migrations' content, so that a change makes a new one. */
export async function createTestDatabase(contexts: readonly Context[]): Promise<TestDatabase> {
  const server = await testServer();
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  const template = `stoa_template_${await fingerprint(contexts)}`;
  // One process migrates the template, the others wait for it.
  await admin.query("select pg_advisory_lock(hashtextextended('stoa.test.template', 0))");
  const exists = await admin.query('select 1 from pg_database where datname = $1 and datistemplate', [template]);
  if (exists.rowCount === 0) {
    await admin.query(`drop database if exists ${template}`);
    await admin.query(`create database ${template}`);
    await provision(withDatabase(server.url, template), contexts);
    for (const context of contexts) await makeJobTables(withDatabase(server.url, template), context);
    await admin.query(`alter database ${template} is_template true`);
  }
  const name = `stoa_test_${systemIds.id().replaceAll('-', '_')}`;
  await admin.query(`create database ${name} template ${template} strategy file_copy`);
  // Settings of a role in a database are not copied with it.
  for (const context of contexts) {
    const role = new URL(contextUrl(server.url, context.name)).username;
    await admin.query(
      `alter role ${pg.escapeIdentifier(role)} in database ${name} set search_path = ${pg.escapeIdentifier(context.name)}, public`,
    );
  }
  await admin.query("select pg_advisory_unlock(hashtextextended('stoa.test.template', 0))");
  return {
    url: withDatabase(server.url, name),
    drop: async () => {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
      await server.stop();
    },
  };
}

/** Makes the tables of a context's job queue, which takes longer than anything else of a platform's first start. */
async function makeJobTables(databaseUrl: string, { name }: Context): Promise<void> {
  const db = openTestDatabase(databaseUrl, name);
  const log = testLog();
  const onError = (error: unknown) => log.error({ err: error }, 'the job queue of a template failed');
  const jobs = await openJobs({ db, url: contextUrl(databaseUrl, name), types: [], log, onError });
  await jobs.stop();
  await db.close();
}

function testLog(): Log {
  return createLog({ level: process.env.STOA_TEST_LOG ?? 'silent' });
}

function withDatabase(url: string, database: string): string {
  const copy = new URL(url);
  copy.pathname = `/${database}`;
  return copy.toString();
}

async function fingerprint(contexts: readonly Context[]): Promise<string> {
  const hash = createHash('sha256');
  const folders = [new URL('../../migrations/', import.meta.url), ...contexts.map((context) => context.migrations)];
  for (const folder of folders) {
    for (const name of (await readdir(folder)).sort())
      hash.update(name).update(await readFile(join(fileURLToPath(folder), name)));
  }
  hash.update(contexts.map((context) => `${context.name}:${context.extensions}`).join());
  return hash.digest('hex').slice(0, 16);
}

/** A running platform for a test, with people to act as. */
export type TestPlatform = {
  host: Host;
  url: string;
  databaseUrl: string;
  home: string;
  /** Calls an operation in process. `as` is a person made by `person()`; no one by default. */
  call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
  close: () => Promise<void>;
};
export type CallOptions = {
  as?: Person | undefined;
  body?: unknown;
  headers?: Record<string, string>;
  locale?: string;
};
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers whose shape they are about to assert
export type Answer = { status: number; headers: Record<string, unknown>; body: any; raw: Buffer };
export type Person = { id: string; email: string; name: string; roles: Role[]; token: string };

const issuer = 'https://issuer.test';
const keys = generateKeyPair('ES256');

/**
 * A person with a valid token of the test issuer, for tests of contexts other than identity. Nobody registers: the
 * other contexts know people by their tokens and by identity's events.
 */
export async function person(
  options: { roles?: Role[]; id?: string; email?: string; name?: string; emailVerified?: boolean } = {},
): Promise<Person> {
  const id = options.id ?? systemIds.id();
  const who = {
    email: options.email ?? `${id}@example.com`,
    name: options.name ?? 'Test Person',
    roles: options.roles ?? (['student'] satisfies Role[]),
  };
  const { privateKey } = await keys;
  const token = await new SignJWT({
    roles: who.roles,
    email: who.email,
    email_verified: options.emailVerified ?? true,
    name: who.name,
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'test' })
    .setSubject(id)
    .setIssuer(issuer)
    .setAudience('stoa')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
  return { id, ...who, token };
}

/** The ctx of a person, for tests that call a use case without HTTP. */
export function ctxOf(who: Person): Ctx {
  return {
    actor: { kind: 'user', userId: who.id, roles: who.roles, email: who.email, emailVerified: true, name: who.name },
    locale: 'en',
    traceparent: newTraceparent(),
  };
}

type PlatformOptions = Partial<Omit<HostOptions, 'contexts'>> & {
  /** Trust the platform's own identity context instead of the test issuer. */
  ownIssuer?: boolean;
  databaseUrl?: string;
};

/** Starts contexts on a database of their own. Close it in `after`. */
export async function startTestPlatform(
  contexts: readonly Context[],
  options: PlatformOptions = {},
): Promise<TestPlatform> {
  const database = options.databaseUrl
    ? { url: options.databaseUrl, drop: async () => undefined }
    : await createTestDatabase(contexts);
  const home = await mkdtemp(join(tmpdir(), 'stoa-home-'));
  const { publicKey } = await keys;
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' }] };
  const url = options.publicUrl ?? 'http://localhost:3000';
  const starting = startHost({
    publicUrl: url,
    home,
    settings: { ...process.env, ...options.settings },
    log: testLog(),
    rateLimit: null,
    pollMs: 500,
    eventBackoffMs: 5,
    poolSize: 5,
    ...options,
    ...(options.ownIssuer ? {} : { issuer, testKeys: jwks }),
    contexts,
    databaseUrl: database.url,
  });
  // A platform that does not start must not leave its database behind: open pools would keep the test file alive.
  const host = await starting.catch(async (error: unknown) => {
    await database.drop();
    throw error;
  });
  await host.app.ready();
  return {
    host,
    url,
    home,
    databaseUrl: database.url,
    call: async (method, path, { as, body, headers, locale } = {}) => {
      const response = await host.app.inject({
        method: method as 'GET',
        url: path,
        headers: {
          ...(as ? { authorization: `Bearer ${as.token}` } : {}),
          ...(locale ? { 'accept-language': locale } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { payload: typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body) }),
      });
      const type = String(response.headers['content-type'] ?? '');
      return {
        status: response.statusCode,
        headers: response.headers,
        body: type.includes('json') && response.body ? JSON.parse(response.body) : response.body,
        raw: response.rawPayload,
      };
    },
    close: async () => {
      await host.close();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A pool of a context on a test database, to look at tables directly. */
export function openTestDatabase(databaseUrl: string, context: string) {
  return openDatabase({ context, url: contextUrl(databaseUrl, context), max: 2 });
}

/** Waits until `check` is true (or returns a value), asking every 20 ms at first and ever less often; fails after `timeoutMs`. */
export async function eventually<T>(
  check: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 10_000,
): Promise<T> {
  const until = Date.now() + timeoutMs;
  for (let pause = 20; ; pause = Math.min(pause * 1.2, 100)) {
    const value = await check();
    if (value) return value;
    if (Date.now() > until) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
