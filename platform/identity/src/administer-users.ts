import { UserUpdated } from '@stoa/contracts';
import { type Ctx, emit, type Role, requireRole, statement } from '@stoa/kernel';
import { recordAudit } from './audit.ts';
import { endEverySession } from './end-sessions.ts';
import { userEventData } from './ensure-user.ts';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { lockUser, toAccount, type UserRow, userColumns } from './users.ts';

const updateUser = statement<
  [id: string, roles: readonly Role[], disabledAt: string | null, at: string, because: string | null],
  UserRow
>(
  'identity.administer_user',
  `update users set roles = $2, disabled_at = $3,
     disabled_because = case when $3::timestamptz is null then null else coalesce($5, disabled_because) end, version = version + 1, updated_at = $4 where id = $1
   returning ${userColumns}`,
);

/** A person as operators see them. */
export function toAdministered(user: UserRow) {
  return { ...toAccount(user), disabled: user.disabled_at !== null };
}

/**
 * Changes roles of a person or disables them; disabling ends their sessions. Administrators only, each change is in
 * the audit log with what it was before and why.
 * @throws not_allowed, user_not_found, own_account
 */
export function administerUser(deps: IdentityDeps) {
  return async (
    input: {
      id: string;
      roles?: readonly Role[] | undefined;
      disabled?: boolean | undefined;
      reason?: string | undefined;
    },
    ctx: Ctx,
  ) => {
    requireRole(ctx, 'admin');
    return deps.db.transaction(async (tx) => {
      const before = await lockUser(tx, input.id);
      if (!before) throw errors.user_not_found();
      const roles = [...new Set(input.roles ?? before.roles)];
      const disabled = input.disabled ?? before.disabled_at !== null;
      const own = ctx.actor.kind === 'user' && ctx.actor.userId === input.id;
      if (own && (disabled || !roles.includes('admin'))) throw errors.own_account();
      const sameRoles = [...roles].sort().join() === [...before.roles].sort().join();
      if (sameRoles && disabled === (before.disabled_at !== null)) return toAdministered(before);
      const now = deps.clock.now().toISOString();
      const reason = input.reason?.trim() || null;
      const disabledAt = disabled ? (before.disabled_at ?? now) : null;
      const user = await tx.row(updateUser, [input.id, roles, disabledAt, now, before.disabled_at ? null : reason]);
      if (!user) throw errors.user_not_found();
      await recordAudit(tx, deps, ctx, {
        action: 'user.administered',
        subjectId: user.id,
        details: {
          ...(sameRoles ? {} : { roles: { from: before.roles, to: roles } }),
          ...(disabled === (before.disabled_at !== null) ? {} : { disabled }),
          ...(reason ? { reason } : {}),
        },
      });
      if (disabled && !before.disabled_at)
        await endEverySession(tx, deps, ctx, { userId: user.id, because: 'disabled' });
      await emit(tx, ctx, deps.ids, {
        event: UserUpdated,
        aggregate: user.id,
        version: user.version,
        data: userEventData(user),
      });
      return toAdministered(user);
    });
  };
}
