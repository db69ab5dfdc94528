'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import type { ApiProblem } from '@/api/problem.ts';
import { type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { tellPage } from '@/components/forms/told.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { keptIn, rebaseKept } from './kept-lines.ts';

/** A lesson as it is stored: what a text is written on top of. */
export type StoredText = { version: number; title: string; markdown: string | null };

/** The form's state. */
export type LessonTextState = {
  form: FormState;
  /** What the text in the form is to follow, after a conflict as somebody else left it; null for a new lesson. */
  onTop: StoredText | null;
  /** What was taken out of the text, and what put to its end, in words, so that it fits what somebody else left. */
  conflict: { gone: string[]; added: string[] } | null;
};

/**
 * Writes a new lesson, or changes the title and the text of one, and leads to its page; what of both is in the form. When
 * somebody else saved meanwhile it answers with their version, and the next save goes on top of that one.
 */
export async function saveLessonText(before: LessonTextState, data: FormData): Promise<LessonTextState> {
  const typed = textsOf(data);
  const t = await getTranslations('studio.text');
  const { lesson, course = '' } = typed;
  const title = typed.title?.trim() ?? '';
  const module = typed.module?.trim() ?? '';
  const fields = {
    ...(title ? {} : { title: t('titleMissing') }),
    ...(module || lesson ? {} : { module: t('moduleMissing') }),
  };
  if (Object.keys(fields).length > 0)
    return {
      ...before,
      form: { kind: 'refused', at: Date.now(), code: 'invalid', message: '', traceId: null, fields, typed },
    };
  const text = typed.markdown === undefined ? {} : { markdown: typed.markdown };
  const client = await api();
  const save = (version: number) =>
    client.PATCH('/api/lessons/{id}', {
      params: { path: { id: lesson ?? '' } },
      headers: { 'if-match': `"${version}"` },
      body: { title, ...text },
    });
  let answer = before.onTop
    ? await save(before.onTop.version)
    : await client.POST('/api/courses/{id}/lessons', {
        params: { path: { id: course } },
        ...(typed.key ? { headers: { 'idempotency-key': typed.key } } : {}),
        body: { title, module, ...text },
      });
  if (!answer.data && before.onTop && problemOf(answer).code === 'edit_conflict') {
    const now = await client.GET('/api/lessons/{id}/text', { params: { path: { id: lesson ?? '' } } });
    if (!now.data) return { ...before, form: refused(problemOf(now), typed) };
    const { version, markdown } = now.data;
    const theirs = { version, title: now.data.title, markdown };
    if (theirs.title !== before.onTop.title || markdown !== before.onTop.markdown)
      return besideTheirs({ problem: problemOf(answer), typed, onTop: before.onTop, theirs });
    // Somebody gave a film its captions: nothing of what is being written here.
    answer = await save(version);
  }
  if (!answer.data) return { ...before, form: refused(problemOf(answer), typed) };
  revalidatePath('/[locale]', 'layout');
  const { courseId, id } = answer.data;
  const page = getPathname({ href: `/studio/courses/${courseId}/lessons/${id}`, locale: await getLocale() });
  return redirect(`${page}?told=${await tellPage({ kind: 'saved' })}`);
}

/** Removes a lesson and leads back to its course; which is in the form. One that is gone already is removed. */
export async function removeLesson(_before: FormState, data: FormData): Promise<FormState> {
  const { lesson: id = '', course = '', title = '' } = textsOf(data);
  const answer = await (await api()).DELETE('/api/lessons/{id}', { params: { path: { id } } });
  if (!answer.response.ok && answer.response.status !== 404) return refused(problemOf(answer));
  revalidatePath('/[locale]', 'layout');
  const page = getPathname({ href: `/studio/courses/${encodeURIComponent(course)}`, locale: await getLocale() });
  return redirect(`${page}?told=${await tellPage({ kind: 'removed', title })}`);
}

type Beside = { problem: ApiProblem; typed: Record<string, string>; onTop: StoredText; theirs: StoredText };

/** What was typed, made to fit what somebody else saved meanwhile. */
function besideTheirs({ problem, typed, onTop, theirs }: Beside): LessonTextState {
  // Somebody saved once more: what stood beside the form to copy from still does.
  const { whose, besideTitle, besideMarkdown, ...kept } = typed;
  if (besideMarkdown) kept.earlier = kept.earlier ? `${kept.earlier}\n\n${besideMarkdown}` : besideMarkdown;
  // Without their text nobody knows what its lines would stand for.
  const fitted =
    typed.markdown === undefined || theirs.markdown === null
      ? null
      : rebaseKept(typed.markdown, { began: keptIn(onTop.markdown ?? ''), now: keptIn(theirs.markdown) });
  return {
    form: refused(problem, fitted ? { ...kept, markdown: fitted.text } : kept),
    onTop: theirs,
    conflict: { gone: fitted?.gone ?? [], added: fitted?.added ?? [] },
  };
}
