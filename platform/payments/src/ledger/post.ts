import { type Ids, type Queries, statement, type Transaction } from '@stoa/kernel';
import type { Posting } from './postings.ts';

const postTransactions = statement<[postings: string], { posted: number }>(
  'payments.post_transactions',
  'select post_transactions($1::jsonb) as posted',
);

type Booking = { postings: readonly Posting[]; at: Date };

/**
 * Writes a transaction to the books, in the caller's database transaction. What its key names is booked at most once;
 * whether it balances the database checks again.
 * @returns false if it was booked before, or there is nothing to book
 */
export async function post(
  tx: Queries,
  ids: Pick<Ids, 'id'>,
  { posting, at }: { posting: Posting; at: Date },
): Promise<boolean> {
  if (posting.entries.length === 0) return false;
  const row = await tx.row(postTransactions, [toText(ids, { postings: [posting], at })]);
  return (row?.posted ?? 0) > 0;
}

/**
 * Writes transactions, of one order or several, with the commit: whoever else books in the same chains waits for no
 * round trip of ours. Call it once in a transaction: chains are locked in one order.
 */
export function postLast(tx: Transaction, ids: Pick<Ids, 'id'>, { postings, at }: Booking): void {
  const kept = postings.filter(({ entries }) => entries.length > 0);
  if (kept.length > 0) tx.last(postTransactions, [toText(ids, { postings: kept, at })]);
}

function toText(ids: Pick<Ids, 'id'>, { postings, at }: Booking): string {
  return JSON.stringify(postings.map((posting) => ({ id: ids.id(), at: at.toISOString(), ...posting })));
}
