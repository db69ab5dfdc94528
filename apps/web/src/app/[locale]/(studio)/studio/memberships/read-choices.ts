import 'server-only';
import { api, orThrow } from '@/api/client.ts';

/** Courses to choose from, the first hundred: one's own, and for the house those of everybody. */
export async function readChoices({ ofEverybody }: { ofEverybody: boolean }): Promise<{ id: string; title: string }[]> {
  const client = await api();
  const query = { params: { query: { limit: 100 } } };
  const [own, all] = await Promise.all([
    client.GET('/api/courses/mine', query).then(orThrow),
    ofEverybody ? client.GET('/api/courses', query).then(orThrow) : null,
  ]);
  const courses = new Map([...own.items, ...(all?.items ?? [])].map(({ id, title }) => [id, title]));
  return [...courses].map(([id, title]) => ({ id, title }));
}
