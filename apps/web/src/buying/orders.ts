import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { api, orThrow } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';
import { requireSession } from '@/session/session.ts';
import { tokenOf } from './order-tokens.ts';

export type Order = paths['/api/orders/{id}']['get']['responses'][200]['content']['application/json'];
export type OrderLine = Order['lines'][number];
export type Payment = paths['/api/payments/{id}']['get']['responses'][200]['content']['application/json'];
export type Provider =
  paths['/api/payments/providers']['get']['responses'][200]['content']['application/json']['items'][number];
export type Money = { amount: number; currency: string };

/** Statuses in which a payment may still become money. */
const live = ['created', 'unknown', 'requires_action', 'processing', 'authorized'];

/** The payment of an order that is under way; there is at most one. */
export function livePayment(order: Order): Order['payments'][number] | undefined {
  return order.payments.findLast(({ status }) => live.includes(status));
}

/** True for a payment that may still become money. */
export function isLive({ status }: { status: string }): boolean {
  return live.includes(status);
}

/** Where an order has been paid, in whole or until a part went back. */
export function isPaid({ state }: { state: string }): boolean {
  return state === 'paid' || state === 'partially_refunded';
}

/**
 * An order as this person may see it, once per request; the 404 page for anybody else, after signing in. `token` is of the link in a
 * guest's mail.
 */
export const getOrder = cache(
  async (id: string, given?: string): Promise<{ order: Order; token: string | undefined }> => {
    const token = await tokenOf(id, given);
    const answer = await (await api()).GET('/api/orders/{id}', {
      params: { path: { id }, query: token ? { token } : {} },
    });
    if (answer.response.status === 404 || answer.response.status === 422) {
      // Links of mails lead here, too: whoever is not signed in may still be its buyer.
      await requireSession();
      notFound();
    }
    return { order: orThrow(answer), token };
  },
);

/** A payment as it stands. With `refresh` the provider is asked again soon. */
export async function readPayment(
  id: string,
  { token, refresh = false }: { token: string | undefined; refresh?: boolean },
): Promise<Payment> {
  return orThrow(
    await (await api()).GET('/api/payments/{id}', {
      params: { path: { id }, query: { ...(token ? { token } : {}), ...(refresh ? { refresh } : {}) } },
    }),
  );
}

/** Ways to pay an amount, those that can be used first; for what renews itself, those that can charge again. */
export async function listProviders(money: Money, { renewing = false } = {}): Promise<Provider[]> {
  const query = renewing ? { ...money, renewing } : money;
  const { items } = orThrow(await (await api()).GET('/api/payments/providers', { params: { query } }));
  return items.toSorted((one, other) => Number(other.available) - Number(one.available));
}

/** The course a line or cart line is for, or null when it is something else. */
export function courseIdOf(sku: string): string | null {
  return sku.startsWith('course:') ? sku.slice('course:'.length) : null;
}

/** Where what was bought is used: the course itself, not the page that sells it. */
export function openPath(line: { sku: string; path: string }): string {
  return courseIdOf(line.sku) ? line.path.replace(/^\/courses\//, '/learn/') : line.path;
}

/** Waits until a person's course is open to them, because access follows a payment by an event. False after `milliseconds`. */
export async function awaitAccess(courseId: string, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  for (;;) {
    const answer = await (await api()).GET('/api/courses/{id}/lessons', { params: { path: { id: courseId } } });
    if (answer.data?.enrolled) return true;
    if (!answer.data || Date.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
