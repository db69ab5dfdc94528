'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';

/** Holds a provider's report of a day against the books; `message` says how many rows fit. */
export async function compareReport(
  _before: { form: FormState; message: string },
  data: FormData,
): Promise<{ form: FormState; message: string }> {
  const typed = textsOf(data);
  const answer = await (await api()).POST('/api/admin/payments/reconciliations', {
    body: { provider: typed.provider ?? '', day: typed.day ?? '' },
  });
  if (!answer.data) return { form: refused(problemOf(answer), typed), message: '' };
  revalidatePath('/[locale]/(console)', 'layout');
  const t = await getTranslations('sales.payments');
  return { form: done(), message: t('compared', answer.data) };
}

/** Offers a provider or not, on the whole site. */
export async function switchProvider(given: { name: string; offered: boolean; note: string }): Promise<FormState> {
  const { name, ...body } = given;
  const answer = await (await api()).PUT('/api/admin/payments/providers/{name}', { params: { path: { name } }, body });
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
}
