import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { type Account, chooseAccount, pathSeenBy } from './account.ts';
import { type Binaries, findBinaries, postgresEnvironment } from './binaries.ts';
import { claimDirectory } from './claim.ts';
import {
  createCluster,
  hasCluster,
  logTail,
  pruneLogs,
  readOrCreatePassword,
  setPassword,
  startLog,
  superuser,
  writeOwned,
} from './cluster.ts';
import { codeOf, embeddedPostgresError, messageOf } from './errors.ts';
import { findPostmaster, isRunning, type Postmaster, readPidFile, stopPostmaster, waitForEnd } from './postmaster.ts';
import { processStart, signalProcess } from './process.ts';
import { defaultSettings, type PostgresSettings, renderSettings } from './settings.ts';

/** Options of {@link startEmbeddedPostgres}. */
export type StartOptions = {
  /** Where the cluster lives; made if absent. Password, claims and start log lie beside it with the same name as prefix. */
  readonly dataDirectory: string;
  /** Receives one line for whatever takes a person's attention: creating, adopting, recovering. */
  readonly log?: (message: string) => void;
  /** Gives up a start under way (a server already launched is stopped). */
  readonly signal?: AbortSignal;
  /** Settings that replace or add to {@link defaultSettings}. */
  readonly settings?: PostgresSettings;
};

/** A running embedded server. */
export type EmbeddedPostgres = {
  /** Connection URL of the superuser to the database `stoa`. */
  readonly url: string;
  readonly port: number;
  /** Version of the server, for example `18.4`. */
  readonly version: string;
  /** Of the server that runs now: another one after it was started again. */
  readonly pid: number;
  /** True if the server of an earlier, killed process was taken over. */
  readonly adopted: boolean;
  /** Stops the server and gives up the data directory. May be called more than once. */
  readonly stop: () => Promise<void>;
};

type Session = {
  readonly binaries: Binaries;
  readonly account: Account | null;
  readonly dataDirectory: string;
  readonly password: string;
  readonly configuration: string;
  readonly log: (message: string) => void;
  readonly signal: AbortSignal | undefined;
};

/** Milliseconds between two looks at whether the server still runs, and the longest pause between tries to start it again. */
const [lookMs, pauseMs] = [500, 10_000];

type Running = {
  readonly postmaster: Postmaster;
  readonly port: number;
  readonly version: string;
  readonly adopted: boolean;
};

const databaseName = 'stoa';
const recoveryLimit = 10 * 60_000;

/**
 * Starts the embedded PostgreSQL on a random port of 127.0.0.1 and waits until it answers.
 *
 * - Root: PostgreSQL runs as an unprivileged user (the data directory's owner, `stoa` or `nobody`).
 * - Parent killed earlier: its server is found through `postmaster.pid`, its identity is checked (alive, PostgreSQL, this
 *   directory, our password) and it is adopted; if it runs with other settings or programs it is stopped and replaced.
 *   `postmaster.pid` is never removed by us.
 * - Crash earlier: waits out recovery.
 * - Another living process uses the directory: `stoa_home_in_use`.
 *
 * A server that ends although nobody asked it to (killed for memory, crashed) is started again on the same port: whoever
 * uses the URL has only to connect again.
 *
 * The server has its own process group, so Ctrl-C in a terminal reaches only us and we stop it in order. If this process
 * ends without `stop()`, the server is asked to stop on exit; after kill -9 it stays and is adopted by the next start.
 */
export async function startEmbeddedPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  const dataDirectory = resolveRealPath(options.dataDirectory);
  const claim = await claimDirectory(`${dataDirectory}.claims`);
  try {
    const session = await prepare(options, dataDirectory);
    const running = (await adoptRunning(session)) ?? (await launch(session));
    try {
      await ensureDatabase(urlFor(session.password, running.port, 'postgres'));
    } catch (error) {
      await stopPostmaster(running.postmaster);
      throw error;
    }
    return supervise({ session, running, release: claim.release });
  } catch (error) {
    claim.release();
    throw error;
  }
}

/**
 * Stops the server that a killed process left in `dataDirectory`, without starting one. True if there was one to stop; false
 * if there was none. Throws `stoa_home_in_use` while a living process owns it.
 */
export async function stopOrphanedPostgres(dataDirectory: string): Promise<boolean> {
  const directory = resolveRealPath(dataDirectory);
  const claim = await claimDirectory(`${directory}.claims`);
  try {
    const postmaster = findPostmaster(directory);
    if (postmaster) await stopPostmaster(postmaster);
    return postmaster !== null;
  } finally {
    claim.release();
  }
}

/** Two paths to one folder (through a symbolic link) must lead to one claim. */
function resolveRealPath(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return realpathSync(absolute);
  const parent = dirname(absolute);
  return parent === absolute ? absolute : join(resolveRealPath(parent), absolute.slice(parent.length));
}

async function prepare(options: StartOptions, dataDirectory: string): Promise<Session> {
  const { signal } = options;
  const log = options.log ?? (() => undefined);
  const account = chooseAccount(dataDirectory);
  const binaries = await findBinaries(account, dirname(dataDirectory));
  signal?.throwIfAborted();
  const configuration = renderSettings(binaries.source, { ...defaultSettings, ...options.settings });
  const existing = readCluster(dataDirectory);
  const { password, created } = readOrCreatePassword(dataDirectory);
  if (!existing) {
    log('creating the database cluster');
    await createCluster({ binaries, account, dataDirectory, password, signal });
  } else if (created) {
    log('the stored password is gone; setting a new one');
    const orphan = findPostmaster(dataDirectory);
    if (orphan) await stopPostmaster(orphan);
    await setPassword({ binaries, account, dataDirectory, password, signal });
  }
  return { binaries, account, dataDirectory, password, configuration, log, signal };
}

function readCluster(dataDirectory: string): boolean {
  try {
    return hasCluster(dataDirectory);
  } catch (error) {
    if (codeOf(error) !== 'EACCES' && codeOf(error) !== 'EPERM') throw error;
    throw embeddedPostgresError(
      'stoa_home_not_accessible',
      `${dataDirectory} belongs to another user (was Stoa started as root before?). Run as that user, or set STOA_HOME to another folder.`,
      error,
    );
  }
}

/** Takes over the server that a killed process left behind, or makes sure that none is left. */
async function adoptRunning(session: Session): Promise<Running | null> {
  const { dataDirectory, log, signal } = session;
  const postmaster = findPostmaster(dataDirectory);
  if (postmaster === null) return null;
  if (readPidFile(dataDirectory)?.singleUser) {
    // A session that was setting the password when its parent died; it ends by itself at the end of its input.
    if (!(await waitForEnd(postmaster, 30_000))) await stopPostmaster(postmaster);
    return null;
  }
  if (readFileSync(join(dataDirectory, 'stoa.conf'), 'utf8') !== session.configuration) {
    log(`stopping the server of an earlier run (process ${postmaster.pid}): its settings or version differ`);
    await stopPostmaster(postmaster);
    return null;
  }
  const deadline = Date.now() + recoveryLimit;
  while (isRunning(postmaster) && Date.now() < deadline) {
    signal?.throwIfAborted();
    const file = readPidFile(dataDirectory);
    const answer = file && file.port > 0 ? await ask(session.password, file.port) : { state: 'absent' as const };
    if (file && answer.state === 'ready') {
      log(`adopting the server of an earlier run (process ${postmaster.pid})`);
      return { postmaster, port: file.port, version: answer.version, adopted: true };
    }
    if (answer.state === 'refused') break;
    // It is starting, recovering or shutting down: each of these ends.
    await sleep(50);
  }
  await stopPostmaster(postmaster);
  return null;
}

/** @param samePort that of a server that was there before; a free one if absent */
async function launch(session: Session, samePort?: number): Promise<Running> {
  const { dataDirectory, account, signal } = session;
  writeOwned(join(dataDirectory, 'stoa.conf'), session.configuration, account);
  pruneLogs(dataDirectory);
  const memoryDeadline = Date.now() + 30_000;
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    const port = samePort ?? (await freePort());
    const postmaster = await spawnPostmaster(session, port);
    const version = await waitUntilReady(session, { postmaster, port });
    if (version !== null) return { postmaster, port, version, adopted: false };
    const output = logTail(dataDirectory);
    // Another program took the port between our look and PostgreSQL's bind.
    const portTaken = /could not bind|could not create any TCP\/IP sockets/.test(output) && attempt < 5;
    // A killed server's workers are still ending; they hold the shared memory for a moment.
    const memoryBusy = /pre-existing shared memory block/.test(output) && Date.now() < memoryDeadline;
    // A server whose parent was killed while starting it wrote its pid file only now.
    if (/lock file "postmaster\.pid" already exists/.test(output)) {
      const running = await adoptRunning(session);
      if (running) return running;
    }
    if (!portTaken && !memoryBusy) {
      throw embeddedPostgresError('embedded_postgres_start_failed', `PostgreSQL did not start:\n${output}`);
    }
    await sleep(memoryBusy ? 300 : 0);
  }
}

async function spawnPostmaster(session: Session, port: number): Promise<Postmaster> {
  const { dataDirectory, account, binaries } = session;
  const output = openSync(startLog(dataDirectory), 'w', 0o600);
  try {
    const child = spawn(binaries.postgres, ['-D', pathSeenBy(account, dataDirectory), '-p', String(port)], {
      cwd: dataDirectory,
      env: { ...postgresEnvironment, ...unrelatedPid(dataDirectory) },
      // A process group of its own: the terminal's Ctrl-C must not reach it.
      detached: true,
      stdio: ['ignore', output, output],
      ...account,
    });
    const pid = await new Promise<number>((resolvePid, reject) => {
      child.once('error', reject);
      child.once('spawn', () => (child.pid ? resolvePid(child.pid) : reject(new Error('no process id'))));
    });
    child.unref();
    return { pid, start: processStart(pid) ?? 'ended' };
  } catch (error) {
    throw embeddedPostgresError(
      'embedded_postgres_start_failed',
      `PostgreSQL could not be started as ${account ? `user id ${account.uid}` : 'this user'}: ${messageOf(error)}`,
      error,
    );
  } finally {
    closeSync(output);
  }
}

/**
 * After a crash `postmaster.pid` may name a pid that now belongs to an unrelated process of the same user, or to the dead
 * server itself that nobody has reaped yet (a container without an init); PostgreSQL would refuse to start, fearing a second
 * server. We have looked: no living postmaster works here. PostgreSQL accepts being told so, as its own pg_ctl does for the
 * shell that called it. It still checks the shared memory by itself and replaces the file by itself.
 */
function unrelatedPid(dataDirectory: string): Record<string, string> {
  const file = readPidFile(dataDirectory);
  return file === null ? {} : { PG_GRANDPARENT_PID: String(file.pid) };
}

/** The server's version once it answers, or null if the process ended. */
async function waitUntilReady(
  session: Session,
  server: { readonly postmaster: Postmaster; readonly port: number },
): Promise<string | null> {
  const { dataDirectory, password, log, signal } = session;
  const { postmaster, port } = server;
  const begun = Date.now();
  let nextWord = begun + 5000;
  try {
    while (isRunning(postmaster)) {
      signal?.throwIfAborted();
      const file = readPidFile(dataDirectory);
      if (file?.pid === postmaster.pid && file.status === 'ready') {
        const answer = await ask(password, port);
        if (answer.state === 'ready') return answer.version;
        if (answer.state === 'refused') {
          throw embeddedPostgresError(
            'embedded_postgres_password_rejected',
            `the password in ${dataDirectory}.password is not the server's. Remove that file: a new password is set at the next start.`,
          );
        }
      }
      if (Date.now() > nextWord) {
        nextWord += 10_000;
        log(`PostgreSQL is starting or recovering (${Math.round((Date.now() - begun) / 1000)} s)`);
      }
      if (Date.now() - begun > recoveryLimit) {
        throw embeddedPostgresError(
          'embedded_postgres_start_failed',
          `PostgreSQL was not ready after 10 minutes:\n${logTail(dataDirectory)}`,
        );
      }
      await sleep(10);
    }
    return null;
  } catch (error) {
    await stopPostmaster(postmaster);
    throw error;
  }
}

type Answer =
  | { readonly state: 'ready'; readonly version: string }
  | { readonly state: 'refused' }
  | { readonly state: 'absent' };

async function ask(password: string, port: number): Promise<Answer> {
  const client = new Client({
    connectionString: urlFor(password, port, 'postgres'),
    connectionTimeoutMillis: 5000,
  });
  // A server that shuts down at this moment ends the connection outside of any query.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const result = await client.query<{ version: string }>("select current_setting('server_version') as version");
    return { state: 'ready', version: result.rows[0]?.version ?? '' };
  } catch (error) {
    const code = codeOf(error) ?? '';
    // Class 28: wrong password or no entry in pg_hba.conf. Everything else passes: 57P03 (starting up, shutting down), no listener yet.
    return code.startsWith('28') ? { state: 'refused' } : { state: 'absent' };
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  try {
    await client.connect();
    const found = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}

function supervise(options: {
  readonly session: Session;
  readonly running: Running;
  readonly release: () => void;
}): EmbeddedPostgres {
  const { session, running, release } = options;
  const { port } = running;
  let { postmaster } = running;
  const pruning = setInterval(() => pruneLogs(session.dataDirectory), 600_000);
  pruning.unref();
  const stopped = new AbortController();
  const startAgain = async (): Promise<void> => {
    for (let pause = 250; !stopped.signal.aborted; pause = Math.min(pause * 2, pauseMs)) {
      session.log(`PostgreSQL (process ${postmaster.pid}) ended although nobody asked it to; starting it again`);
      try {
        ({ postmaster } = await launch({ ...session, signal: stopped.signal }, port));
        session.log(`PostgreSQL runs again (process ${postmaster.pid})`);
        return;
      } catch (error) {
        if (stopped.signal.aborted) return;
        session.log(`PostgreSQL could not be started again: ${messageOf(error)}`);
        await sleep(pause, undefined, { signal: stopped.signal }).catch(() => undefined);
      }
    }
  };
  let restarting: Promise<void> | undefined;
  const looking = setInterval(() => {
    if (restarting || isRunning(postmaster)) return;
    restarting = startAgain().finally(() => {
      restarting = undefined;
    });
  }, lookMs);
  looking.unref();
  const askToStop = (): void => {
    if (isRunning(postmaster)) signalProcess(postmaster.pid, 'SIGINT');
  };
  process.once('exit', askToStop);
  const finish = async (): Promise<void> => {
    clearInterval(pruning);
    clearInterval(looking);
    stopped.abort();
    try {
      await restarting;
      await stopPostmaster(postmaster);
    } finally {
      process.off('exit', askToStop);
      release();
    }
  };
  let stopping: Promise<void> | undefined;
  return {
    url: urlFor(session.password, port, databaseName),
    port,
    version: running.version,
    get pid() {
      return postmaster.pid;
    },
    adopted: running.adopted,
    stop: () => {
      stopping ??= finish();
      return stopping;
    },
  };
}

function urlFor(password: string, port: number, database: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolvePort(port));
    });
  });
}
