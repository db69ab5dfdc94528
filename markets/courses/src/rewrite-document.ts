import type { Block, Document, Inline, Mark } from '@stoa/contracts/document';

/** How addresses of a source become addresses of the stored course. `undefined` leaves out what it points to. */
export type Addresses = {
  /** `asset:<path>` → the stored asset's id. */
  asset: (path: string) => string | undefined;
  /** `lesson:<source key>` → the stored lesson's id. */
  lesson: (key: string) => string | undefined;
  /** Problem source key → the stored problem's id. */
  problem: (key: string) => string | undefined;
};

/**
 * The same blocks with every `asset:`, `lesson:` and problem reference replaced. A link that leads nowhere becomes
 * plain text; a picture, file or problem that is not there becomes a note that says so.
 */
export function rewriteBlocks(blocks: readonly Block[], to: Addresses): Block[] {
  return blocks.map((block) => rewriteBlock(block, to));
}

export function rewriteDocument(document: Document, to: Addresses): Document {
  return { type: 'doc', content: rewriteBlocks(document.content, to) };
}

function rewriteBlock(block: Block, to: Addresses): Block {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return block.content ? { ...block, content: rewriteInlines(block.content, to) } : block;
    case 'bulletList':
    case 'orderedList':
      return {
        ...block,
        content: block.content.map((item) => ({ ...item, content: rewriteBlocks(item.content, to) })),
      };
    case 'blockquote':
    case 'callout':
    case 'details':
      return { ...block, content: rewriteBlocks(block.content, to) };
    case 'table':
      return {
        ...block,
        content: block.content.map((row) => ({
          ...row,
          content: row.content.map((cell) => ({ ...cell, content: rewriteBlocks(cell.content, to) })),
        })),
      };
    case 'image': {
      const src = source(block.attrs.src, to);
      return src ? { ...block, attrs: { ...block.attrs, src } } : missing('image', block.attrs.alt);
    }
    case 'video': {
      const src = source(block.attrs.src, to);
      if (!src) return missing('video', block.attrs.title);
      const { captions, posterSrc, ...attrs } = block.attrs;
      const poster = posterSrc === undefined ? undefined : source(posterSrc, to);
      return {
        ...block,
        attrs: {
          ...attrs,
          src,
          ...(poster ? { posterSrc: poster } : {}),
          ...(captions
            ? {
                captions: captions.flatMap((caption) => {
                  const captionSource = source(caption.src, to);
                  return captionSource ? [{ ...caption, src: captionSource }] : [];
                }),
              }
            : {}),
        },
      };
    }
    case 'audio': {
      const src = source(block.attrs.src, to);
      return src ? { ...block, attrs: { ...block.attrs, src } } : missing('audio', block.attrs.title);
    }
    case 'file': {
      const src = source(block.attrs.src, to);
      return src ? { ...block, attrs: { ...block.attrs, src } } : missing('file', block.attrs.name);
    }
    case 'problem': {
      const problemId = to.problem(block.attrs.problemId);
      return problemId ? { ...block, attrs: { problemId } } : missing('problem', '');
    }
    default:
      return block;
  }
}

function rewriteInlines(inlines: readonly Inline[], to: Addresses): Inline[] {
  return inlines.flatMap((inline): Inline[] => {
    if (inline.type === 'inlineImage') {
      const src = source(inline.attrs.src, to);
      if (src) return [{ ...inline, attrs: { ...inline.attrs, src } }];
      return inline.attrs.alt ? [{ type: 'text', text: inline.attrs.alt }] : [];
    }
    if (inline.type !== 'text' || !inline.marks) return [inline];
    const marks = inline.marks.flatMap((mark): Mark[] => {
      if (mark.type !== 'link') return [mark];
      const href = target(mark.attrs.href, to);
      return href ? [{ ...mark, attrs: { ...mark.attrs, href } }] : [];
    });
    return [{ ...inline, marks }];
  });
}

function source(src: string, to: Addresses): string | undefined {
  if (!src.startsWith('asset:')) return src;
  const id = to.asset(src.slice('asset:'.length));
  return id && `asset:${id}`;
}

function target(href: string, to: Addresses): string | undefined {
  if (href.startsWith('asset:')) return source(href, to);
  if (!href.startsWith('lesson:')) return href;
  const [key = '', fragment] = href.slice('lesson:'.length).split('#');
  const id = to.lesson(key);
  return id && `lesson:${id}${fragment ? `#${fragment}` : ''}`;
}

function missing(kind: string, title: string): Block {
  return {
    type: 'unsupported',
    attrs: { kind, title: title.slice(0, 500), note: 'The source does not contain this file.' },
  };
}

/** Ids of the stored assets a document shows or links to, each once. */
export function assetsIn(document: Document): string[] {
  const ids = new Set<string>();
  const pattern = /"(?:src|href|posterSrc)":"asset:([0-9a-f-]{36})"/g;
  for (const match of JSON.stringify(document).matchAll(pattern)) if (match[1]) ids.add(match[1]);
  return [...ids];
}
