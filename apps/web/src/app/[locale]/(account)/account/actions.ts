'use server';

import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { isAppLocale } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { renameSession } from './own-session.ts';

/** Saves name, language and time zone. Another language opens this page in it. */
export async function saveProfile(_before: FormState, data: FormData): Promise<FormState> {
  const typed = textsOf(data);
  const locale = isAppLocale(typed.locale) ? typed.locale : undefined;
  const answer = await (await api()).PATCH('/api/users/me', {
    body: {
      ...(typed.name === undefined ? {} : { name: typed.name.trim() }),
      ...(locale ? { locale } : {}),
      ...(typed.timeZone ? { timeZone: typed.timeZone } : {}),
    },
  });
  if (!answer.data) return refused(problemOf(answer), typed);
  await renameSession({ name: answer.data.name, locale: answer.data.locale });
  revalidatePath('/[locale]', 'layout');
  if (locale && locale !== (await getLocale())) {
    (await cookies()).set('stoa_locale', locale, { path: '/', maxAge: 60 * 60 * 24 * 365, sameSite: 'lax' });
    redirect(getPathname({ href: '/account', locale }));
  }
  return done();
}

/** Sends the mail with the verification link again. */
export async function resendVerification(): Promise<FormState> {
  const answer = await (await api()).POST('/api/users/me/email-verification');
  return answer.response.ok ? done() : refused(problemOf(answer));
}

/** Keeps the appearance with the account; the page itself has already changed. */
export async function saveTheme(theme: 'system' | 'light' | 'dark'): Promise<FormState> {
  const client = await api();
  const before = await client.GET('/api/users/me/preferences');
  if (!before.data) return refused(problemOf(before));
  const answer = await client.PUT('/api/users/me/preferences', { body: { ...before.data, theme } });
  return answer.data ? done() : refused(problemOf(answer));
}
