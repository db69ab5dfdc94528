import assert from 'node:assert/strict';
import { openDatabase } from '@stoa/kernel';
import { checkInvariants } from '../src/check-invariants.ts';
import { contexts } from '../src/contexts.ts';
import { until } from './api-client.ts';

/** Waits until no event is on its way and no job is due: everything that was going to happen has happened. */
export async function untilQuiet(databaseUrl: string, timeoutMs = 60_000): Promise<void> {
  const db = openDatabase({ context: 'inspector', url: databaseUrl, max: 1 });
  const names = contexts.map((context) => context.name);
  let waitingFor = '';
  try {
    await until(
      'the platform is quiet',
      async () => {
        waitingFor = '';
        for (const name of names) {
          const { rows } = await db.pool.query<{ what: string }>(
            `select 'event ' || id as what from ${name}.outbox where position is null
             union all
             select 'job ' || name || ' ' || id from ${name}_jobs.job
             where state in ('created', 'retry', 'active') and start_after <= now() and name not like '\\_\\_%' and name <> 'parked'`,
          );
          waitingFor ||= rows[0] ? `${name}: ${rows[0].what}` : '';
          const { rows: subscriptions } = await db.pool.query<{ source: string; position: string }>(
            `select source, position from ${name}.subscriptions`,
          );
          for (const { source, position } of subscriptions) {
            const head = await db.pool.query<{ head: string }>(
              `select coalesce(max(position), 0) as head from ${source}.outbox`,
            );
            if (Number(head.rows[0]?.head) > Number(position)) waitingFor ||= `${name} hears ${source}`;
          }
        }
        return waitingFor === '';
      },
      timeoutMs,
    ).catch((error: unknown) => {
      throw new Error(`still busy with ${waitingFor}`, { cause: error });
    });
  } finally {
    await db.close();
  }
}

/** Fails with every broken promise and the objects that break it. */
export async function assertInvariants(databaseUrl: string, when: string): Promise<void> {
  const checks = await checkInvariants(databaseUrl, { contexts });
  assert.ok(checks.length > 50, 'the invariants were found');
  assert.deepEqual(
    checks.filter((check) => !check.ok).map(({ name, rows }) => ({ name, rows: rows.slice(0, 3) })),
    [],
    `all invariants hold ${when}`,
  );
}

/** Fails if anything ran out of tries. */
export async function assertNothingParked(databaseUrl: string): Promise<void> {
  const db = openDatabase({ context: 'inspector', url: databaseUrl, max: 1 });
  try {
    for (const { name } of contexts) {
      const events = await db.pool.query(`select type, error from ${name}.parked_events`);
      assert.deepEqual(events.rows, [], `no parked event in ${name}`);
      const jobs = await db.pool.query(`select data, source_name from ${name}_jobs.job where name = 'parked'`);
      assert.deepEqual(jobs.rows, [], `no parked job in ${name}`);
    }
  } finally {
    await db.close();
  }
}
