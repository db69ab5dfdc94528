import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readNumber } from '../src/read-number.ts';

function reads(locale: string, cases: Record<string, number | null>, unit?: string): void {
  for (const [text, expected] of Object.entries(cases)) {
    const value = readNumber(text, { locale, unit });
    const close =
      value !== null && expected !== null && Math.abs(value - expected) <= Math.abs(expected) * Number.EPSILON * 4;
    assert.ok(close || Object.is(value, expected), `${JSON.stringify(text)} in ${locale}: ${value}, not ${expected}`);
  }
}

test('plain numbers are read in every usual spelling', () => {
  reads('en', { '600': 600, ' 600 ': 600, '+3': 3, '-0.5': -0.5, '.5': 0.5, '5.': 5, '−7': -7, '１２': 12, '-0': 0 });
});

test('English groups with commas and Portuguese and Spanish with points', () => {
  reads('en', { '1,234': 1234, '1,234.5': 1234.5, '1,234,567': 1_234_567, '3.14': 3.14, '1.234': 1.234 });
  reads('pt-BR', { '1.234': 1234, '1.234,5': 1234.5, '1.234.567': 1_234_567, '3,14': 3.14, '1,234': 1.234 });
  reads('es', { '1.234,5': 1234.5, '3,14': 3.14 });
  reads('es-MX', { '1,234.5': 1234.5, '3.14': 3.14 });
});

test('the other decimal separator works wherever it cannot be a thousands separator', () => {
  reads('en', { '3,14': 3.14, '0,125': 0.125, '1234,567': 1234.567, '1.234,56': 1234.56, '12,3456': 12.3456 });
  reads('pt-BR', { '3.14': 3.14, '0.125': 0.125, '1,234.56': 1234.56 });
});

test('spaces and apostrophes group thousands', () => {
  reads('en', { '1 234 567.8': 1_234_567.8, "1'234": 1234, '1\u00a0234': 1234, '1\u202f234,5': 1234.5 });
});

test('separators that make no number are refused', () => {
  reads('en', { '1,23,4': null, '1.2.3': null, '12,34.5': null, '1 23': null, '1,234 567.8': null, '1,,2': null });
});

test('scientific notation is read with a letter, a times sign and superscripts', () => {
  reads('en', { '1.5e3': 1500, '1E-3': 0.001, '1.5x10^3': 1500, '6.02×10^23': 6.02e23, '2·10⁻³': 0.002, '10²': 100 });
  reads('pt-BR', { '1,5e3': 1500, '1,5 × 10^-3': 0.0015 });
});

test('fractions and arithmetic are calculated with the usual precedence', () => {
  reads('en', {
    '1/3': 1 / 3,
    '½': 0.5,
    '2 + 3 * 4': 14,
    '(2 + 3) * 4': 20,
    '2^3^2': 512,
    '-2^2': -4,
    '2^-1': 0.5,
    '8/4/2': 1,
    '10 - 2 - 3': 5,
    '--2': 2,
    '3(4)': null,
    '1½': null,
    '1 1/2': null,
  });
});

test('a percent sign divides by a hundred unless percent is the unit', () => {
  reads('en', { '25%': 0.25, '50% * 4': 2 });
  reads('en', { '25%': 25, '25 %': 25, '25': 25 }, '%');
});

test('the unit may be typed before or after the number', () => {
  reads('en', { '12 kg': 12, '12KG': 12, '12': 12, '12 lb': null }, 'kg');
  reads('pt-BR', { 'R$ 1.234,50': 1234.5 }, 'R$');
});

test('what is not a number is refused and never becomes NaN or infinite', () => {
  reads('en', {
    abc: null,
    '': null,
    '-': null,
    '()': null,
    '(1': null,
    '1)': null,
    '1/0': null,
    '0/0': null,
    '1e999': null,
    '1/1e999': null,
    '10^400': null,
    '(-1)^0.5': null,
    NaN: null,
    Infinity: null,
    '0x10': null,
    '3x4': null,
    '1e3.5': null,
    '1+': null,
    'process.exit()': null,
    '1;2': null,
  });
  assert.equal(readNumber('1'.repeat(201), { locale: 'en' }), null, 'longer than the limit');
  assert.equal(readNumber('('.repeat(200), { locale: 'en' }), null, 'deepest nesting');
});

test('an unknown language tag reads as English', () => {
  reads('not a tag', { '1,234.5': 1234.5 });
});

test('any finite number written by Intl in any of the three languages is read back', () => {
  const numbers = fc.oneof(
    fc.double({ min: -1e15, max: 1e15, noNaN: true }),
    fc.integer(),
    fc.double({ min: -1, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(numbers, fc.constantFrom('en', 'pt-BR', 'es', 'de', 'fr'), fc.boolean(), (value, locale, grouping) => {
      const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 9, useGrouping: grouping });
      const written = format.format(value);
      const expected = Number(
        new Intl.NumberFormat('en', { maximumFractionDigits: 9, useGrouping: false }).format(value),
      );
      assert.equal(readNumber(written, { locale }), expected === 0 ? 0 : expected, written);
    }),
    { numRuns: 2000 },
  );
});

test('scientific notation as JavaScript writes it is read back', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      assert.equal(readNumber(value.toExponential(), { locale: 'en' }), value === 0 ? 0 : value);
    }),
  );
});

test('any text gives a finite number or nothing', () => {
  const noise = fc.string({ unit: fc.constantFrom(..."0123456789.,eE+-*/^()% x×²½'abc") });
  fc.assert(
    fc.property(fc.oneof(noise, fc.string()), fc.constantFrom('en', 'pt-BR'), (text, locale) => {
      const value = readNumber(text, { locale });
      assert.ok(value === null || Number.isFinite(value));
      assert.ok(!Object.is(value, -0));
    }),
    { numRuns: 5000 },
  );
});
