import type { NextRequest } from 'next/server';
import { sendToApi } from '@/api/transport.ts';
import { isAppLocale } from '@/i18n/locales.ts';
import { isSameOrigin } from '@/security/same-origin.ts';
import { publicOrigin, sessionSecret } from '@/session/environment.ts';
import { isSecureRequest } from '@/session/secure.ts';
import { readSession } from '@/session/session-cookie.ts';

/** Request headers the API may see. Everything else (cookies above all) stays with us. */
const forwarded = [
  'accept',
  'content-type',
  'content-length',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'range',
  'traceparent',
  'user-agent',
  'x-forwarded-for',
];
/** Answer headers that describe our own hop and not the content. */
const dropped = ['connection', 'keep-alive', 'transfer-encoding', 'set-cookie', 'content-security-policy'];

/**
 * `/bff/api/...` is `/api/...` for scripts on our pages: the session's token is added here, so it never reaches the
 * browser. Anything that changes state must come from our own origin.
 */
async function forward(request: NextRequest, { params }: { params: Promise<{ path: string[] }> }): Promise<Response> {
  const mutates = request.method !== 'GET' && request.method !== 'HEAD';
  if (mutates && !isSameOrigin(request.headers, publicOrigin(request))) {
    return Response.json(
      { type: 'about:blank', title: 'Forbidden', status: 403, code: 'cross_origin_refused' },
      { status: 403, headers: { 'content-type': 'application/problem+json' } },
    );
  }
  const { path } = await params;
  const session = await readSession(request.cookies, {
    secret: sessionSecret(),
    secure: isSecureRequest(request.headers),
  });
  const headers = new Headers();
  for (const name of forwarded) {
    const value = request.headers.get(name);
    if (value) headers.set(name, value);
  }
  if (session) headers.set('authorization', `Bearer ${session.accessToken}`);
  const locale = request.headers.get('x-stoa-locale') ?? request.cookies.get('stoa_locale')?.value;
  headers.set('accept-language', isAppLocale(locale) ? locale : (request.headers.get('accept-language') ?? 'en'));

  const target = new URL(`http://stoa.internal/api/${path.map(encodeURIComponent).join('/')}${request.nextUrl.search}`);
  const answer = await sendToApi(
    new Request(target, {
      method: request.method,
      headers,
      redirect: 'manual',
      signal: request.signal,
      ...(mutates && request.body ? { body: request.body, duplex: 'half' } : {}),
    }),
  );
  const answerHeaders = new Headers(answer.headers);
  for (const name of dropped) answerHeaders.delete(name);
  // What one person may see must not be kept by a cache between us.
  if (!answerHeaders.has('cache-control')) answerHeaders.set('cache-control', 'private, no-store');
  return new Response(answer.body, { status: answer.status, headers: answerHeaders });
}

export { forward as DELETE, forward as GET, forward as PATCH, forward as POST, forward as PUT };
