import { type Ctx, type Queries, statement } from '@stoa/kernel';
import { findTaxRule, type PricedOrder, priceOrder, type TaxTerms } from '../core/price-order.ts';
import { errors } from '../errors.ts';
import { type CouponRow, findCoupon, toTerms } from './coupons.ts';
import type { QuotedLine } from './quote-lines.ts';

type RuleRow = {
  id: string;
  country: string;
  category: string;
  name: string;
  rate: number;
  inclusive: boolean;
  valid_from: string;
  valid_to: string | null;
};
const listRules = statement<[country: string], RuleRow>(
  'payments.list_tax_rules_of_country',
  `select id, country, category, name, rate, inclusive, valid_from::text, valid_to::text from tax_rules where country = $1`,
);

export type Priced = { order: PricedOrder; currency: string; coupon: CouponRow | null };

/**
 * Prices quoted lines: coupon, then the taxes of the buyer's country on this day.
 * @throws mixed_currencies and the errors of coupons
 */
export async function priceLines(
  deps: { db: Queries },
  input: {
    lines: readonly QuotedLine[];
    couponCode: string | undefined;
    country: string;
    person: string | null;
    now: Date;
  },
): Promise<Priced> {
  const currencies = new Set(input.lines.map((line) => line.currency).filter(Boolean));
  if (currencies.size > 1) throw errors.mixed_currencies();
  const currency = [...currencies][0] ?? 'BRL';
  const coupon = input.couponCode ? await findCoupon(deps.db, { ...input, code: input.couponCode, currency }) : null;
  const rules = input.country ? (await deps.db.rows(listRules, [input.country])).map(toRule) : [];
  const day = input.now.toISOString().slice(0, 10);
  const order = priceOrder({
    currency,
    lines: input.lines,
    coupon: coupon ? toTerms(coupon) : null,
    taxOf: (line) => findTaxRule(rules, { country: input.country, category: line.taxCategory, day }),
  });
  return { order, currency, coupon };
}

const toRule = (
  row: RuleRow,
): TaxTerms & { country: string; category: string; validFrom: string; validTo: string | null } => ({
  ...row,
  validFrom: row.valid_from,
  validTo: row.valid_to,
});

/** The person a request is from, where one matters for prices. */
export function buyerIdOf(ctx: Ctx): string | null {
  return ctx.actor.kind === 'user' ? ctx.actor.userId : null;
}
