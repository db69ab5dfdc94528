import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ReportLine, worstFirst } from '../src/app/[locale]/(studio)/studio/imports/import-view.ts';

test('a loss report begins with what was lost, and keeps the order of the source among equals', () => {
  const line = (source: string, outcome: ReportLine['outcome']): ReportLine => ({
    source,
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
