'use server';

import { revalidatePath } from 'next/cache';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused } from '@/components/forms/form-state.ts';

/** Puts a course into the catalogue. */
export async function publishCourse(id: string): Promise<FormState> {
  const answer = await (await api()).POST('/api/courses/{id}/publish', { params: { path: { id } } });
  return settle(answer);
}

/** Takes a course out of the catalogue; who is enrolled keeps it. */
export async function archiveCourse(id: string): Promise<FormState> {
  const answer = await (await api()).POST('/api/courses/{id}/archive', { params: { path: { id } } });
  return settle(answer);
}

function settle(answer: { data?: unknown; error?: unknown; response: Response }): FormState {
  if (!answer.response.ok) return refused(problemOf(answer));
  revalidatePath('/[locale]', 'layout');
  return done();
}
