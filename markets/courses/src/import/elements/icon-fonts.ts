import type { Element } from 'hast';
import { attributeOf } from './element-attributes.ts';

/** Icons that say something by themselves, often the only content of a table's cell. */
const speakingIcons: Record<string, string> = { check: '✓', check_circle: '✓', done: '✓', close: '✗', cancel: '✗' };

/**
 * What stands for an element of an icon font whose text is the name of a picture (`<span class="material-icons">menu_book`):
 * a sign where the icon has a meaning, the empty string elsewhere. Null for every other element.
 */
export function iconOf(node: Element): string | null {
  const classes = attributeOf(node, 'class')?.split(/\s+/) ?? [];
  if (!classes.some((one) => /^material-(?:icons|symbols)(?:-[a-z]+)*$/.test(one))) return null;
  const [only, ...more] = node.children;
  if (only?.type !== 'text' || more.length > 0) return null;
  const name = only.value.trim();
  if (!/^[a-z0-9_]{1,40}$/.test(name)) return null;
  return speakingIcons[name] ?? '';
}
