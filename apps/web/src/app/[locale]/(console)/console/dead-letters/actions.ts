'use server';

import { revalidatePath } from 'next/cache';
import { api, problemOf } from '@/api/client.ts';
import { wordsOf } from '@/components/forms/form-state.ts';

/** `handled` counts what was worked off: the message itself and those that waited behind it. */
export type Replayed = { handled: number; error: string | null };

/** Tries a parked event or job again. `error` is why it failed once more, in the words of whoever handled it. */
export async function replayParked(input: { id: string; context: string; kind: 'event' | 'job' }): Promise<Replayed> {
  const { id, context, kind } = input;
  const answer = await (await api()).POST('/api/admin/dead-letters/{id}/replay', {
    params: { path: { id } },
    body: { context, kind },
  });
  if (!answer.data) return { handled: 0, error: wordsOf(problemOf(answer)) };
  // A failed one stays with its new error and count of tries; both are worth drawing again.
  revalidatePath('/[locale]/(console)', 'layout');
  return answer.data;
}
