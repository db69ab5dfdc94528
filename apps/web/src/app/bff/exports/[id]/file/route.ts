import { type NextRequest, NextResponse } from 'next/server';
import { toProblem } from '@/api/problem.ts';
import { sendToApi } from '@/api/transport.ts';
import { refused } from '@/components/forms/form-state.ts';
import { tellPage } from '@/components/forms/told.ts';
import { defaultLocale, isAppLocale } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { isSameOrigin } from '@/security/same-origin.ts';
import { publicOrigin, sessionSecret } from '@/session/environment.ts';
import { isSecureRequest } from '@/session/secure.ts';
import { readSession } from '@/session/session-cookie.ts';

/** What the API says of the file, for the browser that saves it. */
const described = ['content-type', 'content-disposition', 'content-length'];

/**
 * `POST /bff/exports/{id}/file?locale=`: the copy of a person's data, from a form with their password. A plain form, so
 * that the browser saves what comes back; a refusal leads back to the page, which says it in its language.
 */
export async function POST(request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const origin = publicOrigin(request);
  if (!isSameOrigin(request.headers, origin)) return new NextResponse(null, { status: 403 });
  const wanted = request.nextUrl.searchParams.get('locale');
  const locale = isAppLocale(wanted) ? wanted : defaultLocale;
  const session = await readSession(request.cookies, {
    secret: sessionSecret(),
    secure: isSecureRequest(request.headers),
  });
  const password = (await request.formData().catch(() => null))?.get('password') ?? '';

  const headers = new Headers({ 'accept-language': locale, 'content-type': 'application/json' });
  for (const name of ['traceparent', 'user-agent', 'x-forwarded-for']) {
    const value = request.headers.get(name);
    if (value) headers.set(name, value);
  }
  if (session) headers.set('authorization', `Bearer ${session.accessToken}`);
  const id = encodeURIComponent((await params).id);
  const answer = await sendToApi(
    new Request(`http://stoa.internal/api/users/me/exports/${id}/file`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ password }),
      redirect: 'manual',
      signal: request.signal,
    }),
  );
  const answerHeaders = new Headers({ 'cache-control': 'private, no-store' });
  if (!answer.ok) {
    const problem = toProblem(answer.status, await answer.json().catch(() => null));
    const state = refused(problem);
    const message = state.kind === 'refused' ? (state.fields.password ?? state.message) : '';
    const field = problem.code === 'export_not_found' ? undefined : 'password';
    const told = await tellPage({ kind: 'refused', message, typed: {}, ...(field ? { field } : {}) });
    const page = getPathname({ href: '/account/data', locale });
    answerHeaders.set('location', `${origin}${page}?told=${told}`);
    return new NextResponse(null, { status: 303, headers: answerHeaders });
  }
  for (const name of described) {
    const value = answer.headers.get(name);
    if (value) answerHeaders.set(name, value);
  }
  return new NextResponse(answer.body, { headers: answerHeaders });
}
