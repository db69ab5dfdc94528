import type { Block } from '@stoa/contracts/document';
import { conversionNotes } from '../conversion-notes.ts';
import { note } from '../notes.ts';
import { blockElements, nesting } from './block-elements.ts';
import type { ConversionOptions, Flow, Node, Place, Work } from './conversion.ts';
import { known, noteActiveAttributes } from './element-attributes.ts';
import { withMarks } from './element-marks.ts';
import { iconOf } from './icon-fonts.ts';
import { inlineElements } from './inline-elements.ts';
import { controls, silentlyEmpty } from './left-out.ts';
import { addText, flush } from './paragraphs.ts';

const depthLimit = 20;
const blockLimit = 5000;

const boxes = new Set(
  'div section article header footer main nav aside address center form fieldset hgroup search figure figcaption summary noscript tr td th tbody thead tfoot caption li dd text dialog legend optgroup'.split(
    ' ',
  ),
);

/**
 * Turns an element tree (HTML, or XML that holds prose) into blocks by an allow-list: an element that is not known
 * gives its text only, an attribute that is not known gives nothing.
 */
export function elementsToBlocks(nodes: readonly Node[], options: ConversionOptions = {}) {
  const work: Work = {
    ...options,
    notes: conversionNotes(),
    missing: new Set(),
    ids: { next: 1 },
    blocksOf: (inside, place) => blocksOf(inside, place, work),
    walk: (inside, flow, place) => walkAll(inside, flow, place, work),
  };
  let blocks = work.blocksOf(nodes, { marks: [], depth: 0, code: false });
  if (blocks.length > blockLimit) {
    blocks = blocks.slice(0, blockLimit);
    work.notes.say(note('blocks_cut', { limit: blockLimit }));
  }
  return { blocks, notes: work.notes.list(), missing: [...work.missing] };
}

function blocksOf(nodes: readonly Node[], place: Place, work: Work): Block[] {
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
