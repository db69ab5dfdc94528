import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOfDay } from '../src/components/sales/days.ts';
import { amountText, parseAmount } from '../src/components/sales/typed-amount.ts';
import { parseRate } from '../src/components/sales/typed-rate.ts';
import { locales } from '../src/i18n/locales.ts';

const readBy = (text: string, digits?: number, currency = 'BRL') =>
  locales.map((locale) => parseAmount(text, { locale, currency, ...(digits === undefined ? {} : { digits }) }));

test('an amount is read as people of all three languages type it', () => {
  const same: [text: string, minor: number, currency?: string][] = [
    ['129', 12_900],
    ['0,5', 50],
    ['0.5', 50],
    ['10,5', 1050],
    ['R$ 49,90', 4990],
    ['R$49.90', 4990],
    ['€49.90', 4990, 'EUR'],
    ['49,90 €', 4990, 'EUR'],
    ['US$ 5', 500, 'USD'],
    ['USD 5', 500, 'USD'],
    ['5 brl', 500],
    ['R$ 1.299,90', 129_990],
    ['1,299.90', 129_990],
    ['1 234,56', 123_456],
    ['1\u00a0234,56', 123_456],
    ['1\u202f234.56\u202f€', 123_456, 'EUR'],
    ['1’234.50', 123_450],
    ["1'234", 123_400],
    ['1.234.567', 123_456_700],
    ['1,234,567.8', 123_456_780],
    [' 0 ', 0],
    ['0.00', 0],
  ];
  for (const [text, minor, currency] of same)
    assert.deepEqual(
      readBy(text, undefined, currency),
      locales.map(() => minor),
      text,
    );
  assert.deepEqual(readBy('1500', 0), [1500, 1500, 1500]);
  assert.deepEqual(readBy('1 500', 0), [1500, 1500, 1500]);
});

test('one sign before three digits is what it is to the reader of the page', () => {
  const read = (text: string, digits?: number) =>
    Object.fromEntries(locales.map((locale, index) => [locale, readBy(text, digits)[index]]));
  assert.deepEqual(read('10.999'), { en: null, 'pt-BR': 1_099_900, es: 1_099_900 });
  assert.deepEqual(read('10,999'), { en: 1_099_900, 'pt-BR': null, es: null });
  assert.deepEqual(read('R$ 1.500'), { en: null, 'pt-BR': 150_000, es: 150_000 });
  assert.deepEqual(read('1.500', 0), { en: null, 'pt-BR': 1500, es: 1500 });
  assert.deepEqual(read('1.500', 3), { en: 1500, 'pt-BR': 1_500_000, es: 1_500_000 });
});

test('only the form’s own currency may stand beside an amount', () => {
  const own: Record<string, string[]> = {
    BRL: ['R$ 5', 'r$5', '5 R$', 'BRL 5', '5 brl'],
    USD: ['US$ 5', '$5', '5 $', 'USD 5', '5 usd'],
    EUR: ['€ 5', '5€', 'EUR 5', '5 eur'],
    JPY: ['¥5', 'JP¥ 5', 'JPY 5'],
  };
  for (const currency of Object.keys(own)) {
    for (const [of, texts] of Object.entries(own)) {
      const read = of === currency ? 500 : null;
      for (const text of texts) {
        assert.deepEqual(
          readBy(text, 2, currency),
          locales.map(() => read),
          `${text} in ${currency}`,
        );
      }
    }
  }
  // Codes of nothing, and signs nobody there writes.
  for (const text of ['AAA 5', 'A$ 5', '£5', 'ZZ$ 5'])
    assert.deepEqual(readBy(text, 2, 'USD'), [null, null, null], text);
});

test('what is no amount is refused and never becomes another one', () => {
  const refused = [
    ...['', ' ', 'much', 'R$', '€', '-5', '−5', '(5)', '5-', '+5', '5%', '1e3', '1e1', '5 mil', 'abc 5', '1 or 2'],
    ...['0.001', '0,001', '0.999', '0,999', '00.999', '1234.567', '1234,567', '0.123.456', '10,9999', '12.345,678'],
    ...['1.23.45', '1,2,3', '1.234,567.89', '1,234.567,8', '12 34', '1 2345', '1..5', '1.', '.5', '5.', '1.234,'],
    ...['R$ 5 BRL', 'R$ € 5', '1 234.567', '١٢', '9'.repeat(17), "1'23", '1.234 567'],
  ];
  for (const text of refused) assert.deepEqual(readBy(text), [null, null, null], text);
  assert.deepEqual(readBy('15,5', 0), [null, null, null]);
  assert.deepEqual(readBy('15.00', 0), [null, null, null]);
});

test('an amount is written as it would be typed', () => {
  assert.equal(amountText(12_990, ','), '129,90');
  assert.equal(amountText(5, '.'), '0.05');
  assert.equal(amountText(1500, ',', 0), '1500');
});

test('a percentage becomes ten-thousandths', () => {
  assert.equal(parseRate('19'), 1900);
  assert.equal(parseRate('12,5 %'), 1250);
  assert.equal(parseRate('0.01'), 1);
  assert.equal(parseRate('100'), 10_000);
  assert.equal(parseRate('100,01'), null);
  assert.equal(parseRate('-5'), null);
  assert.equal(parseRate('ten'), null);
});

test('a day begins when it begins where the person lives', () => {
  assert.equal(startOfDay('2026-11-21', 'UTC'), '2026-11-21T00:00:00.000Z');
  assert.equal(startOfDay('2026-11-21', 'America/Sao_Paulo'), '2026-11-21T03:00:00.000Z');
  assert.equal(startOfDay('2026-11-21', 'Asia/Kolkata'), '2026-11-20T18:30:00.000Z');
  // The last day of a window ends where the next one begins, also over a change of clocks.
  assert.equal(startOfDay('2026-03-29', 'Europe/Berlin'), '2026-03-28T23:00:00.000Z');
  assert.equal(startOfDay('2026-03-29', 'Europe/Berlin', 1), '2026-03-29T22:00:00.000Z');
  assert.equal(startOfDay('2026-10-25', 'Europe/Berlin', 1), '2026-10-25T23:00:00.000Z');
  assert.equal(startOfDay('2026-02-30', 'UTC'), null);
  assert.equal(startOfDay('soon', 'UTC'), null);
});
