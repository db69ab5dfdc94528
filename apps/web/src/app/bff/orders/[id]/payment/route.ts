import type { NextRequest } from 'next/server';
import { api } from '@/api/client.ts';
import { paymentSign } from '@/app/[locale]/(store)/orders/[id]/pay/payment-sign.ts';
import { tokenOf } from '@/buying/order-tokens.ts';
import { livePayment } from '@/buying/orders.ts';

/**
 * `GET /bff/orders/{id}/payment?refresh=1`: how the payment of an order stands, in one line, for the page that waits for
 * it. Guests are known by what their browser remembers, which no script can read.
 */
export async function GET(request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const { searchParams } = request.nextUrl;
  const token = await tokenOf(id, searchParams.get('token') ?? undefined);
  const query = token ? { token } : {};
  const client = await api();
  const order = await client.GET('/api/orders/{id}', { params: { path: { id }, query } });
  const headers = { 'cache-control': 'private, no-store', 'content-type': 'text/plain; charset=utf-8' };
  if (!order.data) return new Response(null, { status: order.response.status, headers });
  const live = livePayment(order.data);
  if (!live) return new Response(paymentSign(order.data, null), { headers });
  const refresh = searchParams.get('refresh') === '1';
  const payment = await client.GET('/api/payments/{id}', {
    params: { path: { id: live.id }, query: { ...query, ...(refresh ? { refresh } : {}) } },
  });
  if (!payment.data) return new Response(null, { status: payment.response.status, headers });
  return new Response(paymentSign(order.data, payment.data), { headers });
}
