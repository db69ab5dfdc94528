import { setTimeout as sleep } from 'node:timers/promises';
import { type World, withClient } from './world.ts';

const unsequenced = 'select exists (select 1 from enrollment.outbox where position is null)';
const unheard = `exists (select 1 from notifications.subscriptions s where s.source = 'enrollment'
  and s.position < (select max(position) from enrollment.outbox))`;
const undone = `exists (select 1 from notifications_jobs.job
  where state in ('created', 'retry', 'active') and start_after < now())`;

/**
 * Waits until what enrollments set off is done: events have positions, notifications has read them and its jobs are
 * worked off. Otherwise the work of one run would fall into the next.
 * @param options.reactions false when notifications does not run
 * @returns seconds waited
 * @throws Error after ten minutes
 */
export async function settle(world: World, options: { reactions: boolean }): Promise<number> {
  const begun = Date.now();
  return withClient(world.ours, async (client) => {
    for (;;) {
      // The tables of the jobs are there once notifications has run.
      const { rows } = await client.query(
        options.reactions ? `${unsequenced} or ${unheard} or ${undone}` : unsequenced,
      );
      const seconds = (Date.now() - begun) / 1000;
      if (!Object.values(rows[0]).includes(true)) return seconds;
      if (seconds > 600) throw new Error('reactions to enrollments did not come to an end');
      await sleep(200);
    }
  });
}

/** Lets whoever hears of enrollments forget what they were told while nobody reacted. */
export async function skipMissedEvents(world: World): Promise<void> {
  await settle(world, { reactions: false });
  await withClient(world.ours, async (client) => {
    for (const context of ['notifications', 'courses'])
      await client.query(
        `insert into ${context}.subscriptions (source, position)
         select 'enrollment', coalesce(max(position), 0) from enrollment.outbox
         on conflict (source) do update set position = excluded.position`,
      );
  });
}
