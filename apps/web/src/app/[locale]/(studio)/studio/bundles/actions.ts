'use server';

import { revalidatePath } from 'next/cache';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { currencies, parseAmount } from '@/components/sales/typed-amount.ts';
import { locales } from '@/i18n/locales.ts';
import { redirect } from '@/i18n/navigation.ts';

/** Offers a bundle for sale or takes it off; which one and which way are fields of the form. */
export async function moveBundle(_before: FormState, data: FormData): Promise<FormState> {
  const { bundle: id = '', to } = textsOf(data);
  const client = await api();
  const answer =
    to === 'archive'
      ? await client.POST('/api/bundles/{id}/archive', { params: { path: { id } } })
      : await client.POST('/api/bundles/{id}/publish', { params: { path: { id } } });
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]', 'layout');
  return done();
}

/** Makes a bundle, or changes one, and leads back to the list. */
export async function saveBundle(_before: FormState, data: FormData): Promise<FormState> {
  const typed = textsOf(data);
  const t = await getTranslations('studio.bundles');
  const locale = await getLocale();
  const fields: Record<string, string> = {};
  const title = typed.title?.trim() ?? '';
  if (!title) fields.title = t('titleMissing');
  const currency = currencies.find((known) => known === typed.currency) ?? 'BRL';
  const amount = parseAmount(typed.amount ?? '', { locale, currency });
  if (!amount) fields.price = t('amountInvalid');
  const courseIds = Object.keys(typed).flatMap((name) => (name.startsWith('course-') ? [name.slice(7)] : []));
  if (courseIds.length < 2 || courseIds.length > 20) fields.courseIds = t('coursesInvalid');
  if (Object.keys(fields).length > 0 || !amount)
    return { kind: 'refused', at: Date.now(), code: 'invalid', message: '', traceId: null, fields, typed };
  const language = locales.find((one) => one === typed.language) ?? locale;
  const translations = Object.fromEntries(
    locales.map((one) => [
      one,
      {
        title: typed[`title-${one}`]?.trim() ?? '',
        summary: typed[`summary-${one}`]?.trim() ?? '',
        description: typed[`description-${one}`]?.trim() ?? '',
      },
    ]),
  );
  const body = {
    title,
    summary: typed.summary?.trim() ?? '',
    description: typed.description?.trim() ?? '',
    language,
    translations,
    price: { amount, currency },
    courseIds,
  };
  const client = await api();
  const answer = typed.bundle
    ? await client.PATCH('/api/bundles/{id}', { params: { path: { id: typed.bundle } }, body })
    : await client.POST('/api/bundles', {
        body,
        ...(typed.key ? { headers: { 'idempotency-key': typed.key } } : {}),
      });
  if (!answer.data) return refused(problemOf(answer), typed);
  revalidatePath('/[locale]', 'layout');
  return redirect({ href: '/studio/bundles', locale });
}
