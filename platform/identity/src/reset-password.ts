import { setTimeout as sleep } from 'node:timers/promises';
import { PasswordResetRequested, UserUpdated } from '@stoa/contracts';
import { type Ctx, crashPoint, emit, statement } from '@stoa/kernel';
import { mailBudget, takeFrom } from './attempts.ts';
import { recordAudit } from './audit.ts';
import { endResetLinks } from './end-reset-links.ts';
import { endEverySession } from './end-sessions.ts';
import { userEventData } from './ensure-user.ts';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { checkPassword } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { hashToken } from './secrets.ts';
import { addAdmin, emailKeyOf, findUser, isAdminEmail, lockUser, type UserRow, userColumns } from './users.ts';

// Waits for a password that is just being set, which ends every link that was asked for before (see `endResetLinks`).
const openRequest = statement<
  [
    requestId: string,
    emailKey: string,
    granted: boolean,
    at: string,
    eventId: string,
    type: string,
    traceparent: string,
  ],
  never
>(
  'identity.request_reset',
  `with person as (
     select id from users where email_key = $2 and deleted_at is null and disabled_at is null and $3 for share
   ), closed as (
     update mail_requests set closed_at = $4
     where user_id in (select id from person) and purpose = 'reset_password' and closed_at is null
   ), request as (
     insert into mail_requests (id, user_id, purpose, email_key, created_at)
     select $1, id, 'reset_password', $2, $4 from person returning id, user_id
   )
   insert into outbox (id, type, subject, partition_key, data, traceparent)
   select $5, $6, user_id::text, user_id::text, jsonb_build_object('userId', user_id, 'requestId', id), $7 from request`,
);
const peekToken = statement<[hash: Buffer, at: string], { user_id: string }>(
  'identity.peek_reset_token',
  `select user_id from mail_requests
   where token_hash = $1 and purpose = 'reset_password' and closed_at is null and token_expires_at > $2`,
);
const useToken = statement<[hash: Buffer, at: string], { user_id: string; email_key: string }>(
  'identity.use_reset_token',
  `update mail_requests set closed_at = $2
   where token_hash = $1 and purpose = 'reset_password' and closed_at is null and token_expires_at > $2
   returning user_id, email_key`,
);
const setPassword = statement<
  [id: string, emailKey: string, hash: string, at: string, makeAdmin: boolean],
  UserRow & { was_verified: boolean; was_admin: boolean }
>(
  'identity.reset_password',
  `update users u set password_hash = $3, email_verified_at = coalesce(u.email_verified_at, $4),
          roles = ${addAdmin('$5', 'u.roles')},
          version = u.version + 1, updated_at = $4
   from (select id, email_verified_at is not null as was_verified, 'admin' = any(roles) as was_admin
         from users where id = $1) old
   where u.id = old.id and u.email_key = $2 and u.deleted_at is null
   returning ${userColumns
     .split(', ')
     .map((column) => `u.${column}`)
     .join(', ')}, old.was_verified, old.was_admin`,
);

/** Every answer takes at least this long, so that the time of one more row says nothing. */
const answerAfterMs = 120;
const beforeCommit = crashPoint('identity.reset_password.before_commit');

/**
 * Asks for a reset link. The answer is the same, and takes the same time, whether the address has an account or not,
 * and also when too many mails were asked for.
 */
export function requestPasswordReset(deps: IdentityDeps) {
  return async ({ email }: { email: string }, ctx: Ctx): Promise<void> => {
    const answered = sleep(answerAfterMs);
    const emailKey = emailKeyOf(email);
    const attempt = await takeFrom(deps, `reset:${emailKey}`, mailBudget);
    await deps.db.run(openRequest, [
      deps.ids.id(),
      emailKey,
      attempt.granted,
      deps.clock.now().toISOString(),
      deps.ids.id(),
      PasswordResetRequested.type,
      ctx.traceparent,
    ]);
    await answered;
  };
}

/**
 * Sets a new password with the token of a reset link. Whoever has the link owns the mailbox, so the address counts as
 * verified; all sessions end, because somebody else may have known the old password. With the address in the setting
 * `STOA_ADMIN_EMAIL` one becomes an administrator.
 * @throws link_not_valid, password_refused (the link stays usable)
 */
export function resetPassword(deps: IdentityDeps) {
  return async ({ token, password }: { token: string; password: string }, ctx: Ctx): Promise<void> => {
    const hash = hashToken(token);
    const open = await deps.db.row(peekToken, [hash, deps.clock.now().toISOString()]);
    const person = open ? await findUser(deps.db, open.user_id) : undefined;
    if (!person) throw errors.link_not_valid();
    checkPassword(password, { person, locale: ctx.locale, pointer: '/password', publicUrl: deps.publicUrl });
    const passwordHash = await hashPassword(password);
    await deps.db.transaction(async (tx) => {
      const now = deps.clock.now().toISOString();
      // The person before the link, as everybody who sets a password takes them: two who do never wait for each other.
      await lockUser(tx, person.id);
      const request = await tx.row(useToken, [hash, now]);
      if (!request) throw errors.link_not_valid();
      const makeAdmin = isAdminEmail(deps, request.email_key);
      const user = await tx.row(setPassword, [request.user_id, request.email_key, passwordHash, now, makeAdmin]);
      if (!user) throw errors.link_not_valid();
      const becameAdmin = makeAdmin && !user.was_admin;
      if (becameAdmin) await recordAudit(tx, deps, ctx, { action: 'user.made_admin_by_setting', subjectId: user.id });
      await endResetLinks(tx, { userId: user.id, at: now });
      await endEverySession(tx, deps, ctx, { userId: user.id, because: 'password_reset', forgetDevices: true });
      if (!user.was_verified || becameAdmin) {
        await emit(tx, ctx, deps.ids, {
          event: UserUpdated,
          aggregate: user.id,
          version: user.version,
          data: userEventData(user),
        });
      }
      beforeCommit();
    });
  };
}
