'use server';

import { revalidatePath } from 'next/cache';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { getTimeZone } from '@/components/time/moment.tsx';
import { redirect } from '@/i18n/navigation.ts';
import { startOfDay } from '../days.ts';
import { known } from '../known.ts';
import { currencies, parseAmount } from '../typed-amount.ts';
import { parseRate } from '../typed-rate.ts';
import { couponPaths } from './coupon-room.ts';

/** Switches a coupon on or off; which one, and which way, are fields of the form. */
export async function switchCoupon(_before: FormState, data: FormData): Promise<FormState> {
  const { coupon = '', active } = textsOf(data);
  const answer = await (await api()).PATCH('/api/coupons/{id}', {
    params: { path: { id: coupon } },
    body: { active: active === 'true' },
  });
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]', 'layout');
  return done();
}

const sku = /^[a-z-]{2,30}:([A-Za-z0-9_.-]{1,80}|\*)$/;

/** Makes a coupon and leads back to the list. Whose it becomes is the API's decision, by who asks. */
export async function makeCoupon(_before: FormState, data: FormData): Promise<FormState> {
  const typed = textsOf(data);
  const t = await getTranslations('sales.coupons');
  const timeZone = await getTimeZone();
  const locale = await getLocale();
  const fields: Record<string, string> = {};
  const code = typed.code?.trim() ?? '';
  if (!/^[A-Za-z0-9_-]{2,40}$/.test(code)) fields.code = t('codeInvalid');
  const currency = known(currencies, typed.currency ?? null) ?? 'BRL';
  const percent = typed.kind === 'amount' ? null : parseRate(typed.value ?? '');
  const amount = typed.kind === 'amount' ? parseAmount(typed.value ?? '', { locale, currency }) : null;
  if (!percent && !amount) fields.value = typed.kind === 'amount' ? t('amountInvalid') : t('percentInvalid');
  const count = (name: 'maxUses' | 'maxUsesPerPerson') => {
    const text = typed[name]?.trim() ?? '';
    if (text === '') return undefined;
    const number = /^\d{1,7}$/.test(text) ? Number(text) : 0;
    if (number < 1 || number > 1_000_000) fields[name] = t('countInvalid');
    return number;
  };
  const maxUses = count('maxUses');
  const maxUsesPerPerson = count('maxUsesPerPerson');
  const minimum = typed.minimum?.trim() ? parseAmount(typed.minimum, { locale, currency }) : 0;
  if (minimum === null) fields.minimum = t('amountInvalid');
  const startsAt = typed.startsAt ? startOfDay(typed.startsAt, timeZone) : null;
  const endsAt = typed.endsAt ? startOfDay(typed.endsAt, timeZone, 1) : null;
  if (startsAt && endsAt && endsAt <= startsAt) fields.endsAt = t('dayInvalid');
  const skus = skusOf(typed);
  if (skus.some((one) => !sku.test(one)) || (typed.goodFor === 'chosen' && skus.length === 0))
    fields.skus = t('skusInvalid');
  if (Object.keys(fields).length > 0)
    return { kind: 'refused', at: Date.now(), code: 'invalid', message: '', traceId: null, fields, typed };

  const answer = await (await api()).POST('/api/coupons', {
    ...(typed.key ? { headers: { 'idempotency-key': typed.key } } : {}),
    body: {
      code,
      scope: typed.scope === 'item' ? 'item' : 'order',
      skus,
      minimum: minimum ?? 0,
      ...(percent ? { percent } : {}),
      ...(amount ? { amount: { amount, currency } } : {}),
      ...(startsAt ? { startsAt } : {}),
      ...(endsAt ? { endsAt } : {}),
      ...(maxUses ? { maxUses } : {}),
      ...(maxUsesPerPerson ? { maxUsesPerPerson } : {}),
    },
  });
  if (!answer.data) {
    const state = refused(problemOf(answer), typed);
    const isTaken = state.kind === 'refused' && state.code === 'coupon_code_taken';
    return isTaken ? { ...state, fields: { code: state.message } } : state;
  }
  revalidatePath('/[locale]', 'layout');
  const path = typed.room === 'studio' ? couponPaths.studio : couponPaths.console;
  return redirect({ href: `${path}?made=${encodeURIComponent(answer.data.code)}`, locale });
}

/** Which items it is good for: none is all of them. */
function skusOf(typed: Record<string, string>): string[] {
  if (typed.room === 'studio')
    return Object.keys(typed).flatMap((name) => (name.startsWith('course-') ? [`course:${name.slice(7)}`] : []));
  if (typed.goodFor === 'courses') return ['course:*'];
  if (typed.goodFor !== 'chosen') return [];
  return (typed.skus ?? '')
    .split(/[\s,;]+/)
    .map((one) => one.trim())
    .filter(Boolean);
}
