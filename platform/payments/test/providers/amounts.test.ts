import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fromDecimal, fromProviderUnits, toDecimal, toProviderUnits } from '../../src/providers/amounts.ts';
import { amountsByCurrency, defaultFacts, readFacts } from '../../src/providers/facts.ts';
import { ProviderFailure } from '../../src/providers/provider.ts';

describe('amounts on the wire', () => {
  it('are decimal texts made by moving digits', () => {
    assert.equal(toDecimal(12_990, 2), '129.90');
    assert.equal(toDecimal(5, 2), '0.05');
    assert.equal(toDecimal(0, 2), '0.00');
    assert.equal(toDecimal(500, 0), '500');
    assert.equal(toDecimal(1234, 3), '1.234');
    assert.equal(toDecimal(Number.MAX_SAFE_INTEGER, 2), '90071992547409.91');
    for (const wrong of [-1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])
      assert.throws(() => toDecimal(wrong, 2), RangeError);
  });

  it('come back as they went, as text and as a JSON number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000_000 }), fc.constantFrom(0, 2, 3), (amount, digits) => {
        const text = toDecimal(amount, digits);
        assert.equal(fromDecimal(text, digits), amount);
        assert.equal(fromDecimal(Number(text), digits), amount);
        assert.equal(fromDecimal(JSON.parse(JSON.stringify(Number(text))), digits), amount);
      }),
    );
  });

  it('that are none are refused', () => {
    for (const wrong of ['', '-1', '1,50', '1e3', '0x10', '1.005', ' 1', 'NaN', '9999999999999999'])
      assert.throws(() => fromDecimal(wrong, 2), RangeError, wrong);
    assert.equal(fromDecimal('1.500', 2), 150);
    assert.equal(fromDecimal(100, 2), 10_000);
  });

  it('are exact in a provider’s own units, or refused', () => {
    assert.equal(toProviderUnits({ amount: 500, currency: 'JPY' }, 0), 500);
    assert.equal(toProviderUnits({ amount: 12_900, currency: 'HUF' }, 0), 129);
    assert.equal(fromProviderUnits(129, 'HUF', 0).amount, 12_900);
    assert.throws(
      () => toProviderUnits({ amount: 12_990, currency: 'HUF' }, 0),
      (error) =>
        error instanceof ProviderFailure && error.outcome === 'refused' && error.providerCode === 'amount_too_fine',
    );
    assert.equal(toProviderUnits({ amount: 1234, currency: 'KWD' }, 3), 1234);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000 }),
        fc.constantFrom('BRL', 'JPY', 'KWD', 'HUF'),
        (amount, currency) => {
          const there = toProviderUnits({ amount, currency }, 3);
          assert.deepEqual(fromProviderUnits(there, currency, 3), { amount, currency });
        },
      ),
    );
  });
});

describe('facts about providers', () => {
  it('say where each comes from and when it was looked at', () => {
    for (const [name, { source, asOf, evidence }] of Object.entries(defaultFacts)) {
      assert.ok(source.length > 5, name);
      assert.match(asOf, /^\d{4}-\d{2}-\d{2}$/);
      assert.match(evidence, /^(spec|secondary|general)$/);
    }
  });

  it('can be corrected by an operator, who is told about mistakes', () => {
    assert.equal(readFacts('{"stripe.holdDays": 5}')['stripe.holdDays'], 5);
    assert.throws(() => readFacts('{"stripe.holdDayz": 5}'), /no fact stripe.holdDayz/);
    assert.throws(() => readFacts('{"stripe.holdDays": "5"}'), /is a number/);
    assert.deepEqual(amountsByCurrency('USD 50 GBP 30'), { USD: 50, GBP: 30 });
  });
});
