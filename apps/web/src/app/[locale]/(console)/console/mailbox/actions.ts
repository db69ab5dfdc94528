'use server';

import { revalidatePath } from 'next/cache';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused } from '@/components/forms/form-state.ts';

/** Sends a failed mail again, from its first try. */
export async function retryMail(id: string): Promise<FormState> {
  const answer = await (await api()).POST('/api/admin/mailbox/{id}/retry', { params: { path: { id } } });
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
}
