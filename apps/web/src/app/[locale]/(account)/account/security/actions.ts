'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { forgetSession } from '../own-session.ts';

/** Changes the password; the API ends every other session. Passwords are never handed back to the page. */
export async function changePassword(_before: FormState, data: FormData): Promise<FormState> {
  const { currentPassword = '', newPassword = '' } = textsOf(data);
  const answer = await (await api()).POST('/api/users/me/password', { body: { currentPassword, newPassword } });
  if (answer.response.ok) {
    revalidatePath('/[locale]/(account)', 'layout');
    return done();
  }
  const state = refused(problemOf(answer));
  if (state.kind !== 'refused' || Object.keys(state.fields).length > 0) return state;
  // Which of the two fields a refusal is about, where the API names the reason and not the field.
  if (state.code === 'wrong_password') return { ...state, fields: { currentPassword: state.message } };
  if (state.code === 'password_refused') return { ...state, fields: { newPassword: state.message } };
  return state;
}

/** Ends one session of the person. One that has already ended is as good. */
export async function endSession(id: string): Promise<FormState> {
  const answer = await (await api()).DELETE('/api/users/me/sessions/{id}', { params: { path: { id } } });
  revalidatePath('/[locale]/(account)', 'layout');
  if (answer.response.ok || answer.response.status === 404) return done();
  return refused(problemOf(answer));
}

/** Signs the person out everywhere, here too, and opens the home page. */
export async function endAllSessions(): Promise<FormState> {
  const answer = await (await api()).DELETE('/api/users/me/sessions');
  if (!answer.response.ok) return refused(problemOf(answer));
  await forgetSession();
  redirect(getPathname({ href: '/', locale: await getLocale() }));
}
