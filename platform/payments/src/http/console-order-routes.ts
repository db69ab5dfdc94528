import { allow, defineRoute, Id, IdParams, MoneySchema, Page, PageQuery, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { listAllOrders } from '../console/list-orders.ts';
import { resolveEvidence, showConsoleOrder } from '../console/orders.ts';
import type { PaymentDeps } from '../deps.ts';
import { brl, exampleOrder, exampleOrderSummary, exampleReference, ids } from './examples.ts';
import { Order, OrderStateSchema } from './shapes.ts';

const ConsoleOrder = z.strictObject({
  id: Id,
  number: z.string(),
  state: OrderStateSchema,
  buyerEmail: z.string(),
  total: MoneySchema,
  refunded: MoneySchema,
  titles: z.array(z.string()),
  flagged: z.boolean(),
  createdAt: Timestamp,
});
const ConsoleOrderView = z.strictObject({
  order: Order,
  payments: z.array(
    z.strictObject({
      id: Id,
      provider: z.string(),
      status: z.string(),
      amount: MoneySchema,
      captured: MoneySchema,
      refunded: MoneySchema,
      disputed: MoneySchema,
      fee: MoneySchema,
      providerReference: z.string().nullable(),
      providerCode: z.string().nullable(),
      reason: z.string().nullable(),
      polls: z.int(),
      parkedAt: Timestamp.nullable(),
      createdAt: Timestamp,
      updatedAt: Timestamp,
    }),
  ),
  evidence: z.array(
    z.strictObject({
      id: z.int(),
      paymentId: Id.nullable(),
      provider: z.string(),
      source: z.string(),
      type: z.string(),
      outcome: z.string(),
      flagged: z.boolean(),
      resolvedAt: Timestamp.nullable(),
      occurredAt: Timestamp.nullable(),
      receivedAt: Timestamp,
      said: z.strictObject({
        about: z.string(),
        state: z.string().nullable(),
        amount: MoneySchema.nullable(),
        reason: z.string().nullable(),
        code: z.string().nullable(),
      }),
    }),
  ),
  refunds: z.array(
    z.strictObject({
      id: Id,
      paymentId: Id,
      state: z.string(),
      amount: MoneySchema,
      reason: z.string(),
      revokes: z.boolean(),
      note: z.string(),
      requestedBy: Id.nullable(),
      providerCode: z.string().nullable(),
      parkedAt: Timestamp.nullable(),
      createdAt: Timestamp,
      completedAt: Timestamp.nullable(),
    }),
  ),
  ledger: z.array(
    z.strictObject({
      id: Id,
      kind: z.string(),
      at: Timestamp,
      entries: z.array(z.strictObject({ account: z.string(), amount: z.int() })),
    }),
  ),
  disputes: z.array(
    z.strictObject({
      id: Id,
      paymentId: Id,
      state: z.string(),
      amount: MoneySchema,
      reason: z.string(),
      respondBy: Timestamp.nullable(),
      openedAt: Timestamp,
      closedAt: Timestamp.nullable(),
    }),
  ),
});

const exampleConsoleOrder: z.input<typeof ConsoleOrder> = {
  id: ids.order,
  number: exampleOrder.number,
  state: 'paid',
  buyerEmail: exampleOrder.buyer.email,
  total: exampleOrder.total,
  refunded: brl(0),
  titles: exampleOrderSummary.titles,
  flagged: false,
  createdAt: exampleOrder.createdAt,
};
const paidAt = '2026-03-14T18:20:00.000000Z';
const exampleConsoleOrderView: z.input<typeof ConsoleOrderView> = {
  order: exampleOrder,
  payments: [
    {
      id: ids.payment,
      provider: 'sandbox',
      status: 'succeeded',
      amount: exampleOrder.total,
      captured: exampleOrder.total,
      refunded: brl(0),
      disputed: brl(0),
      fee: brl(389),
      providerReference: exampleReference,
      providerCode: null,
      reason: null,
      polls: 0,
      parkedAt: null,
      createdAt: '2026-03-14T18:19:47.000000Z',
      updatedAt: paidAt,
    },
  ],
  evidence: [
    {
      id: 5104,
      paymentId: ids.payment,
      provider: 'sandbox',
      source: 'webhook',
      type: 'charge.succeeded',
      outcome: 'applied',
      flagged: false,
      resolvedAt: null,
      occurredAt: '2026-03-14T18:19:59.000000Z',
      receivedAt: paidAt,
      said: { about: 'charge', state: 'succeeded', amount: exampleOrder.total, reason: null, code: null },
    },
  ],
  refunds: [],
  ledger: [
    {
      id: ids.sale,
      kind: 'sale',
      at: paidAt,
      entries: [
        { account: `buyer:${ids.buyer}:BRL`, amount: 13410 },
        { account: `seller:${ids.seller}:BRL`, amount: -10728 },
        { account: 'revenue:platform:BRL', amount: -2682 },
      ],
    },
  ],
  disputes: [],
};

/** What operators see of orders, and of what was said about them. */
export function consoleOrderRoutes(deps: PaymentDeps) {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/admin/orders',
      summary: 'Every order, newest first',
      description: '`q` is a number, an id, or the buyer’s e-mail address.',
      policy: allow.role('support'),
      query: z.strictObject({
        ...PageQuery,
        state: OrderStateSchema.optional(),
        q: z
          .string()
          .max(254)
          .optional()
          .meta({ examples: ['ana@example.com'] }),
      }),
      response: Page(ConsoleOrder),
      examples: { response: { items: [exampleConsoleOrder] } },
      handler: ({ query, ctx }) => listAllOrders(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/orders/:id',
      summary: 'An order with its evidence, its books and its disputes',
      policy: allow.role('support'),
      params: IdParams,
      response: ConsoleOrderView,
      errors: ['order_not_found'],
      examples: { response: exampleConsoleOrderView },
      handler: ({ params, ctx }) => showConsoleOrder(deps)({ orderId: params.id }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/payments/evidence/:id/resolution',
      summary: 'Note that somebody has looked at what was flagged',
      policy: allow.role('support'),
      params: z.strictObject({
        id: z
          .string()
          .max(60)
          .meta({ examples: ['4711'] }),
      }),
      idempotency: 'natural',
      errors: ['evidence_not_found'],
      handler: async ({ params, ctx }) => {
        await resolveEvidence(deps)({ evidenceId: Number(params.id) }, ctx);
        return undefined;
      },
    }),
  ];
}
