import type { Mark } from '@stoa/contracts/document';
import type { Element } from 'hast';
import { known, styleOf } from './element-attributes.ts';

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

/** `style` may make text bold or italic; everything else in it is look, which the product's own design decides. */
export function withMarks(node: Element, name: string, marks: Mark[]): Mark[] {
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

export function addMark(marks: Mark[], mark: Mark): Mark[] {
  return marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark];
}
