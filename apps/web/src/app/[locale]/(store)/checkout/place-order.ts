'use server';

import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { type Cart, placedCart, toAsked } from '@/buying/cart.ts';
import { readCart, saveCart } from '@/buying/cart-cookie.ts';
import { rememberToken } from '@/buying/order-tokens.ts';
import { quoteCart } from '@/buying/quote.ts';
import { onceAnswered, requestKey } from '@/buying/request-key.ts';
import { refusedPayment, startPayment } from '@/buying/start-payment.ts';
import { type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { getDeviceZone } from '@/components/time/moment.tsx';
import type { AppLocale } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';
import { agreedText, quoteParts } from './quote-parts.ts';

/**
 * Makes the order of what is in the cart and begins its payment. Sent again after a lost answer, or from a second tab, it
 * is the same order: the key is made of the cart and of what was typed.
 */
export async function placeOrder(_before: FormState, form: FormData): Promise<FormState> {
  const typed = textsOf(form);
  const [cart, session, locale] = await Promise.all([readCart(), getSession(), getLocale()]);
  const go = (href: string) => redirect(getPathname({ href, locale }));
  if (cart.lines.length === 0) {
    return go(cart.placed && cart.placed.seed === typed.cart ? `/orders/${cart.placed.orderId}/pay?go=1` : '/cart');
  }
  const country = /^[A-Z]{2}$/.test(typed.country ?? '') ? (typed.country ?? '') : '';
  if (country !== cart.country) {
    // Without scripts the taxes of another country are seen first, and agreed to after.
    await saveCart({ ...cart, country });
    return { kind: 'refused', at: Date.now(), code: 'country_changed', ...(await words('countryChanged')), typed };
  }
  const quoted = await quoteCart();
  if (quoted.kind !== 'quoted' || !quoted.quote.buyable) return go('/cart');
  const { total, coupon } = quoted.quote;
  if (typed.total !== `${total.amount} ${total.currency}`) {
    return { kind: 'refused', at: Date.now(), code: 'price_changed', ...(await words('priceChanged')), typed };
  }
  if (typed.pay === 'parts' && session) return placeParts({ typed, locale, cart, country, coupon });
  const zone = await getDeviceZone();
  const body = {
    lines: toAsked(cart.lines),
    ...(coupon?.applied ? { coupon: coupon.code } : {}),
    ...(country ? { country } : {}),
    ...(session
      ? {}
      : { email: (typed.email ?? '').trim(), name: (typed.name ?? '').trim(), ...(zone ? { timeZone: zone } : {}) }),
  };
  const client = await api();
  const answer = await onceAnswered(() =>
    client.POST('/api/orders', {
      params: { header: { 'Idempotency-Key': requestKey('order', cart.seed, body, typed.retry ?? '') } },
      body,
    }),
  );
  if (!answer.data) {
    const state = refused(problemOf(answer), typed);
    if (state.kind !== 'refused' || session || Object.keys(state.fields).length > 0) return state;
    return state.code === 'buyer_email_needed' ? { ...state, fields: { email: state.message } } : state;
  }
  const { id: orderId, claimToken, state, payments } = answer.data;
  const token = claimToken ?? undefined;
  if (token) await rememberToken(orderId, token);
  if (state === 'pending_payment') {
    const problem = await startPayment({ orderId, token, before: payments.length, typed, locale });
    // The order stays; details that a provider still misses are asked for here, everything else on the order's page.
    if (problem?.code === 'payer_details_needed') return refusedPayment(problem, typed);
  }
  await saveCart(placedCart(cart, { orderId, seed: crypto.randomUUID() }));
  return go(state === 'pending_payment' ? `/orders/${orderId}/pay?go=1` : `/orders/${orderId}`);
}

type InParts = {
  typed: Record<string, string>;
  locale: AppLocale;
  cart: Cart;
  country: string;
  coupon: { code: string; applied: boolean } | null;
};

/** Agrees to what was shown, part by part, and begins the payment of the first. */
async function placeParts({ typed, locale, cart, country, coupon }: InParts): Promise<FormState> {
  const go = (href: string) => redirect(getPathname({ href, locale }));
  const offer = await quoteParts();
  if (!offer || typed.agreed !== agreedText(offer)) {
    const message = (await getTranslations('instalments.checkout'))('changed');
    return { kind: 'refused', at: Date.now(), code: 'price_changed', message, traceId: null, fields: {}, typed };
  }
  const body = {
    lines: toAsked(cart.lines),
    ...(coupon?.applied ? { coupon: coupon.code } : {}),
    ...(country ? { country } : {}),
  };
  const client = await api();
  const answer = await onceAnswered(() =>
    client.POST('/api/instalments', {
      params: { header: { 'Idempotency-Key': requestKey('parts', cart.seed, body, typed.retry ?? '') } },
      body,
    }),
  );
  if (!answer.data) return refused(problemOf(answer), typed);
  const { id, openOrderId: orderId } = answer.data;
  if (!orderId) return go(`/account/instalments/${id}`);
  const problem = await startPayment({ orderId, token: undefined, before: 0, typed, locale });
  if (problem?.code === 'payer_details_needed') return refusedPayment(problem, typed);
  await saveCart(placedCart(cart, { orderId, seed: crypto.randomUUID() }));
  return go(`/orders/${orderId}/pay?go=1`);
}

async function words(key: 'countryChanged' | 'priceChanged') {
  return { message: (await getTranslations('buying.checkout'))(key), traceId: null, fields: {} };
}
