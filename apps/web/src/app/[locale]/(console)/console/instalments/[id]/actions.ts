'use server';

import { revalidatePath } from 'next/cache';
import { api, problemOf } from '@/api/client.ts';
import { onceAnswered, requestKey } from '@/buying/request-key.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';

/** Gives up somebody's payment in parts, and says what becomes of access and of what was paid. */
export async function cancelPlan(_before: FormState, data: FormData): Promise<FormState> {
  const typed = textsOf(data);
  const answer = await (await api()).POST('/api/admin/instalments/{id}/cancellation', {
    params: { path: { id: typed.id ?? '' } },
    body: {
      access: typed.access === 'keep' ? 'keep' : 'end',
      refund: typed.refund === 'all' ? 'all' : 'none',
      note: typed.note?.trim() ?? '',
    },
  });
  if (!answer.data) return refused(problemOf(answer), typed);
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
}

/** Charges for a late part now. */
export async function retryPart(_before: FormState, data: FormData): Promise<FormState> {
  const { id = '', key = '' } = textsOf(data);
  const client = await api();
  const answer = await onceAnswered(() =>
    client.POST('/api/admin/instalments/{id}/retry', {
      params: { path: { id }, header: { 'Idempotency-Key': requestKey('retry part', id, key) } },
    }),
  );
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
}
