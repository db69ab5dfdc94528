import { openDatabase, statement } from '@stoa/kernel';
import { until } from './api-client.ts';

const addStray = statement<[], never>(
  'test.add_stray_asset',
  `insert into media.assets (id, owner_kind, owner_id, key, file_name, content_type, visibility, blob, disposable, completed_at)
   select gen_random_uuid(), owner_kind, owner_id, 'nobody shows this', file_name, content_type, visibility, blob, true, now()
   from media.assets where blob is not null limit 1`,
);
const age = statement<[], never>(
  'test.age_assets',
  "update media.assets set touched_at = now() - interval '30 days', unused_since = now() - interval '8 days'",
);
const listKeys = statement<[], { key: string }>('test.list_asset_keys', 'select key from media.assets order by key');
const queue = statement<[], never>('test.queue_drop', "insert into media_jobs.job (name) values ('drop-unused')");
const countUnfinished = statement<[], { count: number }>(
  'test.count_drops',
  "select count(*) from media_jobs.job where name = 'drop-unused' and state <> 'completed'",
);

/**
 * Has media delete what nobody has shown for a week, after making it believe that a week ago nobody showed anything.
 * @returns keys of the files that are gone; one that is there for nobody must be among them
 */
export async function filesAfterAWeek(databaseUrl: string): Promise<string[]> {
  const db = openDatabase({ context: 'inspector', url: databaseUrl, max: 1 });
  try {
    await db.run(addStray, []);
    await db.run(age, []);
    const before = await db.rows(listKeys, []);
    await db.run(queue, []);
    await until('media to delete what nobody shows', async () => (await db.row(countUnfinished, []))?.count === 0);
    const left = (await db.rows(listKeys, [])).map(({ key }) => key);
    return before.flatMap(({ key }) => (left.includes(key) ? [] : [key]));
  } finally {
    await db.close();
  }
}
