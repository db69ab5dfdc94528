import { type Ctx, type Deps, requireService, statement } from '@stoa/kernel';

const listUsedFiles = statement<[ids: string[]], { id: string }>(
  'assessment.list_used_files',
  `select distinct found[1] as id
   from problems, regexp_matches(definition::text, 'asset:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})', 'g') found
   where definition::text like '%asset:%' and found[1] = any($1::text[])`,
);

/** Which files problems show, retired ones too. @throws not_allowed to anyone but the platform itself */
export function findUsedFiles({ db }: Pick<Deps, 'db'>) {
  return async ({ ids }: { ids: string[] }, ctx: Ctx): Promise<{ ids: string[] }> => {
    requireService(ctx);
    return { ids: (await db.rows(listUsedFiles, [ids])).map((row) => row.id) };
  };
}
