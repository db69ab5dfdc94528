import 'server-only';
import { api, orThrow } from '@/api/client.ts';

/** Courses a bundle can be made of: the person's own that cost something, last changed first; the first hundred. */
export async function readChoices() {
  const { items } = orThrow(await (await api()).GET('/api/courses/mine', { params: { query: { limit: 100 } } }));
  return items
    .filter((course) => course.price && course.state !== 'archived')
    .map(({ id, title, price }) => ({ id, title, price }));
}
