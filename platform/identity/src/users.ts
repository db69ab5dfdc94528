import {
  kernelErrors,
  type Locale,
  locales,
  type Queries,
  type Role,
  roles,
  statement,
  type Transaction,
} from '@stoa/kernel';

/** A person as the database has them. `email` and `name` are null only once deleted. */
export type UserRow = {
  id: string;
  email: string;
  name: string;
  password_hash: string | null;
  roles: Role[];
  locale: Locale;
  time_zone: string;
  email_verified_at: string | null;
  disabled_at: string | null;
  sessions_valid_after: string;
  version: number;
  created_at: string;
};

/** The columns of a `UserRow`, for statements that return one. */
export const userColumns =
  'id, email, name, password_hash, roles, locale, time_zone, email_verified_at, disabled_at, sessions_valid_after, version, created_at';

/** A person whose password was checked, with the hash it was checked against. */
export type CheckedPerson = Pick<UserRow, 'id' | 'password_hash'>;

/**
 * SQL that finds a checked person only while the check holds, and keeps it so up to the commit; the arguments are the
 * parameters with id and hash. Whoever sets a password, disables or deletes locks the row first and ends sessions
 * afterwards: one that comes first leaves no row here, one that comes later waits and finds what was begun. The lock is
 * that of an update, because two that share the row could not both renew its hash.
 */
export const holdsPerson = (id: `$${number}`, passwordHash: `$${number}`): string =>
  `select id from users where id = ${id} and password_hash = ${passwordHash}
     and disabled_at is null and deleted_at is null for no key update`;

const findByEmail = statement<[emailKey: string], UserRow>(
  'identity.find_user_by_email',
  `select ${userColumns} from users where email_key = $1`,
);
const findById = statement<[id: string], UserRow>(
  'identity.find_user',
  `select ${userColumns} from users where id = $1 and deleted_at is null`,
);

const lockById = statement<[id: string], UserRow>(
  'identity.lock_user',
  `select ${userColumns} from users where id = $1 and deleted_at is null for update`,
);

/** The form of an address that decides whether two are the same. */
export function emailKeyOf(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

/** Whether an address is the one in the setting `STOA_ADMIN_EMAIL`. */
export function isAdminEmail({ adminEmail }: { adminEmail: string | undefined }, emailKey: string): boolean {
  return adminEmail !== undefined && emailKey === emailKeyOf(adminEmail);
}

/** SQL of a person's roles with `admin` among them if the parameter says so, else as they are. */
export const addAdmin = (isAdmin: `$${number}`, roles: 'roles' | 'u.roles'): string =>
  `case when ${isAdmin} and not 'admin' = any(${roles}) then array_append(${roles}, 'admin') else ${roles} end`;

export function findUserByEmail(db: Queries, email: string): Promise<UserRow | undefined> {
  return db.row(findByEmail, [emailKeyOf(email)]);
}

/** A person who is not deleted. */
export function findUser(db: Queries, id: string): Promise<UserRow | undefined> {
  return db.row(findById, [id]);
}

/** The same; nobody changes them, and no session of theirs begins, before the transaction ends. */
export function lockUser(tx: Transaction, id: string): Promise<UserRow | undefined> {
  return tx.row(lockById, [id]);
}

/**
 * The row of the person who asks. A token may outlive its account by its last minutes: then they are no one.
 * @throws invalid_token
 */
export async function requireActiveUser(db: Queries, userId: string): Promise<UserRow> {
  const user = await findUser(db, userId);
  if (!user || user.disabled_at) throw kernelErrors.invalid_token();
  return user;
}

/** A person as the answers of register, login and refresh show them. */
export function toAccount(user: UserRow) {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    roles: user.roles,
    locale: user.locale,
    timeZone: user.time_zone,
    emailVerified: user.email_verified_at !== null,
    createdAt: user.created_at,
  };
}

/** A name as it is kept: composed, trimmed, single spaces. */
export function tidyName(name: string): string {
  return name.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/**
 * Refuses names that are empty after trimming, or carry markup, control characters or web addresses: names stand in
 * mails to other people, where an address would be an advertisement sent by us.
 */
export function isAcceptableName(name: string): boolean {
  const tidy = tidyName(name);
  return tidy.length > 0 && tidy.length <= 100 && !/[<>\p{Cc}\u202a-\u202e\u2066-\u2069]|:\/\/|www\./iu.test(tidy);
}

/** True for an IANA time zone this runtime knows. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return !/^[+-]/.test(zone);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export function isRole(value: string): value is Role {
  return roles.some((role) => role === value);
}

export function isLocale(value: string): value is Locale {
  return locales.some((locale) => locale === value);
}
