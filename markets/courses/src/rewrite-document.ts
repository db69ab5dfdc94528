import type { Block, Document, Inline, Mark } from '@stoa/contracts/document';
import { documentNote, unsupportedBlock } from '@stoa/contracts/document-notes';
import { type LeafBlock, mapBlocks } from '@stoa/contracts/document-tree';
import type { ProblemDefinition, ProblemTranslation } from '@stoa/contracts/problem';

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
  return mapBlocks(blocks, (block) => rewriteBlock(block, to));
}

/** The same document with its addresses replaced, as {@link rewriteBlocks} does. */
export function rewriteDocument(document: Document, to: Addresses): Document {
  return { type: 'doc', content: rewriteBlocks(document.content, to) };
}

/** The same problem, in every language, with its addresses replaced. */
export function rewriteProblem(definition: ProblemDefinition, to: Addresses): ProblemDefinition {
  const { solution, translations } = definition;
  return {
    ...definition,
    parts: definition.parts.map((part) => {
      if (part.type === 'prose') return { ...part, content: rewriteBlocks(part.content, to) };
      const { response } = part;
      if (!('choices' in response)) return part;
      const choices = response.choices.map((choice) => ({ ...choice, content: rewriteBlocks(choice.content, to) }));
      return { ...part, response: { ...response, choices } };
    }),
    ...(solution ? { solution: rewriteBlocks(solution, to) } : {}),
    ...(translations
      ? { translations: rewriteEach(translations, (translation) => rewriteTranslation(translation, to)) }
      : {}),
  };
}

function rewriteTranslation(translation: ProblemTranslation, to: Addresses): ProblemTranslation {
  const { prose, choices, solution } = translation;
  const blocks = (content: Block[]) => rewriteBlocks(content, to);
  return {
    ...translation,
    ...(prose ? { prose: rewriteEach(prose, blocks) } : {}),
    ...(choices ? { choices: rewriteEach(choices, blocks) } : {}),
    ...(solution ? { solution: blocks(solution) } : {}),
  };
}

function rewriteEach<T>(record: Record<string, T>, rewrite: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, rewrite(value)]));
}

function rewriteBlock(block: LeafBlock, to: Addresses): Block {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return block.content ? { ...block, content: rewriteInlines(block.content, to) } : block;
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
  const says = documentNote(kind === 'problem' ? 'problem_not_readable' : 'file_not_in_source');
  return unsupportedBlock({ kind, title, says });
}

/** Ids of the stored assets a document shows or links to, each once. */
export function assetsIn(document: Document): string[] {
  return assetPathsIn(document).filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id));
}

/** What stands behind `asset:` in a document's addresses, each once. */
export function assetPathsIn(document: Document): string[] {
  const paths = new Set<string>();
  JSON.stringify(document, (key, value: unknown) => {
    const isAddress = key === 'src' || key === 'href' || key === 'posterSrc';
    if (isAddress && typeof value === 'string' && value.startsWith('asset:')) paths.add(value.slice('asset:'.length));
    return value;
  });
  return [...paths];
}
