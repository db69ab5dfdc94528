import { type Ctx, ExpectedError } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { buyerIdOf, type Priced, priceLines } from './price-lines.ts';
import {
  type AskedLine,
  type IncludedItem,
  type LineRefusal,
  type QuotedLine,
  quoteLines,
  soldOnce,
} from './quote-lines.ts';

type Money = { amount: number; currency: string };
export type CartLine = {
  sku: string;
  quantity: number;
  purpose: 'own' | 'gift' | 'seats';
  title: string;
  summary: string;
  path: string;
  coverUrl: string;
  sellerName: string;
  refundDays: number;
  unitPrice: Money | null;
  discount: Money;
  tax: { amount: Money; name: string; rate: number; inclusive: boolean } | null;
  total: Money | null;
  /** Why it cannot be bought; such lines are not part of the sums. */
  refusal: LineRefusal | null;
  includes: IncludedItem[];
  parts: (IncludedItem & { coverUrl: string; price: Money | null; owned: boolean })[];
  /** What comes with it, one by one; null for what is one item. */
  worth: Money | null;
};
export type Cart = {
  currency: string;
  lines: CartLine[];
  subtotal: Money;
  discount: Money;
  tax: Money;
  total: Money;
  /** The coupon that was asked for, and why it does nothing. */
  coupon: { code: string; applied: boolean; problem: { code: string; title: string } | null } | null;
  /** False when a line cannot be bought. */
  buyable: boolean;
};

/**
 * What a cart costs now, before there is an order. Nothing is held, and nothing is refused: lines and coupons that
 * cannot be had say why.
 * @throws mixed_currencies
 */
export function quoteOrder(deps: Pick<PaymentDeps, 'db' | 'sockets' | 'clock'>) {
  return async (
    input: { lines: readonly AskedLine[]; coupon?: string | undefined; country?: string | undefined },
    ctx: Ctx,
  ): Promise<Cart> => {
    const lines = soldOnce(await quoteLines(deps, { lines: input.lines, ownerId: buyerIdOf(ctx) }, ctx));
    const forSale = lines.filter((line) => line.refusal === null);
    const price = (couponCode: string | undefined) =>
      priceLines(deps, {
        lines: forSale,
        couponCode,
        country: input.country ?? '',
        person: buyerIdOf(ctx),
        now: deps.clock.now(),
      });
    const whole = async (): Promise<{ priced: Priced; problem: ExpectedError | null }> => {
      try {
        return { priced: await price(input.coupon), problem: null };
      } catch (error) {
        if (!(error instanceof ExpectedError) || !error.code.startsWith('coupon_')) throw error;
        return { priced: await price(undefined), problem: error };
      }
    };
    const { priced, problem } = await whole();
    const { currency, order } = priced;
    const money = (amount: number): Money => ({ amount, currency });
    const toCartLine = (line: QuotedLine): CartLine => {
      const result = order.lines[forSale.indexOf(line)];
      const { sku, quantity, purpose, title, summary, path, coverUrl, sellerName, refundDays, refusal } = line;
      const own = (amount: number): Money => ({ amount, currency: line.currency || currency });
      const brought = new Set(line.includes.map((item) => item.sku));
      return {
        sku,
        quantity,
        purpose,
        title,
        summary,
        path,
        coverUrl,
        sellerName,
        refundDays,
        refusal,
        unitPrice: line.currency ? { amount: line.unitPrice, currency: line.currency } : null,
        discount: money(result?.discount ?? 0),
        tax: result?.rule
          ? {
              amount: money(result.tax),
              name: result.rule.name,
              rate: result.rule.rate,
              inclusive: result.rule.inclusive,
            }
          : null,
        total: result ? money(result.total) : null,
        includes: line.includes,
        parts: line.parts.map((part) => ({ ...part, price: part.price === null ? null : own(part.price) })),
        worth:
          line.includes.length > 0
            ? own(line.parts.reduce((sum, part) => sum + (brought.has(part.sku) ? (part.price ?? 0) : 0), 0))
            : null,
      };
    };
    return {
      currency,
      lines: lines.map(toCartLine),
      subtotal: money(order.subtotal),
      discount: money(order.discount),
      tax: money(order.tax),
      total: money(order.total),
      coupon: input.coupon
        ? { code: input.coupon.trim().toUpperCase(), applied: problem === null, problem: describe(problem, ctx) }
        : null,
      buyable: lines.length > 0 && forSale.length === lines.length,
    };
  };
}

function describe(problem: ExpectedError | null, ctx: Ctx): { code: string; title: string } | null {
  return problem && { code: problem.code, title: problem.title(ctx.locale) };
}
