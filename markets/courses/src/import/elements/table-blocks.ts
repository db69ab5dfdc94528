import type { Block, TableCell } from '@stoa/contracts/document';
import type { Element } from 'hast';
import { oneLine, plainText } from '../document-text.ts';
import type { Place, Work } from './conversion.ts';
import { attributeOf, noteActiveAttributes } from './element-attributes.ts';
import { withMarks } from './element-marks.ts';

const rowLimit = 2000;

export function table(node: Element, place: Place, work: Work): Block[] {
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
        around.push(...work.blocksOf([cell], place));
        continue;
      }
      noteActiveAttributes(cell, work);
      const content = work.blocksOf(cell.children, { ...place, marks: withMarks(cell, name, place.marks) });
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
        if (child.type === 'text' && child.value.trim() !== '') around.push(...work.blocksOf([child], place));
        continue;
      }
      const name = child.tagName.toLowerCase();
      noteActiveAttributes(child, work);
      if (name === 'tr') readRow(child);
      else if (name === 'thead' || name === 'tbody' || name === 'tfoot') readRows(child);
      else if (name === 'caption') caption = oneLine(plainText(work.blocksOf(child.children, place)), 1000);
      else around.push(...work.blocksOf([child], place));
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
