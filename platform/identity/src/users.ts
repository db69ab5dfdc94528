import { kernelErrors, type Locale, locales, type Queries, type Role, roles, statement } from '@stoa/kernel';

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

const findByEmail = statement<[emailKey: string], UserRow>(
  'identity.find_user_by_email',
  `select ${userColumns} from users where email_key = $1`,
);
const findById = statement<[id: string], UserRow>(
  'identity.find_user',
  `select ${userColumns} from users where id = $1 and deleted_at is null`,
);

/** The form of an address that decides whether two are the same. */
export function emailKeyOf(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

export function findUserByEmail(db: Queries, email: string): Promise<UserRow | undefined> {
  return db.row(findByEmail, [emailKeyOf(email)]);
}

/** A person who is not deleted. */
export function findUser(db: Queries, id: string): Promise<UserRow | undefined> {
  return db.row(findById, [id]);
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
