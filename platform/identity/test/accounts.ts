import { randomUUID } from 'node:crypto';
import { IdentityService } from '@stoa/contracts';
import { serviceCtx } from '@stoa/kernel';
import { eventually, type Person, type TestPlatform } from '@stoa/kernel/testing';

/** A password that no rule refuses. */
export const goodPassword = 'vento quieto na serra';

/** Registers somebody and gives them as a person to act as, with their tokens. */
export async function newAccount(platform: TestPlatform, email = `${randomUUID()}@example.com`) {
  const { status, body } = await platform.call('POST', '/api/auth/register', {
    body: { email, password: goodPassword, name: 'Ana Souza' },
  });
  if (status !== 201) throw new Error(`registering failed: ${JSON.stringify(body)}`);
  return { ...asPerson(body), refreshToken: String(body.refreshToken) };
}

/** The person behind an answer of register, login or refresh. */
export function asPerson(body: { user: Omit<Person, 'token'>; accessToken: string }): Person {
  const { id, email, name, roles } = body.user;
  return { id, email, name, roles, token: body.accessToken };
}

/** Somebody with roles, made the way the demo world is. */
export async function newOperator(platform: TestPlatform, roles: string[]) {
  const email = `${randomUUID()}@example.com`;
  await platform.host
    .client(IdentityService)
    .ensureUser({ email, name: 'Olga Operator', password: goodPassword, roles, locale: 'en' }, serviceCtx('test'));
  const { body } = await platform.call('POST', '/api/auth/login', { body: { email, password: goodPassword } });
  return asPerson(body);
}

/** The data of the events of a type that identity has emitted about a person, oldest first. */
export async function eventsOf(platform: TestPlatform, userId: string, type: string) {
  const { rows } = await platform.host
    .database('identity')
    .pool.query<{ data: Record<string, unknown> }>(
      'select data from outbox where subject = $1 and type = $2 order by seq',
      [userId, type],
    );
  return rows.map(({ data }) => data);
}

/** Follows the mail of a person's latest request of a type to the token in its link. */
export async function mailedToken(platform: TestPlatform, userId: string, type: string): Promise<string> {
  const requestId = (await eventsOf(platform, userId, type)).at(-1)?.requestId;
  const { path } = await platform.host
    .client(IdentityService)
    .createMailLink({ requestId: String(requestId) }, serviceCtx('notifications'));
  return new URL(path, platform.url).searchParams.get('token') ?? '';
}

/** SQL with its parameters. */
export type Change = readonly [text: string, values: unknown[]];

/**
 * What comes of a request that meets another transaction half-way: `change` is done and not committed when `request`
 * is sent, and `andThen` is done and all of it committed once the request waits for it (or is through without waiting).
 */
export async function duringChange<T>(
  platform: TestPlatform,
  { change, request, andThen }: { change: Change; request: () => Promise<T>; andThen?: readonly Change[] },
): Promise<T> {
  const { pool } = platform.host.database('identity');
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(change[0], change[1]);
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    let isThrough = false;
    const answer = request().finally(() => {
      isThrough = true;
    });
    await eventually(async () => {
      const waiting = await pool.query('select from pg_stat_activity where $1::int = any(pg_blocking_pids(pid))', [
        rows[0]?.pid,
      ]);
      return isThrough || waiting.rowCount === 1;
    });
    for (const [text, values] of andThen ?? []) await client.query(text, values);
    await client.query('commit');
    return await answer;
  } finally {
    // A change that failed half-way must not go back to the pool with its locks.
    client.release(true);
  }
}

/**
 * What comes of a request that meets the end of somebody's sessions half-way: all of `ending` is done and not committed
 * when `request` is sent, and it is committed once the request waits for it (or is through without waiting).
 */
export async function duringEnding<T>(
  platform: TestPlatform,
  { userId, ending, request }: { userId: string; ending: () => Promise<unknown>; request: () => Promise<T> },
): Promise<T> {
  const { pool } = platform.host.database('identity');
  const lock = 4711;
  const trigger = `hold_${userId.replaceAll('-', '_')}`;
  const client = await pool.connect();
  try {
    // Ending sessions writes its line in the audit log last: there it is held.
    await client.query(`
      create function ${trigger}() returns trigger language plpgsql as
        'begin perform pg_advisory_xact_lock(${lock}); return new; end';
      create trigger ${trigger} before insert on audit_entries for each row
        when (new.subject_id = '${userId}') execute function ${trigger}();
      select pg_advisory_lock(${lock})`);
    const waiting = async (upTo: number) => {
      const { rowCount } = await pool.query(
        'select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0',
      );
      return rowCount === upTo;
    };
    const ended = ending();
    await eventually(() => waiting(1));
    let isThrough = false;
    const answer = request().finally(() => {
      isThrough = true;
    });
    await eventually(async () => isThrough || waiting(2));
    await client.query(`select pg_advisory_unlock(${lock})`);
    await ended;
    await client.query(`drop function ${trigger} cascade`);
    return await answer;
  } finally {
    client.release(true);
  }
}
