import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addWish,
  mostRemembered,
  parseWishes,
  priceChange,
  removeWish,
  type Wish,
  writeWishes,
} from '../src/buying/wishes.ts';

const wish = (number: number, change: Partial<Wish> = {}): Wish => ({
  courseId: `01980c2e-7c6a-7c11-9c55-${String(number).padStart(12, '0')}`,
  savedAt: '2026-03-04T05:06:07Z',
  savedPrice: { amount: 100_000_000, currency: 'BRL' },
  ...change,
});

describe('wishes in a browser', () => {
  it('come back from their cookie as they went in, a full list within what browsers keep', () => {
    const wishes = Array.from({ length: mostRemembered }, (_, index) =>
      wish(index, index % 2 ? { savedPrice: null } : {}),
    );
    const value = writeWishes(wishes);
    assert.ok(value.length < 3900, `${value.length} bytes`);
    assert.deepEqual(parseWishes(value), wishes);
    assert.deepEqual(parseWishes(undefined), []);
  });

  it('are kept once, and the list has an end', () => {
    const full = Array.from({ length: mostRemembered }, (_, index) => wish(index));
    assert.deepEqual(addWish(full, wish(3, { savedPrice: null })), full);
    assert.equal(addWish(full, wish(999)), null);
    assert.deepEqual(addWish([wish(1)], wish(2)), [wish(2), wish(1)]);
    assert.deepEqual(removeWish([wish(1), wish(2)], wish(1).courseId), [wish(2)]);
  });

  it('leave out what somebody else wrote into the cookie', () => {
    const value = writeWishes([wish(1)]);
    for (const bad of ['{}', '~~~', 'x'.repeat(5000), `${value}.BRL`, value.replace('BRL', 'brl'), '%00'])
      assert.deepEqual(parseWishes(bad), []);
    assert.deepEqual(parseWishes(`${value}~nonsense~${value}`), [wish(1)]);
  });

  it('know whether a price fell or rose since, and say nothing about another currency', () => {
    const brl = (amount: number) => ({ amount, currency: 'BRL' });
    assert.equal(priceChange(brl(200), brl(100)), 'lower');
    assert.equal(priceChange(brl(100), brl(200)), 'higher');
    assert.equal(priceChange(brl(100), null), 'lower');
    assert.equal(priceChange(brl(100), brl(100)), null);
    assert.equal(priceChange(brl(100), { amount: 5, currency: 'EUR' }), null);
  });
});
