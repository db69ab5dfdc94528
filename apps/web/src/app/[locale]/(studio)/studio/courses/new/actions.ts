'use server';

import { revalidatePath } from 'next/cache';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { locales } from '@/i18n/locales.ts';
import { redirect } from '@/i18n/navigation.ts';

/** Starts a course as a draft, and leads to its page. */
export async function startCourse(_before: FormState, data: FormData): Promise<FormState> {
  const typed = textsOf(data);
  const title = typed.title?.trim() ?? '';
  const summary = typed.summary?.trim() ?? '';
  const locale = await getLocale();
  if (!title) {
    const fields = { title: (await getTranslations('studio.edit'))('titleMissing') };
    return { kind: 'refused', at: Date.now(), code: 'invalid', message: '', traceId: null, fields, typed };
  }
  const language = locales.find((one) => one === typed.language) ?? locale;
  const answer = await (await api()).POST('/api/courses', {
    body: { title, language, ...(summary ? { summary } : {}) },
    ...(typed.key ? { headers: { 'idempotency-key': typed.key } } : {}),
  });
  if (!answer.data) return refused(problemOf(answer), typed);
  revalidatePath('/[locale]', 'layout');
  return redirect({ href: `/studio/courses/${answer.data.id}`, locale });
}
