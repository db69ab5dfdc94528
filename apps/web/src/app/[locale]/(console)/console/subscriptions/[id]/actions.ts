'use server';

import { revalidatePath } from 'next/cache';
import { api, problemOf } from '@/api/client.ts';
import { onceAnswered, requestKey } from '@/buying/request-key.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';

/** Ends somebody's subscription, with its period or at once. */
export async function cancelSubscription(_before: FormState, data: FormData): Promise<FormState> {
  const typed = textsOf(data);
  const note = typed.note?.trim() ?? '';
  const answer = await (await api()).POST('/api/admin/subscriptions/{id}/cancellation', {
    params: { path: { id: typed.id ?? '' } },
    body: { at: typed.at === 'period_end' ? 'period_end' : 'now', ...(note ? { note } : {}) },
  });
  if (!answer.data) return refused(problemOf(answer), typed);
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
}

/** Charges for an unpaid renewal now. */
export async function retrySubscription(_before: FormState, data: FormData): Promise<FormState> {
  const { id = '', key = '' } = textsOf(data);
  const client = await api();
  const answer = await onceAnswered(() =>
    client.POST('/api/admin/subscriptions/{id}/retry', {
      params: { path: { id }, header: { 'Idempotency-Key': requestKey('retry', id, key) } },
    }),
  );
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
}
