'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { longestMessage, removeLine, setQuantity, undoRemove } from '@/buying/cart.ts';
import { addToKeptCart, readCart, saveCart } from '@/buying/cart-cookie.ts';
import { done, type FormState, textsOf } from '@/components/forms/form-state.ts';
import { getPathname } from '@/i18n/navigation.ts';

async function go(href: string): Promise<never> {
  redirect(getPathname({ href, locale: await getLocale() }));
}

/**
 * Puts an item into the cart: for oneself, or as seats. `then` is where to go: the checkout for those who buy at once,
 * else the cart.
 */
export async function addToCart(form: FormData): Promise<void> {
  const { sku = '', purpose, then, coupon } = textsOf(form);
  const seats = purpose === 'seats';
  const line = { sku, quantity: seats ? 2 : 1, purpose: seats ? 'seats' : 'own', gift: null } as const;
  const added = await addToKeptCart(line, coupon);
  if (!added) return go('/cart?full=1');
  return go(then === 'checkout' ? '/checkout' : '/cart');
}

/** Puts a gift into the cart. */
export async function addGift(_before: FormState, form: FormData): Promise<FormState> {
  const typed = textsOf(form);
  const email = (typed.email ?? '').trim();
  const t = await getTranslations('buying.gift');
  const fields: Record<string, string> = {};
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || email.length > 254) fields.email = t('emailWrong');
  if ((typed.message ?? '').length > longestMessage) fields.message = t('messageLong', { max: longestMessage });
  const refuse = (message: string): FormState => ({
    kind: 'refused',
    at: Date.now(),
    code: 'gift_refused',
    message,
    traceId: null,
    fields,
    typed,
  });
  if (Object.keys(fields).length > 0) return refuse(t('emailWrong'));
  const gift = { email, name: (typed.name ?? '').trim().slice(0, 100), message: (typed.message ?? '').trim() };
  const added = await addToKeptCart({ sku: typed.sku ?? '', quantity: 1, purpose: 'gift', gift }, typed.coupon);
  if (!added) return refuse((await getTranslations('buying.cart'))('full'));
  return go('/cart');
}

/** Sets for how many people a line is. */
export async function changeQuantity(form: FormData): Promise<void> {
  const { line = '', quantity } = textsOf(form);
  await saveCart(setQuantity(await readCart(), { id: line, quantity: Number(quantity) }));
  revalidatePath('/[locale]', 'layout');
}

/** Takes a line out; the cart then offers to bring it back. */
export async function removeFromCart(form: FormData): Promise<void> {
  await saveCart(removeLine(await readCart(), textsOf(form).line ?? ''));
  revalidatePath('/[locale]', 'layout');
}

/** Brings back the line that was removed last. */
export async function undoRemoval(): Promise<void> {
  await saveCart(undoRemove(await readCart()));
  revalidatePath('/[locale]', 'layout');
}

/** Keeps a coupon with the cart; the page then shows what it does, or why it does nothing. An empty one takes it off. */
export async function applyCoupon(_before: FormState, form: FormData): Promise<FormState> {
  const coupon = (textsOf(form).coupon ?? '').trim().slice(0, 40);
  await saveCart({ ...(await readCart()), coupon });
  revalidatePath('/[locale]', 'layout');
  return done();
}

/** Keeps the country whose taxes apply. */
export async function chooseCountry(country: string): Promise<void> {
  if (country !== '' && !/^[A-Z]{2}$/.test(country)) return;
  await saveCart({ ...(await readCart()), country });
  revalidatePath('/[locale]', 'layout');
}
