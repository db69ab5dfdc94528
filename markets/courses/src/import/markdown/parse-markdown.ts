import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mathFromMarkdown } from 'mdast-util-math';
import { gfm } from 'micromark-extension-gfm';
import { math } from 'micromark-extension-math';
import { NotedError, note } from '../notes.ts';

/** Nesting deeper than this is an attack or a mistake, never prose; see {@link parseMarkdown}. */
export const maximumNesting = 40;

/** Longest Markdown file that is parsed. The longest real lesson we know has 40 KB. */
export const maximumMarkdownBytes = 512 * 1024;

/** Raised for text that the parser would need minutes or the whole stack for. */
export class MarkdownTooComplex extends NotedError {
  override name = 'MarkdownTooComplex';
}

/**
 * Parses GitHub Flavored Markdown with `$$` math. A single dollar stays text, because courses speak of money more
 * often than of formulas: "from $5 to $10" must not turn into one.
 * Throws {@link MarkdownTooComplex} for text nested so deep that parsing it would take quadratic time.
 */
export function parseMarkdown(text: string): Root {
  refuseHostileNesting(text);
  return fromMarkdown(text, {
    extensions: [gfm(), math({ singleDollarTextMath: false })],
    mdastExtensions: [gfmFromMarkdown(), mathFromMarkdown()],
  });
}

/** All text below a node, without its markup; iterative, so that depth cannot exhaust the stack. */
export function plainText(node: Nodes): string {
  const parts: string[] = [];
  const open: Nodes[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.type === 'text' || next.type === 'inlineCode' || next.type === 'code') parts.push(next.value);
    else if (next.type === 'inlineMath' || next.type === 'math') parts.push(next.value);
    else if (next.type === 'image' || next.type === 'imageReference') parts.push(next.alt ?? '');
    else if (next.type === 'break') parts.push(' ');
    else if ('children' in next) open.push(...next.children.toReversed());
  }
  return parts.join('').replaceAll(/\s+/g, ' ').trim();
}

const containers = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))+/;
const deepItem = /^[ \t]{200,}(?:[-*+]|\d{1,9}[.)])[ \t]/;
const marker = />|[-*+]|\d{1,9}[.)]/g;

/** Openings of emphasis, links and code that pile up unclosed in one line cost the parser the square of their number. */
const openings = /[[\]*_`~!<$]/g;

function refuseHostileNesting(text: string): void {
  for (const line of text.split('\n')) {
    const depth = containers.exec(line)?.[0].match(marker)?.length ?? 0;
    if (depth > maximumNesting) throw new MarkdownTooComplex(note('lists_too_deep', { depth }));
    // The parser walks every open list for each line; a few hundred levels take it many seconds.
    if (deepItem.test(line)) throw new MarkdownTooComplex(note('item_too_far_in'));
    const marks = line.length > 20_000 ? (line.match(openings)?.length ?? 0) : 0;
    if (marks > 5000) throw new MarkdownTooComplex(note('marks_too_many', { marks }));
  }
}
