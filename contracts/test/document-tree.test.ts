import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Block } from '../src/document.ts';
import { everyBlock, mapBlocks } from '../src/document-tree.ts';

const text = (words: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text: words }] });

/** One block of each kind that holds others, and one inside another. */
const tree: Block[] = [
  text('first'),
  { type: 'bulletList', content: [{ type: 'listItem', attrs: { checked: true }, content: [text('item')] }] },
  {
    type: 'orderedList',
    attrs: { start: 3 },
    content: [{ type: 'listItem', content: [{ type: 'blockquote', content: [text('quoted in a list')] }] }],
  },
  { type: 'callout', attrs: { tone: 'tip' }, content: [text('tip')] },
  { type: 'details', attrs: { summary: 'More' }, content: [{ type: 'horizontalRule' }, text('inside')] },
  {
    type: 'table',
    attrs: { caption: 'Leaves' },
    content: [
      { type: 'tableRow', content: [{ type: 'tableHeader', attrs: { colspan: 2 }, content: [text('head')] }] },
      { type: 'tableRow', content: [{ type: 'tableCell', content: [text('one'), text('two')] }] },
    ],
  },
];
const wordsOf = (block: Block) =>
  block.type === 'paragraph' && block.content?.[0]?.type === 'text' ? block.content[0].text : block.type;

test('every block comes once, in reading order, before what it holds', () => {
  assert.deepEqual([...everyBlock(tree)].map(wordsOf), [
    ...['first', 'bulletList', 'item', 'orderedList', 'blockquote', 'quoted in a list', 'callout', 'tip', 'details'],
    ...['horizontalRule', 'inside', 'table', 'head', 'one', 'two'],
  ]);
});

test('blocks that hold no others are changed wherever they stand, and all around them stays', () => {
  const upper = mapBlocks(tree, (block) => (block.type === 'paragraph' ? text(wordsOf(block).toUpperCase()) : block));
  const words = JSON.stringify(tree).replaceAll(
    /"text":"([^"]+)"/g,
    (_, found: string) => `"text":"${found.toUpperCase()}"`,
  );
  assert.equal(JSON.stringify(upper), words);
  assert.deepEqual(
    mapBlocks(tree, (block) => block),
    tree,
  );
});
