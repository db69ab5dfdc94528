import pg from 'pg';
import { kernelErrors } from '../errors.ts';
import { inPart, isTracing } from '../telemetry/tracing.ts';
import { type Outcome, preparedQueries, type Request } from './prepared-query.ts';

import { openStatementQueue, type Sent } from './statement-queue.ts';

/**
 * SQL with a name. The name makes PostgreSQL parse and plan it once per connection (a named prepared statement:
 * measured 1.1 to 1.7 times the requests). `P` are the parameter types in order, `R` is one row of the result.
 */
export type Statement<P extends readonly unknown[], R> = {
  readonly name: string;
  readonly text: string;
  /** True if it writes the outbox, so that the relay is woken after the commit. */
  readonly emits: boolean;
  /** Never set: carries the types. */
  readonly types?: { params: P; row: R };
};

const registry = new Map<string, { text: string; context: string }>();

/**
 * Declares a statement. `name` is `<context>.<verb_noun>`, unique in the platform. Declared at module load, never in a
 * request: a test prepares every declared statement against the migrated schema.
 * @throws Error if two statements share a name
 */
export function statement<P extends readonly unknown[], R = never>(name: string, text: string): Statement<P, R> {
  const known = registry.get(name);
  if (known && known.text !== text) throw new Error(`two statements are called ${name}`);
  if (name.length > 62) throw new Error(`statement name longer than PostgreSQL keeps: ${name}`);
  registry.set(name, { text, context: name.split('.')[0] ?? '' });
  return { name, text, emits: /insert\s+into\s+outbox/i.test(text) };
}

/** Every declared statement, for the test that prepares them all. */
export function listStatements(): { name: string; text: string; context: string }[] {
  return [...registry].map(([name, { text, context }]) => ({ name, text, context }));
}

/** Runs statements: on the pool, or inside one transaction. Rows come back as plain objects with the SQL's column names. */
export type Queries = {
  rows: <P extends readonly unknown[], R>(statement: Statement<P, R>, params: P) => Promise<R[]>;
  /** The first row, or undefined. */
  row: <P extends readonly unknown[], R>(statement: Statement<P, R>, params: P) => Promise<R | undefined>;
  /** Runs for the effect; the number of rows touched. */
  run: <P extends readonly unknown[], R>(statement: Statement<P, R>, params: P) => Promise<number>;
};

/**
 * A transaction. What is asked for without waiting in between (`Promise.all`) travels together. `afterCommit` callbacks
 * run once it is durable, never when it rolls back.
 */
export type Transaction = Queries & {
  readonly inTransaction: true;
  /**
   * Runs for the effect, in one round trip with the commit, after everything that is asked for: writes whose outcome
   * nobody needs, and locks that many wait for. If it fails, so does the transaction.
   */
  last: <P extends readonly unknown[], R>(statement: Statement<P, R>, params: P) => void;
  /** The same; the first row is there after the commit, so it is not to be waited for inside of the transaction. */
  lastRow: <P extends readonly unknown[], R>(statement: Statement<P, R>, params: P) => Promise<R | undefined>;
  /** The same for SQL that libraries bring. */
  rawLast: (text: string, values: unknown[]) => void;
  afterCommit: (callback: () => void) => void;
  /** For libraries that bring their own SQL (the job queue); ours is declared with `statement`. */
  raw: (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>;
};

/** A context's connection pool, logged in as the context's own role: it sees its schema and nothing else. */
export type Database = Queries & {
  readonly context: string;
  /** How the pool's sessions call themselves in `pg_stat_activity`. */
  readonly applicationName: string;
  /**
   * Runs `work` in one transaction (read committed). Serialization failures and deadlocks (40001, 40P01) are retried
   * up to three times, so `work` must have no effect outside the database.
   */
  transaction: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
  /** A dedicated connection for LISTEN or advisory locks; the caller releases it. */
  connect: () => Promise<pg.PoolClient>;
  readonly pool: pg.Pool;
  close: () => Promise<void>;
};

const TIMESTAMPTZ = 1184;
const INT8 = 20;
const NUMERIC = 1700;

/** `2026-11-21 10:00:00.123456+00` as PostgreSQL prints it in UTC → RFC 3339 with `Z`. */
function parseTimestamp(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11).replace('+00', 'Z')}`;
}

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of range: ${text}`);
  return value;
}

const parsers = new Map<number, (text: string) => unknown>([
  [TIMESTAMPTZ, parseTimestamp],
  [INT8, parseInt8],
  [NUMERIC, Number],
]);
const passThrough = (value: string) => value;
/** Types whose text is what we want: text, varchar, uuid, xid. */
const asText = new Set([25, 1043, 2950, 28]);
const columnParser = (oid: number): ((text: string) => unknown) | undefined =>
  asText.has(oid) ? undefined : (parsers.get(oid) ?? pg.types.getTypeParser(oid, 'text'));
const types: pg.CustomTypesConfig = {
  // Times are RFC 3339 strings from the database to the wire: a Date in between costs time and loses microseconds.
  getTypeParser: (oid: number, format?: string) =>
    format === 'binary' ? passThrough : (parsers.get(oid) ?? pg.types.getTypeParser(oid, 'text')),
};

const retryable = new Set(['40001', '40P01']);
const unavailable = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/** SQLSTATE or system error code of a failure, if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The name of the constraint a statement ran into, if that is why it failed. */
export function violatedConstraint(error: unknown): string | undefined {
  if (!(error instanceof pg.DatabaseError)) return undefined;
  return error.constraint;
}

function translate(error: unknown): unknown {
  const code = errorCode(error);
  if (code && unavailable.has(code)) {
    return kernelErrors.temporarily_unavailable({ cause: error, headers: { 'retry-after': '2' } });
  }
  if (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|is not queryable/.test(error.message)
  ) {
    return kernelErrors.temporarily_unavailable({ cause: error, headers: { 'retry-after': '2' } });
  }
  return error;
}

const toError = (failure: unknown) => (failure instanceof Error ? failure : new Error(String(failure)));

/**
 * Names for the SQL of libraries, so that it is parsed and planned once per connection, too: the queue's insert is long, and
 * without a name half of the time of sending a job goes into planning it. Beyond these many texts a library writes
 * values into them, and nothing would be gained.
 */
const rawNames = new Map<string, string>();
const mostRawNames = 200;

function rawName(text: string): string | undefined {
  let name = rawNames.get(text);
  if (name === undefined && rawNames.size < mostRawNames) {
    name = `raw.${rawNames.size}`;
    rawNames.set(text, name);
  }
  return name;
}

/** Runs statements in order: those with a name together, others by the driver's own query. */
async function sendAll(client: pg.PoolClient, statements: readonly Sent[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let together: Request[] = [];
  const sendTogether = async () => {
    if (together.length === 0) return;
    const requests = together;
    together = [];
    outcomes.push(...(await sendPrepared(client, requests)));
  };
  for (const { name, text, values } of statements) {
    if (name !== undefined) {
      together.push({ name, text, values });
      continue;
    }
    await sendTogether();
    const { rows, rowCount, command } = await client.query({ text, values: [...values], types });
    outcomes.push({ rows, rowCount: rowCount ?? 0, command });
  }
  await sendTogether();
  return outcomes;
}

function sendPrepared(client: pg.PoolClient, requests: readonly Request[]): Promise<Outcome[]> {
  return new Promise((resolve, reject) => {
    client.query(
      preparedQueries(requests, columnParser, (error, outcomes) => {
        if (error) reject(error);
        else resolve(outcomes);
      }),
    );
  });
}

const nothing: Outcome = { rows: [], rowCount: 0, command: '' };

type DatabaseOptions = {
  context: string;
  url: string;
  /** Connections at the most; default 8. */
  max?: number;
  /** Called after each commit that wrote the outbox. */
  onEmit?: () => void;
};

/** Opens the pool of a context. Nothing connects before the first statement. */
export function openDatabase({ context, url, max = 8, onEmit }: DatabaseOptions): Database {
  const applicationName = `stoa-${context}`;
  const attributes = { 'db.system.name': 'postgresql', 'db.namespace': context };
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    application_name: applicationName,
    options:
      '-c timezone=UTC -c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  });
  // A connection that dies while idle is replaced by the pool; without a listener Node would end the process.
  pool.on('error', () => undefined);
  // The same for one that dies while it is lent: what runs on it fails, and the pool does not take it back.
  pool.on('connect', (client) => client.on('error', () => undefined));

  const lend = <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      pool.connect((error, client, release) => {
        if (error || !client) return reject(error ?? new Error('the pool gave no connection'));
        work(client).then(
          (result) => {
            release();
            resolve(result);
          },
          (failure: unknown) => {
            // A refused statement leaves its connection as good as before; anything else does not.
            release(failure instanceof pg.DatabaseError && failure.severity === 'ERROR' ? undefined : toError(failure));
            reject(failure);
          },
        );
      });
    });
  const queriesBy = (ask: (statement: Sent) => Promise<Outcome>, emitted: () => void): Queries => {
    const send = async <P extends readonly unknown[], R>(st: Statement<P, R>, params: P): Promise<Outcome> => {
      try {
        const sent = { name: st.name, text: st.text, values: params };
        const outcome = await (isTracing()
          ? inPart(st.name, { kind: 'client', attributes }, () => ask(sent))
          : ask(sent));
        if (st.emits) emitted();
        return outcome;
      } catch (error) {
        // The driver's own trace ends in its socket; this one leads to whoever asked.
        if (error instanceof pg.DatabaseError) Error.captureStackTrace(error);
        throw translate(error);
      }
    };
    return {
      rows: async (st, params) => (await send(st, params)).rows as never[],
      row: async (st, params) => (await send(st, params)).rows[0] as never,
      run: async (st, params) => (await send(st, params)).rowCount,
    };
  };

  const attempt = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      throw translate(error);
    }
    let emitted = false;
    const callbacks: (() => void)[] = [];
    let broken: Error | undefined;
    const queue = openStatementQueue((statements) => sendAll(client, statements));
    try {
      const queries = queriesBy(queue.ask, () => {
        emitted = true;
      });
      const result = await work({
        ...queries,
        inTransaction: true,
        last: ({ name, text, emits }, values) => {
          void queue.last({ name, text, values });
          if (emits) emitted = true;
        },
        lastRow: ({ name, text, emits }, values) => {
          if (emits) emitted = true;
          const row = queue.last({ name, text, values }).then(({ rows }) => rows[0] as never);
          // Of a failure the transaction tells as well.
          row.catch(() => undefined);
          return row;
        },
        rawLast: (text, values) => void queue.last({ name: rawName(text), text, values }),
        afterCommit: (callback) => callbacks.push(callback),
        raw: (text, values) => queue.ask({ name: rawName(text), text, values }),
      });
      await queue.commit();
      if (emitted) onEmit?.();
      for (const callback of callbacks) callback();
      return result;
    } catch (error) {
      try {
        if (await queue.abandon(error)) await client.query('rollback');
      } catch (rollbackError) {
        broken = toError(rollbackError);
      }
      throw translate(error);
    } finally {
      client.release(broken);
    }
  };

  return {
    context,
    applicationName,
    pool,
    ...queriesBy(
      (statement) => lend(async (client) => (await sendAll(client, [statement]))[0] ?? nothing),
      () => onEmit?.(),
    ),
    transaction: async (work) => {
      for (let tries = 1; ; tries += 1) {
        try {
          const run = () => attempt(work);
          return await (isTracing() ? inPart('transaction', { kind: 'client', attributes }, run) : run());
        } catch (error) {
          const code = errorCode(error);
          if (tries >= 4 || !code || !retryable.has(code)) throw error;
        }
      }
    },
    connect: () => pool.connect(),
    close: () => pool.end(),
  };
}
