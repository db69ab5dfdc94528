import type { Block } from '@stoa/contracts/document';

/** Prefix of every id a document brings, so that none is taken for an id of the page around it. */
export function headingId(id: string): string {
  return `s-${id}`;
}

/**
 * The blocks with headings that start at `firstLevel` and never skip one: sources jump from 2 to 5 for the looks, and
 * people who move by headings get lost (WCAG 1.3.1). Deeper ones stay deeper, equal ones equal where that is possible.
 */
export function levelHeadings(blocks: Block[], firstLevel: number): Block[] {
  const open: { source: number; shown: number }[] = [];
  const level = (source: number): number => {
    while (open.length > 0 && (open.at(-1)?.source ?? 0) >= source) open.pop();
    const shown = Math.min(6, (open.at(-1)?.shown ?? firstLevel - 1) + 1);
    open.push({ source, shown });
    return shown;
  };
  const walk = (list: Block[]): Block[] =>
    list.map((block) => {
      if (block.type === 'heading') return { ...block, attrs: { ...block.attrs, level: level(block.attrs.level) } };
      if (block.type === 'blockquote' || block.type === 'callout' || block.type === 'details')
        return { ...block, content: walk(block.content) };
      return block;
    });
  return walk(blocks);
}
