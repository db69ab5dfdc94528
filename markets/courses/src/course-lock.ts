import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@stoa/kernel';

const retryMs = 250;

/**
 * Does `work` while nobody else, in any process, imports into this course. An import changes three contexts one after
 * the other; two that mix would leave files of one and problems of the other.
 *
 * The lock is PostgreSQL's and belongs to a connection of its own: a process that dies gives it back.
 */
export async function withCourseLock<T>(db: Database, courseId: string, work: () => Promise<T>): Promise<T> {
  const client = await db.connect();
  const key = [`courses.import ${courseId}`];
  let broken: Error | undefined;
  try {
    const tryLock = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked';
    while (!(await client.query<{ locked: boolean }>(tryLock, key)).rows[0]?.locked) await sleep(retryMs);
    try {
      return await work();
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', key).catch((error: unknown) => {
        // A connection that cannot unlock must not go back into the pool with the lock on it.
        broken = error instanceof Error ? error : new Error(String(error));
      });
    }
  } finally {
    client.release(broken);
  }
}
