import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { api, orThrow } from '@/api/client.ts';

/** An order with all that was said and booked about it; what is no order is a page that is not there. */
export const readOrder = cache(async (id: string) => {
  const answer = await (await api()).GET('/api/admin/orders/{id}', { params: { path: { id } } });
  if ([400, 404, 422].includes(answer.response.status)) notFound();
  return orThrow(answer);
});
