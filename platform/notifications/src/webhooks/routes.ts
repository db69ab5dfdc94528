import { allow, type Deps, defineRoute, IdParams, PageQuery, type Route } from '@stoa/kernel';
import { z } from 'zod';
import {
  deliveryStates,
  listWebhookDeliveries,
  pingWebhook,
  readWebhookDelivery,
  redeliverWebhook,
  WebhookDelivery,
  WebhookDeliveryPage,
  WebhookDeliveryWithAttempts,
} from './delivery-log.ts';
import {
  exampleDelivery,
  exampleDeliveryWithAttempts,
  exampleEndpoint,
  exampleEndpointInput,
  exampleEndpoints,
  exampleEndpointWithSecret,
  examplePing,
  exampleRedelivery,
} from './examples.ts';
import type { WebhookJob } from './fan-out.ts';
import {
  addWebhookEndpoint,
  changeWebhookEndpoint,
  listWebhookEndpoints,
  readWebhookEndpoint,
  removeWebhookEndpoint,
  renewWebhookSecret,
  WebhookEndpoint,
  WebhookEndpointInput,
  WebhookEndpointPatch,
  WebhookEndpoints,
  WebhookEndpointWithSecret,
} from './manage-endpoints.ts';
import type { Sealing } from './sealing.ts';

type RouteDeps = Pick<Deps, 'db' | 'ids' | 'jobs' | 'clock'> & {
  sealing: Sealing;
  webhookJob: WebhookJob;
  reachesLoopback: boolean;
};

const refusals = ['webhook_address_refused', 'webhook_event_unknown'];

/** Operators' webhooks. For administrators: an address may hold a secret, and events hold people's data. */
export function webhookRoutes(deps: RouteDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/admin/webhooks',
      summary: 'Webhook endpoints, and the events they can be told of',
      policy: allow.role('admin'),
      response: WebhookEndpoints,
      examples: { response: exampleEndpoints },
      handler: ({ ctx }) => listWebhookEndpoints(deps)(ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/webhooks',
      summary: 'Add a webhook endpoint',
      description:
        'The answer holds the secret, this once. Requests carry `Stoa-Signature: t=<seconds>,v1=<hex HMAC-SHA256 of ' +
        '"t.body">`; accept one when a `v1` matches and `t` is at most five minutes away. Answer with any 2xx within ten ' +
        'seconds. Failures are tried again for three days. `Stoa-Event-Id` names the event: it may come more than once.',
      policy: allow.role('admin'),
      idempotency: 'natural',
      body: WebhookEndpointInput,
      response: WebhookEndpointWithSecret,
      status: 201,
      errors: [...refusals, 'too_many_webhooks'],
      examples: { body: exampleEndpointInput, response: exampleEndpointWithSecret },
      handler: ({ body, ctx }) => addWebhookEndpoint(deps)(body, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/webhooks/:id',
      summary: 'A webhook endpoint',
      policy: allow.role('admin'),
      params: IdParams,
      response: WebhookEndpoint,
      errors: ['webhook_not_found'],
      examples: { response: exampleEndpoint },
      handler: ({ params, ctx }) => readWebhookEndpoint(deps)(params, ctx),
    }),
    defineRoute({
      method: 'PATCH',
      url: '/api/admin/webhooks/:id',
      summary: 'Change a webhook endpoint, or switch it off and on',
      policy: allow.role('admin'),
      idempotency: 'natural',
      params: IdParams,
      body: WebhookEndpointPatch,
      response: WebhookEndpoint,
      errors: [...refusals, 'webhook_not_found'],
      examples: { body: { enabled: false }, response: { ...exampleEndpoint, enabled: false } },
      handler: ({ params, body, ctx }) => changeWebhookEndpoint(deps)({ id: params.id, ...body }, ctx),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/admin/webhooks/:id',
      summary: 'Remove a webhook endpoint with its log',
      policy: allow.role('admin'),
      idempotency: 'natural',
      params: IdParams,
      errors: ['webhook_not_found'],
      handler: ({ params, ctx }) => removeWebhookEndpoint(deps)(params, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/webhooks/:id/secret',
      summary: 'Make a new secret for a webhook endpoint',
      description: 'For a day requests are signed with the old one, too.',
      policy: allow.role('admin'),
      idempotency: 'natural',
      params: IdParams,
      response: WebhookEndpointWithSecret,
      status: 200,
      errors: ['webhook_not_found'],
      examples: { response: exampleEndpointWithSecret },
      handler: ({ params, ctx }) => renewWebhookSecret(deps)(params, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/webhooks/:id/ping',
      summary: 'Send a webhook endpoint an event that means nothing',
      policy: allow.role('admin'),
      idempotency: 'natural',
      params: IdParams,
      response: WebhookDelivery,
      status: 202,
      errors: ['webhook_not_found'],
      rateLimit: { limit: 20, windowSeconds: 60 },
      examples: { response: examplePing },
      handler: ({ params, ctx }) => pingWebhook(deps, deps.webhookJob)(params, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/webhooks/:id/deliveries',
      summary: 'What a webhook endpoint was told, newest first',
      policy: allow.role('admin'),
      params: IdParams,
      query: z.strictObject({ ...PageQuery, state: z.enum(deliveryStates).optional() }),
      response: WebhookDeliveryPage,
      errors: ['webhook_not_found'],
      examples: { response: { items: [exampleDelivery] } },
      handler: ({ params, query, ctx }) => listWebhookDeliveries(deps)({ id: params.id, ...query }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/webhook-deliveries/:id',
      summary: 'A webhook delivery with its body and every try',
      policy: allow.role('admin'),
      params: IdParams,
      response: WebhookDeliveryWithAttempts,
      errors: ['webhook_delivery_not_found'],
      examples: { response: exampleDeliveryWithAttempts },
      handler: ({ params, ctx }) => readWebhookDelivery(deps)(params, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/webhook-deliveries/:id/redelivery',
      summary: 'Send a webhook delivery again',
      policy: allow.role('admin'),
      idempotency: 'natural',
      params: IdParams,
      response: WebhookDelivery,
      status: 202,
      errors: ['webhook_delivery_not_found'],
      examples: { response: exampleRedelivery },
      handler: ({ params, ctx }) => redeliverWebhook(deps, deps.webhookJob)(params, ctx),
    }),
  ];
}
