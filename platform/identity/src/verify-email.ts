import { EmailVerificationRequested, UserUpdated } from '@stoa/contracts';
import { type Ctx, crashPoint, emit, requireUser, statement } from '@stoa/kernel';
import { mailBudget, takeFrom, tooMany } from './attempts.ts';
import { recordAudit } from './audit.ts';
import { userEventData } from './ensure-user.ts';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { hashToken } from './secrets.ts';
import { addAdmin, emailKeyOf, isAdminEmail, requireActiveUser, type UserRow, userColumns } from './users.ts';

// A new request ends the ones before: only the link of the last mail works.
const openRequest = statement<[id: string, userId: string, emailKey: string, at: string], never>(
  'identity.open_verification',
  `with closed as (
     update mail_requests set closed_at = $4 where user_id = $2 and purpose = 'verify_email' and closed_at is null
   )
   insert into mail_requests (id, user_id, purpose, email_key, created_at) values ($1, $2, 'verify_email', $3, $4)`,
);
const useToken = statement<[hash: Buffer, at: string], { user_id: string; email_key: string }>(
  'identity.use_verification_token',
  `update mail_requests set closed_at = $2
   where token_hash = $1 and purpose = 'verify_email' and closed_at is null and token_expires_at > $2
   returning user_id, email_key`,
);
const markVerified = statement<[id: string, emailKey: string, at: string, makeAdmin: boolean], UserRow>(
  'identity.mark_email_verified',
  `update users set email_verified_at = $3, version = version + 1, updated_at = $3,
          roles = ${addAdmin('$4', 'roles')}
   where id = $1 and email_key = $2 and deleted_at is null and email_verified_at is null returning ${userColumns}`,
);

const beforeCommit = crashPoint('identity.verify_email.before_commit');

/** Sends the verification mail again. @throws email_already_verified, too_many_attempts */
export function requestEmailVerification(deps: IdentityDeps) {
  return async (ctx: Ctx): Promise<void> => {
    const { userId } = requireUser(ctx);
    const user = await requireActiveUser(deps.db, userId);
    if (user.email_verified_at) throw errors.email_already_verified();
    const attempt = await takeFrom(deps, `verification:${userId}`, mailBudget);
    if (!attempt.granted) throw tooMany(attempt.retryAfterSeconds);
    const requestId = deps.ids.id();
    await deps.db.transaction(async (tx) => {
      await tx.run(openRequest, [requestId, userId, emailKeyOf(user.email), deps.clock.now().toISOString()]);
      await emit(tx, ctx, deps.ids, {
        event: EmailVerificationRequested,
        aggregate: userId,
        data: { userId, requestId },
      });
    });
  };
}

/**
 * Takes the token of a verification link. It works once, for the address it was sent to. The person who proves the
 * address in the setting `STOA_ADMIN_EMAIL` becomes an administrator: the first one of an installation. They do so
 * signed in: an account that a stranger made with this address is not theirs, and following the link does not say it is.
 * Whoever follows it elsewhere sets a new password by mail (`resetPassword`).
 * @throws link_not_valid
 */
export function verifyEmail(deps: IdentityDeps) {
  return async ({ token }: { token: string }, ctx: Ctx): Promise<void> => {
    await deps.db.transaction(async (tx) => {
      const now = deps.clock.now().toISOString();
      const request = await tx.row(useToken, [hashToken(token), now]);
      if (!request) throw errors.link_not_valid();
      const isSignedIn = ctx.actor.kind === 'user' && ctx.actor.userId === request.user_id;
      const makeAdmin = isSignedIn && isAdminEmail(deps, request.email_key);
      const user = await tx.row(markVerified, [request.user_id, request.email_key, now, makeAdmin]);
      if (!user) return;
      if (makeAdmin) await recordAudit(tx, deps, ctx, { action: 'user.made_admin_by_setting', subjectId: user.id });
      await emit(tx, ctx, deps.ids, {
        event: UserUpdated,
        aggregate: user.id,
        version: user.version,
        data: userEventData(user),
      });
      beforeCommit();
    });
  };
}
