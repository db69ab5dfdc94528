import { type Ctx, requireRole, statement } from '@stoa/kernel';
import { forgetAttempts } from './attempts.ts';
import { recordAudit } from './audit.ts';
import { endEverySession } from './end-sessions.ts';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { emailKeyOf, findUser } from './users.ts';

const listDevices = statement<[userId: string], { device: Buffer }>(
  'identity.list_known_devices',
  'select device from known_devices where user_id = $1',
);

/**
 * Signs a person out everywhere, for support: a lost phone, a suspicion. Recorded in the audit log.
 * @throws not_allowed, user_not_found
 */
export function endSessionsOfPerson(deps: IdentityDeps) {
  return async ({ id }: { id: string }, ctx: Ctx): Promise<void> => {
    requireRole(ctx, 'support');
    await deps.db.transaction(async (tx) => {
      if (!(await findUser(tx, id))) throw errors.user_not_found();
      await endEverySession(tx, deps, ctx, { userId: id, because: 'ended_by_support' });
    });
  };
}

/**
 * Forgets the wrong passwords that were counted for an account and its devices, so that its owner may try again at
 * once. What is counted for addresses of callers stays. Recorded in the audit log.
 * @throws not_allowed, user_not_found
 */
export function unlockSignIn(deps: IdentityDeps) {
  return async ({ id }: { id: string }, ctx: Ctx): Promise<void> => {
    requireRole(ctx, 'support');
    const user = await findUser(deps.db, id);
    if (!user) throw errors.user_not_found();
    const devices = await deps.db.rows(listDevices, [id]);
    await deps.db.transaction(async (tx) => {
      await forgetAttempts(tx, deps, {
        account: emailKeyOf(user.email),
        userId: id,
        devices: devices.map(({ device }) => device),
      });
      await recordAudit(tx, deps, ctx, { action: 'sign_in.unlocked', subjectId: id });
    });
  };
}
