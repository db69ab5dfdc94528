import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compilePattern, MAX_PATTERN_SIZE, MAX_TEXT_LENGTH, normalizeText, sameText } from '../src/match-text.ts';

test('texts are the same whatever their spaces, composition, quotes and case', () => {
  assert.ok(sameText('  New   York ', 'new york', false));
  assert.ok(sameText('ação', 'ac\u0327a\u0303o', false), 'composed and decomposed');
  assert.ok(sameText("it's", 'it\u2019s', true), 'the quote a phone types');
  assert.ok(sameText('Straße', 'STRASSE', false));
  assert.ok(sameText('ΟΔΟΣ', 'οδος', false) && sameText('οδός', 'ΟΔΌΣ', false));
  assert.ok(!sameText('Doc', 'doc', true));
  assert.ok(!sameText('x²', 'x2', false), 'a superscript is not a digit');
  assert.ok(!sameText('naive', 'naïve', false), 'accents count');
});

test('a text is the same as itself in other case', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      assert.ok(sameText(text, text.toUpperCase(), false));
      assert.ok(sameText(text, `  ${text}\n`, true));
      assert.equal(normalizeText(normalizeText(text)), normalizeText(text));
    }),
    { numRuns: 2000 },
  );
});

test('every letter is the same in either case', () => {
  for (let point = 0; point <= 0x1ffff; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const letter = String.fromCodePoint(point);
    if (letter.toUpperCase() === letter && letter.toLowerCase() === letter) continue;
    assert.ok(sameText(letter, letter.toUpperCase(), false), `U+${point.toString(16)} upper`);
    assert.ok(sameText(letter, letter.toLowerCase(), false), `U+${point.toString(16)} lower`);
  }
});

test('a pattern must match the whole answer', () => {
  const test = compilePattern('..bble', false);
  assert.equal(test?.('Bubble'), true);
  assert.equal(test?.('bubbles'), false);
  assert.equal(test?.('a bubble'), false);
  assert.equal(compilePattern('a|bc', false)?.('abc'), false, 'alternatives are not anchored at one end only');
  assert.equal(compilePattern('.*.', false)?.('anything at all'), true);
});

test('case counts in a pattern only when the response says so', () => {
  assert.equal(compilePattern('doc', true)?.('Doc'), false);
  assert.equal(compilePattern('doc', false)?.('DOC'), true);
});

test('invalid and unsupported patterns are refused', () => {
  for (const pattern of ['(', '[a', '*a', '(?=a)b', '(a)\\1', '(?<!a)b', 'a++']) {
    assert.equal(compilePattern(pattern, false), null, pattern);
  }
});

test('patterns that would be too large are refused', () => {
  for (const pattern of [
    '((a{100}){10}){10}',
    '(a{0,1000}){0,1000}',
    `a{${MAX_PATTERN_SIZE}}`,
    '(((a{30}){30}){30}){30}',
  ]) {
    assert.equal(compilePattern(pattern, false), null, pattern);
  }
});

test('patterns known to hang backtracking engines are answered at once', () => {
  const evil = [
    '(a+)+$',
    '(a|a)*b',
    '(a|aa)+$',
    '(.*a){20}',
    '(x+x+)+y',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(\\w*)*\\W',
    '(a?){150}a{150}',
    '(.{0,200}){2}x',
    '([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))',
    `${'('.repeat(300)}a${')*'.repeat(300)}`,
  ];
  for (const pattern of evil) {
    for (const answer of [
      `${'a'.repeat(MAX_TEXT_LENGTH - 1)}!`,
      'a'.repeat(MAX_TEXT_LENGTH),
      'x'.repeat(MAX_TEXT_LENGTH),
    ]) {
      const started = process.threadCpuUsage();
      compilePattern(pattern, false)?.(answer);
      const elapsed = process.threadCpuUsage(started).user / 1000;
      // A backtracking engine needs longer than the age of the universe here; the bound only leaves room for a busy machine.
      assert.ok(elapsed < 2000, `${pattern} took ${elapsed} ms`);
    }
  }
});
