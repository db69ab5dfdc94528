import { createHash, createHmac } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

/** What a context needs from the database before it can run. */
export type Room = { name: string; migrations: URL; extensions?: readonly string[] };

/** The role a context logs in as. Roles are shared by all databases of a server, hence the prefix. */
export function roleName(context: string): string {
  return `${process.env.STOA_DATABASE_ROLE_PREFIX ?? 'stoa_'}${context}`;
}

/**
 * The connection URL of a context: same server and database, its own role. The password is derived from the
 * administrator's secret, so there is nothing more to store or to leak.
 */
export function contextUrl(adminUrl: string, context: string): string {
  const url = new URL(adminUrl);
  const secret = process.env.STOA_DATABASE_ROLE_SECRET ?? decodeURIComponent(url.password);
  url.password = createHmac('sha256', secret || 'trusted local server')
    .update(roleName(context))
    .digest('hex');
  url.username = roleName(context);
  return url.toString();
}

/**
 * Creates role and schema of each context and brings the schema up to date: the kernel's own tables first (outbox,
 * inbox, idempotency keys), then the context's numbered files. Safe to run from several processes at once.
 * @returns the number of files applied per context
 * @throws Error when an applied file has changed, or a statement fails (its file is rolled back whole)
 */
export async function provision(adminUrl: string, rooms: readonly Room[]): Promise<Record<string, number>> {
  const admin = new pg.Client({ connectionString: adminUrl, application_name: 'stoa-provision' });
  await admin.connect();
  const applied: Record<string, number> = {};
  try {
    const { rows } = await admin.query<{ server_version_num: string }>('show server_version_num');
    refuseOldServer(Number(rows[0]?.server_version_num));
    await lockServer(adminUrl, async () => {
      await admin.query("select pg_advisory_lock(hashtextextended('stoa.provision', 0))");
      for (const room of rooms) await createRoom(admin, adminUrl, room);
    });
    for (const room of rooms) applied[room.name] = await migrate(contextUrl(adminUrl, room.name), room);
    return applied;
  } finally {
    await admin.end();
  }
}

/** The first major version that has what our migrations use. */
const oldestServer = 15;

/**
 * Refuses a server that is too old before anything is made in it.
 * @param versionNumber `server_version_num`, e.g. 150004 for 15.4 and 90624 for 9.6.24
 * @throws Error `database_too_old`
 */
export function refuseOldServer(versionNumber: number): void {
  const major = Math.floor(versionNumber / 10_000);
  if (major >= oldestServer) return;
  const version = major >= 10 ? String(major) : `${major}.${Math.floor(versionNumber / 100) % 100}`;
  const message = `the server of DATABASE_URL is PostgreSQL ${version}; Stoa needs ${oldestServer} or newer`;
  throw Object.assign(new Error(message), { code: 'database_too_old' });
}

/** Roles belong to the server, advisory locks to a database: the lock that guards roles is taken in one agreed database. */
async function lockServer(adminUrl: string, work: () => Promise<void>): Promise<void> {
  const url = new URL(adminUrl);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.toString(), application_name: 'stoa-provision-lock' });
  try {
    await client.connect();
  } catch (error) {
    // A managed server may not let us into `postgres`; then the target database's own lock has to do.
    if (
      error instanceof pg.DatabaseError &&
      (error.code === '3D000' || error.code === '42501' || error.code === '28000')
    )
      return work();
    throw error;
  }
  try {
    await client.query("select pg_advisory_lock(hashtextextended('stoa.roles', 0))");
    await work();
  } finally {
    await client.end();
  }
}

async function createRoom(admin: pg.Client, adminUrl: string, room: Room): Promise<void> {
  const role = roleName(room.name);
  const password = new URL(contextUrl(adminUrl, room.name)).password;
  const id = pg.escapeIdentifier;
  const exists = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
  const canLogIn = exists.rowCount !== 0 && (await logsIn(contextUrl(adminUrl, room.name)));
  if (exists.rowCount === 0) {
    await admin.query(`create role ${id(role)} login password ${pg.escapeLiteral(password)} connection limit -1`);
  } else if (!canLogIn) {
    await admin.query(`alter role ${id(role)} login password ${pg.escapeLiteral(password)}`);
  }
  const superuser = await admin.query("select current_setting('is_superuser') = 'on' as yes");
  if (!superuser.rows[0].yes) await admin.query(`grant ${id(role)} to current_user`);
  for (const extension of room.extensions ?? []) {
    await admin.query(`create extension if not exists ${id(extension)} with schema public`);
  }
  for (const schema of [room.name, `${room.name}_jobs`]) {
    await admin.query(`create schema if not exists ${id(schema)} authorization ${id(role)}`);
  }
  const database = await admin.query('select current_database() as name');
  await admin.query(
    `alter role ${id(role)} in database ${id(database.rows[0].name)} set search_path = ${id(room.name)}, public`,
  );
}

async function logsIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const kernelMigrations = new URL('../../migrations/', import.meta.url);

async function migrate(url: string, room: Room): Promise<number> {
  const client = new pg.Client({ connectionString: url, application_name: `stoa-migrate-${room.name}` });
  await client.connect();
  let count = 0;
  try {
    await client.query("set lock_timeout = '10s'");
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`stoa.migrate.${room.name}`]);
    await client.query(
      'create table if not exists migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from migrations');
    const done = new Map(rows.map((row) => [row.name, row.checksum]));
    for (const { name, text } of [
      ...(await readMigrations(kernelMigrations, 'kernel/')),
      ...(await readMigrations(room.migrations, '')),
    ]) {
      const checksum = createHash('sha256').update(text).digest('hex');
      const before = done.get(name);
      if (before === checksum) continue;
      if (before)
        throw new Error(`migration ${room.name}/${name} was changed after it was applied; write a new file instead`);
      try {
        await client.query('begin');
        await client.query(text);
        await client.query('insert into migrations (name, checksum) values ($1, $2)', [name, checksum]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`migration ${room.name}/${name} failed`, { cause: error });
      }
      count += 1;
    }
    return count;
  } finally {
    await client.end();
  }
}

async function readMigrations(folder: URL, prefix: string): Promise<{ name: string; text: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => ({ name: prefix + name, text: await readFile(new URL(name, folder), 'utf8') })),
  );
}
