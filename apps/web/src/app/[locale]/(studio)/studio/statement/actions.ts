'use server';

import { revalidatePath } from 'next/cache';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';

/** Says where the person wants to be paid. */
export async function choosePayoutMethod(_before: FormState, data: FormData): Promise<FormState> {
  const typed = textsOf(data);
  const answer = await (await api()).PUT('/api/seller/payout-method', {
    body: {
      kind: typed.kind === 'iban' ? 'iban' : 'pix',
      value: (typed.value ?? '').trim(),
      holderName: (typed.holderName ?? '').trim(),
    },
  });
  if (!answer.data) return refused(problemOf(answer), typed);
  revalidatePath('/[locale]/(studio)', 'layout');
  return done();
}
