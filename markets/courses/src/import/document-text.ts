import type { Block, Inline } from '@stoa/contracts/document';

/** Text as a database and a screen can hold it: valid Unicode, no control characters but tab and line breaks. */
export function cleanText(text: string): string {
  let out = '';
  for (const char of text.toWellFormed()) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x20 ? code === 9 || code === 10 || code === 13 : code !== 0x7f) out += char;
  }
  return out;
}

/** One line: clean, white space collapsed, cut to `limit` UTF-16 units without splitting a character. */
export function oneLine(text: string, limit: number): string {
  return cut(cleanText(text).replace(/\s+/g, ' ').trim(), limit);
}

/** The first `limit` UTF-16 units, without half a surrogate pair at the end. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = text.charCodeAt(limit - 1);
  const shortened = end >= 0xd800 && end <= 0xdbff ? limit - 1 : limit;
  return text.slice(0, shortened);
}

/** What a reader reads in these blocks, one line per block; formulas as TeX between `\(` and `\)`. */
export function plainText(blocks: readonly Block[]): string {
  return blocks.map(textOfBlock).filter(Boolean).join('\n');
}

/** Words a reader reads in these blocks, formulas as one word each. */
export function countWords(blocks: readonly Block[]): number {
  return plainText(blocks).match(/\S+/g)?.length ?? 0;
}

function textOfBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return (block.content ?? []).map(textOfInline).join('');
    case 'bulletList':
    case 'orderedList':
      return block.content.map((item) => plainText(item.content)).join('\n');
    case 'table':
      return block.content.map((row) => row.content.map((cell) => plainText(cell.content)).join(' | ')).join('\n');
    case 'blockquote':
    case 'callout':
      return plainText(block.content);
    case 'details':
      return `${block.attrs.summary}\n${plainText(block.content)}`;
    case 'codeBlock':
      return block.text;
    case 'mathBlock':
      return `\\[${block.attrs.latex}\\]`;
    case 'image':
      return block.attrs.caption ?? '';
    default:
      return '';
  }
}

function textOfInline(inline: Inline): string {
  if (inline.type === 'text') return inline.text;
  if (inline.type === 'hardBreak') return '\n';
  return inline.type === 'inlineMath' ? `\\(${inline.attrs.latex}\\)` : '';
}
