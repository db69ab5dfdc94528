import type { z } from 'zod';
import type { WebhookDelivery, WebhookDeliveryWithAttempts } from './delivery-log.ts';
import { offeredTypes, pingType, webhookBody } from './events.ts';
import type {
  WebhookEndpoint,
  WebhookEndpointInput,
  WebhookEndpoints,
  WebhookEndpointWithSecret,
} from './manage-endpoints.ts';

/** What the reference shows of webhooks: an endpoint that is told of orders, and of one that was paid. */
const eventId = '019ced93-9ce8-7b47-a26d-3f81c05e94d7';
const orderId = '019ced93-4e60-7f0a-92c4-1b7d3e5a8c60';
const told = 'stoa.payments.order.paid.v1';

export const exampleEndpointInput: z.input<typeof WebhookEndpointInput> = {
  url: 'https://hooks.example.com/stoa',
  description: 'Accounting',
  events: [told],
};
export const exampleEndpoint: z.input<typeof WebhookEndpoint> = {
  id: '019c1d02-83a4-7c59-b7e1-40f6d92a5c38',
  url: 'https://hooks.example.com/stoa',
  description: 'Accounting',
  events: [told],
  enabled: true,
  disabledReason: null,
  createdAt: '2026-02-02T08:30:15.000000Z',
  updatedAt: '2026-02-02T08:30:15.000000Z',
  waiting: 0,
  failed: 0,
  lastDeliveredAt: '2026-03-14T18:20:01.000000Z',
};
export const exampleEndpoints: z.input<typeof WebhookEndpoints> = {
  items: [exampleEndpoint],
  offered: [...offeredTypes],
};
/** The secret of no endpoint. */
export const exampleEndpointWithSecret: z.input<typeof WebhookEndpointWithSecret> = {
  ...exampleEndpoint,
  lastDeliveredAt: null,
  secret: 'whsec_Tm90QVNlY3JldE9mQW55RW5kcG9pbnQwMDAw',
};

export const exampleDelivery: z.input<typeof WebhookDelivery> = {
  id: '019ced93-9d40-7e02-8c95-b6a1f37d480e',
  endpointId: exampleEndpoint.id,
  eventId,
  eventType: told,
  state: 'delivered',
  attempts: 1,
  nextAt: null,
  deliveredAt: '2026-03-14T18:20:01.000000Z',
  createdAt: '2026-03-14T18:20:00.000000Z',
};
export const exampleDeliveryWithAttempts: z.input<typeof WebhookDeliveryWithAttempts> = {
  ...exampleDelivery,
  body: webhookBody({
    id: eventId,
    type: told,
    source: 'payments',
    subject: orderId,
    time: '2026-03-14T18:20:00.000Z',
    data: { orderId, number: '2026-0000123', total: { amount: '13410', currency: 'BRL' } },
  }),
  tries: [{ status: 204, milliseconds: 183, detail: '', at: '2026-03-14T18:20:01.000000Z' }],
};
/** About to be sent, once more. */
export const exampleRedelivery: z.input<typeof WebhookDelivery> = {
  ...exampleDelivery,
  state: 'waiting',
  nextAt: '2026-03-14T18:45:00.000000Z',
  deliveredAt: null,
};
export const examplePing: z.input<typeof WebhookDelivery> = {
  ...exampleRedelivery,
  id: '019cedaa-81c0-7d34-95f2-e07b6c1a83d9',
  eventId: '019cedaa-81bf-7a16-b840-5c92e3f0d7a4',
  eventType: pingType,
  attempts: 0,
  createdAt: '2026-03-14T18:45:00.000000Z',
};
