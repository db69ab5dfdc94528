import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';

/**
 * Creates database `name` as a copy of `template` and returns its connection URL. Nobody may be connected to the template.
 * `adminUrl` is a superuser's URL to any other database of the same server (PostgreSQL 15 or newer).
 *
 * Strategy `file_copy` because create plus drop of a migrated 12 MB template measured 38 ms (119 ms with fsync on) against
 * 65 ms (159 ms) for `wal_log`, whose pages must be flushed again when the copy is dropped.
 */
export async function cloneDatabase(options: {
  readonly adminUrl: string;
  readonly template: string;
  readonly name: string;
}): Promise<string> {
  const { adminUrl, template, name } = options;
  await withClient(adminUrl, async (client) => {
    await client.query(
      `create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)} strategy file_copy`,
    );
  });
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

/**
 * Drops database `name` if it exists. Sessions about to end get two seconds, the others are cut off: a pool of `pg` says that
 * it is closed while its connections still close, and what is cut off then has nobody left to hear of it.
 */
export async function dropDatabase(options: { readonly adminUrl: string; readonly name: string }): Promise<void> {
  await withClient(options.adminUrl, async (client) => {
    for (const until = Date.now() + 2000; Date.now() < until; await sleep(10)) {
      const used = await client.query('select 1 from pg_stat_activity where datname = $1 limit 1', [options.name]);
      if (used.rowCount === 0) break;
    }
    await client.query(`drop database if exists ${escapeIdentifier(options.name)} with (force)`);
  });
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end();
  }
}
