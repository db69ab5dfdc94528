import type { Mark } from '@stoa/contracts/document';
import type { Element } from 'hast';
import { oneLine } from '../document-text.ts';
import type { Flow, InlineConverter, Place, Work } from './conversion.ts';
import { addressOf } from './element-address.ts';
import { attributeOf, pixels } from './element-attributes.ts';
import { addMark, withMarks } from './element-marks.ts';
import { formula } from './formula.ts';
import { dropped } from './left-out.ts';
import { addText } from './paragraphs.ts';

/** Elements that stand within a line of text, and those that leave nothing but a note there. */
export const inlineElements: Record<string, InlineConverter> = {
  br: (_node, flow) => {
    flow.run.push({ type: 'hardBreak' });
  },
  img: picture,
  image: picture,
  a: anchor,
  q: (node, flow, place, work) => {
    addText('“', flow, place);
    work.walk(node.children, flow, place);
    addText('”', flow, place);
  },
  math: formula,
  /** Open edX: a note that opens on a click inside a problem's prose. */
  clarification: (node, flow, place, work) => {
    work.notes.count('clarifications_in_brackets');
    addText(' (', flow, place);
    work.walk(node.children, flow, place);
    addText(')', flow, place);
  },
};
for (const [name, code] of Object.entries(dropped)) {
  inlineElements[name] = (_node, _flow, _place, work) => work.notes.count(code);
}

function anchor(node: Element, flow: Flow, place: Place, work: Work) {
  const raw = attributeOf(node, 'href');
  const href = raw === null ? null : addressOf(raw, 'link', work);
  const marks = withMarks(node, 'a', place.marks);
  if (href === null) {
    work.walk(node.children, flow, { ...place, marks });
    return;
  }
  const title = oneLine(attributeOf(node, 'title') ?? '', 500);
  const link: Mark = { type: 'link', attrs: { href, ...(title ? { title } : {}) } };
  work.walk(node.children, flow, { ...place, marks: addMark(marks, link) });
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
