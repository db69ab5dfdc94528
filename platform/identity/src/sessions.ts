import { type Ctx, statement } from '@stoa/kernel';
import { accessTokenSeconds, signAccessToken } from './access-tokens.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { hashToken } from './secrets.ts';
import { type CheckedPerson, holdsPerson, toAccount, type UserRow } from './users.ts';

/** A session ends this long after sign-in, whatever happens. */
export const sessionSeconds = 30 * 86_400;
/** A refresh token that is not used for this long ends with its session. */
export const idleSeconds = 14 * 86_400;

/** What register, login and refresh answer; `expiresIn` in seconds. */
export type SignedIn = {
  user: ReturnType<typeof toAccount>;
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
};

/** A session about to begin: what its rows need and the token its person gets. */
export type NewSession = {
  id: string;
  refreshToken: string;
  hash: Buffer;
  at: string;
  expiresAt: string;
  idleExpiresAt: string;
  ip: string | null;
  userAgent: string | null;
  device: Buffer;
};

/** Plans a session; nothing is written. Given an `id` and a token (a repeated registration) it plans the same again. */
export function planSession(deps: IdentityDeps, ctx: Ctx, same?: { id: string; refreshToken: string }): NewSession {
  const now = deps.clock.now();
  const refreshToken = same?.refreshToken ?? deps.ids.token();
  return {
    id: same?.id ?? deps.ids.id(),
    refreshToken,
    hash: hashToken(refreshToken),
    at: now.toISOString(),
    expiresAt: new Date(now.getTime() + sessionSeconds * 1000).toISOString(),
    idleExpiresAt: new Date(now.getTime() + idleSeconds * 1000).toISOString(),
    ip: ctx.ip ?? null,
    userAgent: ctx.userAgent ?? null,
    device: deviceOf(deps, ctx),
  };
}

/** Stands for address and program of the caller: how a device is known again without storing either. */
export function deviceOf(deps: Pick<IdentityDeps, 'secrets'>, ctx: Ctx): Buffer {
  return deps.secrets.mac('device', `${ctx.ip ?? ''}|${ctx.userAgent ?? ''}`);
}

const insertSession = statement<
  [
    id: string,
    userId: string,
    ip: string | null,
    userAgent: string | null,
    at: string,
    expiresAt: string,
    hash: Buffer,
    idleExpiresAt: string,
    device: Buffer,
    newPasswordHash: string | null,
    passwordHash: string | null,
  ],
  { id: string }
>(
  'identity.insert_session',
  `with person as (
     ${holdsPerson('$2', '$11')}
   ), session as (
     insert into sessions (id, user_id, ip, user_agent, created_at, last_used_at, expires_at)
     select $1, id, $3, $4, $5, $5, $6 from person on conflict (id) do nothing returning id
   ), signed_in as (
     insert into sign_ins (user_id, at, kind, succeeded, ip, user_agent) select $2, $5, 'api', true, $3, $4 from session
   ), device as (
     insert into known_devices (user_id, device, last_seen_at) select id, $9, $5 from person
     on conflict (user_id, device) do update set last_seen_at = excluded.last_seen_at
   ), rehashed as (
     update users set password_hash = $10 from person where users.id = person.id and $10::text is not null
   ), token as (
     insert into refresh_tokens (hash, session_id, created_at, idle_expires_at) select $7, id, $5, $8 from session
   )
   select id from person`,
);

/**
 * Begins a session: its row, its first refresh token, the device it came from, and a renewed hash if there is one.
 * @param person as they were when their password was checked
 * @returns false, and nothing is written, if their password has changed since, or they were disabled or deleted
 */
export async function insertPlannedSession(
  deps: IdentityDeps,
  person: CheckedPerson,
  session: NewSession,
  newPasswordHash: string | null = null,
): Promise<boolean> {
  const held = await deps.db.row(insertSession, [
    session.id,
    person.id,
    session.ip,
    session.userAgent,
    session.at,
    session.expiresAt,
    session.hash,
    session.idleExpiresAt,
    session.device,
    newPasswordHash,
    person.password_hash,
  ]);
  return held !== undefined;
}

/** The answer of a sign-in. */
export async function answerSignedIn(
  deps: IdentityDeps,
  user: UserRow,
  session: { id: string; refreshToken: string },
): Promise<SignedIn> {
  return {
    user: toAccount(user),
    accessToken: await signAccessToken(deps, user, session.id),
    refreshToken: session.refreshToken,
    expiresIn: accessTokenSeconds,
  };
}
