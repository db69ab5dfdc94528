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
  /** Each context's connection as its own role, which both proves its password and migrates. */
  const own = new Map<Room, pg.Client>();
  try {
    const { rows } = await admin.query<{ server_version_num: string }>('show server_version_num');
    refuseOldServer(Number(rows[0]?.server_version_num));
    await lockServer(adminUrl, async () => {
      await admin.query("select pg_advisory_lock(hashtextextended('stoa.provision', 0))");
      for (const room of rooms) own.set(room, await createRoom(admin, adminUrl, room));
    });
    for (const [room, client] of own) {
      applied[room.name] = await migrate(client, room);
      // At once, and its lock with it.
      await client.end();
    }
    return applied;
  } finally {
    await Promise.all([admin, ...own.values()].map((client) => client.end()));
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

/** Makes what is missing of a context's role and schemas. @returns a connection as that role; the caller ends it */
async function createRoom(admin: pg.Client, adminUrl: string, room: Room): Promise<pg.Client> {
  const role = roleName(room.name);
  const url = contextUrl(adminUrl, room.name);
  const password = pg.escapeLiteral(new URL(url).password);
  const id = pg.escapeIdentifier;
  const { rows } = await admin.query<{ exists: boolean; superuser: boolean; database: string }>(
    `select exists (select from pg_roles where rolname = $1), current_setting('is_superuser') = 'on' as superuser,
       current_database() as database`,
    [role],
  );
  const [{ exists, superuser, database } = { exists: false, superuser: false, database: '' }] = rows;
  // Only a login tells whether the password is still the one of this administrator.
  const client = exists ? await logIn(url, room).catch(() => null) : null;
  const statements = [
    ...(exists ? [] : [`create role ${id(role)} login password ${password} connection limit -1`]),
    ...(exists && !client ? [`alter role ${id(role)} login password ${password}`] : []),
    ...(superuser ? [] : [`grant ${id(role)} to current_user`]),
    ...(room.extensions ?? []).map((name) => `create extension if not exists ${id(name)} with schema public`),
    ...[room.name, `${room.name}_jobs`].map(
      (schema) => `create schema if not exists ${id(schema)} authorization ${id(role)}`,
    ),
    `alter role ${id(role)} in database ${id(database)} set search_path = ${id(room.name)}, public`,
  ];
  try {
    await admin.query(statements.join(';\n'));
  } catch (error) {
    await client?.end();
    throw error;
  }
  return client ?? logIn(url, room);
}

async function logIn(url: string, room: Room): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: `stoa-migrate-${room.name}` });
  // Of a connection that is lost while it waits for its turn, the next statement tells.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

const kernelMigrations = new URL('../../migrations/', import.meta.url);

async function migrate(client: pg.Client, room: Room): Promise<number> {
  // It may have logged in before its role had this as a setting.
  await client.query(`set search_path = ${pg.escapeIdentifier(room.name)}, public; set lock_timeout = '10s'`);
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`stoa.migrate.${room.name}`]);
  await client.query(
    'create table if not exists migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
  );
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from migrations');
  const done = new Map(rows.map((row) => [row.name, row.checksum]));
  let count = 0;
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
}

async function readMigrations(folder: URL, prefix: string): Promise<{ name: string; text: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => ({ name: prefix + name, text: await readFile(new URL(name, folder), 'utf8') })),
  );
}
