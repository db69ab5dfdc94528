import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allocateMoney, currencyExponent, inParts, type Money, money } from '@stoa/kernel';
import fc from 'fast-check';

const sumOf = (parts: readonly Money[]) => parts.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
const amounts = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

describe('an amount', () => {
  test('is whole minor units of a currency, or refused', () => {
    assert.deepEqual(money(12_990, 'BRL'), { amount: 12_990, currency: 'BRL' });
    for (const amount of [0.5, Number.NaN, 2 ** 53]) assert.throws(() => money(amount, 'BRL'), RangeError);
    for (const currency of ['', 'brl', 'R$', 'BRLX']) assert.throws(() => money(1, currency), RangeError);
  });

  test('has as many minor units as its currency says', () => {
    assert.deepEqual(['BRL', 'JPY', 'KWD'].map(currencyExponent), [2, 0, 3]);
  });
});

describe('dividing an amount', () => {
  test('loses nothing, and nobody gets a minor unit more or less than their share', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 12 })
      .filter((all) => all.some((weight) => weight > 0));
    fc.assert(
      fc.property(amounts, weights, (amount, all) => {
        const parts = allocateMoney(money(amount, 'EUR'), all);
        assert.equal(parts.length, all.length);
        assert.equal(sumOf(parts), BigInt(amount));
        const whole = BigInt(all.reduce((sum, weight) => sum + weight, 0));
        for (const [index, weight] of all.entries()) {
          const part = parts[index]?.amount ?? Number.NaN;
          // Times the sum of the weights, so that it can be told exactly.
          const off = BigInt(part) * whole - BigInt(amount) * BigInt(weight);
          assert.ok(off < whole && -off < whole, `${part} for ${weight} of ${whole}`);
          assert.ok(!Object.is(part, -0));
        }
      }),
    );
  });

  test('by weights that are none is refused', () => {
    for (const weights of [[], [0, 0], [2, -1]])
      assert.throws(() => allocateMoney(money(100, 'EUR'), weights), RangeError);
  });

  test('into parts gives the price and its surcharge, and parts that hardly differ', () => {
    const prices = fc.integer({ min: 0, max: 1_000_000_000_000 });
    fc.assert(
      fc.property(
        prices,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 5_000 }),
        (amount, parts, extra) => {
          const divided = inParts(money(amount, 'BRL'), { parts, surcharge: extra }).map((part) => part.amount);
          const twice = 2n * (BigInt(divided.reduce((sum, part) => sum + part, 0)) - BigInt(amount)) * 10_000n;
          const off = twice - 2n * BigInt(amount) * BigInt(extra);
          assert.ok(off <= 10_000n && off > -10_000n, 'the surcharge is rounded to the nearest, halves up');
          assert.ok((divided[0] ?? 0) - (divided.at(-1) ?? 0) <= 1);
          assert.deepEqual(
            divided,
            divided.toSorted((a, b) => b - a),
          );
        },
      ),
    );
  });
});
