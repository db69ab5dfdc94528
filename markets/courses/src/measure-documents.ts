import type { MediaService } from '@stoa/contracts';
import type { Document } from '@stoa/contracts/document';
import { type Client, type Ctx, serviceCtx } from '@stoa/kernel';
import { unmeasuredIn, withMediaLengths } from './media-seconds.ts';

type Own = { calls: { media: Client<typeof MediaService> } };

/**
 * The same documents with the length of each video and audio that does not say it itself and lies in a file that its
 * course may show. Everything that writes a lesson comes through here; media is asked once, and only when there is something to
 * ask.
 * @param documents with the addresses that are stored: `asset:<id>`
 */
export async function measureDocuments<Key>(
  { calls }: Own,
  { documents, courseId, ctx }: { documents: ReadonlyMap<Key, Document>; courseId: string; ctx: Ctx },
): Promise<Map<Key, Document>> {
  const ids = [...new Set([...documents.values()].flatMap(unmeasuredIn))];
  if (ids.length === 0) return new Map(documents);
  const asking = { ...ctx, actor: serviceCtx('courses').actor };
  const { assets } = await calls.media.getAssets({ ids }, asking);
  const shown = assets.filter((asset) => mayShow(asset, courseId));
  const seconds = new Map(shown.flatMap((asset) => (asset.seconds > 0 ? [[asset.id, asset.seconds] as const] : [])));
  return new Map([...documents].map(([key, document]) => [key, withMediaLengths(document, (id) => seconds.get(id))]));
}

/**
 * Whether the lessons of a course may show a file: one of its own, or a public one. A document can name any id, and a
 * signed address opens the file for whoever reads the lesson.
 */
export function mayShow(asset: { visibility: string; ownerKind: string; ownerId: string }, courseId: string): boolean {
  return asset.visibility === 'public' || (asset.ownerKind === 'course' && asset.ownerId === courseId);
}
