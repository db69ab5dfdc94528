import type { Block } from '@stoa/contracts/document';
import type { Note } from '@stoa/contracts/note';
import type { RootContent } from 'hast';
import { fromParse5 } from 'hast-util-from-parse5';
import { type DefaultTreeAdapterMap, defaultTreeAdapter, parseFragment, type TreeAdapter } from 'parse5';
import type { ConversionOptions } from './elements/conversion.ts';
import { elementsToBlocks } from './elements/elements-to-blocks.ts';
import { ImportError } from './import-error.ts';
import { note } from './notes.ts';

/** Characters of one HTML text, pictures embedded as `data:` not counted. */
const htmlLimit = 500_000;
const elementLimit = 200_000;
const depthLimit = 400;
/** Attributes one tag may have, counted roughly; parsers need quadratic time for them. */
const attributeLimit = 5000;

export type HtmlConversion = {
  /** Always valid against the `Document` schema, whatever came in. */
  blocks: Block[];
  /** What was changed or dropped. Empty: nothing was lost. */
  notes: Note[];
  /** Addresses that `resolve` said are missing in the source. */
  missing: string[];
};

/**
 * Turns untrusted HTML into blocks of the document format. Only what is on the allow-list comes through; scripts,
 * styles, forms, event handlers and addresses with other schemes than the document's are dropped and noted.
 * TeX between `\( \)`, `\[ \]` and `$$ $$` becomes formulas. Throws `html_too_large` beyond 500 000 characters.
 */
export function htmlToDocument(html: string, options: ConversionOptions = {}): HtmlConversion {
  // Embedded pictures are dropped anyway, and taking them out first keeps the parser fast.
  const light = html.replace(/data:[\w.+/-]{0,60}(?:;[\w=-]{1,40}){0,2};base64,[a-z0-9+/=]{100,}/gi, 'data:,');
  if (light.length > htmlLimit) {
    throw new ImportError('html_too_large', note('html_too_large', { length: light.length, limit: htmlLimit }));
  }
  const nodes = parseWithinLimits(light);
  if (nodes !== null) return elementsToBlocks(nodes, options);
  const text = light.replace(/<[^<>]*>/g, ' ');
  const flat = elementsToBlocks([{ type: 'text', value: text }], options);
  return { ...flat, notes: [note('markup_too_large'), ...flat.notes] };
}

const beyondLimits = Symbol('beyond limits');

/**
 * Parses as browsers do, without scripting. Null when the markup is built to exhaust the parser: HTML lets a short
 * text open formatting elements that every later paragraph opens again.
 */
function parseWithinLimits(html: string): RootContent[] | null {
  if (html.split('>').some((tag) => tag.length > attributeLimit && separators(tag) > attributeLimit)) return null;
  let elements = 0;
  let depth = 0;
  const treeAdapter: TreeAdapter<DefaultTreeAdapterMap> = {
    ...defaultTreeAdapter,
    createElement: (...args) => {
      elements += 1;
      if (elements > elementLimit) throw beyondLimits;
      return defaultTreeAdapter.createElement(...args);
    },
    onItemPush: () => {
      depth += 1;
      if (depth > depthLimit) throw beyondLimits;
    },
    onItemPop: () => {
      depth -= 1;
    },
  };
  try {
    const root = fromParse5(parseFragment(html, { treeAdapter, scriptingEnabled: false }));
    return root.type === 'root' ? root.children : [];
  } catch (error) {
    if (error === beyondLimits || error instanceof RangeError) return null;
    throw error;
  }
}

/** Where a `<` is, a tag may be open; runs of text without one are no concern. */
function separators(text: string): number {
  const from = text.indexOf('<');
  return from === -1 ? 0 : (text.slice(from).match(/[\s/]+/g)?.length ?? 0);
}
