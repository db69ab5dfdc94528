'use server';

import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { addLine, type Cart } from '@/buying/cart.ts';
import { readCart, saveCart } from '@/buying/cart-cookie.ts';
import { rememberToken, tokenOf } from '@/buying/order-tokens.ts';
import { refusedPayment, startPayment } from '@/buying/start-payment.ts';
import { type FormState, textsOf } from '@/components/forms/form-state.ts';
import { getPathname } from '@/i18n/navigation.ts';

async function place(form: FormData) {
  const typed = textsOf(form);
  const orderId = typed.order ?? '';
  const token = await tokenOf(orderId, typed.token);
  // The link of the mail may have been opened in a new browser, which comes back from the provider without it.
  if (token && typed.token) await rememberToken(orderId, token);
  return { typed, orderId, token, locale: await getLocale() };
}

/** Begins another payment of an order that waits for one. */
export async function payOrder(_before: FormState, form: FormData): Promise<FormState> {
  const { typed, orderId, token, locale } = await place(form);
  const problem = await startPayment({ orderId, token, before: Number(typed.before) || 0, typed, locale });
  if (problem && problem.code !== 'order_not_payable') return refusedPayment(problem, typed);
  return redirect(getPathname({ href: `/orders/${orderId}/pay?go=1`, locale }));
}

/** Calls the payment under way off, so that another way can be chosen. Should it have been paid meanwhile, it is paid. */
export async function callOff(form: FormData): Promise<void> {
  const { typed, orderId, token, locale } = await place(form);
  const answer = await (await api()).POST('/api/payments/{id}/cancel', {
    params: { path: { id: typed.payment ?? '' }, query: token ? { token } : {} },
  });
  if (!answer.data && problemOf(answer).code !== 'payment_not_cancellable') throw problemOf(answer);
  redirect(getPathname({ href: `/orders/${orderId}/pay?switch=1`, locale }));
}

/** Gives up an order that waits for its payment. */
export async function giveUp(form: FormData): Promise<void> {
  const { orderId, token, locale } = await place(form);
  const answer = await (await api()).POST('/api/orders/{id}/cancel', {
    params: { path: { id: orderId }, query: token ? { token } : {} },
  });
  if (!answer.data && problemOf(answer).code !== 'order_not_cancellable') throw problemOf(answer);
  redirect(getPathname({ href: `/orders/${orderId}`, locale }));
}

/** Puts what an order was for back into the cart, at today's prices. */
export async function orderAgain(form: FormData): Promise<void> {
  const { orderId, token, locale } = await place(form);
  const answer = await (await api()).GET('/api/orders/{id}', {
    params: { path: { id: orderId }, query: token ? { token } : {} },
  });
  if (!answer.data) throw problemOf(answer);
  const order = answer.data;
  let cart: Cart = await readCart();
  for (const { sku, quantity, purpose, gift } of order.lines) {
    const line = {
      id: crypto.randomUUID().slice(0, 8),
      sku,
      quantity,
      purpose,
      gift: gift && { email: gift.recipientEmail, name: order.buyer.name, message: gift.message },
    };
    cart = addLine(cart, line) ?? cart;
  }
  await saveCart(cart);
  redirect(getPathname({ href: '/cart', locale }));
}
