import type { Block, Inline, Mark } from '@stoa/contracts/document';
import { cleanText, cut } from '../document-text.ts';
import { splitFormulas } from '../split-formulas.ts';
import type { Flow, Picture, Place, Run } from './conversion.ts';

const smallPicture = 64;

export function addText(text: string, flow: Flow, place: Place) {
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
export function flush(flow: Flow) {
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
