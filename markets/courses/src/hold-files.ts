import type { MediaService } from '@stoa/contracts';
import type { Document } from '@stoa/contracts/document';
import { type Client, type Ctx, serviceCtx } from '@stoa/kernel';
import { assetsIn } from './rewrite-document.ts';

/** Of one call, so that a whole course fits into messages of any size. */
const batchSize = 1000;

/**
 * Asks media about the files that documents are about to show, before what shows them is stored. Media may be about to
 * delete one that nothing has shown for a week: asking keeps it for another, in which courses can say that it is used.
 * @returns what media knows of those that are there
 */
export async function holdFiles(
  { calls }: { calls: { media: Client<typeof MediaService> } },
  documents: Iterable<Document>,
  ctx: Ctx,
) {
  const ids = [...new Set([...documents].flatMap(assetsIn))];
  const asking = { ...ctx, actor: serviceCtx('courses').actor };
  const found = [];
  for (let start = 0; start < ids.length; start += batchSize) {
    found.push(...(await calls.media.getAssets({ ids: ids.slice(start, start + batchSize) }, asking)).assets);
  }
  return found;
}
