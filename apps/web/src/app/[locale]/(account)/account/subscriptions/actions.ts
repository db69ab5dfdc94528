'use server';

import { revalidatePath } from 'next/cache';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';

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
