import { type Ctx, requireService, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';

const listUsedFiles = statement<[ids: string[]], { id: string }>(
  'payments.list_used_files',
  // Asked once a night, about the few files that nobody else shows: not worth an index that every order would pay for.
  'select distinct right(cover_url, 36) as id from order_lines where right(cover_url, 36) = any($1::text[])',
);

/** Which files orders show: the pictures of what was bought. @throws not_allowed to anyone but the platform itself */
export function findUsedFiles({ db }: Pick<PaymentDeps, 'db'>) {
  return async ({ ids }: { ids: string[] }, ctx: Ctx): Promise<{ ids: string[] }> => {
    requireService(ctx);
    return { ids: (await db.rows(listUsedFiles, [ids])).map((row) => row.id) };
  };
}
