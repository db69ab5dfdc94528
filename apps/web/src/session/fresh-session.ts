import type { NextRequest } from 'next/server';
import { sessionSecret } from './environment.ts';
import { refreshSession } from './oidc.ts';
import { type CookieChange, readSession, type Session, writeSession } from './session-cookie.ts';

/** A token with less than this left is exchanged before the page is drawn, so that no API call of the page meets its end. */
const refreshBeforeMs = 30_000;

/** Exchanges a token that is about to end, for this request (its cookie header is rewritten) and for the browser (the result). */
export async function freshSession(request: NextRequest, secure: boolean): Promise<CookieChange[]> {
  if (!request.cookies.getAll().some(({ name }) => name.endsWith('stoa_session'))) return [];
  const options = { secret: sessionSecret(), secure };
  const session = await readSession(request.cookies, options);
  if (session && session.expiresAt - Date.now() > refreshBeforeMs) return [];
  let fresh: Session | null;
  try {
    fresh = session && (await refreshSession(session));
  } catch (error) {
    // Not a refusal: the issuer cannot be reached. The page is drawn with what we have; the next request tries again.
    console.error('the session could not be refreshed', error);
    return [];
  }
  const changes = await writeSession(fresh, options);
  for (const { name, value } of changes) {
    if (value) request.cookies.set(name, value);
    else request.cookies.delete(name);
  }
  return changes;
}
