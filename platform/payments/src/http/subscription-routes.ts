import { allow, defineRoute, Id, IdParams, MoneySchema, Page, PageQuery, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import type { PaymentDeps } from '../deps.ts';
import {
  cancelSubscription,
  changePlan,
  pauseSubscription,
  resumeSubscription,
} from '../subscriptions/change-subscription.ts';
import { listSubscriptions } from '../subscriptions/show-subscriptions.ts';
import { subscribe } from '../subscriptions/subscribe.ts';
import { Country, Sku } from './shapes.ts';

const Subscription = z.strictObject({
  id: Id,
  sku: z.string(),
  title: z.string(),
  state: z.enum(['incomplete', 'trialing', 'active', 'past_due', 'paused', 'canceled', 'ended']),
  amount: MoneySchema,
  interval: z.string(),
  intervalCount: z.int(),
  periodStart: Timestamp.nullable(),
  periodEnd: Timestamp.nullable(),
  cancelAtPeriodEnd: z.boolean(),
  openOrderId: Id.nullable(),
  nextTryAt: Timestamp.nullable(),
  createdAt: Timestamp,
  endedAt: Timestamp.nullable(),
});
const quoting = ['item_unknown', 'item_not_for_sale', 'not_a_plan', 'return_address_refused'] as const;

/** What renews itself. */
export function subscriptionRoutes(deps: PaymentDeps) {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/subscriptions',
      summary: 'My subscriptions, newest first',
      policy: allow.user(),
      query: z.strictObject(PageQuery),
      response: Page(Subscription),
      handler: ({ query, ctx }) => listSubscriptions(deps)(query, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/subscriptions',
      summary: 'Subscribe to a plan',
      description:
        'Pay `openOrderId` as any order: its payment is under way already and in `GET /api/orders/{id}`. A trial begins at once.',
      policy: allow.user(),
      body: z.strictObject({
        sku: Sku,
        provider: z.string().max(20),
        returnUrl: z.string().max(2000).optional(),
        country: Country.optional(),
      }),
      response: Subscription,
      status: 201,
      idempotency: 'key',
      errors: [...quoting, 'already_subscribed', 'provider_unknown', 'provider_unavailable', 'provider_cannot_renew'],
      examples: { body: { sku: 'plan:all-courses', provider: 'sandbox' } },
      handler: ({ body, ctx }) => subscribe(deps)(body, ctx),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/subscriptions/:id',
      summary: 'Cancel a subscription at the end of its period',
      policy: allow.user(),
      params: IdParams,
      response: Subscription,
      idempotency: 'natural',
      errors: ['subscription_not_found'],
      handler: ({ params, ctx }) => cancelSubscription(deps)({ subscriptionId: params.id }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/subscriptions/:id/resume',
      summary: 'Take a cancellation back, or go on after a pause',
      policy: allow.user(),
      params: IdParams,
      response: Subscription,
      idempotency: 'natural',
      errors: ['subscription_not_found', 'subscription_over'],
      handler: ({ params, ctx }) => resumeSubscription(deps)({ subscriptionId: params.id }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/subscriptions/:id/pause',
      summary: 'Stop renewing until I go on',
      policy: allow.user(),
      params: IdParams,
      response: Subscription,
      idempotency: 'natural',
      errors: ['subscription_not_found', 'subscription_over'],
      handler: ({ params, ctx }) => pauseSubscription(deps)({ subscriptionId: params.id }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/subscriptions/:id/plan',
      summary: 'Change to another plan from now on',
      description: 'What is not used of the period comes off the price; the rest, if any, off the next period’s.',
      policy: allow.user(),
      params: IdParams,
      body: z.strictObject({ sku: Sku, returnUrl: z.string().max(2000).optional() }),
      response: Subscription,
      idempotency: 'key',
      errors: ['subscription_not_found', 'subscription_over', ...quoting],
      handler: ({ params, body, ctx }) => changePlan(deps)({ subscriptionId: params.id, ...body }, ctx),
    }),
  ];
}
