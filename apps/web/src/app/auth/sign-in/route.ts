import { type NextRequest, NextResponse } from 'next/server';
import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { isAppLocale } from '@/i18n/locales.ts';
import { privateCookie } from '@/session/cookie-options.ts';
import { publicOrigin, webEnvironment } from '@/session/environment.ts';
import { oidc } from '@/session/oidc.ts';
import { safeReturnTo } from '@/session/return-to.ts';
import { isSecureRequest } from '@/session/secure.ts';
import { attemptCookieName, attemptMaxAge, sealAttempt } from '@/session/sign-in-attempt.ts';

/**
 * `GET /auth/sign-in?returnTo=&screen=register`: starts the authorization code flow with PKCE at the issuer. Without
 * `returnTo` the person comes back to the page whose link they followed.
 */
export async function GET(request: NextRequest): Promise<NextResponse> {
  const { searchParams } = request.nextUrl;
  const state = randomState();
  const nonce = randomNonce();
  const verifier = randomPKCECodeVerifier();
  const locale = request.cookies.get('stoa_locale')?.value;
  const issuer = await oidc().catch((error: unknown) => {
    console.error('the issuer cannot be reached', error);
    return null;
  });
  if (!issuer) return NextResponse.redirect(`${publicOrigin(request)}/sign-in/problem?reason=unavailable`, 303);
  const url = buildAuthorizationUrl(issuer, {
    redirect_uri: `${publicOrigin(request)}/auth/callback`,
    scope: 'openid profile email offline_access',
    response_type: 'code',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...(searchParams.get('screen') === 'register' ? { screen_hint: 'register' } : {}),
    ...(isAppLocale(locale) ? { ui_locales: locale } : {}),
  });
  const response = NextResponse.redirect(url, 303);
  const returnTo = safeReturnTo(searchParams.get('returnTo') ?? linkingPage(request));
  response.cookies.set(
    attemptCookieName(state),
    await sealAttempt({ state, nonce, verifier, returnTo }, webEnvironment().sessionSecret),
    { ...privateCookie(isSecureRequest(request.headers)), path: '/auth/callback', maxAge: attemptMaxAge },
  );
  response.headers.set('Cache-Control', 'no-store');
  return response;
}

/** The page of ours whose link was followed, as the browser says; pages that hold one-time tokens send none. */
function linkingPage(request: NextRequest): string | null {
  const referer = URL.parse(request.headers.get('referer') ?? '');
  return referer?.origin === publicOrigin(request) ? `${referer.pathname}${referer.search}` : null;
}
