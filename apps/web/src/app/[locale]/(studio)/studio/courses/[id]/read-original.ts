import 'server-only';
import { api } from '@/api/client.ts';
import type { Course } from './actions.ts';

/**
 * A course in the language it was written in. The API answers in the reader's language where there is a translation,
 * and saving that as the original would overwrite it. `undefined` when there is no such course.
 */
export async function readOriginal(id: string): Promise<Course | undefined> {
  const client = await api();
  const { data } = await client.GET('/api/courses/{id}', { params: { path: { id } } });
  if (!data || data.shownIn === data.language) return data;
  const original = await client.GET('/api/courses/{id}', {
    params: { path: { id } },
    headers: { 'accept-language': data.language },
  });
  return original.data;
}
