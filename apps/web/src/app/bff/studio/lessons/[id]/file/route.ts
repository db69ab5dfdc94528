import { type NextRequest, NextResponse } from 'next/server';
import { toProblem } from '@/api/problem.ts';
import { sendToApi } from '@/api/transport.ts';
import { tellLesson } from '@/app/[locale]/(studio)/studio/courses/[id]/lessons/[lesson]/told.ts';
import { defaultLocale, isAppLocale } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { isSameOrigin } from '@/security/same-origin.ts';
import { privateCookie } from '@/session/cookie-options.ts';
import { publicOrigin, sessionSecret } from '@/session/environment.ts';
import { freshSession } from '@/session/fresh-session.ts';
import { isSecureRequest } from '@/session/secure.ts';
import { readSession } from '@/session/session-cookie.ts';

/** What the API is asked; everything else in the address is for the way back. */
const asked = ['as', 'of'];

/**
 * `POST /bff/studio/lessons/{id}/file?as=&of=&course=&locale=`: takes a form with a file where no script runs, hands it on
 * to the API while it arrives, and leads back to the lesson's page, which says what became of it. It is not drawn through
 * src/proxy.ts, which would keep the file in memory, and so renews the session itself.
 */
export async function POST(request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const origin = publicOrigin(request);
  if (!isSameOrigin(request.headers, origin)) return new NextResponse(null, { status: 403 });
  const { id } = await params;
  const { searchParams } = request.nextUrl;
  const wanted = searchParams.get('locale');
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
  const target = new URL(`http://stoa.internal/api/lessons/${encodeURIComponent(id)}/file`);
  for (const name of asked) {
    const value = searchParams.get(name);
    if (value) target.searchParams.set(name, value);
  }
  const answer = await sendToApi(
    new Request(target, {
      method: 'PUT',
      headers,
      redirect: 'manual',
      signal: request.signal,
      ...(request.body ? { body: request.body, duplex: 'half' } : {}),
    }),
  );
  const body: unknown = await answer.json().catch(() => null);
  const told = answer.ok
    ? ({ kind: 'saved' } as const)
    : ({ kind: 'refused', message: wordsFor(answer.status, body), as: searchParams.get('as') ?? '' } as const);

  const page = getPathname({
    href: `/studio/courses/${encodeURIComponent(searchParams.get('course') ?? '')}/lessons/${encodeURIComponent(id)}`,
    locale,
  });
  const response = NextResponse.redirect(`${origin}${page}?told=${await tellLesson(told)}`, 303);
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
