import assert from 'node:assert/strict';
import { test } from 'node:test';
import { avatarOf } from '../src/art/avatar.ts';
import { coverOf } from '../src/art/cover.ts';
import { heroShapes } from '../src/art/hero.ts';

const ids = Array.from({ length: 400 }, (_, index) => `0198f6c2-7a00-7000-8000-${String(index).padStart(12, '0')}`);

test('a cover and an avatar are the same picture every time for the same id', () => {
  for (const id of ids) {
    assert.deepEqual(coverOf(id), coverOf(id));
    assert.deepEqual(avatarOf(id), avatarOf(id));
  }
});

test('covers of many ids use every motif and palette, and hardly ever repeat', () => {
  const covers = ids.map((id) => coverOf(id));
  assert.equal(new Set(covers.map((cover) => cover.motif)).size, 5);
  assert.equal(new Set(covers.map((cover) => cover.palette)).size, 4);
  assert.ok(new Set(covers.map((cover) => JSON.stringify(cover))).size > ids.length * 0.95);
});

test('a palette can be given and does not change the drawing', () => {
  const [id = ''] = ids;
  assert.equal(coverOf(id, 'olive').palette, 'olive');
  assert.deepEqual(coverOf(id, 'olive').shapes, coverOf(id).shapes);
});

test('every path is well-formed', () => {
  const shapes = [...ids.flatMap((id) => [...coverOf(id).shapes, ...avatarOf(id).shapes]), ...heroShapes()];
  for (const { d } of shapes) {
    assert.match(d, /^M[-\d. MLHVCQAZmlhvcqaz]+$/, d);
    assert.doesNotMatch(d, /NaN|undefined|Infinity/);
  }
});
