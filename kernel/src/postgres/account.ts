import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { codeOf, embeddedPostgresError } from './errors.ts';

/** The unprivileged system user that PostgreSQL runs as when we are root. */
export type Account = { readonly uid: number; readonly gid: number };

/**
 * PostgreSQL refuses to run as root. When we are root this picks the user to run it as: the owner of an existing data
 * directory, else the system user `stoa`, else `nobody`. Returns null when we are a normal user: no change is needed.
 */
export function chooseAccount(dataDirectory: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const owner = ownerOf(dataDirectory);
  if (owner && owner.uid !== 0) return owner;
  const account = accountNamed('stoa') ?? accountNamed('nobody');
  if (account) return account;
  throw embeddedPostgresError(
    'embedded_postgres_unsupported',
    'PostgreSQL cannot run as root and this system has no user "stoa" or "nobody". Run Stoa as a normal user, or set DATABASE_URL.',
  );
}

function ownerOf(path: string): Account | null {
  try {
    const { uid, gid } = statSync(path);
    return { uid, gid };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function accountNamed(name: string): Account | null {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [user, , uid, gid] = line.split(':');
    if (user === name && Number(uid) !== 0) return { uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

/**
 * How PostgreSQL, running as `account`, must be told the path of `directory` (its working directory).
 *
 * A folder below one that only root may enter (a clone in /root) cannot be opened by that user through its path, although
 * the folder itself is theirs. We do not loosen anybody's permissions for that: the process is started with the folder as
 * its working directory, and on Linux `/proc/self/cwd` reaches it without walking the path.
 */
export function pathSeenBy(account: Account | null, directory: string): string {
  if (account === null || canReach(account, directory)) return directory;
  if (process.platform === 'linux') return '/proc/self/cwd';
  throw embeddedPostgresError(
    'stoa_home_not_accessible',
    `PostgreSQL runs as user id ${account.uid}, which may not enter ${dirname(directory)}. Set STOA_HOME to a folder that other users may enter, for example /var/lib/stoa.`,
  );
}

/** Whether the account may enter every folder above `path` (they must exist), by their permission bits. */
export function canReach(account: Account, path: string): boolean {
  let current = dirname(resolve(path));
  for (;;) {
    const { uid, gid, mode } = statSync(current);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    const parent = dirname(current);
    if (parent === current) return true;
    current = parent;
  }
}
