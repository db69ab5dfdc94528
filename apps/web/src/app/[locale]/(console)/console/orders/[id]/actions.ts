'use server';

import { revalidatePath } from 'next/cache';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';

/** Gives an order up, once the operator has said yes. */
export async function cancelOrder(_before: FormState, data: FormData): Promise<FormState> {
  const { order = '' } = textsOf(data);
  const answer = await (await api()).POST('/api/orders/{id}/cancel', { params: { path: { id: order } } });
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
}

/** Has the payment queue ask the provider how a payment stands. */
export async function askProvider(_before: FormState, data: FormData): Promise<FormState> {
  const { payment = '' } = textsOf(data);
  const answer = await (await api()).GET('/api/payments/{id}', {
    params: { path: { id: payment }, query: { refresh: true } },
  });
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
}

/** Notes that somebody has looked at what was flagged. */
export async function resolveEvidence(_before: FormState, data: FormData): Promise<FormState> {
  const { evidence = '' } = textsOf(data);
  const answer = await (await api()).POST('/api/admin/payments/evidence/{id}/resolution', {
    params: { path: { id: evidence } },
  });
  if (!answer.response.ok) return refused(problemOf(answer));
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
}
