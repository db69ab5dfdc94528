import 'server-only';
import { cache } from 'react';
import { api, orThrow, problemOf } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';
import { type CartLine, toAsked } from './cart.ts';
import { readCart } from './cart-cookie.ts';

export type Quote = paths['/api/orders/quote']['post']['responses'][200]['content']['application/json'];
export type QuotedLine = Quote['lines'][number];

/** What the cart costs now: `mixed` when its lines are sold in different currencies and cannot be one order. */
export type QuotedCart =
  | { kind: 'empty' }
  | { kind: 'mixed'; lines: { line: CartLine; quoted: QuotedLine }[] }
  | { kind: 'quoted'; quote: Quote; lines: { line: CartLine; quoted: QuotedLine }[] };

/** Prices what is in the cart, once per request. */
export const quoteCart = cache(async (): Promise<QuotedCart> => {
  const { lines, coupon, country } = await readCart();
  if (lines.length === 0) return { kind: 'empty' };
  const client = await api();
  const rest = { ...(coupon ? { coupon } : {}), ...(country ? { country } : {}) };
  const answer = await client.POST('/api/orders/quote', { body: { lines: toAsked(lines), ...rest } });
  if (answer.data) return { kind: 'quoted', quote: answer.data, lines: pair(lines, answer.data.lines) };
  if (problemOf(answer).code !== 'mixed_currencies') throw problemOf(answer);
  const alone = await Promise.all(
    lines.map(async (line) => orThrow(await client.POST('/api/orders/quote', { body: { lines: toAsked([line]) } }))),
  );
  return {
    kind: 'mixed',
    lines: pair(
      lines,
      alone.flatMap((quote) => quote.lines),
    ),
  };
});

export type QuotedItem = QuotedLine & { coupon: Quote['coupon'] };

/**
 * What one item costs a person now, and its refund rule. Null when the API cannot say.
 *
 * @param coupon of the address of the page; without one, that of the cart counts
 */
export const quoteItem = cache(async (sku: string, coupon = ''): Promise<QuotedItem | null> => {
  const code = coupon || (await readCart()).coupon;
  const body = { lines: [{ sku }], ...(code ? { coupon: code } : {}) };
  const { data } = await (await api()).POST('/api/orders/quote', { body });
  const line = data?.lines[0];
  return line ? { ...line, coupon: data.coupon } : null;
});

/** What one item costs in parts with a coupon; null when it cannot be paid so. */
export async function quoteItemInParts(sku: string, coupon: string) {
  const { data } = await (await api()).POST('/api/instalments/quote', { body: { lines: [{ sku }], coupon } });
  if (!data?.offer) return null;
  const { parts, schedule, total } = data.offer;
  return { parts, amounts: schedule.map(({ amount }) => amount), total };
}

function pair(lines: readonly CartLine[], quoted: readonly QuotedLine[]) {
  return lines.flatMap((line, index) => {
    const one = quoted[index];
    return one ? [{ line, quoted: one }] : [];
  });
}
