import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Account, pathSeenBy } from './account.ts';
import { type Binaries, postgresEnvironment } from './binaries.ts';
import { embeddedPostgresError } from './errors.ts';

/** The name of the superuser of the embedded server. */
export const superuser = 'postgres';

const majorVersion = '18';
const keptLogFiles = 10;

/** Reads the superuser's password stored beside the data directory, or makes one (readable by its owner only). */
export function readOrCreatePassword(dataDirectory: string): { readonly password: string; readonly created: boolean } {
  const file = `${dataDirectory}.password`;
  if (existsSync(file)) {
    const password = readFileSync(file, 'utf8').trim();
    if (password !== '') return { password, created: false };
  }
  const password = randomBytes(32).toString('hex');
  // Write whole, then rename: a kill in between must not leave an empty password file.
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, `${password}\n`, { mode: 0o600 });
  renameSync(draft, file);
  return { password, created: true };
}

/** Whether the data directory holds a cluster of our version. Throws when it holds something else. */
export function hasCluster(dataDirectory: string): boolean {
  if (!existsSync(dataDirectory)) return false;
  const versionFile = join(dataDirectory, 'PG_VERSION');
  if (!existsSync(versionFile)) {
    if (readdirSync(dataDirectory).length === 0) return false;
    throw embeddedPostgresError(
      'embedded_postgres_data_unknown',
      `${dataDirectory} is not empty and holds no PostgreSQL data. Set STOA_HOME to another folder.`,
    );
  }
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version === majorVersion) return true;
  throw embeddedPostgresError(
    'embedded_postgres_data_version',
    `${dataDirectory} holds data of PostgreSQL ${version}; this Stoa runs PostgreSQL ${majorVersion}. Export with the Stoa that wrote it, then import.`,
  );
}

/**
 * Creates the cluster (UTF-8, built-in C.UTF-8 locale, data checksums) with its password. It is built beside its place and
 * renamed when complete, so that an interrupted first start leaves nothing half made.
 */
export async function createCluster(options: {
  readonly binaries: Binaries;
  readonly account: Account | null;
  readonly dataDirectory: string;
  readonly password: string;
  readonly signal?: AbortSignal | undefined;
}): Promise<void> {
  const { binaries, account, dataDirectory, password, signal } = options;
  removeUnfinished(dataDirectory);
  const draft = mkdtempSync(`${dataDirectory}.unfinished-`);
  chmodSync(draft, 0o700);
  if (account) chownSync(draft, account.uid, account.gid);
  try {
    const initdb = await run({
      program: binaries.initdb,
      args: [
        ...['-D', pathSeenBy(account, draft), '-U', superuser],
        // `reject` only until our own pg_hba.conf is written below: at no moment can anybody connect without the password.
        ...['--auth=reject', '--data-checksums', '--encoding=UTF8', '--locale=C'],
        ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
      ],
      directory: draft,
      account,
      signal,
    });
    if (initdb.code !== 0) throw initFailed('initdb', initdb);
    writeOwned(join(draft, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n', account);
    const configuration = join(draft, 'postgresql.conf');
    writeOwned(configuration, `${readFileSync(configuration, 'utf8')}\ninclude 'stoa.conf'\n`, account);
    writeOwned(join(draft, 'stoa.conf'), '', account);
    await setPassword({ binaries, account, dataDirectory: draft, password, signal });
    renameSync(draft, dataDirectory);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Sets the superuser's password while no server runs, through PostgreSQL's single-user mode (nothing in argv or on disk). */
export async function setPassword(options: {
  readonly binaries: Binaries;
  readonly account: Account | null;
  readonly dataDirectory: string;
  readonly password: string;
  readonly signal?: AbortSignal | undefined;
}): Promise<void> {
  const { binaries, account, dataDirectory, password, signal } = options;
  const result = await run({
    program: binaries.postgres,
    // Exit at the first error instead of going on with the next statement.
    args: [
      ...['--single', '-D', pathSeenBy(account, dataDirectory), '-j'],
      ...['-c', 'exit_on_error=on', '-c', 'logging_collector=off', '-c', 'scram_iterations=1', 'template1'],
    ],
    directory: dataDirectory,
    account,
    signal,
    input: `alter role ${superuser} password '${password}';\n\n`,
  });
  if (result.code !== 0) throw initFailed('setting the password', result);
}

/** Writes a file inside the data directory, owned by the user that PostgreSQL runs as. */
export function writeOwned(file: string, content: string, account: Account | null): void {
  writeFileSync(file, content, { mode: 0o600 });
  if (account) chownSync(file, account.uid, account.gid);
}

/** Keeps the newest log files only: with the rotation at 10 MB the log can never fill the disk. */
export function pruneLogs(dataDirectory: string): void {
  const directory = join(dataDirectory, 'log');
  if (!existsSync(directory)) return;
  // Names carry the time, so alphabetical order is age.
  const names = readdirSync(directory)
    .filter((name) => name.startsWith('postgres-'))
    .sort();
  for (const name of names.slice(0, -keptLogFiles)) rmSync(join(directory, name), { force: true });
}

/** The end of the newest server log, for error messages. */
export function logTail(dataDirectory: string): string {
  const texts = [readIfThere(startLog(dataDirectory))];
  const directory = join(dataDirectory, 'log');
  if (existsSync(directory)) {
    const newest = readdirSync(directory).sort().at(-1);
    if (newest && statSync(join(directory, newest)).size < 20_000_000) texts.push(readIfThere(join(directory, newest)));
  }
  return texts.join('\n').trim().split('\n').slice(-12).join('\n');
}

/** Where the server's own output goes until its log collector runs. */
export function startLog(dataDirectory: string): string {
  return `${dataDirectory}.start.log`;
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function removeUnfinished(dataDirectory: string): void {
  const parent = dirname(dataDirectory);
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${basename(dataDirectory)}.unfinished-`)) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

type Outcome = { readonly code: number | null; readonly output: string };

function initFailed(step: string, outcome: Outcome): Error {
  return embeddedPostgresError(
    'embedded_postgres_init_failed',
    `${step} failed (exit code ${outcome.code}):\n${outcome.output.trim().split('\n').slice(-12).join('\n')}`,
  );
}

/** Runs a PostgreSQL program to its end, in a process group of its own so that Ctrl-C cannot cut it off half way. */
function run(options: {
  readonly program: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly account: Account | null;
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(options.program, [...options.args], {
      cwd: options.directory,
      env: postgresEnvironment,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.signal ? { signal: options.signal } : {}),
      ...options.account,
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
    // The program may end before it reads its input; its exit code tells.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}
