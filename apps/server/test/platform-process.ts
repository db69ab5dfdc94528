import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IdentityService } from '@stoa/contracts';
import { openDatabase, serviceCtx } from '@stoa/kernel';
import { cloneDatabase, dropDatabase, startEmbeddedPostgres } from '@stoa/kernel/postgres';
import { createTestDatabase, startTestPlatform } from '@stoa/kernel/testing';
import { contexts } from '../src/contexts.ts';

/** The operator every test world begins with; everybody else registers. */
export const operator = { email: 'operator@stoa.test', password: 'kelp lantern orbit 41', name: 'Olga Prates' };
/** Shared by all processes of a test, so that tokens and addresses of one are good at another. */
const secret = 'a secret of the tests, long enough for everybody';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** A database in which the operator exists, and cheap copies of it. */
export type World = {
  /** A database of its own with the operator in it. */
  copy: () => Promise<{ url: string; drop: () => Promise<void> }>;
  close: () => Promise<void>;
};

/** Makes the world of a test file: one server, one migrated database with an operator, copies on demand. */
export async function makeWorld(): Promise<World> {
  const stopServer = await ensureServer();
  const template = await createTestDatabase(contexts);
  const platform = await startTestPlatform(contexts, {
    databaseUrl: template.url,
    ownIssuer: true,
    settings: { STOA_SECRET: secret },
  });
  const { user } = await platform.host
    .client(IdentityService)
    .ensureUser(
      { ...operator, roles: ['admin', 'student'], locale: 'en', timeZone: 'UTC', emailVerified: true },
      serviceCtx('test'),
    );
  if (!user) throw new Error('the operator was not made');
  await platform.host.settle();
  await platform.close();
  return {
    copy: async () => {
      const name = `stoa_copy_${randomUUID().replaceAll('-', '_')}`;
      const admin = new URL(template.url);
      const from = admin.pathname.slice(1);
      admin.pathname = '/postgres';
      const adminUrl = admin.toString();
      return {
        url: await cloneDatabase({ adminUrl, template: from, name }),
        drop: () => dropDatabase({ adminUrl, name }),
      };
    },
    close: async () => {
      await template.drop();
      await stopServer();
    },
  };
}

/** One PostgreSQL for the whole file when `npm test` has not started one for the whole run. */
async function ensureServer(): Promise<() => Promise<void>> {
  if (process.env.STOA_TEST_DATABASE_URL) return async () => undefined;
  const home = await mkdtemp(join(tmpdir(), 'stoa-test-'));
  const server = await startEmbeddedPostgres({ dataDirectory: join(home, 'postgres') });
  process.env.STOA_TEST_DATABASE_URL = server.url;
  return async () => {
    delete process.env.STOA_TEST_DATABASE_URL;
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
}

/** A folder for an installation's files, removed by `remove`. */
export async function makeHome(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'stoa-home-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}

export type PlatformProcess = {
  url: string;
  pid: number;
  child: ChildProcess;
  /** Resolves when the process has ended, however it did. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Asks it to stop, as an operator does. */
  stop: () => Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Ends it as a power cut would. */
  kill: () => Promise<void>;
  /** What it printed, for messages of failed tests. */
  output: () => string;
};

export type ProcessOptions = {
  /** A database server; without it the process starts its own PostgreSQL in its home. */
  databaseUrl?: string;
  home: string;
  port: number;
  environment?: Record<string, string>;
};

/**
 * Starts the platform as `npm start` does, without web and demo, in a process of its own, and waits until it is open.
 * @throws Error with its output if it ends or does not open within two minutes; it is gone then
 */
export async function startProcess(options: ProcessOptions): Promise<PlatformProcess> {
  const started = spawnProcess(options);
  try {
    await untilOpen(started);
  } catch (error) {
    // Nobody else knows of it, and a test does not end while it lives.
    await started.kill();
    throw error;
  }
  return started;
}

const living = new Set<ChildProcess>();
// A test file that is cut short must not leave platforms behind.
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** The same without waiting, for processes that wait for each other or that are about to crash. */
export function spawnProcess({ databaseUrl, home, port, environment }: ProcessOptions): PlatformProcess {
  const { STOA_CRASH_AT: _crashAt, DATABASE_URL: _database, ...inherited } = process.env;
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inherited,
      STOA_WEB: 'false',
      STOA_DEMO: 'false',
      STOA_HOME: home,
      STOA_SECRET: secret,
      STOA_RPC_SECRET: secret,
      STOA_RATE_LIMIT: '0',
      STOA_POOL_SIZE: '3',
      PORT: String(port),
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
      ...environment,
    },
  });
  living.add(child);
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => {
      living.delete(child);
      resolve({ code, signal });
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    child,
    ended,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    output: () => output,
  };
}

/** Waits until a process answers. @throws Error with its output */
export async function untilOpen(started: PlatformProcess, timeoutMs = 120_000): Promise<void> {
  const until = Date.now() + timeoutMs;
  let over = false;
  void started.ended.then(() => {
    over = true;
  });
  for (;;) {
    try {
      if ((await fetch(`${started.url}/readyz`)).ok) return;
    } catch {
      // Not listening yet.
    }
    if (over || Date.now() > until) throw new Error(`the platform did not open:\n${started.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Runs SQL as the administrator of a database, to look behind the platform. */
export async function inspect<R extends object>(databaseUrl: string, text: string): Promise<R[]> {
  const db = openDatabase({ context: 'inspector', url: databaseUrl, max: 1 });
  try {
    return (await db.pool.query<R & Record<string, unknown>>(text)).rows;
  } finally {
    await db.close();
  }
}
