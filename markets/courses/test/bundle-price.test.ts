import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type BundlePart, bundlePrice } from '../src/bundle-price.ts';

const part = (listPrice: number, owned = false): BundlePart => ({ listPrice, owned });
const parts = fc.array(fc.record({ listPrice: fc.integer({ min: 1, max: 100_000_000 }), owned: fc.boolean() }), {
  minLength: 2,
  maxLength: 20,
});
const price = fc.integer({ min: 1, max: 100_000_000 });

describe('the price of a bundle', () => {
  it('is its own for somebody who has none of it', () => {
    assert.deepEqual(bundlePrice(15_000, [part(10_000), part(10_000)]), { price: 15_000, listPrice: 20_000 });
  });

  it('leaves out the share of what somebody has, with the discount on the rest', () => {
    assert.deepEqual(bundlePrice(15_000, [part(10_000, true), part(10_000)]), { price: 7500, listPrice: 10_000 });
    assert.deepEqual(bundlePrice(1, [part(1, true), part(1)]), { price: 1, listPrice: 1 }, 'half up');
  });

  it('never exceeds what its courses cost one by one, even when those became cheaper', () => {
    assert.deepEqual(bundlePrice(15_000, [part(5000), part(6000)]), { price: 11_000, listPrice: 11_000 });
    fc.assert(
      fc.property(price, parts, (bundle, given) => {
        const { price: asked, listPrice } = bundlePrice(bundle, given);
        assert.ok(Number.isSafeInteger(asked) && asked >= 0);
        assert.ok(asked <= listPrice && asked <= bundle);
      }),
    );
  });

  it('does not rise with what somebody has', () => {
    fc.assert(
      fc.property(price, parts, fc.nat({ max: 19 }), (bundle, given, index) => {
        const more = given.map((one, at) => (at === index ? { ...one, owned: true } : one));
        assert.ok(bundlePrice(bundle, more).price <= bundlePrice(bundle, given).price);
      }),
    );
  });
});
