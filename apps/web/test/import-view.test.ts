import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  placeOf,
  type ReportLine,
  reportCsv,
  worstFirst,
} from '../src/app/[locale]/(studio)/studio/imports/import-view.ts';

test('a loss report begins with what was lost, and keeps the order of the source among equals', () => {
  const line = (source: string, outcome: ReportLine['outcome']): ReportLine => ({
    source,
    path: [],
    outcome,
    type: 'html',
    note: '',
    notes: [],
    lessonId: null,
  });
  const items = [
    line('a', 'imported'),
    line('b', 'failed'),
    line('c', 'converted'),
    line('d', 'raw'),
    line('e', 'failed'),
  ];
  assert.deepEqual(
    worstFirst(items).map(({ source }) => source),
    ['b', 'e', 'd', 'c', 'a'],
  );
  assert.equal(items[0]?.source, 'a', 'what was given stays as it was');
});

test('a piece is where its author finds it, with the file beside it', () => {
  const path = ['Tea and water', 'Begin', 'Look around', 'More tea', 'Warm'];
  const line: ReportLine = {
    source: 'problem/85f3.xml',
    path,
    outcome: 'converted',
    type: 'problem',
    note: 'Changed',
    notes: [],
    lessonId: null,
  };
  assert.equal(placeOf(line), 'Begin › Look around › More tea › Warm');
  assert.equal(placeOf({ path: ['Tea and water'] }), 'Tea and water');
  assert.equal(placeOf({ path: [] }), '');
  assert.equal(
    reportCsv([line]).split('\r\n')[1],
    '"converted","problem","Tea and water › Begin › Look around › More tea › Warm","problem/85f3.xml","Changed",""',
  );
});
