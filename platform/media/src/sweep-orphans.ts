import { type Ctx, type Deps, requireService, statement } from '@stoa/kernel';
import type { Storage } from './storage.ts';

const giveUpStale = statement<[before: string], { id: string; upload_name: string }>(
  'media.give_up_stale_uploads',
  `with stale as (
     select id, upload_name from assets where upload_name is not null and touched_at < $1 for update skip locked
   )
   update assets set upload_name = null, upload_received = 0 from stale where assets.id = stale.id
   returning assets.id, stale.upload_name`,
);
const dropNeverComplete = statement<[before: string], never>(
  'media.drop_never_complete',
  'delete from assets where blob is null and upload_name is null and touched_at < $1',
);
const dropUnused = statement<[before: string], { name: string }>(
  'media.drop_unused_blobs',
  `delete from blobs b where created_at < $1 and not exists (select 1 from assets a where a.blob = b.name) returning name`,
);
const known = statement<[names: string[]], { name: string }>(
  'media.known_files',
  `select name from blobs where name = any($1)
   union all select upload_name from assets where upload_name = any($1)`,
);

/**
 * Removes what nobody needs: uploads that stopped a day ago, content no asset refers to any more, and files a crash
 * left without a row. Rows go before files, so that a crash in between leaves a file without a row, which the next
 * sweep finds; never a row without its file.
 * @returns files removed
 */
export function sweepOrphans(deps: Pick<Deps, 'db' | 'clock'> & { storage: Storage }) {
  return async (ctx: Ctx): Promise<number> => {
    requireService(ctx);
    const before = new Date(deps.clock.now().getTime() - 24 * 3600 * 1000);
    const doomed = (await deps.db.rows(giveUpStale, [before.toISOString()])).map((row) => row.upload_name);
    await deps.db.run(dropNeverComplete, [before.toISOString()]);
    for (const row of await deps.db.rows(dropUnused, [before.toISOString()])) doomed.push(row.name);

    let batch: string[] = [];
    const check = async () => {
      const here = new Set((await deps.db.rows(known, [batch])).map((row) => row.name));
      doomed.push(...batch.filter((name) => !here.has(name)));
      batch = [];
    };
    for await (const file of deps.storage.list()) {
      if (file.changedAt >= before) continue;
      batch.push(file.name);
      if (batch.length === 500) await check();
    }
    if (batch.length > 0) await check();
    const unique = new Set(doomed);
    for (const name of unique) await deps.storage.remove(name);
    return unique.size;
  };
}
