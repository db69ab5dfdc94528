import { type NextRequest, NextResponse } from 'next/server';
import { buildEndSessionUrl } from 'openid-client';
import { isSameOrigin } from '@/security/same-origin.ts';
import { privateCookie } from '@/session/cookie-options.ts';
import { publicOrigin, webEnvironment } from '@/session/environment.ts';
import { oidc } from '@/session/oidc.ts';
import { isSecureRequest } from '@/session/secure.ts';
import { readSession, writeSession } from '@/session/session-cookie.ts';

/** `POST /auth/sign-out`: forgets the session here, then ends it at the issuer, so that the next sign-in asks again. */
export async function POST(request: NextRequest): Promise<NextResponse> {
  const origin = publicOrigin(request);
  if (!isSameOrigin(request.headers, origin)) return new NextResponse(null, { status: 403 });
  const secure = isSecureRequest(request.headers);
  const secret = webEnvironment().sessionSecret;
  const session = await readSession(request.cookies, { secret, secure });
  const configuration = await oidc().catch((error: unknown) => {
    console.error('the issuer cannot be reached; the session ends here only', error);
    return null;
  });
  const target =
    session?.idToken && configuration?.serverMetadata().end_session_endpoint
      ? buildEndSessionUrl(configuration, { id_token_hint: session.idToken, post_logout_redirect_uri: `${origin}/` })
          .href
      : `${origin}/`;
  const response = NextResponse.redirect(target, 303);
  for (const { name, value, maxAge } of await writeSession(null, { secret, secure })) {
    response.cookies.set(name, value, { ...privateCookie(secure), maxAge });
  }
  response.headers.set('Cache-Control', 'no-store');
  response.headers.set('Clear-Site-Data', '"cache"');
  return response;
}
