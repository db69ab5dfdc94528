import { type Ctx, type Deps, requireService, statement } from '@stoa/kernel';

const listUsedFiles = statement<[ids: string[]], { id: string }>(
  'courses.list_used_files',
  `select used.id::text as id from (
     select unnest(asset_ids) as id from lessons where asset_ids && $1::uuid[]
     union select cover_asset_id from courses where cover_asset_id = any($1::uuid[])
     union select cover_asset_id from bundles where cover_asset_id = any($1::uuid[])
     union select asset_id from source_files where asset_id = any($1::uuid[])
     union select found[1]::uuid
     from courses, regexp_matches(description::text || translations::text, 'asset:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})', 'g') found
     where description::text like '%asset:%' or translations::text like '%asset:%'
   ) used where used.id = any($1::uuid[])`,
);

/**
 * Which files courses show: covers, and whatever lessons and descriptions hold in any language, of drafts and of archived
 * courses too. And those that the source of an imported course has, as it was last imported: it also brings what Stoa
 * cannot run yet.
 * @throws not_allowed to anyone but the platform itself
 */
export function findUsedFiles({ db }: Pick<Deps, 'db'>) {
  return async ({ ids }: { ids: string[] }, ctx: Ctx): Promise<{ ids: string[] }> => {
    requireService(ctx);
    return { ids: (await db.rows(listUsedFiles, [ids])).map((row) => row.id) };
  };
}
