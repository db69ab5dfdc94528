import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { claimHolder, startEmbeddedPostgres, stopOrphanedPostgres } from '@stoa/kernel/postgres';

// `node test-database.ts <folder of the run>`: the one PostgreSQL of a test run, in a process of its own, as `npm test` may run
// under an older Node than the platform needs. Sends its URL to the parent and lives until the parent says stop or is gone.

const prefix = 'stoa-test-run-';

const [home = ''] = process.argv.slice(2);
await sweep(dirname(home));
const server = await startEmbeddedPostgres({
  dataDirectory: join(home, 'postgres'),
  // Tests kill processes, never the machine: the operating system still has every write, so the disk need not be waited for.
  // Nothing is ever replicated, and tables live for minutes.
  settings: {
    fsync: false,
    full_page_writes: false,
    wal_level: 'minimal',
    max_wal_senders: 0,
    autovacuum: false,
    max_connections: 500,
    // Passwords of roles are derived keys, which nobody guesses; each start of a platform logs in some fifty times.
    scram_iterations: 1,
  },
});

let ending = false;
const end = async (): Promise<void> => {
  if (ending) return;
  ending = true;
  await server.stop();
  // Also when whoever started the run was killed and can no longer do it.
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  process.exit(0);
};
process.on('SIGTERM', () => void end());
process.on('SIGINT', () => undefined);
process.on('disconnect', () => void end());
if (process.send) process.send({ url: server.url, version: server.version });
else console.log(server.url);

/** Removes what test runs that were killed left behind beside ours. */
async function sweep(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix)) continue;
    const left = join(folder, name);
    const dataDirectory = join(left, 'postgres');
    // Without claims it belongs to a run that is starting at this moment.
    if (!existsSync(`${dataDirectory}.claims`) || claimHolder(`${dataDirectory}.claims`) !== null) continue;
    await stopOrphanedPostgres(dataDirectory);
    rmSync(left, { recursive: true, force: true });
  }
}
