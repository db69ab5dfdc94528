'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { parseRate } from '@/components/sales/typed-rate.ts';

/** Adds a rule of tax. Orders that exist keep theirs. */
export async function addTaxRule(_before: FormState, data: FormData): Promise<FormState> {
  const typed = textsOf(data);
  const t = await getTranslations('sales.taxes');
  const rate = parseRate(typed.rate ?? '');
  if (rate === null)
    return {
      kind: 'refused',
      at: Date.now(),
      code: 'invalid',
      message: '',
      traceId: null,
      fields: { rate: t('rateInvalid') },
      typed,
    };
  const answer = await (await api()).POST('/api/admin/tax-rules', {
    ...(typed.key ? { headers: { 'idempotency-key': typed.key } } : {}),
    body: {
      country: (typed.country ?? '').trim().toUpperCase(),
      category: (typed.category ?? '').trim() || '*',
      name: (typed.name ?? '').trim(),
      rate,
      inclusive: typed.inclusive === 'true',
      source: (typed.source ?? '').trim(),
      checkedOn: typed.checkedOn ?? '',
      validFrom: typed.validFrom ?? '',
      ...(typed.validTo ? { validTo: typed.validTo } : {}),
    },
  });
  if (!answer.data) return refused(problemOf(answer), typed);
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
}

/** Ends a rule of tax on a day. */
export async function endTaxRule(_before: FormState, data: FormData): Promise<FormState> {
  const { rule = '', validTo = '' } = textsOf(data);
  const answer = await (await api()).POST('/api/admin/tax-rules/{id}/end', {
    params: { path: { id: rule } },
    body: { validTo },
  });
  if (!answer.data) return refused(problemOf(answer), textsOf(data));
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
}
