import { readFile } from 'node:fs/promises';
import { type Context, contextUrl, type Database, errorCode, openDatabase } from '@stoa/kernel';

/** One promise of the platform and whether it holds. `rows` are the objects that break it, at most a hundred. */
export type Invariant = { name: string; ok: boolean; rows: { broken: string; subject: string }[] };

const ownFolder = new URL('./invariants/', import.meta.url);
const shownRows = 100;

/** Contexts whose promises are checked: what they are called and where their migrations are. */
export type Promising = readonly Pick<Context, 'name' | 'migrations'>[];

/**
 * Checks what must always be true, in SQL: the promises of each context (its `invariants.sql`, and the file named after
 * it in `invariants/`), run as the context's own role, and the promises of the events between contexts, run as the
 * administrator because they look into two schemas at once.
 *
 * Each query returns rows of `broken` (the name of the promise) and `subject` (the object that breaks it). The checks
 * read only, and hold at any moment: also while the platform runs.
 * @param databaseUrl the administrator's connection URL, as `DATABASE_URL`
 * @param options.contexts all of the platform: they need not run here
 * @param options.full also what takes as long as there is data (a query behind the comment `-- Full`): adding up millions
 *   of entries, following every link of the hash chains
 * @returns one entry per query, in order; broken ones have rows
 * @throws Error if a query fails
 */
export async function checkInvariants(
  databaseUrl: string,
  { contexts, full = true }: { contexts: Promising; full?: boolean },
): Promise<Invariant[]> {
  const found: Invariant[] = [];
  for (const context of contexts) {
    const files = [new URL('../invariants.sql', context.migrations), new URL(`${context.name}.sql`, ownFolder)];
    const queries = (await Promise.all(files.map((file) => readQueries(file, full)))).flat();
    const db = openDatabase({ context: context.name, url: contextUrl(databaseUrl, context.name), max: 1 });
    try {
      for (const query of queries) found.push(await check(db, { prefix: context.name, query }));
    } finally {
      await db.close();
    }
  }
  const admin = openDatabase({ context: 'doctor', url: databaseUrl, max: 1 });
  try {
    const queries = await readQueries(new URL('deliveries.sql', ownFolder), full);
    for (const [source, subscriber] of await listSubscriptions(admin, contexts)) {
      for (const query of queries) {
        const text = query.replaceAll('{source}', source).replaceAll('{subscriber}', subscriber);
        found.push(await check(admin, { prefix: `${source} to ${subscriber}`, query: text }));
      }
    }
  } finally {
    await admin.close();
  }
  return found;
}

/** Source and subscriber of every subscription there has been, between contexts that exist. */
async function listSubscriptions(
  admin: Database,
  contexts: Promising,
): Promise<[source: string, subscriber: string][]> {
  const pairs: [string, string][] = [];
  const names = contexts.map((context) => context.name);
  for (const subscriber of names) {
    const { rows } = await admin.pool.query<{ source: string }>(
      `select source from ${subscriber}.subscriptions order by source`,
    );
    for (const { source } of rows) if (names.includes(source)) pairs.push([source, subscriber]);
  }
  return pairs;
}

/** The queries of a file; none if there is no file. Comments are left out, statements end with a semicolon. */
async function readQueries(file: URL, full: boolean): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8'))
      .split(/;\s*(?:\n|$)/)
      .filter((query) => full || !/^-- Full\b/m.test(query))
      .map((query) => query.replace(/^\s*--.*$/gm, '').trim())
      .filter(Boolean);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function check(db: Database, { prefix, query }: { prefix: string; query: string }): Promise<Invariant> {
  const name = /select '(\w+)' as broken/.exec(query)?.[1] ?? 'unnamed';
  const { rows } = await db.pool.query<{ broken: string; subject: string }>(
    `select broken, subject from (${query}) as found limit ${shownRows}`,
  );
  return { name: `${prefix}: ${name}`, ok: rows.length === 0, rows };
}
