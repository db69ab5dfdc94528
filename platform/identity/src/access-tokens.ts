import type { Clock, Ids } from '@stoa/kernel';
import { SignJWT } from 'jose';
import type { SigningKeys } from './signing-keys.ts';
import type { UserRow } from './users.ts';

/** Seconds an access token lives. Nobody can take one back, so it is short. */
export const accessTokenSeconds = 300;
export const audience = 'stoa';

/** The claims about a person that every access token of ours carries, whichever way it was obtained. */
export function personClaims(user: UserRow): Record<string, unknown> {
  return {
    email: user.email,
    email_verified: user.email_verified_at !== null,
    name: user.name,
    roles: user.roles,
    locale: user.locale,
  };
}

/** Signs an access token (JWT profile, RFC 9068) for a person's session. */
export async function signAccessToken(
  deps: { keys: SigningKeys; clock: Clock; ids: Ids; publicUrl: string },
  user: UserRow,
  sessionId: string,
): Promise<string> {
  const { current } = await deps.keys.read();
  const now = Math.floor(deps.clock.now().getTime() / 1000);
  return new SignJWT({ ...personClaims(user), sid: sessionId })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: current.kid })
    .setIssuer(deps.publicUrl)
    .setAudience(audience)
    .setSubject(user.id)
    .setJti(deps.ids.id())
    .setIssuedAt(now)
    .setExpirationTime(now + accessTokenSeconds)
    .sign(current.key);
}
