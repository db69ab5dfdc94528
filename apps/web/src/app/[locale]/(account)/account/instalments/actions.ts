'use server';

import { revalidatePath } from 'next/cache';
import { getLocale } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { redirect } from '@/i18n/navigation.ts';

/** Makes the order of the next part, or of all that is left, and leads to its payment. */
export async function payParts(_before: FormState, form: FormData): Promise<FormState> {
  const { id = '', what } = textsOf(form);
  const request = { params: { path: { id } } };
  const client = await api();
  const answer =
    what === 'rest'
      ? await client.POST('/api/instalments/{id}/rest', request)
      : await client.POST('/api/instalments/{id}/next-part', request);
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]/(account)', 'layout');
  const { openOrderId } = answer.data;
  const href = openOrderId ? `/orders/${openOrderId}/pay` : `/account/instalments/${id}`;
  return redirect({ href, locale: await getLocale() });
}
