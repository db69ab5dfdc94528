import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { api, orThrow } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';
import { slugOf } from '../../courses/[slug]/course-data.ts';

export type Bundle = paths['/api/bundles/{id}']['get']['responses'][200]['content']['application/json'];

/** The bundle of a slug or id, once per request; the 404 page if there is none. */
export const getBundle = cache(async (slug: string): Promise<Bundle> => {
  const answer = await (await api()).GET('/api/bundles/{id}', { params: { path: { id: slugOf(slug) } } });
  if (answer.response.status === 404 || answer.response.status === 422) notFound();
  return orThrow(answer);
});

/** A bundle as the buy box takes it. */
export function sellableBundle(bundle: Bundle, coupon = '') {
  return { sku: `bundle:${bundle.id}`, price: bundle.price, path: `/bundles/${bundle.slug}`, coupon };
}
