'use server';

import { revalidatePath } from 'next/cache';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused } from '@/components/forms/form-state.ts';

/** Sends a failed message again, from its first try. */
export async function retryMessage(id: string): Promise<FormState> {
  const answer = await (await api()).POST('/api/admin/notifications/log/{id}/retry', { params: { path: { id } } });
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
}

/** Writes to an address again. One that is not on the list any more is as good. */
export async function liftSuppression(id: string): Promise<FormState> {
  const answer = await (await api()).DELETE('/api/admin/notifications/suppressions/{id}', { params: { path: { id } } });
  revalidatePath('/[locale]/(console)', 'layout');
  if (answer.response.ok || answer.response.status === 404) return done();
  return refused(problemOf(answer));
}
