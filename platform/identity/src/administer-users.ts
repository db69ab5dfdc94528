import { UserUpdated } from '@stoa/contracts';
import { type Ctx, decodeCursor, emit, kernelErrors, type Role, requireRole, statement, toPage } from '@stoa/kernel';
import { z } from 'zod';
import { recordAudit } from './audit.ts';
import { endEverySession } from './end-sessions.ts';
import { userEventData } from './ensure-user.ts';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { toAccount, type UserRow, userColumns } from './users.ts';

const listUsers = statement<
  [pattern: string | null, beforeAt: string | null, beforeId: string | null, limit: number],
  UserRow
>(
  'identity.list_users',
  `select ${userColumns} from users
   where deleted_at is null and ($1::text is null or email_key like $1 or lower(name) like $1)
     and ($2::timestamptz is null or (created_at, id) < ($2::timestamptz, $3::uuid))
   order by created_at desc, id desc limit $4`,
);
const lockUser = statement<[id: string], UserRow>(
  'identity.lock_user',
  `select ${userColumns} from users where id = $1 and deleted_at is null for update`,
);
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

/** People, newest first; `q` is part of a name or an address. Support and administrators only. */
export function listPeople(deps: IdentityDeps) {
  return async (input: { q?: string | undefined; limit: number; cursor?: string | undefined }, ctx: Ctx) => {
    requireRole(ctx, 'support');
    const pattern = input.q?.trim()
      ? `%${input.q
          .trim()
          .toLowerCase()
          .replace(/[\\%_]/g, '\\$&')}%`
      : null;
    const after = positionOf(input.cursor);
    const rows = await deps.db.rows(listUsers, [pattern, after?.at ?? null, after?.id ?? null, input.limit + 1]);
    return toPage(rows, { limit: input.limit, key: (row) => [row.created_at, row.id], item: toAdministered });
  };
}

const Position = z.tuple([z.iso.datetime(), z.uuid()]);

/** @throws validation_failed if the cursor is not one of this list */
function positionOf(cursor: string | undefined): { at: string; id: string } | undefined {
  const key = decodeCursor(cursor, 2);
  if (!key) return undefined;
  const position = Position.safeParse(key);
  if (!position.success) throw kernelErrors.validation_failed();
  return { at: position.data[0], id: position.data[1] };
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
      const before = await tx.row(lockUser, [input.id]);
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
