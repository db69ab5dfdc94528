import { mediaSeconds } from './length/media-seconds.ts';
import type { Storage } from './storage.ts';

/**
 * How long stored content plays, read from its headers by ranges of the storage.
 * @returns seconds, or 0 for content that is neither film nor sound or does not say
 */
export async function measureBlob(
  storage: Storage,
  { name, bytes, type }: { name: string; bytes: number; type: string },
): Promise<number> {
  if (!/^(video|audio)\//.test(type)) return 0;
  const seconds = await mediaSeconds(bytes, async (offset, length) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await storage.open(name, { start: offset, end: offset + length - 1 })) chunks.push(chunk);
    return Buffer.concat(chunks);
  });
  return seconds ?? 0;
}
