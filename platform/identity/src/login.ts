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

type Credentials = { email: string; password: string };
/** The person, and a renewed hash when the parameters have changed since theirs was made. */
type Checked = { user: UserRow; newPasswordHash: string | null };

/**
 * Checks an address and a password, guarded against guessing. An unknown address goes the same way as a known one:
 * same look-up, same budget, same work for the password, same answer.
 * @throws invalid_credentials, account_disabled, too_many_attempts
 */
async function checkCredentials(
  deps: IdentityDeps,
  input: Credentials,
  ctx: Ctx,
  kind: 'web' | 'api',
): Promise<Checked> {
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
}

/**
 * Checks an address and a password and begins what they open. `kind` is where the form stands: on our own pages, or
 * with a program. `begin` writes only while the hash that was checked is still the person's, and answers undefined
 * otherwise. Then all is checked again, once: another sign-in may have renewed the hash, which is no reason to refuse.
 * @throws invalid_credentials, account_disabled, too_many_attempts
 */
export function signInWith(deps: IdentityDeps, kind: 'web' | 'api') {
  return async <T>(input: Credentials, ctx: Ctx, begin: (checked: Checked) => Promise<T | undefined>): Promise<T> => {
    const first = await begin(await checkCredentials(deps, input, ctx, kind));
    const begun = first ?? (await begin(await checkCredentials(deps, input, ctx, kind)));
    if (begun === undefined) throw errors.invalid_credentials();
    return begun;
  };
}

/** Signs in with address and password and begins a session. @throws invalid_credentials, account_disabled, too_many_attempts */
export function logIn(deps: IdentityDeps) {
  const signIn = signInWith(deps, 'api');
  return (input: Credentials, ctx: Ctx): Promise<SignedIn> =>
    signIn(input, ctx, async ({ user, newPasswordHash }) => {
      const session = planSession(deps, ctx);
      if (!(await insertPlannedSession(deps, user, session, newPasswordHash))) return undefined;
      return answerSignedIn(deps, user, session);
    });
}
