import { kernelErrors, type Queries, statement, type Transaction } from '@stoa/kernel';

const note = statement<[userId: string, at: string], never>('notifications.note_erased', 'select note_erased($1, $2)');
const ask = statement<[userId: string], { erased: boolean }>(
  'notifications.is_erased',
  'select is_erased($1) as erased',
);

/** Somebody who has deleted their account, and when: RFC 3339. */
export type Erased = { userId: string; at: string };

/**
 * Notes that a person is gone, before anything of theirs is erased: whoever is writing of them at this moment is waited for,
 * and whoever wants to afterwards is refused. Repeatable.
 */
export async function noteErased(tx: Transaction, { userId, at }: Erased): Promise<void> {
  await tx.run(note, [userId, at]);
}

/** Whether a person is gone. It stays so until the transaction ends, in which something is then written of them. */
export async function isErased(tx: Queries, userId: string): Promise<boolean> {
  return (await tx.row(ask, [userId]))?.erased ?? false;
}

/**
 * Refuses to write of somebody whose account is gone while their token is still good: to them it is over.
 * @throws invalid_token
 */
export async function refuseErased(tx: Queries, userId: string): Promise<void> {
  if (await isErased(tx, userId)) throw kernelErrors.invalid_token();
}
