import { EmailChanged, EmailChangeRequested, UserUpdated } from '@stoa/contracts';
import { type Ctx, crashPoint, emit, requireUser, statement, type Transaction, violatedConstraint } from '@stoa/kernel';
import { mailBudget, takeFrom, tooMany } from './attempts.ts';
import { recordAudit } from './audit.ts';
import { confirmPassword, holdConfirmed } from './change-password.ts';
import { undoDays } from './create-mail-link.ts';
import { endEverySession } from './end-sessions.ts';
import { userEventData } from './ensure-user.ts';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { checkPassword } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { hashToken } from './secrets.ts';
import { emailKeyOf, findUser, requireActiveUser, type UserRow, userColumns } from './users.ts';

// A new request ends the one before: only the link of the last mail works.
const openRequest = statement<[id: string, userId: string, emailKey: string, address: string, at: string], never>(
  'identity.open_email_change',
  `with closed as (
     update mail_requests set closed_at = $5 where user_id = $2 and purpose = 'change_email' and closed_at is null
   )
   insert into mail_requests (id, user_id, purpose, email_key, address, created_at)
   values ($1, $2, 'change_email', $3, $4, $5)`,
);
const findPending = statement<[userId: string, notBefore: string], { address: string; created_at: string }>(
  'identity.pending_email_change',
  `select address, created_at from mail_requests
   where user_id = $1 and purpose = 'change_email' and closed_at is null and created_at > $2
   order by created_at desc limit 1`,
);
const closePending = statement<[userId: string, at: string], never>(
  'identity.close_email_change',
  "update mail_requests set closed_at = $2 where user_id = $1 and purpose = 'change_email' and closed_at is null",
);
const useToken = statement<
  [hash: Buffer, purpose: string, at: string],
  { id: string; user_id: string; email_key: string; address: string; created_at: string }
>(
  'identity.use_email_change_token',
  `update mail_requests set closed_at = $3
   where token_hash = $1 and purpose = $2 and closed_at is null and token_expires_at > $3
   returning id, user_id, email_key, address, created_at`,
);
const peekUndo = statement<[hash: Buffer, at: string], { user_id: string }>(
  'identity.peek_undo_token',
  `select user_id from mail_requests
   where token_hash = $1 and purpose = 'undo_email_change' and closed_at is null and token_expires_at > $2`,
);
const lockUser = statement<[id: string], UserRow & { email_key: string }>(
  'identity.lock_user_for_email',
  `select ${userColumns}, email_key from users
   where id = $1 and deleted_at is null and disabled_at is null for update`,
);
const isTaken = statement<[emailKey: string, userId: string, keptSince: string], { taken: boolean }>(
  'identity.is_address_taken',
  `select exists (select from users where email_key = $1 and id <> $2)
       or exists (select from mail_requests where email_key = $1 and purpose = 'undo_email_change'
                  and closed_at is null and user_id <> $2 and created_at > $3) as taken`,
);
const setAddress = statement<
  [id: string, address: string, emailKey: string, at: string, passwordHash: string | null],
  UserRow
>(
  'identity.set_address',
  `update users set email = $2, email_key = $3, email_verified_at = $4, password_hash = coalesce($5, password_hash),
          version = version + 1, updated_at = $4
   where id = $1 returning ${userColumns}`,
);
const keepOldAddress = statement<[id: string, userId: string, emailKey: string, address: string, at: string], never>(
  'identity.keep_old_address',
  `insert into mail_requests (id, user_id, purpose, email_key, address, created_at)
   values ($1, $2, 'undo_email_change', $3, $4, $5)`,
);
// Whoever changed it may have changed it again since: what came after goes too, what came before can still be undone.
const closeSince = statement<[userId: string, since: string, at: string], never>(
  'identity.close_requests_since',
  `update mail_requests set closed_at = $3
   where user_id = $1 and closed_at is null and (purpose <> 'undo_email_change' or created_at >= $2)`,
);

const beforeConfirm = crashPoint('identity.confirm_email_change.before_commit');
const beforeUndo = crashPoint('identity.undo_email_change.before_commit');

/** How long the mail with the link may wait to be written, and then the link works: a day each. */
const pendingMs = 2 * 24 * 3_600_000;

/**
 * Asks for another address, on proof of the password. The address stays as it is until the link that goes to the new
 * one is used. The answer is the same whether the new address belongs to somebody or not, and so is everything the
 * person sees afterwards: to an address that is taken no mail goes.
 * @throws wrong_password, email_unchanged, too_many_attempts
 */
export function requestEmailChange(deps: IdentityDeps) {
  return async (input: { email: string; password: string }, ctx: Ctx): Promise<void> => {
    const { userId } = requireUser(ctx);
    const user = await requireActiveUser(deps.db, userId);
    await confirmPassword(deps, user, input.password, ctx);
    const address = input.email.trim();
    const emailKey = emailKeyOf(address);
    if (emailKey === emailKeyOf(user.email)) throw errors.email_unchanged();
    // The person's own budget, and that of a mailbox which several accounts could be pointed at.
    for (const what of [`email-change:${userId}`, `email-change-to:${emailKey}`]) {
      const attempt = await takeFrom(deps, what, mailBudget);
      if (!attempt.granted) throw tooMany(attempt.retryAfterSeconds);
    }
    const requestId = deps.ids.id();
    await deps.db.transaction(async (tx) => {
      await holdConfirmed(tx, user);
      await tx.run(openRequest, [requestId, userId, emailKey, address, deps.clock.now().toISOString()]);
      await recordAudit(tx, deps, ctx, { action: 'email.change_requested', subjectId: userId });
      await emit(tx, ctx, deps.ids, { event: EmailChangeRequested, aggregate: userId, data: { userId, requestId } });
    });
  };
}

/** The address that waits to be proven, if there is one. */
export function readEmailChange(deps: IdentityDeps) {
  return async (ctx: Ctx) => {
    const { userId } = requireUser(ctx);
    const notBefore = new Date(deps.clock.now().getTime() - pendingMs).toISOString();
    const pending = await deps.db.row(findPending, [userId, notBefore]);
    return { pending: pending ? { email: pending.address, requestedAt: pending.created_at } : null };
  };
}

/** Forgets the address that waits to be proven; its link ends. */
export function cancelEmailChange(deps: IdentityDeps) {
  return async (ctx: Ctx): Promise<void> => {
    const { userId } = requireUser(ctx);
    await deps.db.run(closePending, [userId, deps.clock.now().toISOString()]);
  };
}

/**
 * Gives somebody an address, with a new password if there is one, unless it is another's or reserved for one who gave
 * it up after `keptSince`. To set it may mean to wait for somebody who takes it or gives it up at that moment, so the
 * question is asked again afterwards.
 * @throws email_taken, link_not_valid
 */
async function giveAddress(
  tx: Transaction,
  give: {
    to: string;
    request: { address: string; email_key: string };
    at: string;
    keptSince: string;
    passwordHash: string | null;
  },
): Promise<UserRow> {
  const { to, request, at, keptSince, passwordHash } = give;
  const refuseTaken = async () => {
    if ((await tx.row(isTaken, [request.email_key, to, keptSince]))?.taken) throw errors.email_taken();
  };
  await refuseTaken();
  const setting = tx.row(setAddress, [to, request.address, request.email_key, at, passwordHash]);
  const user = await setting.catch((error: unknown) => {
    if (violatedConstraint(error) === 'users_email_key_key') throw errors.email_taken();
    throw error;
  });
  if (!user) throw errors.link_not_valid();
  await refuseTaken();
  return user;
}

/**
 * Takes the link that went to the new address: it is the account's from now on, and proven. The old one is told, with a
 * way back, and stays reserved for that long. Needs no sign-in: the password was asked for when the link was.
 * @throws link_not_valid, email_taken (somebody registered with it since)
 */
export function confirmEmailChange(deps: IdentityDeps) {
  return async ({ token }: { token: string }, ctx: Ctx): Promise<void> => {
    await deps.db.transaction(async (tx) => {
      const now = deps.clock.now();
      const at = now.toISOString();
      const request = await tx.row(useToken, [hashToken(token), 'change_email', at]);
      const before = request ? await tx.row(lockUser, [request.user_id]) : undefined;
      if (!request || !before) throw errors.link_not_valid();
      const keptSince = new Date(now.getTime() - undoDays * 86_400_000).toISOString();
      const user = await giveAddress(tx, { to: before.id, request, at, keptSince, passwordHash: null });
      const undoId = deps.ids.id();
      await tx.run(keepOldAddress, [undoId, user.id, before.email_key, before.email, at]);
      await recordAudit(tx, deps, ctx, { action: 'email.changed', subjectId: user.id });
      await emit(tx, ctx, deps.ids, {
        event: UserUpdated,
        aggregate: user.id,
        version: user.version,
        data: userEventData(user),
      });
      await emit(tx, ctx, deps.ids, {
        event: EmailChanged,
        aggregate: user.id,
        data: { userId: user.id, requestId: undoId },
      });
      beforeConfirm();
    });
  };
}

/**
 * Takes the link that went to the old address: the account has it again, with a new password, because whoever changed
 * the address knew the one before. Every session ends, and so does whatever was asked for by mail since.
 * @throws link_not_valid, email_taken, password_refused (after these two the link stays usable)
 */
export function undoEmailChange(deps: IdentityDeps) {
  return async ({ token, password }: { token: string; password: string }, ctx: Ctx): Promise<void> => {
    const hash = hashToken(token);
    const open = await deps.db.row(peekUndo, [hash, deps.clock.now().toISOString()]);
    const person = open ? await findUser(deps.db, open.user_id) : undefined;
    if (!person) throw errors.link_not_valid();
    checkPassword(password, { person, locale: ctx.locale, pointer: '/password', publicUrl: deps.publicUrl });
    const passwordHash = await hashPassword(password);
    await deps.db.transaction(async (tx) => {
      const at = deps.clock.now().toISOString();
      const request = await tx.row(useToken, [hash, 'undo_email_change', at]);
      const before = request ? await tx.row(lockUser, [request.user_id]) : undefined;
      if (!request || !before) throw errors.link_not_valid();
      const user = await giveAddress(tx, { to: before.id, request, at, keptSince: at, passwordHash });
      await tx.run(closeSince, [user.id, request.created_at, at]);
      await endEverySession(tx, deps, ctx, { userId: user.id, because: 'email_change_undone', forgetDevices: true });
      await recordAudit(tx, deps, ctx, { action: 'email.change_undone', subjectId: user.id });
      await emit(tx, ctx, deps.ids, {
        event: UserUpdated,
        aggregate: user.id,
        version: user.version,
        data: userEventData(user),
      });
      beforeUndo();
    });
  };
}
