import type { Block, Inline } from '@stoa/contracts/document';
import type { Element } from 'hast';
import { cleanText, cut, oneLine, plainText } from '../document-text.ts';
import type { BlockConverter, Place, Work } from './conversion.ts';
import { attributeOf, known, noteActiveAttributes } from './element-attributes.ts';
import { withMarks } from './element-marks.ts';
import { controls, dropped } from './left-out.ts';

const codeLimit = 200_000;

export function heading(level: number): BlockConverter {
  return (node, place, work) => {
    const id = attributeOf(node, 'id');
    const blocks = work.blocksOf(node.children, { ...place, marks: withMarks(node, 'h', place.marks) });
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

export function disclosure(node: Element, place: Place, work: Work): Block[] {
  const summary = node.children.find((child) => child.type === 'element' && child.tagName.toLowerCase() === 'summary');
  const content = work.blocksOf(
    node.children.filter((child) => child !== summary),
    place,
  );
  const title = summary === undefined ? '' : oneLine(plainText(work.blocksOf([summary], place)), 1000);
  if (content.length === 0 && title === '') return [];
  return [{ type: 'details', attrs: { summary: title || '…' }, content }];
}

export function preformatted(node: Element, _place: Place, work: Work): Block[] {
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
