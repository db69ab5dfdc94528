'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { currencies, parseAmount } from '@/components/sales/typed-amount.ts';
import { readOriginal } from './read-original.ts';

export type Course = paths['/api/courses/{id}']['get']['responses'][200]['content']['application/json'];

/** The form's state; after a conflict also the course as somebody else left it, so that nothing has to be guessed. */
export type EditState = { form: FormState; version: number; theirs: Course | null };

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
  const amount = currency ? parseAmount(typed.amount ?? '') : null;
  if (currency && !amount) fields.price = t('amountInvalid');
  const parts = Number.parseInt(typed.parts ?? '', 10);
  const percent = typed.surcharge ? Number(typed.surcharge.replace(',', '.')) : 0;
  if (parts && !(percent >= 0 && percent <= 50)) fields.surcharge = tParts('surchargeInvalid');
  if (Object.keys(fields).length > 0) {
    return {
      ...before,
      form: { kind: 'refused', at: Date.now(), code: 'invalid', message: '', traceId: null, fields, typed },
    };
  }
  const client = await api();
  const level = levels.find((known) => known === typed.level);
  const answer = await client.PATCH('/api/courses/{id}', {
    params: { path: { id } },
    headers: { 'if-match': `"${before.version}"` },
    body: {
      title,
      summary: typed.summary?.trim() ?? '',
      ...(level ? { level } : {}),
      category: typed.category || null,
      outcomes: (typed.outcomes ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
      price: currency && amount ? { amount, currency } : null,
      instalments: currency && amount && parts ? { parts, surcharge: Math.round(percent * 100) } : null,
    },
  });
  if (answer.data) {
    revalidatePath('/[locale]', 'layout');
    return { form: done(), version: answer.data.version, theirs: null };
  }
  const problem = problemOf(answer);
  if (problem.code !== 'edit_conflict') return { ...before, form: refused(problem, typed) };
  const theirs = await readOriginal(id);
  return theirs
    ? { form: refused(problem, typed), version: theirs.version, theirs }
    : { ...before, form: refused(problem, typed) };
}
