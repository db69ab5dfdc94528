import type { Block, Inline } from '@stoa/contracts/document';

/** The words of blocks on one line, for places that hold text only (an option of a select, a description). */
export function textOf(blocks: Block[]): string {
  return blocks.map(ofBlock).join(' ').replaceAll(/\s+/g, ' ').trim();
}

function ofBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return (block.content ?? []).map(ofInline).join('');
    case 'bulletList':
    case 'orderedList':
      return block.content.map((item) => textOf(item.content)).join(', ');
    case 'blockquote':
    case 'callout':
    case 'details':
      return textOf(block.content);
    case 'codeBlock':
      return block.text;
    case 'mathBlock':
      return block.attrs.latex;
    case 'image':
      return block.attrs.alt;
    case 'table':
      return block.content.flatMap((row) => row.content.map((cell) => textOf(cell.content))).join(', ');
    case 'video':
    case 'audio':
    case 'embed':
    case 'unsupported':
      return block.attrs.title;
    case 'file':
      return block.attrs.name;
    case 'horizontalRule':
    case 'problem':
      return '';
  }
}

function ofInline(inline: Inline): string {
  switch (inline.type) {
    case 'text':
      return inline.text;
    case 'hardBreak':
      return ' ';
    case 'inlineMath':
      return inline.attrs.latex;
    case 'inlineImage':
      return inline.attrs.alt;
  }
}
