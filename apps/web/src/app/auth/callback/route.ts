import { type NextRequest, NextResponse } from 'next/server';
import { authorizationCodeGrant } from 'openid-client';
import { handOverWishes, wishCookie } from '@/buying/wish-cookie.ts';
import { takeOverChoices, withoutLocale } from '@/session/account-choices.ts';
import { privateCookie } from '@/session/cookie-options.ts';
import { publicOrigin, webEnvironment } from '@/session/environment.ts';
import { oidc, sessionFromTokens } from '@/session/oidc.ts';
import { isSecureRequest } from '@/session/secure.ts';
import { type Session, writeSession } from '@/session/session-cookie.ts';
import { attemptCookieName, openAttempt } from '@/session/sign-in-attempt.ts';

const yearSeconds = 365 * 86_400;

/** `GET /auth/callback`: the issuer's answer. Exchanges the code, stores the encrypted session, takes over language and appearance of the account, returns to where the person was. */
export async function GET(request: NextRequest): Promise<NextResponse> {
  const origin = publicOrigin(request);
  const secure = isSecureRequest(request.headers);
  const secret = webEnvironment().sessionSecret;
  const { searchParams } = request.nextUrl;
  const state = searchParams.get('state') ?? '';
  const cookieName = attemptCookieName(state);
  const attempt = await openAttempt(request.cookies.get(cookieName)?.value, { state, secret });

  // Without our own attempt this is a replayed or forged answer (or cookies are off): never sign anybody in from it.
  if (!attempt) return leave(`${origin}/sign-in/problem?reason=expired`);

  const failure = searchParams.get('error');
  if (failure === 'access_denied') return leave(`${origin}${attempt.returnTo}`, cookieName, secure);
  if (failure) return leave(`${origin}/sign-in/problem?reason=refused`, cookieName, secure);

  let session: Session;
  try {
    const tokens = await authorizationCodeGrant(
      await oidc(),
      new URL(`${origin}/auth/callback${request.nextUrl.search}`),
      {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      },
    );
    session = await sessionFromTokens(tokens, null);
  } catch (error) {
    // A code used twice (back button), an issuer that is down, a token that does not verify: nobody is signed in.
    console.error('sign-in could not be completed', error);
    return leave(`${origin}/sign-in/problem?reason=refused`, cookieName, secure);
  }
  const choices = await takeOverChoices(session, request.cookies);
  const place = choices.speaksOwnLanguage ? withoutLocale(attempt.returnTo) : attempt.returnTo;
  const response = leave(`${origin}${place}`, cookieName, secure);
  for (const { name, value } of choices.cookies)
    response.cookies.set(name, value, { path: '/', maxAge: value ? yearSeconds : 0, sameSite: 'lax', secure });
  for (const { name, value, maxAge } of await writeSession(session, { secret, secure })) {
    response.cookies.set(name, value, { ...privateCookie(secure), maxAge });
  }
  const wishes = request.cookies.get(wishCookie)?.value;
  if (wishes !== undefined && (await handOverWishes(wishes, session.accessToken)))
    response.cookies.set(wishCookie, '', { ...privateCookie(secure), maxAge: 0 });
  return response;
}

function leave(location: string, attemptCookie?: string, secure = false): NextResponse {
  const response = NextResponse.redirect(location, 303);
  response.headers.set('Cache-Control', 'no-store');
  if (attemptCookie) {
    response.cookies.set(attemptCookie, '', { ...privateCookie(secure), path: '/auth/callback', maxAge: 0 });
  }
  return response;
}
