import type { MediaUseService } from '@stoa/contracts';
import { type Ctx, type Deps, requireService, type Socket, statement } from '@stoa/kernel';

/** Assets of one question. */
const batchSize = 500;
const dayMs = 24 * 3600 * 1000;
/**
 * How long a file stays that nothing shows any more: who took it out may want it back, and somebody may still be writing
 * in a form that they opened before.
 */
const keptDays = 7;

const listSettled = statement<[before: string, after: string, limit: number], { id: string; unused: boolean }>(
  'media.list_settled_assets',
  `select id, unused_since is not null as unused from assets
   where disposable and blob is not null and upload_name is null and touched_at < $1 and id > $2 order by id limit $3`,
);
const markUsed = statement<[ids: string[]], never>(
  'media.mark_used',
  'update assets set unused_since = null where id = any($1::uuid[]) and unused_since is not null',
);
// Whoever sends a file again touches its asset: it is for something, although nothing shows it yet.
const markUnused = statement<[ids: string[], now: string, before: string], never>(
  'media.mark_unused',
  `update assets set unused_since = $2
   where id = any($1::uuid[]) and unused_since is null and upload_name is null and touched_at < $3`,
);
const dropLongUnused = statement<[ids: string[], unusedBefore: string, before: string], never>(
  'media.drop_long_unused',
  `delete from assets
   where id = any($1::uuid[]) and unused_since < $2 and upload_name is null and touched_at < $3`,
);

type Own = Pick<Deps, 'db' | 'clock' | 'log'> & { users: Socket<typeof MediaUseService> };

/**
 * Deletes assets that may go and that nothing has shown for a week: replaced films and covers, captions that were taken
 * away, uploads that became nothing. Every context that may refer to one is asked each time; when one of them cannot answer nothing is
 * deleted. Their content goes with the next sweep of orphans, unless another asset has the same.
 * @returns assets deleted
 */
export function dropUnused({ db, clock, log, users }: Own) {
  return async (ctx: Ctx): Promise<number> => {
    requireService(ctx);
    if (users.absent.length > 0 || users.kinds.length === 0) {
      log.warn({ absent: users.absent }, 'no file is deleted: not everybody who may show one can be asked');
      return 0;
    }
    const now = clock.now().getTime();
    const before = new Date(now - dayMs).toISOString();
    const unusedBefore = new Date(now - keptDays * dayMs).toISOString();
    let dropped = 0;
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const batch = await db.rows(listSettled, [before, after, batchSize]);
      const last = batch.at(-1);
      if (!last) return dropped;
      after = last.id;
      const unused = await unusedOf(users, { ids: batch.map(({ id }) => id), ctx });
      const back = batch.filter((asset) => asset.unused && !unused.has(asset.id));
      if (back.length > 0) await db.run(markUsed, [back.map(({ id }) => id)]);
      if (unused.size === 0) continue;
      dropped += await db.run(dropLongUnused, [[...unused], unusedBefore, before]);
      await db.run(markUnused, [[...unused], new Date(now).toISOString(), before]);
    }
  };
}

/** Those that nobody refers to. Each context is asked only about what all before it do not know. */
async function unusedOf(
  users: Socket<typeof MediaUseService>,
  { ids, ctx }: { ids: readonly string[]; ctx: Ctx },
): Promise<Set<string>> {
  const unused = new Set(ids);
  for (const kind of users.kinds) {
    if (unused.size === 0) break;
    const user = users.of(kind);
    if (!user) throw new Error(`nobody answers for the files of ${kind}`);
    const used = await user.findUsedAssets({ ids: [...unused] }, ctx);
    for (const id of used.ids) unused.delete(id);
  }
  return unused;
}
