'use server';

import { revalidatePath } from 'next/cache';
import { getLocale } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { onceAnswered, requestKey } from '@/buying/request-key.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { getPathname, redirect } from '@/i18n/navigation.ts';

/** Cancels a subscription at the end of its period, pauses it, or goes on with it. */
export async function changeSubscription(_before: FormState, form: FormData): Promise<FormState> {
  const { id = '', change } = textsOf(form);
  const request = { params: { path: { id } } };
  const client = await api();
  const answer =
    change === 'cancel'
      ? await client.DELETE('/api/subscriptions/{id}', request)
      : change === 'pause'
        ? await client.POST('/api/subscriptions/{id}/pause', request)
        : await client.POST('/api/subscriptions/{id}/resume', request);
  revalidatePath('/[locale]/(account)', 'layout');
  return answer.response.ok ? done() : refused(problemOf(answer));
}

/** Makes the order of the next period and leads to its payment: whatever it is paid with is kept from then on. */
export async function payNextPeriod(_before: FormState, form: FormData): Promise<FormState> {
  const { id = '' } = textsOf(form);
  const answer = await (await api()).POST('/api/subscriptions/{id}/next-period', { params: { path: { id } } });
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]/(account)', 'layout');
  const { openOrderId } = answer.data;
  const href = openOrderId ? `/orders/${openOrderId}/pay` : `/account/subscriptions/${id}`;
  return redirect({ href, locale: await getLocale() });
}

/** Begins to keep a payment method with nothing to pay; its page then leads to the provider. */
export async function keepMethod(_before: FormState, form: FormData): Promise<FormState> {
  const { id = '', provider = '', key = '' } = textsOf(form);
  const locale = await getLocale();
  const returnUrl = getPathname({ href: `/account/subscriptions/${id}`, locale });
  const client = await api();
  const answer = await onceAnswered(() =>
    client.POST('/api/subscriptions/{id}/methods', {
      params: { path: { id }, header: { 'Idempotency-Key': requestKey('method', id, provider, key) } },
      body: { provider, returnUrl },
    }),
  );
  if (!answer.data) return refused(problemOf(answer));
  return redirect({ href: `/account/subscriptions/${id}?setup=${answer.data.id}&go=1`, locale });
}

/** Changes the plan. What is left to pay is charged with the kept method, or paid on the order's page. */
export async function changePlan(_before: FormState, form: FormData): Promise<FormState> {
  const { id = '', sku = '', key = '' } = textsOf(form);
  const client = await api();
  const answer = await onceAnswered(() =>
    client.POST('/api/subscriptions/{id}/plan', {
      params: { path: { id }, header: { 'Idempotency-Key': requestKey('plan', id, sku, key) } },
      body: { sku },
    }),
  );
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]/(account)', 'layout');
  const { openOrderId } = answer.data;
  const href = openOrderId ? `/orders/${openOrderId}/pay?go=1` : `/account/subscriptions/${id}`;
  return redirect({ href, locale: await getLocale() });
}
