import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWatched } from '../src/app/[locale]/(learn)/learn/[slug]/[lessonId]/watched.ts';
import { embedOf } from '../src/components/document/embeds.ts';
import { levelHeadings } from '../src/components/document/headings.ts';

test('what was played is one piece, a jump begins another, and nothing is told twice', () => {
  const watched = createWatched();
  for (const position of [0, 1, 2, 3]) watched.at(position);
  watched.cut();
  for (const position of [30, 31]) watched.at(position);
  assert.deepEqual(watched.take(), [
    [0, 3],
    [30, 31],
  ]);
  watched.at(32);
  assert.deepEqual(watched.take(), [[31, 32]]);
  assert.deepEqual(watched.take(), []);
});

test('a step that playing cannot explain is not counted as watched', () => {
  const watched = createWatched();
  watched.at(1);
  watched.at(2);
  watched.at(200);
  watched.at(201);
  watched.at(10);
  assert.deepEqual(watched.take(), [
    [1, 2],
    [200, 201],
  ]);
});

test('what played on while a busy device told nothing counts, as far as it can have been played', () => {
  const watched = createWatched();
  watched.at(1);
  watched.at(13, 13);
  watched.at(14, 1);
  // Ten minutes later by the clock, half an hour further in the recording.
  watched.at(1800, 1200);
  assert.deepEqual(watched.take(), [[1, 14]]);
});

test('pieces whose report failed are told with the next, merged', () => {
  const watched = createWatched();
  watched.at(0);
  watched.at(4);
  const pieces = watched.take();
  watched.giveBack(pieces);
  watched.at(5);
  assert.deepEqual(watched.take(), [[0, 5]]);
});

test('headings of a document never skip a level', () => {
  const heading = (level: number) => ({ type: 'heading' as const, attrs: { level } });
  const levels = (sources: number[], first: number) =>
    levelHeadings(sources.map(heading), first).map((block) => (block.type === 'heading' ? block.attrs.level : 0));
  assert.deepEqual(levels([4, 6, 4, 2, 5, 3], 2), [2, 3, 2, 2, 3, 3]);
  assert.deepEqual(levels([2, 3, 4], 3), [3, 4, 5]);
});

test('only addresses of the two video sites are framed, and only their privacy-friendly ones', () => {
  assert.equal(embedOf('youtube:dQw4w9WgXcQ')?.src, 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0');
  assert.equal(embedOf('https://youtu.be/dQw4w9WgXcQ')?.provider, 'YouTube');
  assert.equal(embedOf('https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3')?.provider, 'YouTube');
  assert.equal(embedOf('https://vimeo.com/76979871')?.src, 'https://player.vimeo.com/video/76979871?dnt=1');
  for (const address of [
    'https://youtube.com.evil.example/embed/dQw4w9WgXcQ',
    'javascript:alert(1)',
    'https://www.youtube.com/watch?v=a"b',
    'asset:1',
  ]) {
    assert.equal(embedOf(address), null, address);
  }
});
