'use server';

import { revalidatePath } from 'next/cache';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { currencies, parseAmount } from '@/components/sales/typed-amount.ts';
import { parseRate } from '@/components/sales/typed-rate.ts';
import { basicsOf } from './course-basics.ts';
import { readOriginal } from './read-original.ts';

export type Course = paths['/api/courses/{id}']['get']['responses'][200]['content']['application/json'];

/** The form's state; after a conflict also the course as somebody else left it, so that nothing has to be guessed. */
export type EditState = {
  form: FormState;
  version: number;
  /** What the form began with (`basicsOf`). */
  began: string;
  theirs: Course | null;
  /** What was sent and the course as it is kept now, which is not always how it was typed. */
  saved: { typed: Record<string, string>; course: Course } | null;
};

const levels = ['all', 'beginner', 'intermediate', 'advanced'] as const;

/**
 * Saves the basics of a course, on top of the version the person began with. When somebody else saved meanwhile it
 * answers with their version, and the next save goes on top of that one.
 */
export async function saveCourse(before: EditState, data: FormData): Promise<EditState> {
  const typed = textsOf(data);
  // A hidden field and not a bound argument: a form sent without scripts to a bound action is never answered.
  const id = typed.course ?? '';
  const t = await getTranslations('studio.edit');
  const tParts = await getTranslations('instalments.sell');
  const fields: Record<string, string> = {};
  const title = typed.title?.trim() ?? '';
  if (!title) fields.title = t('titleMissing');
  const currency = currencies.find((known) => known === typed.currency);
  const amount = currency ? parseAmount(typed.amount ?? '', { locale: await getLocale(), currency }) : null;
  if (currency && !amount) fields.price = t('amountInvalid');
  // Only where no script runs: otherwise there is no amount without a currency. One that was there before is taken back.
  if (!currency && typed.amount?.trim() && !typed.sold) fields.currency = t('currencyMissing');
  const parts = Number.parseInt(typed.parts ?? '', 10);
  const surcharge = typed.surcharge?.trim() ? parseRate(typed.surcharge) : 0;
  if (parts && (surcharge === null || surcharge > 5000)) fields.surcharge = tParts('surchargeInvalid');
  if (Object.keys(fields).length > 0) {
    return {
      ...before,
      form: { kind: 'refused', at: Date.now(), code: 'invalid', message: '', traceId: null, fields, typed },
    };
  }
  const client = await api();
  const level = levels.find((known) => known === typed.level);
  const body = {
    title,
    summary: typed.summary?.trim() ?? '',
    ...(level ? { level } : {}),
    category: typed.category || null,
    outcomes: (typed.outcomes ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    price: currency && amount ? { amount, currency } : null,
    instalments: currency && amount && parts && surcharge !== null ? { parts, surcharge } : null,
  };
  const saveOver = (version: number) =>
    client.PATCH('/api/courses/{id}', { params: { path: { id } }, headers: { 'if-match': `"${version}"` }, body });
  let answer = await saveOver(before.version);
  let theirs: Course | undefined;
  if (!answer.data && problemOf(answer).code === 'edit_conflict') {
    theirs = await readOriginal(id);
    // Somebody moved a module or wrote a lesson: nothing of what is being saved here.
    if (theirs && basicsOf(theirs) === before.began) answer = await saveOver(theirs.version);
  }
  if (answer.data) {
    revalidatePath('/[locale]', 'layout');
    return {
      form: done(),
      version: answer.data.version,
      began: basicsOf(answer.data),
      theirs: null,
      saved: { typed, course: answer.data },
    };
  }
  const problem = problemOf(answer);
  if (problem.code !== 'edit_conflict') return { ...before, form: refused(problem, typed) };
  return theirs
    ? { form: refused(problem, typed), version: theirs.version, began: basicsOf(theirs), theirs, saved: null }
    : { ...before, form: refused(problem, typed) };
}

/** Gives a module another title, or another place among the modules of its course; which is in the form. */
export async function changeModule(_before: FormState, data: FormData): Promise<FormState> {
  const typed = textsOf(data);
  const title = typed.title?.trim();
  if (title === '') {
    const fields = { title: (await getTranslations('studio.modules'))('titleMissing') };
    return { kind: 'refused', at: Date.now(), code: 'invalid', message: '', traceId: null, fields, typed };
  }
  const position = Number(typed.position);
  const answer = await (await api()).PATCH('/api/modules/{id}', {
    params: { path: { id: typed.module ?? '' } },
    body: title ? { title } : { position },
  });
  if (!answer.data) return refused(problemOf(answer), typed);
  revalidatePath('/[locale]', 'layout');
  return done();
}

/** Puts a lesson at another place of its module, or into another module; which is in the form. */
export async function moveLesson(_before: FormState, data: FormData): Promise<FormState> {
  const { lesson: id = '', module: moduleId, position } = textsOf(data);
  const answer = await (await api()).PUT('/api/lessons/{id}/place', {
    params: { path: { id } },
    body: { ...(moduleId ? { moduleId } : {}), position: Number(position) },
  });
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]', 'layout');
  return done();
}

/** Takes captions or the poster away from a film; which, and of which lesson, is in the form. */
export async function dropLessonFile(_before: FormState, data: FormData): Promise<FormState> {
  const { lesson: id = '', as, of, language } = textsOf(data);
  const answer = await (await api()).DELETE('/api/lessons/{id}/file', {
    params: {
      path: { id },
      query: {
        as: as === 'captions' ? as : 'poster',
        ...(of === undefined ? {} : { of }),
        ...(language === undefined ? {} : { language }),
      },
    },
  });
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]', 'layout');
  return done();
}
