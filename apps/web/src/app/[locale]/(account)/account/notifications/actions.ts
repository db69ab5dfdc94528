'use server';

import { revalidatePath } from 'next/cache';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused } from '@/components/forms/form-state.ts';

/** Saves which messages the person gets. Boxes that are not sent are off; those about security always stay on. */
export async function saveChoices(_before: FormState, data: FormData): Promise<FormState> {
  const client = await api();
  const current = await client.GET('/api/notifications/preferences');
  if (!current.data) return refused(problemOf(current));
  const chosen = new Set(data.getAll('on'));
  const answer = await client.PUT('/api/notifications/preferences', {
    body: {
      items: current.data.items.map(({ kind, channel, locked }) => ({
        kind,
        channel,
        enabled: locked || chosen.has(`${kind} ${channel}`),
      })),
    },
  });
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]/(account)', 'layout');
  return done();
}
