import type { Block, Document } from '@stoa/contracts/document';
import { everyBlock, mapBlocks } from '@stoa/contracts/document-tree';
import type { SentFile } from './receive-file.ts';

/** A block that shows a file. */
export type FileBlock = Extract<Block, { type: 'video' | 'audio' | 'image' | 'file' }>;

/** The first block, at any depth, that shows the file behind an address. */
export function findFileBlock(document: Document, src: string): FileBlock | undefined {
  for (const block of everyBlock(document.content)) if (isFileBlock(block) && block.attrs.src === src) return block;
  return undefined;
}

/** The same document with every block that shows the file behind an address changed. */
export function withFileBlock(document: Document, src: string, change: (block: FileBlock) => Block): Document {
  const content = mapBlocks(document.content, (block) =>
    isFileBlock(block) && block.attrs.src === src ? change(block) : block,
  );
  return { type: 'doc', content };
}

/**
 * The block that shows a file. Beside another one in whose place it comes it keeps what people wrote about that: the
 * title, the text instead of a picture, and for a film also its captions and its poster.
 */
export function blockOfFile(
  { kind, src, assetId, fileName, bytes }: SentFile,
  title: string,
  before?: FileBlock,
): Block {
  if (kind === 'video' || kind === 'audio') {
    const isPlayed = before?.type === 'video' || before?.type === 'audio';
    const attrs = { id: assetId, title: isPlayed ? before.attrs.title : title, src };
    if (kind === 'audio') return { type: 'audio', attrs };
    const { captions, posterSrc } = before?.type === 'video' ? before.attrs : {};
    return {
      type: 'video',
      attrs: { ...attrs, ...(captions ? { captions } : {}), ...(posterSrc ? { posterSrc } : {}) },
    };
  }
  if (kind === 'image') {
    const { alt, caption } = before?.type === 'image' ? before.attrs : { alt: title };
    return { type: 'image', attrs: { src, alt, ...(caption ? { caption } : {}) } };
  }
  return { type: 'file', attrs: { src, name: fileName.slice(0, 300), bytes } };
}

function isFileBlock(block: Block): block is FileBlock {
  return block.type === 'video' || block.type === 'audio' || block.type === 'image' || block.type === 'file';
}
