import { type Ids, type Queries, statement } from '@stoa/kernel';
import type { Posting } from './postings.ts';

const postTransaction = statement<
  [id: string, key: string, kind: string, orderId: string | null, occurredAt: string, entries: string],
  { posted: boolean }
>('payments.post_transaction', 'select post_transaction($1, $2, $3, $4, $5, $6::jsonb) as posted');

/**
 * Writes a transaction to the books, in the caller's database transaction. What its key names is booked at most once;
 * whether it balances the database checks again when the caller commits.
 * @returns false if it was booked before, or there is nothing to book
 */
export async function post(
  tx: Queries,
  ids: Pick<Ids, 'id'>,
  { posting, at }: { posting: Posting; at: Date },
): Promise<boolean> {
  if (posting.entries.length === 0) return false;
  const entries = posting.entries.map(({ lineId, ...entry }) => ({ ...entry, lineId: lineId ?? null }));
  const row = await tx.row(postTransaction, [
    ids.id(),
    posting.key,
    posting.kind,
    posting.orderId,
    at.toISOString(),
    JSON.stringify(entries),
  ]);
  return row?.posted ?? false;
}
