import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Database, openDatabase } from '@stoa/kernel';
import type { APIRequestContext, Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { freePort } from '../../../../kernel/src/testing/free-port.ts';
import { startedOnce } from '../../../../scripts/shared-by-files.ts';
import { checkInvariants } from '../../../server/src/check-invariants.ts';
import { openPage, type WatchedPage } from './harness.ts';

const main = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));
const followParent = new URL('../../../../scripts/follow-parent.mjs', import.meta.url).href;

/** Seals the session cookies of a platform under test, so that a test can open one and change it. */
export const sessionSecret = 'sessions of browser tests are sealed with this';
/** The web's own secret at the issuer of a platform under test. */
export const webClientSecret = 'the web of browser tests proves itself with this';

export type Role = 'admin' | 'instructor' | 'student';

/** A person of the demo world. */
export type DemoAccount = { email: string; name: string; password: string; roles: string[] };

/** A mail as the platform wrote it. `link` is the first link of its text that carries a token, if there is one. */
export type Mail = { id: string; kind: string; subject: string; locale: string; text: string; link: string | null };

/** The whole platform as `npm start` runs it, with the demo world, in a process of its own. */
export type RunningPlatform = {
  url: string;
  /** Folder of the installation. */
  home: string;
  databaseUrl: string;
  /** The demo account whose first role this is. */
  account: (role: Role) => DemoAccount;
  /**
   * A new page, on no address yet, of somebody who has signed in through the real pages, now or within the last two
   * minutes; `options` are of the browser.
   */
  open: (browser: Browser, role: Role, options?: BrowserContextOptions) => Promise<WatchedPage>;
  /** Waits for the newest mail of a kind to an address. @throws Error when there is none within 30 s */
  mail: (wanted: { to: string; kind: string }) => Promise<Mail>;
  /** The API as a person, without the web. */
  as: (who: { email: string; password: string }) => Promise<(path: string, init?: RequestInit) => Promise<Response>>;
  /** Behind the platform: the tables of a context, as the database's administrator. */
  host: { database: (context: string) => Database };
  /** What the process printed, for messages of failed tests. */
  output: () => string;
  /**
   * Ends it, when no other file uses it, and deletes what it kept.
   * @throws AssertionError when something that `npx stoa doctor --full` looks at does not hold by then
   */
  close: () => Promise<void>;
};

const shared = startedOnce(
  () => startOwn({}),
  (platform) => platform.close(),
);

/**
 * Starts it and waits until it is open. Files that run in one process share one that has no settings of its own, so a test
 * counts on nothing but what it made itself and the demo world's courses, and leaves those as they were. Serves the built web
 * (`npm run build -w @stoa/web` first). The database is a new one on `STOA_TEST_DATABASE_URL`, or an embedded PostgreSQL of its
 * own. With `STOA_TEST_WORLDS`, a folder of the test run, the demo world is made once and copied: making it takes more than
 * twice the processor time of starting with it.
 * @throws Error with its output when it ends or does not open within 90 s
 */
export async function startPlatform({
  environment,
}: {
  environment?: Record<string, string>;
} = {}): Promise<RunningPlatform> {
  if (environment) return startOwn(environment);
  const { started, isShared } = await shared();
  return isShared ? { ...started, close: () => assertInvariants(started.databaseUrl) } : started;
}

/** One that nobody else uses. */
async function startOwn(environment: Record<string, string>): Promise<RunningPlatform> {
  const folder = await mkdtemp(join(tmpdir(), 'stoa-browser-'));
  const home = join(folder, '.stoa');
  const opened: Database[] = [];
  let database: TestDatabase | undefined;
  let launched: Launched | undefined;
  const close = async () => {
    for (const db of opened) await db.close();
    await launched?.stop();
    await database?.drop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    database = await makeDatabase(home);
    launched = await launch({ home, databaseUrl: database?.url, environment });
    const { url, output } = launched;
    const accounts: DemoAccount[] = JSON.parse(await readFile(join(home, 'demo-accounts.json'), 'utf8'));
    const { databaseUrl }: { databaseUrl: string } = JSON.parse(await readFile(join(home, 'running.json'), 'utf8'));
    const account: RunningPlatform['account'] = (role) => {
      const found = accounts.find((one) => one.roles[0] === role);
      if (!found) throw new Error(`the demo world has no ${role}`);
      return found;
    };
    const as: RunningPlatform['as'] = async (who) => {
      const authorization = await tokenOf(url, who);
      return (path, init) => fetch(`${url}${path}`, { ...init, headers: { ...init?.headers, authorization } });
    };
    let operator: ReturnType<RunningPlatform['as']> | undefined;
    // Signing in is what sign-in.test.ts proves; elsewhere it would be a third of what is looked at. Access lasts five minutes.
    const sessions = new Map<Role, { state: StorageState; since: number }>();
    return {
      url,
      home,
      databaseUrl,
      account,
      as,
      open: async (browser, role, options) => {
        let session = sessions.get(role);
        if (!session || Date.now() - session.since > 120_000) {
          const since = Date.now();
          const door = await openPage(browser);
          await signIn(door, { url, ...account(role) });
          session = { state: await door.page.context().storageState(), since };
          sessions.set(role, session);
          await door.close();
        }
        return openPage(browser, { ...options, storageState: session.state });
      },
      mail: async (wanted) => {
        operator ??= as(account('admin'));
        return waitForMail(await operator, wanted);
      },
      host: {
        database: (context) => {
          const address = new URL(databaseUrl);
          address.searchParams.set('options', `-c search_path=${context},public`);
          const db = openDatabase({ context: 'test', url: address.href, max: 1 });
          opened.push(db);
          return db;
        },
      },
      output,
      close: async () => {
        try {
          await assertInvariants(databaseUrl);
        } finally {
          await close();
        }
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The trial balance and every other promise of the platform, after whatever a test has done to it. */
async function assertInvariants(databaseUrl: string): Promise<void> {
  const contexts = (await Promise.all(['platform', 'markets'].map(contextsIn))).flat();
  const checks = await checkInvariants(databaseUrl, { contexts });
  assert.ok(checks.length > 50, `only ${checks.length} promises were found`);
  assert.deepEqual(
    checks.filter((check) => !check.ok).map(({ name, rows }) => ({ name, rows: rows.slice(0, 3) })),
    [],
    'all invariants hold in the end',
  );
}

/** The contexts of a room by their folders: loading them would cost each test file seconds of the processor. */
async function contextsIn(room: string): Promise<{ name: string; migrations: URL }[]> {
  const folder = new URL(`../../../../${room}/`, import.meta.url);
  return (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, migrations: new URL(`${name}/migrations/`, folder) }));
}

/**
 * Signs in as a browser without scripts does, with the browser's own cookies but without drawing the pages: that they work
 * is what sign-in.test.ts proves, and drawing them takes a second of the processor. Ends on no page.
 */
export async function signIn(
  { page }: Pick<WatchedPage, 'page'>,
  { url, email, password }: { url: string; email: string; password: string },
): Promise<void> {
  const { request } = page.context();
  const form = await follow(request, `${url}/auth/sign-in?returnTo=/`, ({ pathname }) => pathname.endsWith('/sign-in'));
  const answer = await request.post(`${url}/oidc/interaction/${form.searchParams.get('interaction')}/login`, {
    form: { email, password },
    headers: { origin: url },
    maxRedirects: 0,
  });
  const next = answer.headers().location ?? assert.fail(`${email} could not sign in: ${answer.status()}`);
  const callback = await follow(request, new URL(next, url).href, ({ pathname }) => pathname === '/auth/callback');
  const back = await request.get(callback.href, { maxRedirects: 0 });
  assert.equal(new URL(back.headers().location ?? '', url).pathname, '/', `${email} signs in`);
}

/** Goes from redirect to redirect up to one that leads to what is looked for, which is not asked for. */
async function follow(request: APIRequestContext, start: string, isThere: (address: URL) => boolean): Promise<URL> {
  let at = new URL(start);
  for (let steps = 0; steps < 8; steps += 1) {
    const answer = await request.get(at.href, { headers: { accept: 'text/html' }, maxRedirects: 0 });
    const location = answer.headers().location ?? assert.fail(`${at.pathname} answered ${answer.status()}`);
    at = new URL(location, at);
    if (isThere(at)) return at;
  }
  return assert.fail(`${start} leads around in circles`);
}

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

type Launched = { url: string; output: () => string; stop: () => Promise<void> };

/** Runs the platform in a process of its own until it is open. @throws Error with its output */
async function launch({
  home,
  databaseUrl,
  environment = {},
}: {
  home: string;
  databaseUrl: string | undefined;
  environment?: Record<string, string>;
}): Promise<Launched> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  // A channel, so that the platform ends when this process is killed before it could say so.
  const server = fork(main, [], {
    execArgv: ['--import', followParent],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl ?? '',
      STOA_HOME: home,
      PORT: String(port),
      STOA_PUBLIC_URL: url,
      STOA_SESSION_SECRET: sessionSecret,
      STOA_WEB_CLIENT_SECRET: webClientSecret,
      // One address makes all requests of a test.
      STOA_RATE_LIMIT: '0',
      ...environment,
    },
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-30_000);
  };
  server.stdout?.on('data', keep);
  server.stderr?.on('data', keep);
  const until = Date.now() + 90_000;
  while (!output.includes('Stoa is open')) {
    if (Date.now() > until || server.exitCode !== null) {
      await stop(server);
      throw new Error(`the platform did not open:\n${output}`);
    }
    await pause(100);
  }
  return { url, output: () => output, stop: () => stop(server) };
}

type TestDatabase = { url: string; drop: () => Promise<void> };

/** A database for an installation in `home`, with the demo world in both if the test run keeps one. */
async function makeDatabase(home: string): Promise<TestDatabase | undefined> {
  const given = process.env.STOA_TEST_DATABASE_URL;
  if (!given) return undefined;
  const name = `stoa_browser_${randomUUID().replaceAll('-', '_')}`;
  const url = new URL(given);
  url.pathname = `/${name}`;
  const server = openDatabase({ context: 'test', url: given, max: 1 });
  const worlds = process.env.STOA_TEST_WORLDS;
  try {
    if (worlds) {
      const world = await demoWorld({ server, given, worlds });
      await server.pool.query(`create database ${name} template ${world.database} strategy file_copy`);
      await cp(world.home, home, { recursive: true });
    } else await server.pool.query(`create database ${name}`);
  } catch (error) {
    await server.close();
    throw error;
  }
  return {
    url: url.href,
    drop: async () => {
      await server.pool.query(`drop database if exists ${name} with (force)`);
      await server.close();
    },
  };
}

/** The demo world of this test run, as a start and a stop of the platform leave it. Whoever comes first makes it. */
async function demoWorld({ server, given, worlds }: { server: Database; given: string; worlds: string }) {
  const database = 'stoa_browser_demo_world';
  const home = join(worlds, 'demo');
  const connection = await server.connect();
  try {
    // Whoever comes second waits as long as the first one takes, which on a busy machine is longer than a request may wait.
    await connection.query('set lock_timeout = 0; set statement_timeout = 0');
    await connection.query("select pg_advisory_lock(hashtextextended('stoa.test.demo_world', 0))");
    if (!existsSync(home)) {
      const draft = `${home}-${randomUUID()}`;
      const url = new URL(given);
      url.pathname = `/${database}`;
      await connection.query(`drop database if exists ${database} with (force)`);
      await connection.query(`create database ${database}`);
      await (await launch({ home: draft, databaseUrl: url.href })).stop();
      await rename(draft, home);
    }
    await connection.query("select pg_advisory_unlock(hashtextextended('stoa.test.demo_world', 0))");
  } finally {
    connection.release();
  }
  return { database, home };
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  const killer = setTimeout(() => server.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(killer);
}

async function tokenOf(url: string, { email, password }: { email: string; password: string }): Promise<string> {
  const response = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`${email} could not sign in: ${await response.text()}`);
  const { accessToken }: { accessToken: string } = await response.json();
  return `Bearer ${accessToken}`;
}

async function waitForMail(
  ask: (path: string) => Promise<Response>,
  { to, kind }: { to: string; kind: string },
): Promise<Mail> {
  const until = Date.now() + 30_000;
  for (;;) {
    const list: { items: { id: string; kind: string; state: string }[] } = await (
      await ask(`/api/admin/mailbox?${new URLSearchParams({ q: to, limit: '100' })}`)
    ).json();
    const found = list.items.find((mail) => mail.kind === kind && mail.state === 'sent');
    if (found) {
      const mail: Omit<Mail, 'link'> = await (await ask(`/api/admin/mailbox/${found.id}`)).json();
      return { ...mail, link: /https?:\/\/\S+[?&]token=[\w-]+/.exec(mail.text)?.[0] ?? null };
    }
    if (Date.now() > until) throw new Error(`no ${kind} mail to ${to}; there are ${JSON.stringify(list.items)}`);
    await pause(150);
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
