import type { Block } from './document.ts';

/**
 * A block that holds no other blocks. Told by shape (only what holds blocks must have content), so that a new kind which
 * holds some does not compile below until it is walked into.
 */
export type LeafBlock = Exclude<Block, { content: unknown[] }>;

/** Every block at any depth, in reading order: what holds others comes before them. */
export function* everyBlock(blocks: readonly Block[]): Generator<Block, void, undefined> {
  for (const block of blocks) {
    yield block;
    yield* everyBlock(blocksIn(block));
  }
}

/** The same tree with `change` of every block that holds no others. */
export function mapBlocks(blocks: readonly Block[], change: (block: LeafBlock) => Block): Block[] {
  return blocks.map((block) => {
    switch (block.type) {
      case 'bulletList':
      case 'orderedList':
        return {
          ...block,
          content: block.content.map((item) => ({ ...item, content: mapBlocks(item.content, change) })),
        };
      case 'blockquote':
      case 'callout':
      case 'details':
        return { ...block, content: mapBlocks(block.content, change) };
      case 'table':
        return {
          ...block,
          content: block.content.map((row) => ({
            ...row,
            content: row.content.map((cell) => ({ ...cell, content: mapBlocks(cell.content, change) })),
          })),
        };
      default:
        return change(block);
    }
  });
}

/** The blocks that a block holds, one level down. */
function blocksIn(block: Block): Block[] {
  switch (block.type) {
    case 'bulletList':
    case 'orderedList':
      return block.content.flatMap((item) => item.content);
    case 'blockquote':
    case 'callout':
    case 'details':
      return block.content;
    case 'table':
      return block.content.flatMap((row) => row.content.flatMap((cell) => cell.content));
    default:
      block satisfies LeafBlock;
      return [];
  }
}
