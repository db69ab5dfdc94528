import 'server-only';
import { type NextRequest, NextResponse } from 'next/server';
import { toProblem } from '@/api/problem.ts';
import { sendToApi } from '@/api/transport.ts';
import { type Told, tellPage } from '@/components/forms/told.ts';
import { defaultLocale, isAppLocale } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { isSameOrigin } from '@/security/same-origin.ts';
import { privateCookie } from '@/session/cookie-options.ts';
import { publicOrigin, sessionSecret } from '@/session/environment.ts';
import { freshSession } from '@/session/fresh-session.ts';
import { isSecureRequest } from '@/session/secure.ts';
import { readSession } from '@/session/session-cookie.ts';
import { listenForFields } from './typed-before-file.ts';

type HandOn = {
  method: 'POST' | 'PUT';
  /** Path and query at the API. */
  to: string;
  /** The page that says what became of it, without its language; `answer` is the API's, null where it refused. */
  backTo: (answer: unknown) => string;
  /** Fields before the file that whoever is refused finds as they typed them. */
  keeps?: readonly string[];
};

/**
 * Takes a form with a file where no script runs, hands it on to the API while it arrives, and leads back to a page that says
 * what became of it; `locale` in the address is that page's language. Such forms are not drawn through src/proxy.ts, which
 * would keep the file in memory, and so the session is renewed here.
 */
export async function handOnFile(request: NextRequest, { method, to, backTo, keeps }: HandOn): Promise<Response> {
  const origin = publicOrigin(request);
  if (!isSameOrigin(request.headers, origin)) return new NextResponse(null, { status: 403 });
  const wanted = request.nextUrl.searchParams.get('locale');
  const locale = isAppLocale(wanted) ? wanted : defaultLocale;
  const secure = isSecureRequest(request.headers);
  const sessionCookies = await freshSession(request, secure);
  const session = await readSession(request.cookies, { secret: sessionSecret(), secure });

  const headers = new Headers({ 'accept-language': locale });
  for (const name of ['content-type', 'content-length', 'traceparent', 'user-agent', 'x-forwarded-for']) {
    const value = request.headers.get(name);
    if (value) headers.set(name, value);
  }
  if (session) headers.set('authorization', `Bearer ${session.accessToken}`);
  const { body: sent } = request;
  // A long film passes through no more hands than it has to.
  const heard =
    sent && keeps && listenForFields(sent, { contentType: request.headers.get('content-type'), names: keeps });
  const answer = await sendToApi(
    new Request(new URL(to, 'http://stoa.internal'), {
      method,
      headers,
      redirect: 'manual',
      signal: request.signal,
      ...(sent ? { body: heard ? heard.body : sent, duplex: 'half' } : {}),
    }),
  );
  const body: unknown = await answer.json().catch(() => null);
  const told: Told = answer.ok
    ? { kind: 'saved' }
    : { kind: 'refused', message: wordsFor(answer.status, body), typed: (await heard?.typed()) ?? {} };

  const page = getPathname({ href: backTo(answer.ok ? body : null), locale });
  const response = NextResponse.redirect(`${origin}${page}?told=${await tellPage(told)}`, 303);
  for (const { name, value, maxAge } of sessionCookies) {
    response.cookies.set(name, value, { ...privateCookie(secure), maxAge });
  }
  response.headers.set('cache-control', 'no-store');
  return response;
}

/** What a person reads about a refusal; empty when it says nothing, as a proxy's page does. */
function wordsFor(status: number, body: unknown): string {
  const problem = toProblem(status, body);
  return problem.errors[0]?.message || problem.detail || problem.title;
}
