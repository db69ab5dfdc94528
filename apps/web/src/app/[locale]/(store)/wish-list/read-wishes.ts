import 'server-only';
import { api, orThrow } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';
import { readRemembered } from '@/buying/wish-cookie.ts';
import { getSession } from '@/session/session.ts';

type Page = paths['/api/wish-list']['get']['responses'][200]['content']['application/json'];
/** A course that somebody keeps, as it is now, with the price of then. */
export type KeptCourse = Page['items'][number];

/** The wish list of this person: their account's, or what the browser keeps. `next` is the cursor of the page after. */
export async function readWishes(
  cursor: string | undefined,
): Promise<{ items: KeptCourse[]; next: string | undefined }> {
  const client = await api();
  if (await getSession()) {
    const page = orThrow(
      await client.GET('/api/wish-list', { params: { query: { limit: 24, ...(cursor ? { cursor } : {}) } } }),
    );
    return { items: page.items, next: page.nextCursor };
  }
  const items = await Promise.all(
    (await readRemembered()).map(async ({ courseId, savedAt, savedPrice }) => {
      const answer = await client.GET('/api/courses/{id}', { params: { path: { id: courseId } } });
      // A course that is gone for good is no wish any more; any other failure is one of the page.
      return answer.response.status === 404 ? [] : [{ course: orThrow(answer), savedAt, savedPrice }];
    }),
  );
  return { items: items.flat(), next: undefined };
}
