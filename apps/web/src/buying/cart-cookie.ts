import 'server-only';
import { cookies, headers } from 'next/headers';
import { privateCookie } from '@/session/cookie-options.ts';
import { isSecureRequest } from '@/session/secure.ts';
import { type Cart, emptyCart, parseCart, writeCart } from './cart.ts';

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
