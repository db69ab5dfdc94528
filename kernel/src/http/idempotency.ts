import { createHash } from 'node:crypto';
import { type Database, statement } from '../db/database.ts';
import { kernelErrors } from '../errors.ts';

const begin = statement<[scope: string, key: string, hash: string], { key: string }>(
  'kernel.begin_idempotent',
  `insert into idempotency_keys (scope, key, request_hash, locked_at) values ($1, $2, $3, now())
   on conflict (scope, key) do nothing returning key`,
);
type KeyRow = {
  request_hash: string;
  status: number | null;
  headers: Record<string, string> | null;
  body: string | null;
  stale: boolean;
};
const find = statement<[scope: string, key: string], KeyRow>(
  'kernel.find_idempotent',
  `select request_hash, status, headers, body, coalesce(locked_at < now() - interval '60 seconds', false) as stale
   from idempotency_keys where scope = $1 and key = $2`,
);
const takeOver = statement<[scope: string, key: string], never>(
  'kernel.take_over_idempotent',
  `update idempotency_keys set locked_at = now()
   where scope = $1 and key = $2 and status is null and locked_at < now() - interval '60 seconds'`,
);
const finish = statement<[scope: string, key: string, status: number, headers: string, body: string], never>(
  'kernel.finish_idempotent',
  'update idempotency_keys set status = $3, headers = $4, body = $5, locked_at = null where scope = $1 and key = $2',
);
const abandon = statement<[scope: string, key: string], never>(
  'kernel.abandon_idempotent',
  'delete from idempotency_keys where scope = $1 and key = $2 and status is null',
);
const releaseOrphaned = statement<[applicationName: string], never>(
  'kernel.release_orphaned_keys',
  `update idempotency_keys set locked_at = '-infinity'
   where status is null and not exists (
     select 1 from pg_stat_activity
     where application_name = $1 and datname = current_database() and usename = current_user and pid <> pg_backend_pid()
   )`,
);
const prune = statement<[], never>(
  'kernel.prune_idempotent',
  "delete from idempotency_keys where created_at < now() - interval '72 hours'",
);

export type SavedAnswer = { status: number; headers: Record<string, string>; body: string };

/** The key in an `Idempotency-Key` header: bare, or quoted as the IETF draft writes it. */
export function parseIdempotencyKey(header: string | undefined): string | undefined {
  if (!header) return undefined;
  const key = header.startsWith('"') && header.endsWith('"') ? header.slice(1, -1) : header;
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw kernelErrors.validation_failed({
    errors: [{ pointer: '/Idempotency-Key', code: 'invalid', message: '1 to 255 visible ASCII characters' }],
  });
}

/** The UUID (version 8) that stands for one caller's one request: the same whenever it is repeated. */
export function requestIdOf(scope: string, key: string): string {
  const hex = createHash('sha256').update(`${scope}\n${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Runs a request at most once per caller and key, and gives every repeat the first answer (also when that was an
 * expected failure). What ends in an unexpected failure is forgotten, so that it can be tried again.
 * @throws idempotency_key_reused, request_in_progress
 */
export async function oncePerKey(
  db: Database,
  request: { scope: string; key: string; body: unknown },
  work: () => Promise<SavedAnswer>,
): Promise<SavedAnswer & { replayed: boolean }> {
  const hash = createHash('sha256')
    .update(JSON.stringify(request.body ?? null))
    .digest('hex');
  const { scope, key } = request;
  if (!(await db.row(begin, [scope, key, hash]))) {
    const known = await db.row(find, [scope, key]);
    if (!known) throw kernelErrors.request_in_progress({ headers: { 'retry-after': '1' } });
    if (known.request_hash !== hash) throw kernelErrors.idempotency_key_reused();
    if (known.status !== null)
      return { status: known.status, headers: known.headers ?? {}, body: known.body ?? '', replayed: true };
    // The process that worked on it may have been killed: after a minute another may take over, exactly one.
    if (!known.stale || (await db.run(takeOver, [scope, key])) === 0)
      throw kernelErrors.request_in_progress({ headers: { 'retry-after': '1' } });
  }
  try {
    const answer = await work();
    if (answer.status >= 500 || answer.status === 429) await db.run(abandon, [scope, key]);
    else await db.run(finish, [scope, key, answer.status, JSON.stringify(answer.headers), answer.body]);
    return { ...answer, replayed: false };
  } catch (error) {
    await db.run(abandon, [scope, key]);
    throw error;
  }
}

/** Forgets keys older than 72 hours. */
export async function pruneIdempotencyKeys(db: Database): Promise<void> {
  await db.run(prune, []);
}

/**
 * Gives back the keys of requests that nobody works on any more because their process was killed, so that clients that
 * repeat them do not wait. Called first thing on a context's pool: with another process on it nothing is touched, and
 * its keys free themselves after a minute.
 */
export async function releaseOrphanedKeys(db: Database): Promise<void> {
  await db.run(releaseOrphaned, [db.applicationName]);
}
