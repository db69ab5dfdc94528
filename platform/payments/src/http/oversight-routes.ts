import { allow, defineRoute, Id, MoneySchema, Page, PageQuery, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { listAudit } from '../console/audit.ts';
import { listPaymentBreaks, showProviderHealth } from '../console/breaks.ts';
import type { PaymentDeps } from '../deps.ts';
import { reconcileDay } from '../settling/reconcile-provider.ts';
import { requireDay } from './calendar-days.ts';
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

/** What operators watch: what does not fit, how providers are doing, and what was done with money. */
export function oversightRoutes(deps: PaymentDeps) {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/admin/payments/breaks',
      summary: 'What does not fit and needs a person',
      policy: allow.role('support'),
      response: z.strictObject({
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
      }),
      handler: ({ ctx }) => listPaymentBreaks(deps)(ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/payments/providers',
      summary: 'How each provider is doing, and what is missing where one is not set up',
      policy: allow.role('support'),
      response: z.strictObject({
        items: z.array(
          z.strictObject({
            name: z.string(),
            available: z.boolean(),
            unavailable: z.string().nullable(),
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
      }),
      handler: ({ ctx }) => showProviderHealth(deps)(ctx),
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
      examples: { body: { provider: 'sandbox', day: '2026-01-31' } },
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
      query: z.strictObject({ ...PageQuery, subject: z.string().min(1).max(100).optional() }),
      response: Page(Audited),
      handler: ({ query, ctx }) => listAudit(deps)(query, ctx),
    }),
  ];
}
