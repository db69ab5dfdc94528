import { allocateMoney } from '@stoa/kernel';
import { roundedProportion } from './proportion.ts';

/** A line before discounts and taxes; amounts in minor units of the order's currency. */
export type LineToPrice = {
  sku: string;
  quantity: number;
  unitPrice: number;
  sellerId: string;
  taxCategory: string;
};
/** What a coupon takes off. Rates are ten-thousandths, amounts minor units. */
export type CouponTerms = {
  kind: 'percent' | 'fixed';
  percent: number | null;
  amount: number | null;
  currency: string | null;
  scope: 'item' | 'order';
  skus: readonly string[];
  sellerId: string | null;
  minimum: number;
};
/** A rule of tax as it applies to a line. */
export type TaxTerms = { id: string; name: string; rate: number; inclusive: boolean };
export type PricedLine = {
  subtotal: number;
  discount: number;
  net: number;
  tax: number;
  /** What the buyer pays for the line. */
  total: number;
  rule: TaxTerms | null;
};
export type PricedOrder = {
  lines: PricedLine[];
  subtotal: number;
  discount: number;
  tax: number;
  total: number;
};

/**
 * Prices an order: subtotal, coupon, then taxes, line by line, so that the lines add up to the order exactly.
 * A tax that is contained in the price is taken out of it, one that is not is added; both are rounded half up per line.
 */
export function priceOrder(order: {
  currency: string;
  lines: readonly LineToPrice[];
  coupon: CouponTerms | null;
  taxOf: (line: LineToPrice) => TaxTerms | null;
}): PricedOrder {
  const discounts = discountsOf(order.lines, order.coupon, order.currency);
  const lines = order.lines.map((line, index): PricedLine => {
    const subtotal = line.unitPrice * line.quantity;
    const discount = discounts[index] ?? 0;
    const rule = order.taxOf(line);
    return { subtotal, discount, rule, ...taxed(subtotal - discount, rule) };
  });
  const sum = (of: (line: PricedLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  return {
    lines,
    subtotal: sum((line) => line.subtotal),
    discount: sum((line) => line.discount),
    tax: sum((line) => line.tax),
    total: sum((line) => line.total),
  };
}

/** Net, tax and total of a price under a rule. */
export function taxed(price: number, rule: TaxTerms | null): { net: number; tax: number; total: number } {
  if (!rule) return { net: price, tax: 0, total: price };
  if (rule.inclusive) {
    const tax = roundedProportion(price, rule.rate, 10_000 + rule.rate);
    return { net: price - tax, tax, total: price };
  }
  const tax = roundedProportion(price, rule.rate, 10_000);
  return { net: price, tax, total: price + tax };
}

/** Whether a coupon is good for a line. `course:*` is every course. */
export function couponMatches(coupon: Pick<CouponTerms, 'skus' | 'sellerId'>, line: LineToPrice): boolean {
  if (coupon.sellerId !== null && coupon.sellerId !== line.sellerId) return false;
  const kind = line.sku.split(':')[0];
  return coupon.skus.length === 0 || coupon.skus.includes(line.sku) || coupon.skus.includes(`${kind}:*`);
}

/** What a coupon takes off each line; never more than the line costs. */
export function discountsOf(lines: readonly LineToPrice[], coupon: CouponTerms | null, currency: string): number[] {
  if (!coupon || (coupon.kind === 'fixed' && coupon.currency !== currency)) return lines.map(() => 0);
  const prices = lines.map((line) => (couponMatches(coupon, line) ? line.unitPrice * line.quantity : 0));
  const eligible = prices.reduce((sum, price) => sum + price, 0);
  if (eligible === 0 || eligible < coupon.minimum) return lines.map(() => 0);
  if (coupon.scope === 'item') {
    return lines.map((line, index) => {
      if (prices[index] === 0) return 0;
      const off =
        coupon.kind === 'percent'
          ? roundedProportion(line.unitPrice, coupon.percent ?? 0, 10_000)
          : Math.min(coupon.amount ?? 0, line.unitPrice);
      return off * line.quantity;
    });
  }
  const off =
    coupon.kind === 'percent'
      ? roundedProportion(eligible, coupon.percent ?? 0, 10_000)
      : Math.min(coupon.amount ?? 0, eligible);
  return allocateMoney({ amount: off, currency }, prices).map((share) => share.amount);
}

/** The rule that applies to a category in a country on a day: one for the category itself before one for all. */
export function findTaxRule<R extends { country: string; category: string; validFrom: string; validTo: string | null }>(
  rules: readonly R[],
  { country, category, day }: { country: string; category: string; day: string },
): R | null {
  const valid = rules.filter(
    (rule) => rule.country === country && rule.validFrom <= day && (rule.validTo === null || day < rule.validTo),
  );
  const newest = (of: string) =>
    valid.filter((rule) => rule.category === of).sort((a, b) => b.validFrom.localeCompare(a.validFrom))[0];
  return newest(category) ?? newest('*') ?? null;
}
