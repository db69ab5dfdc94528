import type { Block, ListItem } from '@stoa/contracts/document';
import type { Element } from 'hast';
import type { Node, Place, Work } from './conversion.ts';
import { attributeOf, noteActiveAttributes } from './element-attributes.ts';
import { addMark, withMarks } from './element-marks.ts';

export function list(node: Element, place: Place, work: Work): Block[] {
  const items: ListItem[] = [];
  let loose: Node[] = [];
  const endLoose = () => {
    const content = work.blocksOf(loose, place);
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
    const content = work.blocksOf(rest, { ...place, marks: withMarks(child, 'li', place.marks) });
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

export function definitions(node: Element, place: Place, work: Work): Block[] {
  const blocks: Block[] = [];
  for (const child of node.children) {
    if (child.type !== 'element') {
      blocks.push(...work.blocksOf([child], place));
      continue;
    }
    const name = child.tagName.toLowerCase();
    noteActiveAttributes(child, work);
    if (name === 'dt') {
      const marks = addMark(withMarks(child, name, place.marks), { type: 'bold' });
      blocks.push(...work.blocksOf(child.children, { ...place, marks }));
    } else if (name === 'dd') {
      blocks.push(...work.blocksOf(child.children, { ...place, marks: withMarks(child, name, place.marks) }));
    } else {
      blocks.push(...(name === 'div' ? definitions(child, place, work) : work.blocksOf([child], place)));
    }
  }
  return blocks;
}
