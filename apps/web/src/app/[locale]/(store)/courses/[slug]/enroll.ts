'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { api, problemOf } from '@/api/client.ts';
import { type WayOn, wayOn } from '@/components/forms/form-state.ts';
import { defaultLocale, isAppLocale } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { isSecureRequest } from '@/session/secure.ts';
import { getSession } from '@/session/session.ts';
import { intentCookie } from './enroll-intent.ts';

/** Why somebody is not enrolled, in their language. */
export type EnrollState = { problem: WayOn & { title: string } } | null;

const intentSeconds = 30 * 60;

/**
 * Enrolls and opens the player. Somebody who is not signed in signs in or registers first, comes back to the course
 * page, and is enrolled there.
 */
export async function enroll(_before: EnrollState, form: FormData): Promise<EnrollState> {
  // Hidden fields and not bound arguments: see the player's actions.
  const field = (name: string) => String(form.get(name) ?? '');
  const locale = field('locale');
  const course = { id: field('course'), slug: field('slug'), locale: isAppLocale(locale) ? locale : defaultLocale };
  const jar = await cookies();
  const page = getPathname({ href: `/courses/${encodeURIComponent(course.slug)}`, locale: course.locale });
  if (!(await getSession())) {
    jar.set(intentCookie, course.id, {
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecureRequest(await headers()),
      path: '/',
      maxAge: intentSeconds,
    });
    redirect(`/auth/sign-in?returnTo=${encodeURIComponent(page)}`);
  }
  jar.delete(intentCookie);
  const answer = await (await api()).POST('/api/courses/{id}/enrollments', {
    params: { path: { id: course.id }, header: { 'Idempotency-Key': crypto.randomUUID() } },
  });
  if (!answer.data) {
    const problem = problemOf(answer);
    return { problem: { title: problem.title, ...wayOn(problem) } };
  }
  redirect(getPathname({ href: `/learn/${encodeURIComponent(course.slug)}`, locale: course.locale }));
}
