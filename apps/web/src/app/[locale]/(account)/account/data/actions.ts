'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { forgetSession } from '../own-session.ts';

/** Asks for a copy of everything that is held; a mail says when it is ready. */
export async function askExport(): Promise<FormState> {
  const answer = await (await api()).POST('/api/users/me/export');
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]/(account)', 'layout');
  return done();
}

/** Deletes the account for good, on proof of the password, and opens the home page as a stranger. */
export async function deleteAccount(_before: FormState, data: FormData): Promise<FormState> {
  const { password = '' } = textsOf(data);
  const answer = await (await api()).DELETE('/api/users/me', { body: { password } });
  if (!answer.response.ok) {
    const state = refused(problemOf(answer));
    return state.kind === 'refused' && state.code === 'wrong_password'
      ? { ...state, fields: { password: state.message } }
      : state;
  }
  await forgetSession();
  redirect(getPathname({ href: '/', locale: await getLocale() }));
}
