'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { tellLesson } from './[lesson]/told.ts';

/** Writes a new lesson, or changes the title and the text of one, and leads to its page; what of both is in the form. */
export async function saveLessonText(_before: FormState, data: FormData): Promise<FormState> {
  const typed = textsOf(data);
  const t = await getTranslations('studio.text');
  const { lesson, course = '', markdown } = typed;
  const title = typed.title?.trim() ?? '';
  const module = typed.module?.trim() ?? '';
  const fields = {
    ...(title ? {} : { title: t('titleMissing') }),
    ...(module || lesson ? {} : { module: t('moduleMissing') }),
  };
  if (Object.keys(fields).length > 0)
    return { kind: 'refused', at: Date.now(), code: 'invalid', message: '', traceId: null, fields, typed };
  const text = markdown === undefined ? {} : { markdown };
  const client = await api();
  const answer = lesson
    ? await client.PATCH('/api/lessons/{id}', {
        params: { path: { id: lesson } },
        headers: { 'if-match': `"${typed.version ?? ''}"` },
        body: { title, ...text },
      })
    : await client.POST('/api/courses/{id}/lessons', {
        params: { path: { id: course } },
        ...(typed.key ? { headers: { 'idempotency-key': typed.key } } : {}),
        body: { title, module, ...text },
      });
  if (!answer.data) return refused(problemOf(answer), typed);
  revalidatePath('/[locale]', 'layout');
  const { courseId, id } = answer.data;
  const page = getPathname({ href: `/studio/courses/${courseId}/lessons/${id}`, locale: await getLocale() });
  return redirect(`${page}?told=${await tellLesson({ kind: 'saved' })}`);
}
