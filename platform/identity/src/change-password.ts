import { type Ctx, type Queries, requireUser, statement } from '@stoa/kernel';
import { guardPassword } from './attempts.ts';
import { endResetLinks } from './end-reset-links.ts';
import { endEverySession } from './end-sessions.ts';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { checkPassword } from './password-rules.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { type CheckedPerson, holdsPerson, requireActiveUser, type UserRow } from './users.ts';

const setPassword = statement<[id: string, hash: string, at: string], never>(
  'identity.change_password',
  'update users set password_hash = $2, updated_at = $3 where id = $1 and deleted_at is null',
);
const hold = statement<[id: string, passwordHash: string | null], { id: string }>(
  'identity.hold_confirmed_person',
  holdsPerson('$1', '$2'),
);

/**
 * Asks a signed-in person for their password once more. Guesses are limited per account, whatever they claim to come
 * from, so that a stolen access token cannot be used to find the password out.
 * @throws wrong_password, too_many_attempts
 */
export async function confirmPassword(deps: IdentityDeps, user: UserRow, password: string, ctx: Ctx): Promise<void> {
  const attempt = await guardPassword(deps, { account: `confirm:${user.id}`, knownDevice: undefined, ctx });
  if (!(await verifyPassword(password, user.password_hash)).matches) throw errors.wrong_password();
  await attempt.succeeded();
}

/**
 * Keeps a person as they were when their password was confirmed until the transaction ends: what somebody who knew it
 * began does not come after the new one.
 * @throws wrong_password if it has changed since
 */
export async function holdConfirmed(tx: Queries, person: CheckedPerson): Promise<void> {
  if (!(await tx.row(hold, [person.id, person.password_hash]))) throw errors.wrong_password();
}

type Change = { currentPassword: string; newPassword: string };

/**
 * Changes the password of the person who asks. Their other sessions end, and so do links to set a new one that were
 * mailed before; the session they are in (`sessionId`) stays.
 * @throws wrong_password, password_refused, too_many_attempts
 */
export function changePassword(deps: IdentityDeps) {
  return async (input: Change, ctx: Ctx, sessionId: string | undefined): Promise<void> => {
    const { userId } = requireUser(ctx);
    const user = await requireActiveUser(deps.db, userId);
    await confirmPassword(deps, user, input.currentPassword, ctx);
    checkPassword(input.newPassword, {
      person: user,
      locale: ctx.locale,
      pointer: '/newPassword',
      publicUrl: deps.publicUrl,
    });
    const hash = await hashPassword(input.newPassword);
    await deps.db.transaction(async (tx) => {
      await holdConfirmed(tx, user);
      const at = deps.clock.now().toISOString();
      await tx.run(setPassword, [userId, hash, at]);
      await endResetLinks(tx, { userId, at });
      await endEverySession(tx, deps, ctx, {
        userId,
        because: 'password_changed',
        except: sessionId,
        forgetDevices: true,
      });
    });
  };
}
