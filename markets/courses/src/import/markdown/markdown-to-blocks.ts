import type { Block, Inline, Mark, TableCell } from '@stoa/contracts/document';
import { documentNote, unsupportedBlock } from '@stoa/contracts/document-notes';
import type { Note } from '@stoa/contracts/note';
import type {
  Blockquote,
  Definition,
  FootnoteDefinition,
  Html,
  Image,
  ImageReference,
  Link,
  LinkReference,
  List,
  Paragraph,
  PhrasingContent,
  Root,
  RootContent,
  Table,
} from 'mdast';
import { youtubeId } from '../document-address.ts';
import { note } from '../notes.ts';
import { maximumNesting, plainText } from './parse-markdown.ts';
import type { Phrases } from './phrases.ts';

/** What a link target becomes: an address of the document format, or none and the text stays without a link. */
export type LinkTarget = { href: string } | { href: null };

/** What a picture's source becomes: an address of the document format, or none and the reader is told. */
export type ImageTarget = { src: string } | { src: null };

/** The surroundings of one Markdown file. The callbacks also write the loss report. */
export type MarkdownContext = {
  phrases: Phrases;
  resolveLink: (url: string) => LinkTarget;
  resolveImage: (url: string) => ImageTarget;
  /** Raw HTML to blocks: what the document format cannot hold is dropped there and reported through `note`. */
  htmlToBlocks: (html: string) => Block[];
  /** Says that something changed on the way; once per reason is enough. */
  note: (one: Note) => void;
  /** Id for the next video in reading order, the same in every language of a lesson. */
  nextVideoId: () => string;
  /** Put before the ids of headings, so that two files can share a lesson. */
  headingPrefix: string;
};

type State = MarkdownContext & {
  definitions: Map<string, Definition>;
  footnotes: Map<string, FootnoteDefinition>;
  /** Footnote identifiers in the order in which the text first mentions them. */
  footnoteOrder: string[];
  headingIds: Set<string>;
};

/**
 * Turns parsed Markdown into blocks of the document format.
 * Footnotes become a list at the end, callouts (`> [!NOTE]`) become callouts, a paragraph that is only a picture
 * becomes a picture, a picture that links to a YouTube video becomes the video, and raw HTML goes through
 * `htmlToBlocks`. Nothing that could run in a browser has a place in the result.
 */
export function markdownToBlocks(root: Root, context: MarkdownContext): Block[] {
  const state: State = {
    ...context,
    definitions: new Map(),
    footnotes: new Map(),
    footnoteOrder: [],
    headingIds: new Set(),
  };
  for (const child of root.children) {
    if (child.type === 'definition') state.definitions.set(child.identifier, child);
    if (child.type === 'footnoteDefinition') state.footnotes.set(child.identifier, child);
  }
  const blocks = blocksOf(root.children, state, 0);
  return [...blocks, ...footnoteBlocks(state)];
}

/** The fragment GitHub gives a heading: lower case, punctuation dropped, spaces to hyphens. */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')
    .slice(0, 190);
}

function blocksOf(nodes: readonly RootContent[], state: State, depth: number): Block[] {
  if (depth > maximumNesting) {
    state.note(note('nested_too_deep', { levels: maximumNesting }));
    const text = nodes.map(plainText).join(' ').trim();
    return text === '' ? [] : [paragraph([{ type: 'text', text }])];
  }
  const blocks: Block[] = [];
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node === undefined) continue;
    if (node.type === 'html' && opensDetails(node.value)) {
      const end = endOfDetails(nodes, index);
      blocks.push(...detailsBlock({ opening: node, inner: nodes.slice(index + 1, end) }, state, depth));
      index = end;
      continue;
    }
    blocks.push(...blockOf(node, state, depth));
  }
  return blocks;
}

function blockOf(node: RootContent, state: State, depth: number): Block[] {
  switch (node.type) {
    case 'paragraph':
      return paragraphBlocks(node, state);
    case 'heading': {
      const content = inlinesOf(node.children, [], state, 0);
      const id = uniqueHeadingId(plainText(node), state);
      return content.length === 0
        ? []
        : [{ type: 'heading', attrs: { level: Math.max(2, node.depth), ...(id === '' ? {} : { id }) }, content }];
    }
    case 'list':
      return [listBlock(node, state, depth)];
    case 'blockquote':
      return quoteBlocks(node, state, depth);
    case 'code':
      return [codeBlock(node.lang ?? null, node.value, state)];
    case 'math':
      if (node.value.length > 10_000) return [codeBlock('latex', node.value, state)];
      return [{ type: 'mathBlock', attrs: { latex: node.value } }];
    case 'thematicBreak':
      return [{ type: 'horizontalRule' }];
    case 'table':
      return [tableBlock(node, state)];
    case 'html':
      return htmlBlocks(node.value, state);
    case 'definition':
    case 'footnoteDefinition':
    case 'yaml':
      return [];
    default: {
      const text = plainText(node);
      return text === '' ? [] : [paragraph([{ type: 'text', text }])];
    }
  }
}

function paragraph(content: Inline[]): Block {
  return { type: 'paragraph', content };
}

function codeBlock(language: string | null, text: string, state: State): Block {
  const name = language?.slice(0, 40);
  if (text.length > 200_000) state.note(note('code_cut', { limit: 200_000 }));
  return { type: 'codeBlock', attrs: name ? { language: name } : {}, text: text.slice(0, 200_000) };
}

function listBlock(list: List, state: State, depth: number): Block {
  const content = list.children.map((item) => ({
    type: 'listItem' as const,
    ...(typeof item.checked === 'boolean' ? { attrs: { checked: item.checked } } : {}),
    content: blocksOf(item.children, state, depth + 1),
  }));
  if (list.ordered !== true) return { type: 'bulletList', content };
  const start = list.start ?? 1;
  return { type: 'orderedList', ...(start === 1 ? {} : { attrs: { start } }), content };
}

const calloutTones = { NOTE: 'note', IMPORTANT: 'note', TIP: 'tip', WARNING: 'warning', CAUTION: 'warning' } as const;
const calloutMarker = /^\[!(NOTE|IMPORTANT|TIP|WARNING|CAUTION)\][ \t]*(?:\n|$)/i;

function quoteBlocks(quote: Blockquote, state: State, depth: number): Block[] {
  const first = quote.children[0];
  const lead = first?.type === 'paragraph' ? first.children[0] : undefined;
  const match = lead?.type === 'text' ? calloutMarker.exec(lead.value) : null;
  const name = match?.[1]?.toUpperCase();
  if (first?.type !== 'paragraph' || lead?.type !== 'text' || match === null || !isCallout(name)) {
    const content = blocksOf(quote.children, state, depth + 1);
    return content.length === 0 ? [] : [{ type: 'blockquote', content }];
  }
  const rest: PhrasingContent[] = [{ ...lead, value: lead.value.slice(match[0].length) }, ...first.children.slice(1)];
  const content = blocksOf([{ ...first, children: rest }, ...quote.children.slice(1)], state, depth + 1);
  return [{ type: 'callout', attrs: { tone: calloutTones[name] }, content }];
}

function isCallout(name: string | undefined): name is keyof typeof calloutTones {
  return name !== undefined && name in calloutTones;
}

function tableBlock(table: Table, state: State): Block {
  const rows = table.children.slice(0, 2000);
  if (rows.length < table.children.length) state.note(note('table_cut', { limit: 2000 }));
  return {
    type: 'table',
    content: rows.map((row, rowIndex) => ({
      type: 'tableRow',
      content: row.children.map((cell): TableCell => {
        const content = paragraphBlocks({ type: 'paragraph', children: cell.children }, state);
        return {
          type: rowIndex === 0 ? 'tableHeader' : 'tableCell',
          content: content.length === 0 ? [{ type: 'paragraph' }] : content,
        };
      }),
    })),
  };
}

/** A paragraph of pictures only becomes pictures; a linked YouTube picture becomes the video; the rest is prose. */
function paragraphBlocks(node: Paragraph, state: State): Block[] {
  const children = node.children.filter((child) => child.type !== 'text' || child.value.trim() !== '');
  const only = children.length === 1 ? children[0] : undefined;
  if (only?.type === 'link') {
    const video = linkedVideo(only, state);
    if (video !== null) return [video];
  }
  const pictures = children.map((child) => pictureOf(child, state));
  if (pictures.length > 0 && pictures.every((picture) => picture !== null)) {
    return pictures.flatMap((picture) => pictureBlocks(picture, state));
  }
  const content = inlinesOf(node.children, [], state, 0);
  return content.some(isVisible) ? [paragraph(trimmed(content))] : [];
}

function isVisible(inline: Inline): boolean {
  return inline.type !== 'hardBreak' && (inline.type !== 'text' || inline.text.trim() !== '');
}

function trimmed(content: Inline[]): Inline[] {
  const from = content.findIndex(isVisible);
  const to = content.findLastIndex(isVisible);
  return content.slice(from, to + 1);
}

type Picture = { url: string; alt: string; title: string | null };

function pictureOf(node: PhrasingContent, state: State): Picture | null {
  if (node.type === 'image') return { url: node.url, alt: node.alt ?? '', title: node.title ?? null };
  if (node.type === 'imageReference') return referencedPicture(node, state);
  if (node.type === 'html') return htmlPicture(node.value);
  return null;
}

function referencedPicture(node: ImageReference, state: State): Picture | null {
  const definition = state.definitions.get(node.identifier);
  if (definition === undefined) return null;
  return { url: definition.url, alt: node.alt ?? '', title: definition.title ?? null };
}

function pictureBlocks(picture: Picture, state: State): Block[] {
  const target = state.resolveImage(picture.url);
  const alt = picture.alt.slice(0, 2000);
  if (target.src !== null) {
    const caption = picture.title === null ? {} : { caption: picture.title.slice(0, 2000) };
    return [{ type: 'image', attrs: { src: target.src, alt, ...caption } }];
  }
  const title = (picture.alt || picture.url).slice(0, 500);
  return [unsupportedBlock({ kind: 'image', title, says: documentNote('picture_not_in_source') })];
}

function linkedVideo(link: Link, state: State): Block | null {
  const id = youtubeId(link.url);
  const image = link.children[0];
  if (id === null || link.children.length !== 1 || image?.type !== 'image') return null;
  state.note(note('picture_became_video'));
  const title = (image.alt || link.title || 'YouTube').slice(0, 500);
  // A picture of the source becomes the poster; one from elsewhere would tell that server who opens the lesson.
  const poster = /^https?:/i.test(image.url) ? null : state.resolveImage(image.url).src;
  const attrs = { id: state.nextVideoId(), title, src: `youtube:${id}` };
  return { type: 'video', attrs: poster === null ? attrs : { ...attrs, posterSrc: poster } };
}

function footnoteBlocks(state: State): Block[] {
  if (state.footnoteOrder.length === 0) return [];
  state.note(note('footnotes_became_list'));
  const items: { type: 'listItem'; content: Block[] }[] = [];
  // A footnote may mention another one, which then joins the end of the list while we walk it.
  for (let index = 0; index < state.footnoteOrder.length; index += 1) {
    const definition = state.footnotes.get(state.footnoteOrder[index] ?? '');
    items.push({ type: 'listItem', content: blocksOf(definition?.children ?? [], state, 1) });
  }
  const title: Block = {
    type: 'heading',
    attrs: { level: 2 },
    content: [{ type: 'text', text: state.phrases.notes }],
  };
  return [title, { type: 'orderedList', content: items }];
}

function uniqueHeadingId(text: string, state: State): string {
  const slug = headingId(text);
  const base = slug === '' ? '' : `${state.headingPrefix}${slug}`;
  let id = base;
  for (let copy = 1; id !== '' && state.headingIds.has(id); copy += 1) id = `${base}-${copy}`;
  state.headingIds.add(id);
  return id;
}

// Inline content

function inlinesOf(nodes: readonly PhrasingContent[], marks: Mark[], state: State, depth: number): Inline[] {
  if (depth > maximumNesting) {
    state.note(note('nested_too_deep', { levels: maximumNesting }));
    return textInlines(nodes.map(plainText).join(' '), marks);
  }
  const result: Inline[] = [];
  // Inline HTML arrives as separate tags between the text; the open ones apply to what follows.
  let tags: HtmlMark[] = [];
  let hidden: string | null = null;
  for (const node of nodes) {
    if (node.type === 'html') {
      const tag = readTag(node.value);
      if (hidden !== null) {
        if (tag?.closing === true && tag.name === hidden) hidden = null;
        continue;
      }
      if (tag !== null && neverShown.has(tag.name)) {
        hidden = tag.closing || tag.selfClosing ? null : tag.name;
        state.note(note('tag_removed', { tag: tag.name }));
        continue;
      }
      tags = applyTag({ html: node.value, tag, tags, result, marks }, state);
      continue;
    }
    if (hidden !== null) continue;
    const all = [...marks, ...tags.flatMap(({ mark }) => (mark === null ? [] : [mark]))];
    result.push(...inlineOf(node, dedupe(all), state, depth));
  }
  return result;
}

function inlineOf(node: PhrasingContent, marks: Mark[], state: State, depth: number): Inline[] {
  switch (node.type) {
    case 'text':
      return textInlines(node.value, marks);
    case 'emphasis':
      return inlinesOf(node.children, dedupe([...marks, { type: 'italic' }]), state, depth + 1);
    case 'strong':
      return inlinesOf(node.children, dedupe([...marks, { type: 'bold' }]), state, depth + 1);
    case 'delete':
      return inlinesOf(node.children, dedupe([...marks, { type: 'strike' }]), state, depth + 1);
    case 'inlineCode':
      return textInlines(node.value, dedupe([...marks, { type: 'code' }]));
    case 'break':
      return [{ type: 'hardBreak' }];
    case 'link':
      return linkInlines({ url: node.url, title: node.title ?? null, node }, marks, state, depth);
    case 'linkReference': {
      const definition = state.definitions.get(node.identifier);
      const link = { url: definition?.url ?? '', title: definition?.title ?? null, node };
      return definition === undefined
        ? inlinesOf(node.children, marks, state, depth + 1)
        : linkInlines(link, marks, state, depth);
    }
    case 'image':
    case 'imageReference':
      return imageInlines(node, marks, state);
    case 'inlineMath':
      if (node.value.length > 10_000) return textInlines(node.value, marks);
      return [{ type: 'inlineMath', attrs: { latex: node.value } }];
    case 'footnoteReference': {
      const identifier = node.identifier;
      if (!state.footnotes.has(identifier)) return textInlines(`[${node.label ?? identifier}]`, marks);
      if (!state.footnoteOrder.includes(identifier)) state.footnoteOrder.push(identifier);
      const position = state.footnoteOrder.indexOf(identifier) + 1;
      return textInlines(`[${position}]`, dedupe([...marks, { type: 'superscript' }]));
    }
    default:
      return [];
  }
}

function textInlines(value: string, marks: Mark[]): Inline[] {
  const text = value.replaceAll(/[ \t]*\r?\n[ \t]*/g, ' ');
  if (text === '') return [];
  return [{ type: 'text', text, ...(marks.length === 0 ? {} : { marks }) }];
}

function linkText(text: string, href: string, title: string | null, marks: Mark[]): Inline {
  const link: Mark = { type: 'link', attrs: { href, ...(title === null ? {} : { title: title.slice(0, 500) }) } };
  return { type: 'text', text, marks: [...marks, link] };
}

function linkInlines(
  link: { url: string; title: string | null; node: Link | LinkReference },
  marks: Mark[],
  state: State,
  depth: number,
): Inline[] {
  const target = state.resolveLink(link.url);
  const outside = marks.filter(({ type }) => type !== 'link');
  if (target.href === null) return inlinesOf(link.node.children, outside, state, depth + 1);
  const attrs = { href: target.href, ...(link.title === null ? {} : { title: link.title.slice(0, 500) }) };
  const image = link.node.children.length === 1 ? link.node.children[0] : undefined;
  if (image?.type === 'image' || image?.type === 'imageReference') {
    // The format has no linked picture: a picture of the source is shown before its link, a remote one (a badge) is not.
    const picture = pictureOf(image, state);
    const shown = picture !== null && !/^https?:/i.test(picture.url) ? imageInlines(image, [], state) : [];
    const text = picture?.alt || hostOf(target.href) || state.phrases.openLink;
    return [...shown.filter(({ type }) => type === 'inlineImage'), linkText(text, target.href, link.title, outside)];
  }
  return inlinesOf(link.node.children, [...outside, { type: 'link', attrs }], state, depth + 1);
}

function hostOf(href: string): string {
  return URL.canParse(href) ? new URL(href).host : '';
}

function imageInlines(node: Image | ImageReference, marks: Mark[], state: State): Inline[] {
  const picture = pictureOf(node, state);
  if (picture === null) return textInlines(node.alt ?? '', marks);
  return inlinePicture(picture, marks, state);
}

function inlinePicture(picture: Picture, marks: Mark[], state: State): Inline[] {
  const target = state.resolveImage(picture.url);
  if (target.src !== null) {
    return [{ type: 'inlineImage', attrs: { src: target.src, alt: picture.alt.slice(0, 1000) } }];
  }
  return textInlines(picture.alt || picture.url, marks);
}

function dedupe(marks: Mark[]): Mark[] {
  return marks.filter((mark, index) => marks.findIndex(({ type }) => type === mark.type) === index);
}

// Raw HTML

type Tag = { name: string; closing: boolean; selfClosing: boolean };
type HtmlMark = { name: string; mark: Mark | null };

/** Elements whose content is no text for a reader. */
const neverShown = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'math', 'textarea']);

const markOfTag: Record<string, Mark> = {
  b: { type: 'bold' },
  strong: { type: 'bold' },
  i: { type: 'italic' },
  em: { type: 'italic' },
  u: { type: 'underline' },
  ins: { type: 'underline' },
  s: { type: 'strike' },
  del: { type: 'strike' },
  code: { type: 'code' },
  kbd: { type: 'code' },
  samp: { type: 'code' },
  sub: { type: 'subscript' },
  sup: { type: 'superscript' },
  mark: { type: 'highlight' },
};

function readTag(html: string): Tag | null {
  const match = /^<(\/?)([a-z][a-z0-9-]*)\b[^>]*?(\/?)>$/i.exec(html.trim());
  if (match === null) return null;
  return { name: (match[2] ?? '').toLowerCase(), closing: match[1] === '/', selfClosing: match[3] === '/' };
}

/** The value of an attribute in a single tag; entities in it are decoded by nobody, so only plain ones match. */
function attributeOf(html: string, name: string): string | null {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(html);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? null;
}

function htmlPicture(html: string): Picture | null {
  if (readTag(html)?.name !== 'img') return null;
  const url = attributeOf(html, 'src');
  return url === null ? null : { url, alt: attributeOf(html, 'alt') ?? '', title: attributeOf(html, 'title') };
}

function applyTag(
  found: { html: string; tag: Tag | null; tags: HtmlMark[]; result: Inline[]; marks: Mark[] },
  state: State,
): HtmlMark[] {
  const { html, tag, tags, result, marks } = found;
  if (tag === null) return tags;
  if (tag.name === 'br') {
    result.push({ type: 'hardBreak' });
    return tags;
  }
  const picture = htmlPicture(html);
  if (picture !== null) {
    result.push(...inlinePicture(picture, marks, state));
    return tags;
  }
  if (tag.closing) {
    const open = tags.findLastIndex(({ name }) => name === tag.name);
    return open < 0 ? tags : tags.toSpliced(open, 1);
  }
  if (tag.name === 'a') {
    const href = attributeOf(html, 'href');
    const target = href === null ? { href: null } : state.resolveLink(href);
    const mark: Mark | null = target.href === null ? null : { type: 'link', attrs: { href: target.href } };
    return [...tags, { name: 'a', mark }];
  }
  const mark = markOfTag[tag.name];
  if (mark === undefined) state.note(note('tag_removed_text_kept', { tag: tag.name }));
  return tag.selfClosing ? tags : [...tags, { name: tag.name, mark: mark ?? null }];
}

const comment = /<!--[\s\S]*?-->/g;

function htmlBlocks(html: string, state: State): Block[] {
  // Comments are notes of the authors to each other.
  const visible = html.replaceAll(comment, '').trim();
  if (visible === '' || /^<\/[a-z][a-z0-9-]*\s*>$/i.test(visible)) return [];
  return state.htmlToBlocks(visible);
}

function opensDetails(html: string): boolean {
  return detailsBalance(html) > 0;
}

function detailsBalance(html: string): number {
  const opened = html.match(/<details\b/gi)?.length ?? 0;
  const closed = html.match(/<\/details\s*>/gi)?.length ?? 0;
  return opened - closed;
}

/** Index of the node that closes the details opened at `start`, or the end if nothing does. */
function endOfDetails(nodes: readonly RootContent[], start: number): number {
  let open = 0;
  for (let index = start; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node?.type === 'html') open += detailsBalance(node.value);
    if (open <= 0) return index;
  }
  return nodes.length;
}

/** `<details>` with Markdown inside: the parser gives the opening tag, ordinary nodes, and the closing tag. */
function detailsBlock(found: { opening: Html; inner: readonly RootContent[] }, state: State, depth: number): Block[] {
  const html = found.opening.value;
  const summary = /<summary[^>]*>([\s\S]*?)(?:<\/summary\s*>|$)/i.exec(html)?.[1] ?? '';
  const text = summary
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const before = html
    .replace(/<summary[^>]*>[\s\S]*?(?:<\/summary\s*>|$)/i, '')
    .replace(/<details\b[^>]*>/i, '')
    .trim();
  const content = [...(before === '' ? [] : htmlBlocks(before, state)), ...blocksOf(found.inner, state, depth + 1)];
  return [{ type: 'details', attrs: { summary: (text || '…').slice(0, 1000) }, content }];
}
