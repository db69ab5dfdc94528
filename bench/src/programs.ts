import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { contextUrl, listStatements } from '@stoa/kernel';
import { freePort } from '@stoa/kernel/testing';
import flags from '../../apps/server/node-flags.json' with { type: 'json' };
import { sandboxWebhookSecret } from '../../platform/payments/src/providers/sandbox/open-sandbox.ts';
import type { MemoryAccount } from './account.ts';
import type { LimitSettings } from './limit-server.ts';
import type { ShopSettings } from './shop-server.ts';
import type { World } from './world.ts';

/** Connections per context, for the platform and for the limit. */
export const poolSize = 8;

/** A program under test: a process of its own that answers HTTP on loopback. */
export type Program = {
  url: string;
  /** Milliseconds from its start to its first answer. */
  startMs: number;
  /** Processor time used until now, in seconds; undefined where the system does not say. */
  cpuSeconds: () => number | undefined;
  stop: () => Promise<void>;
};

/** A program that collects what nobody refers to and tells what is left; given a file, it writes its heap there, too. */
export type Accountable = Program & { account: (snapshot?: string) => Promise<MemoryAccount> };

type PlatformOptions = {
  /** Contexts to run; all by default. */
  run?: readonly string[];
  /** The path whose first answer counts as started. */
  firstPath?: string;
  /** More settings. */
  environment?: Record<string, string>;
  /** Flags of the engine beside those of the product. */
  engine?: readonly string[];
};

/** What the sandbox signs its webhooks with in this installation. */
export function webhookSecret(world: World): string {
  return sandboxWebhookSecret({ settings: process.env, home: installation(world) });
}

const installation = (world: World) => join(world.home, 'installation');
const server = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url));

/**
 * Starts the platform as its users do, with everything switched on: checks of tokens, validation, rate limit (high
 * enough to let the load through, but counting), a log line per request into a file, metrics.
 * @throws Error with the end of its output if it does not answer within a minute
 */
export async function startPlatform(world: World, options: PlatformOptions = {}): Promise<Program> {
  return (await spawnPlatform(world, options)).program;
}

/** Starts the platform in a way that it can be asked for an account of its memory. */
export async function startAccountable(world: World, options: PlatformOptions = {}): Promise<Accountable> {
  const { program, child } = await spawnPlatform(world, {
    ...options,
    engine: ['--expose-gc', '--import', new URL('./account.ts', import.meta.url).href],
  });
  return {
    ...program,
    account: async (snapshot) => {
      child.send({ snapshot });
      const [account]: unknown[] = await once(child, 'message', { signal: AbortSignal.timeout(120_000) });
      if (!isAccount(account)) throw new Error('the platform told something else than what it holds');
      return account;
    },
  };
}

function isAccount(value: unknown): value is MemoryAccount {
  return typeof value === 'object' && value !== null && 'resident' in value && 'heapUsed' in value;
}

async function spawnPlatform(
  world: World,
  options: PlatformOptions,
): Promise<{ program: Program; child: ChildProcess }> {
  const port = await freePort();
  const logFile = join(world.home, `platform-${port}.log`);
  const output = openSync(logFile, 'a');
  const begun = performance.now();
  const child = spawn(process.execPath, [...flags, ...(options.engine ?? []), server], {
    cwd: world.home,
    stdio: ['ignore', output, output, ...(options.engine ? (['ipc'] as const) : [])],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: world.ours,
      PORT: String(port),
      STOA_HOME: installation(world),
      STOA_WEB: 'false',
      STOA_DEMO: 'false',
      STOA_LOG_LEVEL: 'info',
      STOA_RATE_LIMIT: '1000000000',
      STOA_TRUST_PROXY: 'true',
      STOA_POOL_SIZE: String(poolSize),
      STOA_ISSUER: world.issuer,
      STOA_JWKS_URL: world.jwksUrl,
      ...(options.run ? { STOA_CONTEXTS: options.run.join(',') } : {}),
      ...options.environment,
    },
  });
  closeSync(output);
  const url = `http://127.0.0.1:${port}`;
  try {
    await firstAnswer(`${url}${options.firstPath ?? '/healthz'}`, child);
  } catch (error) {
    await stop(child);
    throw new Error(`the platform did not start:\n${readFileSync(logFile, 'utf8').slice(-3000)}`, { cause: error });
  }
  const program = {
    url,
    startMs: performance.now() - begun,
    cpuSeconds: () => cpuSecondsOf(child.pid),
    stop: () => stop(child),
  };
  return { program, child };
}

/** Starts the limit server on the same database server. */
export async function startLimit(world: World): Promise<Program> {
  const settings: LimitSettings = {
    statements: Object.fromEntries(listStatements().map(({ name, text }) => [name, text])),
    urls: {
      courses: contextUrl(world.limit, 'courses'),
      enrollment: contextUrl(world.limit, 'enrollment'),
      payments: contextUrl(world.limit, 'payments'),
    },
    poolSize,
    webhookSecret: webhookSecret(world),
  };
  return startFork(world, { file: './limit-server.ts', settings });
}

/** Starts the platform with a provider that takes money at once, on a database of its own. */
export async function startShop(world: World, databaseUrl: string): Promise<Program> {
  const settings: ShopSettings = {
    databaseUrl,
    home: join(world.home, 'shop'),
    issuer: world.issuer,
    jwksUrl: world.jwksUrl,
    poolSize,
  };
  return startFork(world, { file: './shop-server.ts', settings });
}

/** Starts a program of ours that takes its settings as a message and answers with its port. */
async function startFork(world: World, { file, settings }: { file: string; settings: object }): Promise<Program> {
  const begun = performance.now();
  const logFile = join(world.home, `${file.slice(2)}.log`);
  const output = openSync(logFile, 'a');
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    stdio: ['ignore', output, output, 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  closeSync(output);
  child.send(settings);
  const message = await new Promise<unknown>((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () =>
      reject(new Error(`${file} did not start:\n${readFileSync(logFile, 'utf8').slice(-3000)}`)),
    );
  });
  const port = typeof message === 'object' && message !== null && 'port' in message ? Number(message.port) : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    startMs: performance.now() - begun,
    cpuSeconds: () => cpuSecondsOf(child.pid),
    stop: () => stop(child),
  };
}

async function firstAnswer(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      const answer = await fetch(url, { headers: { connection: 'close' } });
      await answer.arrayBuffer();
      if (answer.ok) return;
    } catch {
      // Not listening yet; the loop ends with an error when it stays so.
    }
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    if (Date.now() > until) throw new Error(`${url} did not answer`);
    await sleep(5);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** User and system time of a process from Linux's /proc, in its fixed unit of a hundredth of a second. */
function cpuSecondsOf(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux' || pid === undefined) return undefined;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident memory of the platform's process, as its own metrics tell. */
export async function residentBytes(platform: Program): Promise<number> {
  const text = await (await fetch(`${platform.url}/metrics`)).text();
  return Number(/^stoa_process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]);
}
