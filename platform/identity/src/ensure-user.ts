import { UserCreated, UserUpdated } from '@stoa/contracts';
import {
  type Ctx,
  emit,
  kernelErrors,
  type Locale,
  type Queries,
  type Role,
  requireService,
  statement,
} from '@stoa/kernel';
import { endResetLinks } from './end-reset-links.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import {
  emailKeyOf,
  findUserByEmail,
  isAcceptableName,
  isLocale,
  isRole,
  isTimeZone,
  lockUser,
  tidyName,
  type UserRow,
  userColumns,
} from './users.ts';

export type Wanted = {
  id: string;
  email: string;
  name: string;
  password: string;
  roles: readonly string[];
  locale: string;
  timeZone: string;
  emailVerified: boolean;
  /** Leaves a person who exists as they are, and only adds the roles that they lack. */
  keep: boolean;
};

const insertUser = statement<
  [
    id: string,
    email: string,
    emailKey: string,
    name: string,
    hash: string | null,
    roles: readonly Role[],
    locale: string,
    timeZone: string,
    verifiedAt: string | null,
    at: string,
  ],
  UserRow
>(
  'identity.insert_ensured_user',
  `insert into users (id, email, email_key, name, password_hash, roles, locale, time_zone, email_verified_at,
                      sessions_valid_after, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $10) on conflict do nothing returning ${userColumns}`,
);
const updateUser = statement<
  [
    id: string,
    name: string,
    hash: string | null,
    roles: readonly Role[],
    locale: string,
    timeZone: string,
    verifiedAt: string | null,
    at: string,
  ],
  UserRow
>(
  'identity.update_ensured_user',
  `update users set name = $2, password_hash = coalesce($3, password_hash), roles = $4, locale = $5, time_zone = $6,
          email_verified_at = case when $7::timestamptz is null then null else coalesce(email_verified_at, $7) end,
          version = version + 1, updated_at = $8
   where id = $1 returning ${userColumns}`,
);

/**
 * Makes the person with this address exist as described: for the demo world, the command line and tests. Repeating it
 * changes nothing and emits nothing. Only the platform itself may call it.
 * @throws not_allowed, validation_failed
 */
export function ensureUser(deps: IdentityDeps) {
  return async (input: Wanted, ctx: Ctx): Promise<{ user: UserRow; created: boolean }> => {
    requireService(ctx);
    const { db, ids, clock } = deps;
    const email = input.email.trim();
    const name = tidyName(input.name);
    const roles: Role[] = input.roles.length > 0 ? input.roles.filter(isRole) : ['student'];
    const locale: Locale = isLocale(input.locale) ? input.locale : 'en';
    const timeZone = input.timeZone || 'UTC';
    const wrong = [
      ...(email.includes('@') ? [] : ['/email']),
      ...(isAcceptableName(name) ? [] : ['/name']),
      ...(isTimeZone(timeZone) ? [] : ['/timeZone']),
      ...(roles.length >= input.roles.length ? [] : ['/roles']),
    ];
    if (wrong.length > 0) {
      throw kernelErrors.validation_failed({
        errors: wrong.map((pointer) => ({ pointer, code: 'invalid', message: 'not valid' })),
      });
    }
    const now = clock.now().toISOString();
    const verifiedAt = input.emailVerified ? now : null;
    const known = await findUserByEmail(db, email);
    const described = { name, roles, locale, timeZone, verifiedAt };
    if (
      known &&
      (input.keep
        ? roles.every((role) => known.roles.includes(role))
        : await isAlready(known, { ...input, ...described }))
    )
      return { user: known, created: false };
    const hash = input.password && !(known && input.keep) ? await hashPassword(input.password) : null;
    return db.transaction(async (tx) => {
      const made = known
        ? undefined
        : await tx.row(insertUser, [
            input.id || ids.id(),
            email,
            emailKeyOf(email),
            name,
            hash,
            roles,
            locale,
            timeZone,
            verifiedAt,
            now,
          ]);
      if (made) {
        const data = { userId: made.id, email, name, locale, timeZone, roles };
        await emit(tx, ctx, ids, { event: UserCreated, aggregate: made.id, version: made.version, data });
        if (!input.emailVerified) return { user: made, created: true };
      }
      const found = made ?? known ?? (await findUserByEmail(tx, email));
      // As they are now, and stay until this is written.
      const existing = made ?? (found && (await lockUser(tx, found.id)));
      if (!existing) throw kernelErrors.edit_conflict();
      const user =
        made ?? (await change(tx, existing, input.keep ? withRoles(existing, roles) : { ...described, hash }, now));
      if (!user) throw kernelErrors.edit_conflict();
      if (hash !== null) await endResetLinks(tx, { userId: user.id, at: now });
      await emit(tx, ctx, ids, {
        event: UserUpdated,
        aggregate: user.id,
        version: user.version,
        data: userEventData(user),
      });
      return { user, created: made !== undefined };
    });
  };
}

type Change = Pick<Described, 'name' | 'roles' | 'locale' | 'timeZone'> & {
  verifiedAt: string | null;
  hash: string | null;
};

function change(tx: Queries, { id }: UserRow, to: Change, at: string): Promise<UserRow | undefined> {
  return tx.row(updateUser, [id, to.name, to.hash, to.roles, to.locale, to.timeZone, to.verifiedAt, at]);
}

/** A person as they are, with these roles added. */
function withRoles(user: UserRow, roles: readonly Role[]): Change {
  return {
    name: user.name,
    roles: [...new Set([...user.roles, ...roles])],
    locale: user.locale,
    timeZone: user.time_zone,
    verifiedAt: user.email_verified_at,
    hash: null,
  };
}

/** The data of a UserUpdated event. */
export function userEventData(user: UserRow) {
  return {
    userId: user.id,
    email: user.email,
    name: user.name,
    locale: user.locale,
    timeZone: user.time_zone,
    roles: user.roles,
    emailVerified: user.email_verified_at !== null,
  };
}

type Described = Pick<Wanted, 'name' | 'password' | 'emailVerified' | 'locale' | 'timeZone'> & {
  roles: readonly Role[];
};

async function isAlready(user: UserRow, wanted: Described): Promise<boolean> {
  const same =
    user.name === wanted.name &&
    user.locale === wanted.locale &&
    user.time_zone === wanted.timeZone &&
    (user.email_verified_at !== null) === wanted.emailVerified &&
    [...user.roles].sort().join() === [...wanted.roles].sort().join();
  if (!same) return false;
  return wanted.password === '' || (await verifyPassword(wanted.password, user.password_hash)).matches;
}
