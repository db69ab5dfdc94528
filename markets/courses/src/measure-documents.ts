import type { MediaService } from '@stoa/contracts';
import type { Document } from '@stoa/contracts/document';
import type { Client, Ctx } from '@stoa/kernel';
import { holdFiles } from './hold-files.ts';
import { withMediaLengths } from './media-seconds.ts';

type Own = { calls: { media: Client<typeof MediaService> } };

/**
 * The same documents with the length of each video and audio that does not say it itself and lies in a file that its
 * course may show. Everything that writes a lesson comes through here, and media hears of every file that it shows.
 * @param documents with the addresses that are stored: `asset:<id>`
 */
export async function measureDocuments<Key>(
  own: Own,
  { documents, courseId, ctx }: { documents: ReadonlyMap<Key, Document>; courseId: string; ctx: Ctx },
): Promise<Map<Key, Document>> {
  const assets = await holdFiles(own, documents.values(), ctx);
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
