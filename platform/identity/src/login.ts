import { type Ctx, statement } from '@stoa/kernel';
import { guardPassword } from './attempts.ts';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { answerSignedIn, deviceOf, insertPlannedSession, planSession, type SignedIn } from './sessions.ts';
import { noteFailedSignIn } from './sign-ins.ts';
import { emailKeyOf, type UserRow, userColumns } from './users.ts';

const findForLogin = statement<[emailKey: string, device: Buffer, seenAfter: string], UserRow & { known: boolean }>(
  'identity.find_for_login',
  `select ${userColumns}, exists (
     select from known_devices d where d.user_id = users.id and d.device = $2 and d.last_seen_at > $3
   ) as known
   from users where email_key = $1`,
);

/** A device that has not signed in for this long counts as a stranger. */
const deviceKnownMs = 90 * 86_400_000;

/**
 * Checks an address and a password, guarded against guessing. An unknown address goes the same way as a known one:
 * same look-up, same budget, same work for the password, same answer. `kind` is where the form stands: on our own pages,
 * or with a program.
 * @returns the person, and a renewed hash when the parameters have changed since theirs was made
 * @throws invalid_credentials, account_disabled, too_many_attempts
 */
export function checkCredentials(deps: IdentityDeps) {
  return async (
    input: { email: string; password: string },
    ctx: Ctx,
    kind: 'web' | 'api' = 'api',
  ): Promise<{ user: UserRow; newPasswordHash: string | null }> => {
    const emailKey = emailKeyOf(input.email);
    const device = deviceOf(deps, ctx);
    const seenAfter = new Date(deps.clock.now().getTime() - deviceKnownMs).toISOString();
    const user = await deps.db.row(findForLogin, [emailKey, device, seenAfter]);
    const attempt = await guardPassword(deps, {
      account: emailKey,
      knownDevice: user?.known ? device : undefined,
      ctx,
    });
    const { matches, outdated } = await verifyPassword(input.password, user?.password_hash);
    if (!user || !matches) {
      await noteFailedSignIn(deps, { emailKey, kind }, ctx);
      throw errors.invalid_credentials();
    }
    await attempt.succeeded();
    if (user.disabled_at) throw errors.account_disabled();
    return { user, newPasswordHash: outdated ? await hashPassword(input.password) : null };
  };
}

/** Signs in with address and password and begins a session. @throws invalid_credentials, account_disabled, too_many_attempts */
export function logIn(deps: IdentityDeps) {
  const check = checkCredentials(deps);
  return async (input: { email: string; password: string }, ctx: Ctx): Promise<SignedIn> => {
    const { user, newPasswordHash } = await check(input, ctx);
    const session = planSession(deps, ctx);
    await insertPlannedSession(deps, user.id, session, newPasswordHash);
    return answerSignedIn(deps, user, session);
  };
}
