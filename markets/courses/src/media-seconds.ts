import type { Block, Document } from '@stoa/contracts/document';

type Media = Extract<Block, { type: 'video' | 'audio' }>;

/** What other sites play in a frame reports nothing to us, so it is not part of what can be watched here. */
const framed = /^(youtube:|https:\/\/([\w-]+\.)*(youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com)\/)/i;

/**
 * How long the video and audio of a document play in all, in whole seconds: what "watched" is measured by.
 * @returns 0 when there is none, or when the length of one of them is not known
 */
export function mediaSecondsIn(document: Document): number {
  const lengths = mediaIn(document).map((block) => block.attrs.durationSeconds ?? 0);
  return lengths.every((length) => length > 0) ? Math.ceil(lengths.reduce((sum, length) => sum + length, 0)) : 0;
}

/**
 * The same document with the length of its video and audio where it does not say it itself.
 * @param secondsOf how long the file behind an `asset:` address plays, if that is known
 */
export function withMediaLengths(document: Document, secondsOf: (asset: string) => number | undefined): Document {
  const unknown = mediaIn(document).filter((block) => !block.attrs.durationSeconds);
  if (!unknown.some((block) => secondsOf(assetOf(block)) !== undefined)) return document;
  const filled = structuredClone(document);
  for (const block of mediaIn(filled)) {
    const seconds = secondsOf(assetOf(block));
    if (!block.attrs.durationSeconds && seconds !== undefined) block.attrs.durationSeconds = seconds;
  }
  return filled;
}

const assetOf = (block: Media) => (block.attrs.src.startsWith('asset:') ? block.attrs.src.slice('asset:'.length) : '');

/** The video and audio that our own player plays, in reading order. */
function mediaIn(document: Document): Media[] {
  const found: Media[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const part of value) walk(part);
    else if (typeof value !== 'object' || value === null) return;
    else if (isMedia(value)) found.push(value);
    else if ('content' in value) walk(value.content);
  };
  walk(document.content);
  return found.filter((block) => !framed.test(block.attrs.src));
}

function isMedia(value: object): value is Media {
  return 'type' in value && (value.type === 'video' || value.type === 'audio');
}
