import type { Block, Inline, Mark, TableCell } from '@stoa/contracts/document';
import type { BlockContent, Paragraph, PhrasingContent } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { mathToMarkdown } from 'mdast-util-math';
import { toMarkdown } from 'mdast-util-to-markdown';

type Of<Type extends Block['type']> = Extract<Block, { type: Type }>;

/**
 * Blocks as Markdown that `markdownToBlocks` reads back, or null when one of them is of a type that Markdown does not
 * have. It promises nothing about what it writes: whether the same comes back is for the caller to see.
 */
export function blocksToMarkdown(blocks: readonly Block[]): string | null {
  const children = nodesOf(blocks);
  if (children === null) return null;
  return toMarkdown(
    { type: 'root', children },
    {
      extensions: [gfmToMarkdown({ tablePipeAlign: false }), mathToMarkdown({ singleDollarTextMath: false })],
      bullet: '-',
      rule: '-',
      listItemIndent: 'one',
      fences: true,
    },
  );
}

function nodesOf(blocks: readonly Block[]): BlockContent[] | null {
  const nodes: BlockContent[] = [];
  for (const block of blocks) {
    const node = nodeOf(block);
    if (node === null) return null;
    nodes.push(node);
  }
  return nodes;
}

function nodeOf(block: Block): BlockContent | null {
  switch (block.type) {
    case 'paragraph':
      return { type: 'paragraph', children: phrasing(block.content ?? []) };
    case 'heading': {
      const depth = ([2, 3, 4, 5, 6] as const).find((one) => one === block.attrs.level);
      return depth === undefined ? null : { type: 'heading', depth, children: phrasing(block.content ?? []) };
    }
    case 'bulletList':
    case 'orderedList':
      return listNode(block);
    case 'blockquote': {
      const children = nodesOf(block.content);
      return children && { type: 'blockquote', children };
    }
    case 'callout':
      return calloutNode(block);
    case 'codeBlock':
      return { type: 'code', lang: block.attrs.language ?? null, value: block.text };
    case 'mathBlock':
      return { type: 'math', value: block.attrs.latex };
    case 'horizontalRule':
      return { type: 'thematicBreak' };
    case 'image':
      return { type: 'paragraph', children: [imageNode(block)] };
    case 'table':
      return tableNode(block);
    default:
      return null;
  }
}

function imageNode({ attrs }: Of<'image'>): PhrasingContent {
  return { type: 'image', url: attrs.src, alt: attrs.alt, title: attrs.caption ?? null };
}

function listNode(block: Of<'bulletList' | 'orderedList'>): BlockContent | null {
  const items = block.content.map(({ attrs, content }) => ({
    checked: attrs?.checked ?? null,
    nodes: nodesOf(content),
  }));
  const children = items.flatMap(({ checked, nodes }) =>
    nodes === null ? [] : [{ type: 'listItem' as const, checked, spread: false, children: nodes }],
  );
  if (children.length < items.length) return null;
  const isOrdered = block.type === 'orderedList';
  return {
    type: 'list',
    ordered: isOrdered,
    start: isOrdered ? (block.attrs?.start ?? 1) : null,
    spread: false,
    children,
  };
}

/** `> [!TIP]`: the marker is written as it is, escaped it would be words. */
function calloutNode({ attrs, content }: Of<'callout'>): BlockContent | null {
  const marker: PhrasingContent = { type: 'html', value: `[!${attrs.tone.toUpperCase()}]` };
  const nodes = nodesOf(content);
  const first = nodes?.[0];
  if (nodes === null) return null;
  if (first?.type !== 'paragraph') {
    return { type: 'blockquote', children: [{ type: 'paragraph', children: [marker] }, ...nodes] };
  }
  const lead: Paragraph = { ...first, children: [marker, { type: 'text', value: '\n' }, ...first.children] };
  return { type: 'blockquote', children: [lead, ...nodes.slice(1)] };
}

function tableNode(table: Of<'table'>): BlockContent | null {
  if (table.attrs?.caption !== undefined) return null;
  const rows = table.content.map((row) => row.content.map(cellContent));
  if (rows.some((cells) => cells.some((cell) => cell === null))) return null;
  return {
    type: 'table',
    children: rows.map((cells) => ({
      type: 'tableRow',
      children: cells.map((cell) => ({ type: 'tableCell', children: cell ?? [] })),
    })),
  };
}

/** A cell of a Markdown table holds one line. */
function cellContent({ content }: TableCell): PhrasingContent[] | null {
  const [only, ...others] = content;
  if (others.length > 0) return null;
  if (only === undefined) return [];
  if (only.type === 'image') return [imageNode(only)];
  return only.type === 'paragraph' ? phrasing(only.content ?? []) : null;
}

/** From the outside in: a link holds bold words rather than the other way round. */
const order = [
  'link',
  'bold',
  'italic',
  'strike',
  'underline',
  'highlight',
  'subscript',
  'superscript',
  'code',
] as const;
const tags = { underline: 'u', highlight: 'mark', subscript: 'sub', superscript: 'sup' } as const;

/** Inline content as nodes: neighbours with the same mark share it. */
function phrasing(inlines: readonly Inline[], used: readonly Mark['type'][] = []): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  for (let index = 0; index < inlines.length; ) {
    const inline = inlines[index];
    if (inline === undefined) break;
    const mark = outermost(inline, used);
    if (mark === undefined) {
      nodes.push(leaf(inline));
      index += 1;
      continue;
    }
    let end = index + 1;
    for (let next = inlines[end]; next && sharesMark(next, mark, used); next = inlines[end]) end += 1;
    nodes.push(...marked(mark, inlines.slice(index, end), [...used, mark.type]));
    index = end;
  }
  return nodes;
}

const marksOf = (inline: Inline) => (inline.type === 'text' ? (inline.marks ?? []) : []);

function outermost(inline: Inline, used: readonly Mark['type'][]): Mark | undefined {
  const type = order.find((one) => !used.includes(one) && marksOf(inline).some((mark) => mark.type === one));
  return marksOf(inline).find((mark) => mark.type === type);
}

function sharesMark(inline: Inline, mark: Mark, used: readonly Mark['type'][]): boolean {
  const own = outermost(inline, used);
  return own !== undefined && JSON.stringify(own) === JSON.stringify(mark);
}

function marked(mark: Mark, inlines: readonly Inline[], used: readonly Mark['type'][]): PhrasingContent[] {
  switch (mark.type) {
    case 'link': {
      const { href, title } = mark.attrs;
      return [{ type: 'link', url: href, title: title ?? null, children: phrasing(inlines, used) }];
    }
    case 'bold':
      return [{ type: 'strong', children: phrasing(inlines, used) }];
    case 'italic':
      return [{ type: 'emphasis', children: phrasing(inlines, used) }];
    case 'strike':
      return [{ type: 'delete', children: phrasing(inlines, used) }];
    case 'code':
      return inlines.map((inline) =>
        inline.type === 'text' ? { type: 'inlineCode', value: inline.text } : leaf(inline),
      );
    default: {
      const tag = tags[mark.type];
      return [{ type: 'html', value: `<${tag}>` }, ...phrasing(inlines, used), { type: 'html', value: `</${tag}>` }];
    }
  }
}

function leaf(inline: Inline): PhrasingContent {
  switch (inline.type) {
    case 'text':
      return { type: 'text', value: inline.text };
    case 'hardBreak':
      return { type: 'break' };
    case 'inlineMath':
      return { type: 'inlineMath', value: inline.attrs.latex };
    case 'inlineImage':
      return { type: 'image', url: inline.attrs.src, alt: inline.attrs.alt };
  }
}
