'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';

/** `message` says what came of it, in words. */
export type Told = { form: FormState; message: string };

/** Makes payouts of what sellers are owed beyond the holding period. */
export async function makePayouts(_before: Told, _data: FormData): Promise<Told> {
  const answer = await (await api()).POST('/api/admin/payouts', {});
  if (!answer.data) return { form: refused(problemOf(answer)), message: '' };
  revalidatePath('/[locale]/(console)', 'layout');
  const t = await getTranslations('sales.payouts');
  return { form: done(), message: t('made', { count: answer.data.items.length }) };
}

/** Notes that the bank has sent a payout, or that it did not arrive: the button says which. */
export async function decidePayout(_before: Told, data: FormData): Promise<Told> {
  const typed = textsOf(data);
  const t = await getTranslations('sales.payouts');
  const params = { path: { id: typed.payout ?? '' } };
  const client = await api();
  const failed = typed.intent === 'fail';
  const answer = failed
    ? await client.POST('/api/admin/payouts/{id}/failure', { params })
    : await client.POST('/api/admin/payouts/{id}/confirmation', {
        params,
        body: { reference: (typed.reference ?? '').trim() },
      });
  if (!answer.data) return { form: refused(problemOf(answer), typed), message: '' };
  revalidatePath('/[locale]/(console)', 'layout');
  return { form: done(), message: failed ? t('failedNow') : t('confirmed') };
}
