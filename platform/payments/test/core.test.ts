import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { liveInSql } from '../src/attempts/live-in-sql.ts';
import { partsOf, partsOfRefund } from '../src/core/parts.ts';
import { type CouponTerms, discountsOf, findTaxRule, priceOrder, taxed } from '../src/core/price-order.ts';
import { spreadRefund } from '../src/core/spread-refund.ts';

const amount = fc.integer({ min: 0, max: 1_000_000_000_000 });
const rate = fc.integer({ min: 0, max: 10_000 });

describe('a line’s money', () => {
  test('is divided among seller, platform and tax without losing a cent', () => {
    fc.assert(
      fc.property(amount, amount, rate, (net, tax, sellerShare) => {
        const line = { net, tax, total: net + tax, sellerShare, sellerId: 's' };
        const parts = partsOf(line);
        assert.equal(parts.seller + parts.platform + parts.tax, line.total);
        assert.ok(parts.seller >= 0 && parts.platform >= 0);
      }),
      { numRuns: 2000 },
    );
  });
  test('goes back in any steps to exactly what everybody got, and nobody ever gets a part of a refund', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 0, max: 1500 }),
        rate,
        fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 30 }),
        (net, tax, sellerShare, steps) => {
          const line = { net, tax, total: net + tax, sellerShare, sellerId: 's' };
          const back = { seller: 0, platform: 0, tax: 0 };
          let before = 0;
          for (const step of [...steps, line.total]) {
            const part = Math.min(step, line.total - before);
            const parts = partsOfRefund(line, before, part);
            assert.equal(parts.seller + parts.platform + parts.tax, part);
            assert.ok(parts.seller >= 0 && parts.platform >= 0 && parts.tax >= 0, JSON.stringify(parts));
            back.seller += parts.seller;
            back.platform += parts.platform;
            back.tax += parts.tax;
            before += part;
          }
          assert.deepEqual(back, partsOf(line));
        },
      ),
      { numRuns: 2000 },
    );
  });
  test('without a seller is the platform’s', () => {
    assert.deepEqual(partsOf({ net: 100, tax: 0, total: 100, sellerShare: 7000, sellerId: '' }), {
      seller: 0,
      platform: 100,
      tax: 0,
    });
  });
});

describe('a refund without lines', () => {
  test('is spread over what the lines have left, and over no line more', () => {
    const line = fc
      .tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 100 }))
      .map(([total, percent]) => ({ total, refunded: Math.floor((total * percent) / 100) }));
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 100 }),
        (lines, percent) => {
          const named = lines.map((one, index) => ({ ...one, id: String(index) }));
          const left = named.reduce((sum, one) => sum + one.total - one.refunded, 0);
          const amount = Math.floor((left * percent) / 100);
          const spread = spreadRefund(named, amount);
          assert.equal(
            spread.reduce((sum, part) => sum + part.amount, 0),
            amount,
          );
          for (const part of spread) {
            const of = named[Number(part.lineId)];
            assert.ok(of && part.amount <= of.total - of.refunded);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
  test('of more than is left is refused', () => {
    assert.throws(() => spreadRefund([{ id: 'a', total: 10, refunded: 5 }], 6), RangeError);
  });
});

const line = (unitPrice: number, options: { quantity?: number; sku?: string; sellerId?: string } = {}) => ({
  sku: options.sku ?? 'course:a',
  quantity: options.quantity ?? 1,
  unitPrice,
  sellerId: options.sellerId ?? 's',
  taxCategory: 'digital_course',
});
const coupon = (terms: Partial<CouponTerms>): CouponTerms => ({
  kind: 'percent',
  percent: 1000,
  amount: null,
  currency: null,
  scope: 'order',
  skus: [],
  sellerId: null,
  minimum: 0,
  ...terms,
});

describe('taxes', () => {
  const rule = (terms: { rate: number; inclusive: boolean }) => ({ id: 'r', name: 'VAT', ...terms });
  test('that are in the price are taken out of it', () => {
    assert.deepEqual(taxed(11_900, rule({ rate: 1900, inclusive: true })), { net: 10_000, tax: 1900, total: 11_900 });
  });
  test('that are not are added', () => {
    assert.deepEqual(taxed(9999, rule({ rate: 2300, inclusive: false })), { net: 9999, tax: 2300, total: 12_299 });
  });
  test('never change what an inclusive price costs, and always add up', () => {
    fc.assert(
      fc.property(amount, rate, fc.boolean(), (price, percent, inclusive) => {
        const { net, tax, total } = taxed(price, rule({ rate: percent, inclusive }));
        assert.equal(net + tax, total);
        assert.ok(net >= 0 && tax >= 0);
        assert.equal(inclusive ? total : net, price);
      }),
    );
  });
  test('come from the rule of the day and the category, else from that of the country, else there are none', () => {
    const rules = [
      { country: 'DE', category: '*', validFrom: '2020-01-01', validTo: null, name: 'all' },
      { country: 'DE', category: 'ebook', validFrom: '2020-01-01', validTo: '2026-01-01', name: 'old' },
      { country: 'DE', category: 'ebook', validFrom: '2026-01-01', validTo: null, name: 'new' },
    ];
    const name = (country: string, category: string, day: string) =>
      findTaxRule(rules, { country, category, day })?.name ?? null;
    assert.equal(name('DE', 'ebook', '2025-12-31'), 'old');
    assert.equal(name('DE', 'ebook', '2026-01-01'), 'new');
    assert.equal(name('DE', 'course', '2026-01-01'), 'all');
    assert.equal(name('DE', 'course', '2019-01-01'), null);
    assert.equal(name('PT', 'course', '2026-01-01'), null);
  });
});

describe('coupons', () => {
  test('take a share off the order, or off each item', () => {
    assert.deepEqual(discountsOf([line(1005), line(1005)], coupon({}), 'BRL'), [101, 100]);
    assert.deepEqual(discountsOf([line(1005, { quantity: 2 })], coupon({ scope: 'item' }), 'BRL'), [202]);
  });
  test('of an amount never take more than there is, and nothing in another currency', () => {
    const fixed = coupon({ kind: 'fixed', percent: null, amount: 5000, currency: 'BRL' });
    assert.deepEqual(discountsOf([line(3000), line(1000)], fixed, 'BRL'), [3000, 1000]);
    assert.deepEqual(discountsOf([line(9000), line(1000)], fixed, 'BRL'), [4500, 500]);
    assert.deepEqual(discountsOf([line(9000)], fixed, 'USD'), [0]);
    assert.deepEqual(discountsOf([line(9000, { quantity: 3 })], { ...fixed, scope: 'item' }, 'BRL'), [15_000]);
  });
  test('hold for the items and the seller they name, and from their minimum on', () => {
    assert.deepEqual(
      discountsOf([line(1000), line(1000, { sku: 'plan:x' })], coupon({ skus: ['course:*'] }), 'BRL'),
      [100, 0],
    );
    assert.deepEqual(discountsOf([line(1000, { sellerId: 'other' })], coupon({ sellerId: 's' }), 'BRL'), [0]);
    assert.deepEqual(discountsOf([line(1000)], coupon({ minimum: 1001 }), 'BRL'), [0]);
  });
  test('with taxes leave orders whose lines add up', () => {
    const anyLine = fc
      .tuple(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 1, max: 9 }))
      .map(([price, quantity]) => line(price, { quantity }));
    const anyCoupon = fc.oneof(
      fc.constant(null),
      fc
        .tuple(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom('item' as const, 'order' as const))
        .map(([percent, scope]) => coupon({ percent, scope })),
      fc
        .tuple(fc.integer({ min: 1, max: 300_000 }), fc.constantFrom('item' as const, 'order' as const))
        .map(([value, scope]) => coupon({ kind: 'fixed', percent: null, amount: value, currency: 'BRL', scope })),
    );
    fc.assert(
      fc.property(
        fc.array(anyLine, { minLength: 1, maxLength: 6 }),
        anyCoupon,
        rate,
        fc.boolean(),
        (lines, terms, percent, inclusive) => {
          const rule = { id: 'r', name: 'VAT', rate: percent, inclusive };
          const priced = priceOrder({ currency: 'BRL', lines, coupon: terms, taxOf: () => rule });
          for (const one of priced.lines) {
            assert.ok(one.discount >= 0 && one.discount <= one.subtotal);
            assert.equal(one.net + one.tax, one.total);
          }
          assert.equal(
            priced.total,
            priced.lines.reduce((sum, one) => sum + one.total, 0),
          );
          const charged = priced.subtotal - priced.discount;
          assert.equal(priced.total, inclusive ? charged : charged + priced.tax);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a payment that may still become money', () => {
  test('is the same to the rules, to the statements and to the database', () => {
    for (const file of ['../migrations/0001_init.sql', '../invariants.sql'])
      assert.ok(readFileSync(new URL(file, import.meta.url), 'utf8').includes(`status in ${liveInSql}`), file);
  });
});
