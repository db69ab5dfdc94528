import { UserDeleted } from '@stoa/contracts';
import { type Ctx, crashPoint, emit, requireUser, statement } from '@stoa/kernel';
import { recordAudit } from './audit.ts';
import { confirmPassword } from './change-password.ts';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { lockUser, requireActiveUser } from './users.ts';

// The row stays as a number without a person, so that what refers to it keeps its sense; all personal columns go, and
// so does what earlier events still say in the outbox.
const eraseUser = statement<[id: string, at: string], never>(
  'identity.erase_user',
  `with tokens as (
     delete from refresh_tokens where session_id in (select id from sessions where user_id = $1)
   ), ended as (
     update sessions set ip = null, user_agent = null, revoked_at = coalesce(revoked_at, $2),
            revoked_because = coalesce(revoked_because, 'account_deleted') where user_id = $1
   ), sign_ins_gone as (
     delete from sign_ins where user_id = $1
   ), exports_gone as (
     delete from data_exports where user_id = $1
   ), devices as (
     delete from known_devices where user_id = $1
   ), mails as (
     delete from mail_requests where user_id = $1
   ), provider as (
     delete from oidc_payloads where account_id = $1
   ), said as (
     update outbox set data = data - 'email' - 'name' where partition_key = $1::text and data ? 'email'
   )
   update users set email = null, email_key = null, name = null, password_hash = null, preferences = '{}', disabled_because = null,
          roles = '{}', email_verified_at = null, registration_key = null, sessions_valid_after = $2, deleted_at = $2,
          version = version + 1, updated_at = $2
   where id = $1 and deleted_at is null`,
);

const beforeCommit = crashPoint('identity.delete_user.before_commit');

/**
 * Deletes the account of the person who asks, after their password. Personal data is erased here at once; every other
 * context erases its own when it hears UserDeleted.
 * @throws wrong_password, too_many_attempts
 */
export function deleteUser(deps: IdentityDeps) {
  return async ({ password }: { password: string }, ctx: Ctx): Promise<void> => {
    const { userId } = requireUser(ctx);
    const user = await requireActiveUser(deps.db, userId);
    await confirmPassword(deps, user, password, ctx);
    await deps.db.transaction(async (tx) => {
      // Before the statement that erases takes its snapshot: it has to see a session that begins just now.
      const locked = await lockUser(tx, userId);
      if (!locked) return;
      if (locked.password_hash !== user.password_hash) throw errors.wrong_password();
      if ((await tx.run(eraseUser, [userId, deps.clock.now().toISOString()])) === 0) return;
      await emit(tx, ctx, deps.ids, {
        event: UserDeleted,
        aggregate: userId,
        version: user.version + 1,
        data: { userId },
      });
      // Without the address the person sat at: it is theirs, and they asked to be forgotten.
      const { ip: _forgotten, ...withoutAddress } = ctx;
      await recordAudit(tx, deps, withoutAddress, { action: 'user.deleted', subjectId: userId });
      beforeCommit();
    });
  };
}
