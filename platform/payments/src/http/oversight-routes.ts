import { allow, defineRoute, exampleId, Id, MoneySchema, Page, PageQuery, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { listAudit } from '../console/audit.ts';
import { listPaymentBreaks, showProviderHealth } from '../console/breaks.ts';
import { switchProvider } from '../console/switch-provider.ts';
import type { PaymentDeps } from '../deps.ts';
import { reconcileDay } from '../settling/reconcile-provider.ts';
import { requireDay } from './calendar-days.ts';
import { brl, ids } from './examples.ts';
import { Day } from './shapes.ts';

const Audited = z.strictObject({
  id: Id,
  at: Timestamp,
  actor: z.strictObject({ kind: z.string(), id: Id.nullable() }),
  action: z.string(),
  subject: z.strictObject({ kind: z.string(), id: z.string() }),
  details: z.record(z.string(), z.unknown()),
  ip: z.string().nullable(),
  traceId: z.string(),
});

const Breaks = z.strictObject({
  items: z.array(
    z.strictObject({
      kind: z.string(),
      orderId: Id.nullable(),
      paymentId: Id.nullable(),
      evidenceId: z.int().nullable(),
      provider: z.string().nullable(),
      amount: MoneySchema.nullable(),
      since: Timestamp,
    }),
  ),
});
const ProvidersHealth = z.strictObject({
  items: z.array(
    z.strictObject({
      name: z.string(),
      available: z.boolean(),
      unavailable: z.string().nullable(),
      switchedOff: z.strictObject({ at: Timestamp, note: z.string() }).nullable(),
      reports: z.boolean(),
      lastReport: z.strictObject({ until: Timestamp, transactions: z.int(), breaks: z.int() }).nullable(),
      missing: z.array(z.string()),
      circuit: z.enum(['closed', 'open', 'half_open']),
      lastDay: z.strictObject({ succeeded: z.int(), failed: z.int() }),
      unknown: z.int(),
      live: z.int(),
      lastWebhookAt: Timestamp.nullable(),
      lastPaidAt: Timestamp.nullable(),
      lastFailedAt: Timestamp.nullable(),
      clearing: z.array(MoneySchema),
    }),
  ),
});
const exampleBreak: z.input<typeof Breaks>['items'][number] = {
  kind: 'duplicate_payment',
  orderId: ids.order,
  paymentId: ids.payment,
  evidenceId: 5117,
  provider: 'sandbox',
  amount: null,
  since: '2026-03-14T18:31:05.000000Z',
};
const exampleHealth: z.input<typeof ProvidersHealth>['items'][number] = {
  name: 'sandbox',
  available: true,
  unavailable: null,
  switchedOff: null,
  reports: true,
  lastReport: { until: '2026-03-14T00:00:00.000000Z', transactions: 93, breaks: 1 },
  missing: [],
  circuit: 'closed',
  lastDay: { succeeded: 86, failed: 4 },
  unknown: 0,
  live: 3,
  lastWebhookAt: '2026-03-14T18:31:05.000000Z',
  lastPaidAt: '2026-03-14T18:20:00.000000Z',
  lastFailedAt: '2026-03-14T16:02:47.000000Z',
  clearing: [brl(1284550)],
};
const exampleAudited: z.input<typeof Audited> = {
  id: '019cf7e2-0d51-7e36-a08b-94d7c2f5b160',
  at: '2026-03-16T18:22:31.000000Z',
  actor: { kind: 'user', id: ids.operator },
  action: 'refund.requested',
  subject: { kind: 'order', id: ids.order },
  details: { paymentId: ids.payment, refundId: ids.refund, amount: 13410, currency: 'BRL', reason: 'requested' },
  ip: '203.0.113.24',
  traceId: '8c1e5f70a92b4d36b7d04e19c6f3a852',
};

/** What operators watch: what does not fit, how providers are doing, and what was done with money. */
export function oversightRoutes(deps: PaymentDeps) {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/admin/payments/breaks',
      summary: 'What does not fit and needs a person',
      policy: allow.role('support'),
      response: Breaks,
      examples: { response: { items: [exampleBreak] } },
      handler: ({ ctx }) => listPaymentBreaks(deps)(ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/payments/providers',
      summary: 'How each provider is doing, and what is missing where one is not set up',
      policy: allow.role('support'),
      response: ProvidersHealth,
      examples: { response: { items: [exampleHealth] } },
      handler: ({ ctx }) => showProviderHealth(deps)(ctx),
    }),
    defineRoute({
      method: 'PUT',
      url: '/api/admin/payments/providers/:name',
      summary: 'Switch a provider off or on',
      description:
        'Holds in every process at once. Switched off, nothing new is begun with it and kept methods wait; payments that have been begun go on, are reported on and given back.',
      policy: allow.role('support'),
      params: z.strictObject({
        name: z
          .string()
          .max(40)
          .meta({ examples: ['sandbox'] }),
      }),
      body: z.strictObject({
        offered: z.boolean(),
        note: z.string().trim().max(300).default(''),
      }),
      response: z.strictObject({ name: z.string(), offered: z.boolean() }),
      idempotency: 'natural',
      errors: ['provider_not_found', 'provider_unavailable'],
      examples: {
        body: { offered: false, note: 'Its page does not load since noon.' },
        response: { name: 'sandbox', offered: false },
      },
      handler: ({ params, body, ctx }) => switchProvider(deps)({ provider: params.name, ...body }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/payments/reconciliations',
      summary: 'Hold a provider’s own report of a day against the books',
      description: 'Runs by itself every night for the day before. Running it again is harmless.',
      policy: allow.role('support'),
      body: z.strictObject({ provider: z.string().max(40), day: Day }),
      response: z.strictObject({ transactions: z.int(), breaks: z.int() }),
      idempotency: 'natural',
      errors: ['provider_unknown', 'provider_unavailable'],
      examples: { body: { provider: 'sandbox', day: '2026-03-14' }, response: { transactions: 93, breaks: 1 } },
      handler: ({ body, ctx }) => {
        requireDay(body.day, '/day');
        return reconcileDay(deps)(body, ctx);
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/payments/audit',
      summary: 'What operators did with money, newest first',
      policy: allow.role('admin'),
      query: z.strictObject({
        ...PageQuery,
        subject: z
          .string()
          .min(1)
          .max(100)
          .optional()
          .meta({ examples: [exampleId] }),
      }),
      response: Page(Audited),
      examples: { response: { items: [exampleAudited] } },
      handler: ({ query, ctx }) => listAudit(deps)(query, ctx),
    }),
  ];
}
