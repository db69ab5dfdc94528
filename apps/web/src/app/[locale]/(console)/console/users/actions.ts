'use server';

import { revalidatePath } from 'next/cache';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused } from '@/components/forms/form-state.ts';
import type { Role } from './roles.ts';

/** Changes what a person may do, or shuts and opens their account. Recorded in the audit log by the API. */
export async function administer(id: string, change: { roles?: Role[]; disabled?: boolean }): Promise<FormState> {
  const answer = await (await api()).PATCH('/api/admin/users/{id}', { params: { path: { id } }, body: change });
  if (!answer.data) return refused(problemOf(answer));
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
}
