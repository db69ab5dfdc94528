import type { Block, Inline, ListItem, Mark, TableCell } from '@stoa/contracts/document';
import { documentNote, unsupportedBlock } from '@stoa/contracts/document-notes';
import type { Element, ElementContent, RootContent } from 'hast';
import { type ConversionNotes, conversionNotes } from './conversion-notes.ts';
import { documentAddress, type ResolveAddress, vimeoPlayer, youtubeId } from './document-address.ts';
import { cleanText, cut, oneLine, plainText } from './document-text.ts';
import { type CountedCode, note } from './notes.ts';
import { splitFormulas } from './split-formulas.ts';

export type ConversionOptions = {
  /**
   * Rewrites the source's own addresses: the new address, `null` when the source should have it but does not, or
   * `undefined` when the address is not of the source. Only `resolve` may give out `asset:` and `lesson:`.
   */
  resolve?: ResolveAddress;
  /** Start of the ids of videos and sounds, unique in the course. */
  idPrefix?: string;
};

type Node = RootContent | ElementContent;
type Picture = {
  type: 'picture';
  src: string;
  alt: string;
  width: number | null;
  height: number | null;
  link: string | null;
};
type Run = Inline | Picture | { type: 'display'; latex: string };
/** Blocks made so far and the inline content that waits to become a paragraph. */
type Flow = { blocks: Block[]; run: Run[] };
type Place = { marks: Mark[]; depth: number; code: boolean };
type Work = ConversionOptions & { notes: ConversionNotes; missing: Set<string>; ids: { next: number } };

const depthLimit = 20;
const blockLimit = 5000;
const rowLimit = 2000;
const codeLimit = 200_000;
const smallPicture = 64;

const boxes = new Set(
  'div section article header footer main nav aside address center form fieldset hgroup search figure figcaption summary noscript tr td th tbody thead tfoot caption li dd text dialog legend optgroup'.split(
    ' ',
  ),
);
const silentlyEmpty = new Set(
  'head title meta base param source track wbr area col colgroup comment frame rp datalist'.split(' '),
);
const controls = new Set('button input select textarea option output progress meter'.split(' '));
const marksOf: Record<string, Mark['type']> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  cite: 'italic',
  var: 'italic',
  dfn: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strike',
  strike: 'strike',
  del: 'strike',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
  sub: 'subscript',
  sup: 'superscript',
  mark: 'highlight',
};

/**
 * Turns an element tree (HTML, or XML that holds prose) into blocks by an allow-list: an element that is not known
 * gives its text only, an attribute that is not known gives nothing.
 */
export function elementsToBlocks(nodes: readonly Node[], options: ConversionOptions = {}) {
  const work: Work = { ...options, notes: conversionNotes(), missing: new Set(), ids: { next: 1 } };
  let blocks = flowOf(nodes, { marks: [], depth: 0, code: false }, work);
  if (blocks.length > blockLimit) {
    blocks = blocks.slice(0, blockLimit);
    work.notes.say(note('blocks_cut', { limit: blockLimit }));
  }
  return { blocks, notes: work.notes.list(), missing: [...work.missing] };
}

/** The value of an attribute as the source wrote it, or null. Names in lower case. */
export function attributeOf(element: Element, name: string): string | null {
  for (const [key, value] of Object.entries(element.properties)) {
    const lower = key.toLowerCase();
    if (lower !== name && !(name === 'class' && lower === 'classname')) continue;
    if (value === null || value === undefined || value === false) return null;
    if (value === true) return '';
    return Array.isArray(value) ? value.join(' ') : String(value);
  }
  return null;
}

/** Icons that say something by themselves, often the only content of a table's cell. */
const speakingIcons: Record<string, string> = { check: '✓', check_circle: '✓', done: '✓', close: '✗', cancel: '✗' };

/**
 * What stands for an element of an icon font whose text is the name of a picture (`<span class="material-icons">menu_book`):
 * a sign where the icon has a meaning, the empty string elsewhere. Null for every other element.
 */
function iconOf(node: Element): string | null {
  const classes = attributeOf(node, 'class')?.split(/\s+/) ?? [];
  if (!classes.some((one) => /^material-(?:icons|symbols)(?:-[a-z]+)*$/.test(one))) return null;
  const [only, ...more] = node.children;
  if (only?.type !== 'text' || more.length > 0) return null;
  const name = only.value.trim();
  if (!/^[a-z0-9_]{1,40}$/.test(name)) return null;
  return speakingIcons[name] ?? '';
}

/** Longer styles than people write are not searched: patterns over them would cost quadratic time. */
function styleOf(node: Element): string {
  return (attributeOf(node, 'style') ?? '').slice(0, 2000);
}

function flowOf(nodes: readonly Node[], place: Place, work: Work): Block[] {
  const flow: Flow = { blocks: [], run: [] };
  walkAll(nodes, flow, place, work);
  flush(flow);
  return flow.blocks.slice(0, place.depth === 0 ? undefined : blockLimit);
}

function walkAll(nodes: readonly Node[], flow: Flow, place: Place, work: Work) {
  for (const node of nodes) walk(node, flow, place, work);
}

function walk(node: Node, flow: Flow, place: Place, work: Work) {
  if (node.type === 'text') {
    addText(node.value, flow, place);
    return;
  }
  if (node.type !== 'element') return;
  noteActiveAttributes(node, work);
  const name = node.tagName.toLowerCase();
  if (silentlyEmpty.has(name)) return;
  if (controls.has(name)) {
    work.notes.count('form_controls_removed');
    return;
  }
  const icon = iconOf(node);
  if (icon !== null) {
    work.notes.count('icons_removed');
    if (icon) addText(icon, flow, place);
    return;
  }
  const convert = known(blockElements, name);
  if (convert !== undefined) {
    flush(flow);
    if (place.depth >= depthLimit && nesting.has(name)) {
      work.notes.say(note('nesting_flattened'));
      walkAll(node.children, flow, place, work);
      flush(flow);
      return;
    }
    flow.blocks.push(...convert(node, { ...place, depth: place.depth + 1 }, work));
    return;
  }
  const inline = known(inlineElements, name);
  if (inline !== undefined) {
    inline(node, flow, place, work);
    return;
  }
  const box = boxes.has(name);
  if (box) flush(flow);
  walkAll(node.children, flow, { ...place, marks: withMarks(node, name, place.marks) }, work);
  if (box) flush(flow);
}

/** Element names come from outside and may be `constructor`. */
function known<T>(table: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** `style` may make text bold or italic; everything else in it is look, which the product's own design decides. */
function withMarks(node: Element, name: string, marks: Mark[]): Mark[] {
  const style = styleOf(node).toLowerCase();
  let out = marks;
  const tag = known(marksOf, name);
  if (tag !== undefined && tag !== 'link') out = addMark(out, { type: tag });
  if (style === '') return out;
  if (/font-weight\s*:\s*(bold|[6-9]00)/.test(style)) out = addMark(out, { type: 'bold' });
  if (/font-style\s*:\s*(italic|oblique)/.test(style)) out = addMark(out, { type: 'italic' });
  if (/text-decoration[a-z-]*\s*:[^;]*underline/.test(style)) out = addMark(out, { type: 'underline' });
  if (/text-decoration[a-z-]*\s*:[^;]*line-through/.test(style)) out = addMark(out, { type: 'strike' });
  return out;
}

function addMark(marks: Mark[], mark: Mark): Mark[] {
  return marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark];
}

function noteActiveAttributes(node: Element, work: Work) {
  for (const key of Object.keys(node.properties)) {
    const name = key.toLowerCase();
    if (/^on[a-z]/.test(name)) work.notes.count('event_handlers_removed');
    const style = name === 'style' ? styleOf(node) : '';
    if (name === 'style' && !onlyMarks(style)) {
      work.notes.count('styles_simplified');
    }
    if (name === 'hidden' || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)) {
      work.notes.count('hidden_shown');
    }
    if (name === 'srcdoc') work.notes.count('embedded_pages_removed');
  }
}

function onlyMarks(style: string): boolean {
  return style
    .split(';')
    .every((rule) => rule.trim() === '' || /^\s*(font-weight|font-style|text-decoration)\s*:/i.test(rule));
}

function addText(text: string, flow: Flow, place: Place) {
  const clean = cleanText(text);
  if (clean === '') return;
  const mark = place.marks.length > 0 ? { marks: place.marks } : {};
  if (place.code || place.marks.some(({ type }) => type === 'code')) {
    flow.run.push({ type: 'text', text: clean, ...mark });
    return;
  }
  for (const part of splitFormulas(clean)) {
    if (part.kind === 'text') flow.run.push({ type: 'text', text: part.value, ...mark });
    else if (part.kind === 'inline') flow.run.push({ type: 'inlineMath', attrs: { latex: part.value } });
    else flow.run.push({ type: 'display', latex: part.value });
  }
}

/** Ends the paragraph: white space collapses, display formulas and big pictures become blocks of their own. */
function flush(flow: Flow) {
  const run = flow.run;
  flow.run = [];
  let line: Inline[] = [];
  const endLine = () => {
    const content = tidy(line);
    line = [];
    if (content.length > 0) flow.blocks.push({ type: 'paragraph', content });
  };
  for (const [at, item] of run.entries()) {
    if (item.type === 'display') {
      endLine();
      flow.blocks.push({ type: 'mathBlock', attrs: { latex: item.latex } });
    } else if (item.type !== 'picture') {
      line.push(item);
    } else if (isSmall(item) || (hasText(run.slice(0, at)) && hasText(run.slice(at + 1)) && isUnsized(item))) {
      line.push({ type: 'inlineImage', attrs: { src: item.src, alt: cut(item.alt, 1000) } });
    } else {
      endLine();
      flow.blocks.push(...pictureBlocks(item));
    }
  }
  endLine();
}

const isSmall = (picture: Picture) =>
  (picture.width !== null && picture.width <= smallPicture) ||
  (picture.height !== null && picture.height <= smallPicture);
const isUnsized = (picture: Picture) => picture.width === null && picture.height === null;
/** Text on the same line: a line break ends it. */
function hasText(run: readonly Run[]): boolean {
  return (
    run.some((item) => item.type === 'text' && item.text.trim() !== '') && !run.some((i) => i.type === 'hardBreak')
  );
}

function pictureBlocks(picture: Picture, caption?: string): Block[] {
  const { src, alt, width, height, link } = picture;
  const image: Block = {
    type: 'image',
    attrs: {
      src,
      alt,
      ...(caption ? { caption } : {}),
      ...(width !== null ? { width } : {}),
      ...(height !== null ? { height } : {}),
    },
  };
  if (link === null || link === src) return [image];
  const text = alt || link;
  return [
    image,
    { type: 'paragraph', content: [{ type: 'text', text, marks: [{ type: 'link', attrs: { href: link } }] }] },
  ];
}

/** White space as a browser collapses it, equal neighbours joined, no breaks or spaces at the ends. */
function tidy(line: readonly Inline[]): Inline[] {
  const out: Inline[] = [];
  let spaceBefore = true;
  for (const item of line) {
    const last = out.at(-1);
    if (item.type !== 'text') {
      if (item.type === 'hardBreak' && last?.type === 'text') last.text = last.text.replace(/ $/, '');
      out.push(item);
      spaceBefore = item.type === 'hardBreak';
      continue;
    }
    let text = item.text.replace(/[ \t\n\r\f]+/g, ' ');
    if (spaceBefore) text = text.replace(/^ /, '');
    if (text === '') continue;
    spaceBefore = text.endsWith(' ');
    if (last?.type === 'text' && sameMarks(last.marks, item.marks)) last.text += text;
    else out.push({ type: 'text', text, ...(item.marks ? { marks: item.marks } : {}) });
  }
  const last = out.at(-1);
  if (last?.type === 'text') last.text = last.text.replace(/ $/, '');
  const kept = out.filter((item) => item.type !== 'text' || item.text !== '');
  while (kept.at(-1)?.type === 'hardBreak') kept.pop();
  while (kept[0]?.type === 'hardBreak') kept.shift();
  const visible = kept.some((item) => item.type !== 'hardBreak' && (item.type !== 'text' || item.text.trim() !== ''));
  return visible ? kept : [];
}

function sameMarks(a: readonly Mark[] | undefined, b: readonly Mark[] | undefined): boolean {
  return JSON.stringify(a ?? []) === JSON.stringify(b ?? []);
}

type BlockConverter = (node: Element, place: Place, work: Work) => Block[];

const nesting = new Set('ul ol menu dir dl blockquote table details'.split(' '));

const blockElements: Record<string, BlockConverter> = {
  p: (node, place, work) => flowOf(node.children, { ...place, marks: withMarks(node, 'p', place.marks) }, work),
  h1: heading(2),
  h2: heading(2),
  h3: heading(3),
  h4: heading(4),
  h5: heading(5),
  h6: heading(6),
  ul: list,
  menu: list,
  dir: list,
  ol: list,
  dl: definitions,
  blockquote: (node, place, work) => {
    const content = flowOf(node.children, place, work);
    return content.length > 0 ? [{ type: 'blockquote', content }] : [];
  },
  details: disclosure,
  pre: preformatted,
  listing: preformatted,
  hr: () => [{ type: 'horizontalRule' }],
  table,
  figure,
  iframe: frame,
  embed: pluginObject,
  object: pluginObject,
  video: player,
  audio: player,
  marquee: (node, place, work) => flowOf(node.children, place, work),
};

function heading(level: number): BlockConverter {
  return (node, place, work) => {
    const id = attributeOf(node, 'id');
    const blocks = flowOf(node.children, { ...place, marks: withMarks(node, 'h', place.marks) }, work);
    const content: Inline[] = [];
    const others: Block[] = [];
    for (const block of blocks) {
      if (block.type !== 'paragraph') {
        others.push(block);
        continue;
      }
      if (content.length > 0) content.push({ type: 'hardBreak' });
      content.push(...(block.content ?? []));
    }
    if (content.length === 0) return others;
    const usableId = id !== null && id !== '' && id.length <= 200 && !/\s/.test(id) ? cleanText(id) : null;
    return [{ type: 'heading', attrs: { level, ...(usableId ? { id: usableId } : {}) }, content }, ...others];
  };
}

function list(node: Element, place: Place, work: Work): Block[] {
  const items: ListItem[] = [];
  let loose: Node[] = [];
  const endLoose = () => {
    const content = flowOf(loose, place, work);
    loose = [];
    if (content.length === 0) return;
    // A list written directly inside a list belongs to the item before it.
    const last = items.at(-1);
    if (last !== undefined && content.every(({ type }) => type === 'bulletList' || type === 'orderedList')) {
      last.content.push(...content);
    } else {
      items.push({ type: 'listItem', content });
    }
  };
  for (const child of node.children) {
    if (child.type !== 'element' || child.tagName.toLowerCase() !== 'li') {
      loose.push(child);
      continue;
    }
    endLoose();
    noteActiveAttributes(child, work);
    const box = child.children.find((inner) => inner.type === 'element' && attributeOf(inner, 'type') === 'checkbox');
    const rest = box === undefined ? child.children : child.children.filter((inner) => inner !== box);
    const content = flowOf(rest, { ...place, marks: withMarks(child, 'li', place.marks) }, work);
    const checked = box?.type === 'element' ? { attrs: { checked: attributeOf(box, 'checked') !== null } } : undefined;
    if (content.length > 0) items.push({ type: 'listItem', ...checked, content });
  }
  endLoose();
  if (items.length === 0) return [];
  if (node.tagName.toLowerCase() !== 'ol') return [{ type: 'bulletList', content: items }];
  const start = Number(attributeOf(node, 'start') ?? '1');
  return [
    {
      type: 'orderedList',
      ...(Number.isSafeInteger(start) && start !== 1 ? { attrs: { start } } : {}),
      content: items,
    },
  ];
}

function definitions(node: Element, place: Place, work: Work): Block[] {
  const blocks: Block[] = [];
  for (const child of node.children) {
    if (child.type !== 'element') {
      blocks.push(...flowOf([child], place, work));
      continue;
    }
    const name = child.tagName.toLowerCase();
    noteActiveAttributes(child, work);
    if (name === 'dt') {
      const marks = addMark(withMarks(child, name, place.marks), { type: 'bold' });
      blocks.push(...flowOf(child.children, { ...place, marks }, work));
    } else if (name === 'dd') {
      blocks.push(...flowOf(child.children, { ...place, marks: withMarks(child, name, place.marks) }, work));
    } else {
      blocks.push(...(name === 'div' ? definitions(child, place, work) : flowOf([child], place, work)));
    }
  }
  return blocks;
}

function disclosure(node: Element, place: Place, work: Work): Block[] {
  const summary = node.children.find((child) => child.type === 'element' && child.tagName.toLowerCase() === 'summary');
  const content = flowOf(
    node.children.filter((child) => child !== summary),
    place,
    work,
  );
  const title = summary === undefined ? '' : oneLine(plainText(flowOf([summary], place, work)), 1000);
  if (content.length === 0 && title === '') return [];
  return [{ type: 'details', attrs: { summary: title || '…' }, content }];
}

function preformatted(node: Element, _place: Place, work: Work): Block[] {
  const text = cleanText(rawText(node, work)).replace(/\r\n?/g, '\n').trimEnd();
  if (text.trim() === '') return [];
  const inner = node.children.find((child) => child.type === 'element' && child.tagName.toLowerCase() === 'code');
  const classes = `${attributeOf(node, 'class') ?? ''} ${inner?.type === 'element' ? (attributeOf(inner, 'class') ?? '') : ''}`;
  const language = /(?:^|\s)lang(?:uage)?-([\w+#.-]{1,40})/.exec(classes)?.[1];
  const blocks: Block[] = [];
  for (let rest = text; rest !== ''; rest = rest.slice(cut(rest, codeLimit).length)) {
    blocks.push({ type: 'codeBlock', attrs: language === undefined ? {} : { language }, text: cut(rest, codeLimit) });
  }
  return blocks;
}

function rawText(node: Element, work: Work): string {
  let text = '';
  for (const child of node.children) {
    if (child.type === 'text') text += child.value;
    if (child.type !== 'element') continue;
    noteActiveAttributes(child, work);
    const name = child.tagName.toLowerCase();
    const lost = known(dropped, name);
    if (name === 'br') text += '\n';
    else if (lost !== undefined) work.notes.count(lost);
    else if (controls.has(name)) work.notes.count('form_controls_removed');
    else text += rawText(child, work);
  }
  return text;
}

function table(node: Element, place: Place, work: Work): Block[] {
  const rows: { type: 'tableRow'; content: TableCell[] }[] = [];
  const around: Block[] = [];
  let caption = '';
  const span = (cell: Element, name: 'colspan' | 'rowspan', most: number) => {
    const value = Number.parseInt(attributeOf(cell, name) ?? '1', 10);
    return Number.isInteger(value) && value > 1 ? { [name]: Math.min(value, most) } : {};
  };
  const readRow = (row: Element) => {
    const cells: TableCell[] = [];
    for (const cell of row.children) {
      if (cell.type !== 'element') continue;
      const name = cell.tagName.toLowerCase();
      if (name !== 'td' && name !== 'th') {
        around.push(...flowOf([cell], place, work));
        continue;
      }
      noteActiveAttributes(cell, work);
      const content = flowOf(cell.children, { ...place, marks: withMarks(cell, name, place.marks) }, work);
      const attrs = { ...span(cell, 'colspan', 50), ...span(cell, 'rowspan', 200) };
      cells.push({
        type: name === 'th' ? 'tableHeader' : 'tableCell',
        ...(Object.keys(attrs).length > 0 ? { attrs } : {}),
        content: content.length > 0 ? content : [{ type: 'paragraph' }],
      });
    }
    if (cells.length > 0) rows.push({ type: 'tableRow', content: cells });
  };
  const readRows = (parent: Element) => {
    for (const child of parent.children) {
      if (child.type !== 'element') {
        if (child.type === 'text' && child.value.trim() !== '') around.push(...flowOf([child], place, work));
        continue;
      }
      const name = child.tagName.toLowerCase();
      noteActiveAttributes(child, work);
      if (name === 'tr') readRow(child);
      else if (name === 'thead' || name === 'tbody' || name === 'tfoot') readRows(child);
      else if (name === 'caption') caption = oneLine(plainText(flowOf(child.children, place, work)), 1000);
      else around.push(...flowOf([child], place, work));
    }
  };
  readRows(node);
  const blocks: Block[] = [...around];
  for (let from = 0; from < rows.length; from += rowLimit) {
    const attrs = from === 0 && caption !== '' ? { attrs: { caption } } : {};
    blocks.push({ type: 'table', ...attrs, content: rows.slice(from, from + rowLimit) });
  }
  return blocks;
}

function figure(node: Element, place: Place, work: Work): Block[] {
  const captionNode = node.children.find(
    (child) => child.type === 'element' && child.tagName.toLowerCase() === 'figcaption',
  );
  const rest = node.children.filter((child) => child !== captionNode);
  const blocks = flowOf(rest, place, work);
  if (captionNode?.type !== 'element') return blocks;
  const captionBlocks = flowOf(captionNode.children, place, work);
  const text = oneLine(plainText(captionBlocks), 2000);
  const only = blocks[0];
  if (blocks.length === 1 && only?.type === 'image' && text !== '') {
    const linked = JSON.stringify(captionBlocks).includes('"link"');
    if (!linked) return [{ type: 'image', attrs: { ...only.attrs, caption: text } }];
  }
  return [...blocks, ...captionBlocks];
}

function hostOf(href: string): string {
  return URL.parse(href)?.hostname ?? 'unknown';
}

function frame(node: Element, _place: Place, work: Work): Block[] {
  const raw = attributeOf(node, 'src') ?? attributeOf(node, 'data-src') ?? '';
  const title = oneLine(attributeOf(node, 'title') ?? '', 500);
  const address = addressOf(raw, 'media', work);
  if (address === null) {
    work.notes.count('frames_without_address');
    if (title === '') return [];
    const says = documentNote('frame_not_in_source', { address: oneLine(raw, 300) });
    return [unsupportedBlock({ kind: 'iframe', title, says })];
  }
  if (address.startsWith('asset:')) {
    work.notes.count('pages_kept_as_files');
    return [{ type: 'file', attrs: { src: address, name: title.slice(0, 300) || fileName(address) } }];
  }
  const youtube = youtubeId(address);
  if (youtube !== null) {
    const attrs = { id: nextId(work), title: title || 'YouTube', src: `youtube:${youtube}` };
    return [{ type: 'video', attrs }];
  }
  const vimeo = vimeoPlayer(address);
  if (vimeo !== null) return [{ type: 'embed', attrs: { src: vimeo, title: title || 'Vimeo' } }];
  work.notes.say(note('frame_kept', { host: hostOf(address) }));
  return [{ type: 'embed', attrs: { src: address, title: title || hostOf(address) } }];
}

function pluginObject(node: Element, place: Place, work: Work): Block[] {
  const raw = attributeOf(node, 'data') ?? attributeOf(node, 'src') ?? '';
  const fallback = flowOf(node.children, place, work);
  const address = addressOf(raw, 'media', work);
  if (address === null) {
    work.notes.count('plugins_removed');
    return fallback;
  }
  const youtube = youtubeId(address);
  const title = oneLine(attributeOf(node, 'title') ?? '', 300);
  if (youtube !== null) {
    return [{ type: 'video', attrs: { id: nextId(work), title: title || 'YouTube', src: `youtube:${youtube}` } }];
  }
  work.notes.count('objects_kept_as_files');
  return [{ type: 'file', attrs: { src: address, name: title || fileName(address) } }];
}

function player(node: Element, place: Place, work: Work): Block[] {
  const inner = (name: string) =>
    node.children.flatMap((child) => (child.type === 'element' && child.tagName.toLowerCase() === name ? [child] : []));
  const candidates = [attributeOf(node, 'src'), ...inner('source').map((source) => attributeOf(source, 'src'))];
  const sources = candidates.flatMap((raw) => (raw === null ? [] : [addressOf(raw, 'media', work)]));
  const src = sources.find((source) => source !== null);
  const kind = node.tagName.toLowerCase() === 'audio' ? 'audio' : 'video';
  if (src === undefined || src === null) {
    work.notes.count(`${kind}_without_address`);
    return flowOf(
      node.children.filter((child) => child.type === 'element'),
      place,
      work,
    );
  }
  const title = oneLine(attributeOf(node, 'title') ?? attributeOf(node, 'aria-label') ?? '', 500) || fileName(src);
  if (kind === 'audio') return [{ type: 'audio', attrs: { id: nextId(work), title, src } }];
  const poster = attributeOf(node, 'poster');
  const posterSrc = poster === null ? null : addressOf(poster, 'media', work);
  const captions = inner('track').flatMap((track) => {
    const address = addressOf(attributeOf(track, 'src') ?? '', 'media', work);
    const language = oneLine(attributeOf(track, 'srclang') ?? 'en', 35);
    const label = oneLine(attributeOf(track, 'label') ?? language, 100);
    return address === null ? [] : [{ language, label, src: address }];
  });
  return [
    {
      type: 'video',
      attrs: {
        id: nextId(work),
        title,
        src,
        ...(posterSrc !== null ? { posterSrc } : {}),
        ...(captions.length > 0 ? { captions: captions.slice(0, 100) } : {}),
      },
    },
  ];
}

type InlineConverter = (node: Element, flow: Flow, place: Place, work: Work) => void;

const inlineElements: Record<string, InlineConverter> = {
  br: (_node, flow) => {
    flow.run.push({ type: 'hardBreak' });
  },
  img: picture,
  image: picture,
  a: anchor,
  q: (node, flow, place, work) => {
    addText('“', flow, place);
    walkAll(node.children, flow, place, work);
    addText('”', flow, place);
  },
  math: formula,
  /** Open edX: a note that opens on a click inside a problem's prose. */
  clarification: (node, flow, place, work) => {
    work.notes.count('clarifications_in_brackets');
    addText(' (', flow, place);
    walkAll(node.children, flow, place, work);
    addText(')', flow, place);
  },
};

function anchor(node: Element, flow: Flow, place: Place, work: Work) {
  const raw = attributeOf(node, 'href');
  const href = raw === null ? null : addressOf(raw, 'link', work);
  const marks = withMarks(node, 'a', place.marks);
  if (href === null) {
    walkAll(node.children, flow, { ...place, marks }, work);
    return;
  }
  const title = oneLine(attributeOf(node, 'title') ?? '', 500);
  const link: Mark = { type: 'link', attrs: { href, ...(title ? { title } : {}) } };
  walkAll(node.children, flow, { ...place, marks: addMark(marks, link) }, work);
}

function picture(node: Element, flow: Flow, place: Place, work: Work) {
  const raw = attributeOf(node, 'src') ?? '';
  const alt = oneLine(attributeOf(node, 'alt') ?? '', 2000);
  const src = addressOf(raw, 'media', work);
  if (src === null) {
    work.notes.count('pictures_left_out');
    if (alt !== '') addText(`[${alt}]`, flow, { ...place, code: true });
    return;
  }
  const link = place.marks.find((mark) => mark.type === 'link');
  flow.run.push({
    type: 'picture',
    src,
    alt,
    width: pixels(node, 'width'),
    height: pixels(node, 'height'),
    link: link?.attrs.href ?? null,
  });
}

function pixels(node: Element, name: 'width' | 'height'): number | null {
  const style = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*(\\d{1,5})(?:\\.\\d+)?px`, 'i').exec(styleOf(node));
  const text = style?.[1] ?? attributeOf(node, name) ?? '';
  if (!/^\s*\d{1,5}(\.\d+)?(px)?\s*$/.test(text)) return null;
  const value = Math.round(Number.parseFloat(text));
  return value >= 1 && value <= 20_000 ? value : null;
}

/** MathML: the TeX it was made from when it says so, else its text. */
function formula(node: Element, flow: Flow, place: Place, work: Work) {
  const tex = attributeOf(node, 'alttext') ?? texAnnotation(node);
  if (tex !== null && tex.trim() !== '' && tex.length <= 10_000) {
    const latex = cleanText(tex).trim();
    if (attributeOf(node, 'display') === 'block') flow.run.push({ type: 'display', latex });
    else flow.run.push({ type: 'inlineMath', attrs: { latex } });
    return;
  }
  work.notes.count('formulas_kept_as_text');
  walkAll(node.children, flow, place, work);
}

function texAnnotation(node: Element): string | null {
  for (const child of node.children) {
    if (child.type !== 'element') continue;
    if (child.tagName.toLowerCase() === 'annotation' && /tex/i.test(attributeOf(child, 'encoding') ?? '')) {
      return child.children.map((text) => (text.type === 'text' ? text.value : '')).join('');
    }
    const inner = texAnnotation(child);
    if (inner !== null) return inner;
  }
  return null;
}

const dropped: Record<string, CountedCode> = {
  script: 'scripts_removed',
  style: 'style_sheets_removed',
  link: 'style_sheets_removed',
  svg: 'drawings_removed',
  canvas: 'canvases_removed',
  template: 'templates_removed',
  applet: 'plugins_removed',
  map: 'image_maps_removed',
  frameset: 'frame_sets_removed',
  noembed: 'plugins_removed',
  xmp: 'raw_markup_removed',
};
for (const [name, code] of Object.entries(dropped)) {
  inlineElements[name] = (_node, _flow, _place, work) => work.notes.count(code);
}

function addressOf(raw: string, use: 'link' | 'media', work: Work): string | null {
  const address = documentAddress(raw, use, work.resolve);
  if (address.ok) {
    if (address.note === 'upgraded') {
      work.notes.count('addresses_upgraded');
    }
    return address.href;
  }
  if (address.why === 'missing') {
    const name = oneLine(raw, 300);
    work.missing.add(name);
    work.notes.say(note('missing_in_source', { name }));
  }
  if (address.why === 'script') work.notes.count('active_addresses_removed');
  if (address.why === 'relative') work.notes.count('dead_links_removed');
  if (address.why === 'foreign') {
    work.notes.count('unsupported_addresses_removed');
  }
  return null;
}

function nextId(work: Work): string {
  const number = work.ids.next;
  work.ids.next += 1;
  return `${(work.idPrefix ?? 'media').slice(0, 180)}-${number}`;
}

function fileName(address: string): string {
  const path = address.replace(/[?#].*$/, '');
  return oneLine(path.slice(path.lastIndexOf('/') + 1), 300) || 'file';
}
