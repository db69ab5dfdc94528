'use server';

import { revalidatePath } from 'next/cache';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { currencies, parseAmount } from '@/components/sales/typed-amount.ts';
import { redirect } from '@/i18n/navigation.ts';

/** Offers a membership or takes it out of the shop; which one and which way are fields of the form. */
export async function moveMembership(_before: FormState, data: FormData): Promise<FormState> {
  const { membership: id = '', to } = textsOf(data);
  const client = await api();
  const answer =
    to === 'archive'
      ? await client.POST('/api/memberships/{id}/archive', { params: { path: { id } } })
      : await client.POST('/api/memberships/{id}/publish', { params: { path: { id } } });
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]', 'layout');
  return done();
}

/** Makes a membership as a draft, or changes one, and leads back to the list. */
export async function saveMembership(_before: FormState, data: FormData): Promise<FormState> {
  const typed = textsOf(data);
  const t = await getTranslations('memberships.studio');
  const locale = await getLocale();
  const fields: Record<string, string> = {};
  const name = typed.name?.trim() ?? '';
  if (!name) fields.name = t('nameMissing');
  const currency = currencies.find((known) => known === typed.currency) ?? 'BRL';
  const prices = (['month', 'year'] as const).flatMap((interval) => {
    const text = typed[interval]?.trim() ?? '';
    if (text === '') return [];
    const amount = parseAmount(text, { locale, currency });
    if (!amount) fields[interval] = t('amountInvalid');
    return amount ? [{ interval, price: { amount, currency } }] : [];
  });
  const days = typed.trialDays?.trim() || '0';
  const trialDays = /^\d{1,2}$/.test(days) && Number(days) <= 90 ? Number(days) : null;
  if (trialDays === null) fields.trialDays = t('trialInvalid');
  if (Object.keys(fields).length > 0 || trialDays === null)
    return { kind: 'refused', at: Date.now(), code: 'invalid', message: '', traceId: null, fields, typed };
  const scope = (['courses', 'seller', 'catalogue'] as const).find((one) => one === typed.scope) ?? 'courses';
  const body = {
    name,
    summary: typed.summary?.trim() ?? '',
    description: typed.description?.trim() ?? '',
    language: typed.language || 'en',
    scope,
    trialDays,
    prices,
    courseIds: Object.keys(typed).flatMap((field) => (field.startsWith('course-') ? [field.slice(7)] : [])),
  };
  const client = await api();
  const answer = typed.membership
    ? await client.PATCH('/api/memberships/{id}', { params: { path: { id: typed.membership } }, body })
    : await client.POST('/api/memberships', {
        body: { ...body, ...(typed.seller === 'house' ? { house: true } : {}) },
        ...(typed.key ? { headers: { 'idempotency-key': typed.key } } : {}),
      });
  if (!answer.data) return refused(problemOf(answer), typed);
  revalidatePath('/[locale]', 'layout');
  return redirect({ href: '/studio/memberships', locale });
}
