import type { Ctx } from './ctx.ts';
import { type Queries, statement, type Transaction } from './db/database.ts';
import { kernelErrors } from './errors.ts';

/** Somebody who has deleted their account, and when: RFC 3339. */
export type Erased = { userId: string; at: string };

/**
 * What a context asks and says of people who are gone. Its migrations make the two functions in its schema that this
 * calls, `note_erased(person, at)` and `is_erased(person)`, which take one lock for each person (decision 19).
 * @param context its name, as the names of its statements begin
 */
export function erasedPeople(context: string) {
  const note = statement<[userId: string, at: string], never>(`${context}.note_erased`, 'select note_erased($1, $2)');
  const ask = statement<[userId: string], { erased: boolean }>(
    `${context}.is_erased`,
    'select is_erased($1) as erased',
  );
  const isErased = async (tx: Queries, userId: string): Promise<boolean> =>
    (await tx.row(ask, [userId]))?.erased ?? false;
  const refuseErased = async (tx: Queries, userId: string): Promise<void> => {
    if (await isErased(tx, userId)) throw kernelErrors.invalid_token();
  };
  return {
    /**
     * Notes that a person is gone, before anything of theirs is erased: whoever is writing of them at this moment is
     * waited for, and whoever wants to afterwards is refused. Repeatable.
     */
    noteErased: async (tx: Transaction, { userId, at }: Erased): Promise<void> => {
      await tx.run(note, [userId, at]);
    },
    /** Whether a person is gone. It stays so until the transaction ends, in which something is then written of them. */
    isErased,
    /**
     * Refuses to write of somebody whose account is gone while their token is still good: to them it is over.
     * @throws invalid_token
     */
    refuseErased,
    /** The same of whoever asks, before anything is locked. Services are nobody. @throws invalid_token */
    refuseErasedActor: async (tx: Queries, { actor }: Ctx): Promise<void> => {
      if (actor.kind === 'user') await refuseErased(tx, actor.userId);
    },
  };
}
