import { type NextRequest, NextResponse } from 'next/server';
import createIntlMiddleware from 'next-intl/middleware';
import { apiBaseUrl, hasInject, sendToApi } from './api/transport.ts';
import { routing } from './i18n/routing.ts';
import { contentSecurityPolicy, createNonce, framedMailPolicy } from './security/csp.ts';
import { securityHeaders } from './security/headers.ts';
import { nonceHeader, pathHeader } from './security/request-headers.ts';
import { privateCookie } from './session/cookie-options.ts';
import { freshSession } from './session/fresh-session.ts';
import { isExternalIssuer } from './session/oidc.ts';
import { isSecureRequest } from './session/secure.ts';

const localize = createIntlMiddleware(routing);

/** Paths that belong to the API. In one process and behind a gateway they never arrive here. */
const platformPath = /^\/(api|oidc|\.well-known)(\/|$)/;
/** Our own routes that have no language. */
const plainPath =
  /^\/(auth|bff)(\/|$)|^\/push-worker\.js$|^\/(sitemap|robots)[^/]*$|\.(svg|ico|png|txt|xml|webmanifest)$/;

/** Mail as an operator sees it: a document written by the platform for mail programs, shown in a frame under a policy of its own. */
const framedMailPath = /\/console\/(mailbox|templates)\/[^/]+\/html$/;

/** Pages whose form is a step of signing in. */
const interactionPath = /\/(sign-in|register|consent)$/;

/**
 * First thing every page request meets: fresh session, nonce and policy, locale. Runs in the Node.js runtime of the same
 * process, so the API transport works here too.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  if (platformPath.test(pathname) && !hasInject()) {
    return NextResponse.rewrite(new URL(`${pathname}${search}`, apiBaseUrl()));
  }

  const secure = isSecureRequest(request.headers);
  const sessionCookies = await freshSession(request, secure);
  const nonce = createNonce();
  const policy = contentSecurityPolicy({
    nonce,
    development: process.env.NODE_ENV === 'development',
    formTargets: isExternalIssuer()
      ? [new URL(process.env.STOA_ISSUER ?? '').origin]
      : await applicationOf(request.nextUrl),
  });
  // Next reads the nonce for its own scripts from the policy on the request; pages read it from the header.
  request.headers.set('content-security-policy', policy);
  request.headers.set(nonceHeader, nonce);
  request.headers.set(pathHeader, `${pathname}${search}`);

  const response = plainPath.test(pathname)
    ? NextResponse.next({ request: { headers: request.headers } })
    : localize(request);
  const framed = framedMailPath.test(pathname);
  response.headers.set('Content-Security-Policy', framed ? framedMailPolicy : policy);
  for (const [name, value] of Object.entries(securityHeaders({ secure, framed }))) response.headers.set(name, value);
  for (const { name, value, maxAge } of sessionCookies) {
    response.cookies.set(name, value, { ...privateCookie(secure), maxAge });
  }
  return response;
}

/**
 * The application a step of signing in leads back to. Browsers hold the policy of the page with the form against every
 * redirect that follows, so the page has to name it; the issuer knows it from its registration.
 */
async function applicationOf({ pathname, searchParams }: URL): Promise<string[]> {
  const uid = searchParams.get('interaction');
  if (!interactionPath.test(pathname) || !uid || !/^[\w-]{1,128}$/.test(uid)) return [];
  const response = await sendToApi(
    new Request(`http://stoa.internal/oidc/interaction/${uid}`, { headers: { accept: 'application/json' } }),
  ).catch(() => null);
  const body: unknown = response?.ok ? await response.json() : null;
  if (typeof body !== 'object' || body === null || !('leadsTo' in body)) return [];
  // A source must not end its directive and begin another.
  const { leadsTo } = body;
  return typeof leadsTo === 'string' && /^[a-z][\w+.:/[\]-]*$/i.test(leadsTo) ? [leadsTo] : [];
}

export const config = {
  // Everything but built files; prefetches too, because they draw a person's page. Uploads of courses and of lessons' files are left out: Next
  // would hold the first 10 MB of a body that passes here in memory and drop the rest.
  matcher: [
    '/((?!_next/static|_next/image|bff/api/courses/imports$|bff/(?:api|studio)/(?:courses/[^/]+/lessons|lessons/[^/]+)/file$).*)',
  ],
};
