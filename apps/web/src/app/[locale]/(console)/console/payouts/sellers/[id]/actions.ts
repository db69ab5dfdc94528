'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { parseRate } from '@/components/sales/typed-rate.ts';

/** Agrees on other terms with a seller. An empty field is what applies to everybody. */
export async function agreeTerms(_before: FormState, data: FormData): Promise<FormState> {
  const typed = textsOf(data);
  const t = await getTranslations('sales.terms');
  const fields: Record<string, string> = {};
  const shareText = typed.share?.trim() ?? '';
  const share = shareText === '' ? null : parseRate(shareText);
  if (shareText !== '' && share === null) fields.share = t('shareInvalid');
  const holdText = typed.holdDays?.trim() ?? '';
  const holdDays = /^\d{1,3}$/.test(holdText) ? Number(holdText) : null;
  if (holdText !== '' && (holdDays === null || holdDays > 365)) fields.holdDays = t('holdInvalid');
  if (Object.keys(fields).length > 0)
    return { kind: 'refused', at: Date.now(), code: 'invalid', message: '', traceId: null, fields, typed };
  const answer = await (await api()).PUT('/api/admin/seller-terms/{id}', {
    params: { path: { id: typed.seller ?? '' } },
    body: { share, holdDays, note: (typed.note ?? '').trim() },
  });
  if (!answer.data) return refused(problemOf(answer), typed);
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
}
