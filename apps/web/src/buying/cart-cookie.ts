import 'server-only';
import { cookies, headers } from 'next/headers';
import { getLocale } from 'next-intl/server';
import { privateCookie } from '@/session/cookie-options.ts';
import { isSecureRequest } from '@/session/secure.ts';
import { addLine, type Cart, type CartLine, emptyCart, parseCart, writeCart } from './cart.ts';
import { likelyCountry } from './countries.ts';

const cartCookie = 'stoa_cart';
const maxAge = 60 * 60 * 24 * 30;

/** The cart of this browser, signed in or not. */
export async function readCart(): Promise<Cart> {
  return parseCart((await cookies()).get(cartCookie)?.value) ?? emptyCart(crypto.randomUUID());
}

/** Keeps the cart; false when it is too large for a cookie, and nothing has changed. For server actions. */
export async function saveCart(cart: Cart): Promise<boolean> {
  const value = writeCart(cart);
  if (value === null) return false;
  (await cookies()).set(cartCookie, value, { ...privateCookie(isSecureRequest(await headers())), maxAge });
  return true;
}

/**
 * Puts a line into the cart, and the coupon it was looked at with. True when it took it; false when it is full. For
 * server actions.
 */
export async function addToKeptCart(line: Omit<CartLine, 'id'>, coupon = ''): Promise<boolean> {
  const read = await readCart();
  const kept = coupon ? { ...read, coupon: coupon.trim().slice(0, 40) } : read;
  // A first guess, where the language says it; the checkout shows it and lets it be changed.
  const country = kept.country || (kept.lines.length === 0 ? likelyCountry(await getLocale()) : '');
  const cart = addLine({ ...kept, country }, { ...line, id: crypto.randomUUID().slice(0, 8) });
  return cart !== null && (await saveCart(cart));
}
