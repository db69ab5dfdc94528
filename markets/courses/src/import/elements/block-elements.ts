import type { BlockConverter } from './conversion.ts';
import { withMarks } from './element-marks.ts';
import { definitions, list } from './list-blocks.ts';
import { figure, frame, player, pluginObject } from './media-blocks.ts';
import { table } from './table-blocks.ts';
import { disclosure, heading, preformatted } from './text-blocks.ts';

/** Elements that may hold themselves, again and again. */
export const nesting = new Set('ul ol menu dir dl blockquote table details'.split(' '));

/** Elements that become blocks of their own. */
export const blockElements: Record<string, BlockConverter> = {
  p: (node, place, work) => work.blocksOf(node.children, { ...place, marks: withMarks(node, 'p', place.marks) }),
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
    const content = work.blocksOf(node.children, place);
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
  marquee: (node, place, work) => work.blocksOf(node.children, place),
};
