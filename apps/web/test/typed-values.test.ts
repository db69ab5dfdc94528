import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOfDay } from '../src/components/sales/days.ts';
import { amountText, parseAmount } from '../src/components/sales/typed-amount.ts';
import { parseRate } from '../src/components/sales/typed-rate.ts';

test('an amount is read as people of all three languages type it', () => {
  assert.equal(parseAmount('R$ 1.299,90'), 129_990);
  assert.equal(parseAmount('1,299.90'), 129_990);
  assert.equal(parseAmount('129'), 12_900);
  assert.equal(parseAmount('0,5'), 50);
  assert.equal(parseAmount('1500', 0), 1500);
  assert.equal(parseAmount('15,5', 0), null);
  assert.equal(parseAmount('much'), null);
  assert.equal(parseAmount(''), null);
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
