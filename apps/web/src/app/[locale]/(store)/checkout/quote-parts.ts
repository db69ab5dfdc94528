import 'server-only';
import { cache } from 'react';
import { api } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';
import { toAsked } from '@/buying/cart.ts';
import { readCart } from '@/buying/cart-cookie.ts';

type Answer = paths['/api/instalments/quote']['post']['responses'][200]['content']['application/json'];
export type PartsOffer = NonNullable<Answer['offer']>;

/** What the cart costs in parts; null when it cannot be paid so, which is most often and needs no explanation. */
export const quoteParts = cache(async (): Promise<PartsOffer | null> => {
  const { lines, coupon, country } = await readCart();
  if (lines.length !== 1) return null;
  const rest = { ...(coupon ? { coupon } : {}), ...(country ? { country } : {}) };
  const answer = await (await api()).POST('/api/instalments/quote', { body: { lines: toAsked(lines), ...rest } });
  if (answer.data?.offer) return answer.data.offer;
  // A coupon that cannot be used does nothing in a cart, and nothing here.
  if (!coupon || !answer.data?.refusal?.code.startsWith('coupon_')) return null;
  const { coupon: _unusable, ...without } = rest;
  const again = await (await api()).POST('/api/instalments/quote', { body: { lines: toAsked(lines), ...without } });
  return again.data?.offer ?? null;
});

type Priced = {
  subtotal: PartsOffer['total'];
  lines: readonly { tax: { inclusive: boolean } | null }[];
};

/** What paying in parts adds to the price of the one thing that is quoted, before a tax that is added to prices. */
export function surchargeOf(
  { total, discount, tax }: Pick<PartsOffer, 'total' | 'discount' | 'tax'>,
  { subtotal, lines }: Priced,
): PartsOffer['total'] {
  const added = lines.some((line) => line.tax && !line.tax.inclusive) ? tax.amount : 0;
  return { ...total, amount: total.amount - added - (subtotal.amount - discount.amount) };
}

/** What is agreed to, as the form sends it back: so many parts of these amounts. */
export function agreedText({ schedule, total }: Pick<PartsOffer, 'schedule' | 'total'>): string {
  return `${schedule.map(({ amount }) => amount.amount).join('+')} ${total.currency}`;
}
