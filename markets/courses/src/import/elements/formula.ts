import type { Element } from 'hast';
import { cleanText } from '../document-text.ts';
import type { Flow, Place, Work } from './conversion.ts';
import { attributeOf } from './element-attributes.ts';

/** MathML: the TeX it was made from when it says so, else its text. */
export function formula(node: Element, flow: Flow, place: Place, work: Work) {
  const tex = attributeOf(node, 'alttext') ?? texAnnotation(node);
  if (tex !== null && tex.trim() !== '' && tex.length <= 10_000) {
    const latex = cleanText(tex).trim();
    if (attributeOf(node, 'display') === 'block') flow.run.push({ type: 'display', latex });
    else flow.run.push({ type: 'inlineMath', attrs: { latex } });
    return;
  }
  work.notes.count('formulas_kept_as_text');
  work.walk(node.children, flow, place);
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
