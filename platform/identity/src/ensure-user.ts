import { UserCreated, UserUpdated } from '@stoa/contracts';
import { type Ctx, emit, kernelErrors, type Locale, type Role, requireService, statement } from '@stoa/kernel';
import type { IdentityDeps } from './identity-deps.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import {
  emailKeyOf,
  findUserByEmail,
  isAcceptableName,
  isLocale,
  isRole,
  isTimeZone,
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
    if (known && (await isAlready(known, { ...input, name, roles, locale, timeZone })))
      return { user: known, created: false };
    const hash = input.password ? await hashPassword(input.password) : null;
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
      const existing = made ?? known ?? (await findUserByEmail(tx, email));
      if (!existing) throw kernelErrors.edit_conflict();
      const user = made
        ? made
        : await tx.row(updateUser, [existing.id, name, hash, roles, locale, timeZone, verifiedAt, now]);
      if (!user) throw kernelErrors.edit_conflict();
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
