import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { api, orThrow } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';

export type ListedMembership =
  paths['/api/memberships']['get']['responses'][200]['content']['application/json']['items'][number];
export type Membership = paths['/api/memberships/{id}']['get']['responses'][200]['content']['application/json'];
export type SubscriptionQuote =
  paths['/api/subscriptions/quote']['post']['responses'][200]['content']['application/json'];

/** The membership of a slug, an id or one of its plans, once per request; the 404 page if there is none. */
export const getMembership = cache(async (named: string): Promise<Membership> => {
  const answer = await (await api()).GET('/api/memberships/{id}', { params: { path: { id: decoded(named) } } });
  if (answer.response.status === 404 || answer.response.status === 422) notFound();
  return orThrow(answer);
});

/** What a plan means for this person: trial, first charge, renewals. Null when it cannot be said. */
export const quotePlan = cache(async (sku: string, country = ''): Promise<SubscriptionQuote | null> => {
  const answer = await (await api()).POST('/api/subscriptions/quote', {
    body: { sku, ...(country ? { country } : {}) },
  });
  return answer.data ?? null;
});

/** The price that looks smallest: by the month if there is one. */
export function leadingPlan(plans: ListedMembership['plans']): ListedMembership['plans'][number] | undefined {
  return plans.find(({ interval }) => interval === 'month') ?? plans[0];
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) notFound();
    throw error;
  }
}
