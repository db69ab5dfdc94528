'use server';

import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { isAppLocale } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { takenOver, takenOverCookie } from '@/session/account-choices.ts';
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
  if (locale) await followAccount({ locale });
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
  if (!answer.data) return refused(problemOf(answer));
  await followAccount({ theme });
  return done();
}

/** What is chosen here is the account's: at the next sign-in this device takes over what it is by then. */
async function followAccount(chosen: { theme?: string; locale?: string }): Promise<void> {
  const jar = await cookies();
  jar.set(takenOverCookie, takenOver(jar, chosen), { path: '/', maxAge: 60 * 60 * 24 * 365, sameSite: 'lax' });
}

/** Asks for another address; it changes when the link that goes there is opened. The password is never handed back. */
export async function askEmailChange(_before: FormState, data: FormData): Promise<FormState> {
  const { email = '', password = '' } = textsOf(data);
  const answer = await (await api()).POST('/api/users/me/email-change', { body: { email: email.trim(), password } });
  if (answer.response.ok) {
    revalidatePath('/[locale]/(account)', 'layout');
    return done();
  }
  const state = refused(problemOf(answer), { email });
  if (state.kind !== 'refused' || Object.keys(state.fields).length > 0) return state;
  // Which of the two fields a refusal is about, where the API names the reason and not the field.
  if (state.code === 'wrong_password') return { ...state, fields: { password: state.message } };
  if (state.code === 'email_unchanged') return { ...state, fields: { email: state.message } };
  return state;
}

/** Keeps the address; the link that would change it ends. */
export async function cancelEmailChange(): Promise<FormState> {
  const answer = await (await api()).DELETE('/api/users/me/email-change');
  if (!answer.response.ok) return refused(problemOf(answer));
  revalidatePath('/[locale]/(account)', 'layout');
  return done();
}
