import { seal, unseal } from './seal.ts';

/** The person, as pages may show them. */
export type SessionUser = { id: string; email: string; name: string; roles: string[]; locale: string | null };

/** What the encrypted cookie holds. `expiresAt` is the access token's end in epoch milliseconds. */
export type Session = {
  accessToken: string;
  refreshToken: string | null;
  idToken: string | null;
  expiresAt: number;
  user: SessionUser;
};

export type CookieJar = { get(name: string): { value: string } | undefined };
export type CookieChange = { name: string; value: string; maxAge: number };

/** Browsers keep at least 4096 bytes per cookie, name and attributes included. */
const chunkSize = 3600;
const maxChunks = 5;
/** As long as a refresh token may live; the issuer decides earlier. */
const maxAgeSeconds = 60 * 60 * 24 * 30;

/** `__Host-` pins the cookie to this host and https; plain http (a laptop) cannot have it. */
export function sessionCookieName(secure: boolean): string {
  return secure ? '__Host-stoa_session' : 'stoa_session';
}

const chunkNames = (name: string) => [
  name,
  ...Array.from({ length: maxChunks - 1 }, (_, index) => `${name}.${index + 1}`),
];

/** Cookies to set for `session`, or to remove for `null`. Long values are split; pieces left from a longer session are removed. */
export async function writeSession(
  session: Session | null,
  { secret, secure }: { secret: string; secure: boolean },
): Promise<CookieChange[]> {
  const names = chunkNames(sessionCookieName(secure));
  const sealed = session ? await seal(session, { secret, purpose: 'session' }) : '';
  if (sealed.length > chunkSize * maxChunks) throw new Error('session is too large for its cookies');
  return names.map((name, index) => {
    const value = sealed.slice(index * chunkSize, (index + 1) * chunkSize);
    return { name, value, maxAge: value ? maxAgeSeconds : 0 };
  });
}

/** The session of a request, or `null` when there is none or it does not open. */
export async function readSession(
  jar: CookieJar,
  { secret, secure }: { secret: string; secure: boolean },
): Promise<Session | null> {
  const pieces: string[] = [];
  for (const name of chunkNames(sessionCookieName(secure))) {
    const value = jar.get(name)?.value;
    if (!value) break;
    pieces.push(value);
  }
  if (pieces.length === 0) return null;
  return parseSession(await unseal(pieces.join(''), { secret, purpose: 'session' }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A user from a claim set or an API answer; `null` when the id is missing. */
export function parseUser(value: unknown): SessionUser | null {
  if (!isRecord(value)) return null;
  const id = value.id ?? value.sub;
  if (typeof id !== 'string') return null;
  const { email, name, roles, locale } = value;
  return {
    id,
    email: typeof email === 'string' ? email : '',
    name: typeof name === 'string' ? name : '',
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
    locale: typeof locale === 'string' ? locale : null,
  };
}

function parseSession(value: unknown): Session | null {
  if (!isRecord(value)) return null;
  const user = parseUser(value.user);
  const { accessToken, refreshToken, idToken, expiresAt } = value;
  if (!user || typeof accessToken !== 'string' || typeof expiresAt !== 'number') return null;
  return {
    accessToken,
    refreshToken: typeof refreshToken === 'string' ? refreshToken : null,
    idToken: typeof idToken === 'string' ? idToken : null,
    expiresAt,
    user,
  };
}
