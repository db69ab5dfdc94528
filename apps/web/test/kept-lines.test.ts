import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptIn, rebaseKept } from '../src/app/[locale]/(studio)/studio/courses/[id]/lessons/kept-lines.ts';

test('the lines of a text that stand for something are found wherever they stand', () => {
  const text =
    'a ![no](https://example.org/a.png)\n\n> ![Video: Take \\[2\\]](kept:2)\n\n![Problem](kept:1)\n\n![x](kept:y)';
  assert.deepEqual(keptIn(text), ['Problem', 'Video: Take \\[2\\]']);
  assert.deepEqual(keptIn('Only words.'), []);
});

test('a text keeps its parts when they got other numbers', () => {
  const { text, gone, added } = rebaseKept('My words.\n\n![](kept:2)\n\n![Video: A](kept:1)', {
    began: ['Video: A', 'Problem'],
    now: ['File: b.pdf', 'Problem', 'Video: A'],
  });
  assert.equal(text, 'My words.\n\n![](kept:2)\n\n![Video: A](kept:3)\n\n![File: b.pdf](kept:1)');
  assert.deepEqual([gone, added], [[], ['File: b.pdf']]);
});

test('what is gone is taken out, and what its author took out stays out', () => {
  const { text, gone, added } = rebaseKept('One.\n\n![Video: A \\[1\\]](kept:1)\n\nTwo.', {
    began: ['Video: A \\[1\\]', 'Problem'],
    now: ['Problem'],
  });
  assert.deepEqual({ text, gone, added }, { text: 'One.\n\nTwo.', gone: ['Video: A [1]'], added: [] });
});

test('none of several that say the same is lost, nor does a line ever stand for something else', () => {
  const began = ['Problem', 'Problem'];
  assert.deepEqual(rebaseKept('![Problem](kept:2)', { began, now: ['Problem'] }), {
    text: '![Problem](kept:1)',
    gone: ['Problem'],
    added: ['Problem'],
  });
  assert.equal(rebaseKept('![Problem](kept:2)', { began, now: began }).text, '![Problem](kept:2)');
  assert.equal(rebaseKept('Mine.', { began: ['Problem'], now: began }).added.length, 2);
  assert.deepEqual(rebaseKept('![Made up](kept:9)', { began, now: began }), { text: '', gone: ['Made up'], added: [] });
});

test('a text made to harm is read in no time', () => {
  // Of this thread's own work: a clock on the wall also counts what the machine does for others.
  const begun = process.threadCpuUsage();
  rebaseKept('!['.repeat(50_000), { began: ['a'], now: ['b'] });
  assert.ok(process.threadCpuUsage(begun).user < 2_000_000);
});
