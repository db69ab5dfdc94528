'use server';

import { revalidatePath } from 'next/cache';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import type { Role } from './roles.ts';

const saved = (): FormState => {
  revalidatePath('/[locale]/(console)', 'layout');
  return done();
};

/** Changes what a person may do. Recorded in the audit log by the API, as everything here. */
export async function changeRoles(id: string, roles: Role[]): Promise<FormState> {
  const answer = await (await api()).PATCH('/api/admin/users/{id}', { params: { path: { id } }, body: { roles } });
  return answer.data ? saved() : refused(problemOf(answer));
}

/** Suspends or restores an account, with the reason. */
export async function changeAccess(_before: FormState, data: FormData): Promise<FormState> {
  const { id = '', reason = '', disabled = '' } = textsOf(data);
  const answer = await (await api()).PATCH('/api/admin/users/{id}', {
    params: { path: { id } },
    body: { disabled: disabled === 'yes', reason },
  });
  return answer.data ? saved() : refused(problemOf(answer), { reason });
}

/** Lets the owner of an account try their password again at once. */
export async function unlockSignIn(_before: FormState, data: FormData): Promise<FormState> {
  const { id = '' } = textsOf(data);
  const answer = await (await api()).POST('/api/admin/users/{id}/unlock', { params: { path: { id } } });
  return answer.response.ok ? saved() : refused(problemOf(answer));
}

/** Signs a person out everywhere. */
export async function endSessionsOf(id: string): Promise<FormState> {
  const answer = await (await api()).DELETE('/api/admin/users/{id}/sessions', { params: { path: { id } } });
  return answer.response.ok ? saved() : refused(problemOf(answer));
}
