'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { readCart, saveCart } from '@/buying/cart-cookie.ts';
import { onceAnswered, requestKey } from '@/buying/request-key.ts';
import { type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { requireSession } from '@/session/session.ts';
import { quotePlan } from '../../membership-data.ts';

/**
 * Subscribes to a plan. A trial begins at once; without one the first payment is on its way. Sent twice it is the same
 * subscription. What the person has not seen is not agreed to: another price or country is shown first.
 */
export async function subscribe(_before: FormState, form: FormData): Promise<FormState> {
  const typed = textsOf(form);
  const { user } = await requireSession();
  const [cart, locale, t] = await Promise.all([readCart(), getLocale(), getTranslations('buying.checkout')]);
  const country = /^[A-Z]{2}$/.test(typed.country ?? '') ? (typed.country ?? '') : '';
  const again = (code: string, message: string): FormState => {
    return { kind: 'refused', at: Date.now(), code, message, traceId: null, fields: {}, typed };
  };
  if (country !== cart.country) {
    await saveCart({ ...cart, country });
    return again('country_changed', t('countryChanged'));
  }
  const sku = typed.sku ?? '';
  const quote = await quotePlan(sku, country);
  if (quote && !quote.refusal) {
    const { total } = quote.renewal;
    if (typed.agreed !== `${total.amount} ${total.currency} ${quote.trialDays}`)
      return again('price_changed', t('priceChanged'));
  }
  const body = { sku, provider: typed.provider ?? '', ...(country ? { country } : {}) };
  const client = await api();
  const answer = await onceAnswered(() =>
    client.POST('/api/subscriptions', {
      params: { header: { 'Idempotency-Key': requestKey('subscription', user.id, typed.key ?? '', body) } },
      body,
    }),
  );
  if (!answer.data) return refused(problemOf(answer), typed);
  const { id, openOrderId } = answer.data;
  revalidatePath('/[locale]', 'layout');
  const href = openOrderId ? `/orders/${openOrderId}/pay?go=1` : `/account/subscriptions/${id}`;
  return redirect(getPathname({ href, locale }));
}
