import { allow, defineRoute, Id, IdParams, MoneySchema, Page, PageQuery, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import type { PaymentDeps } from '../deps.ts';
import {
  choosePayoutMethod,
  confirmPayout,
  exportPayouts,
  failPayout,
  listPayouts,
  makePayouts,
  showPayoutMethod,
} from '../settling/payouts.ts';
import { brl, ids } from './examples.ts';
import { sellers } from './sellers.ts';
import { sendAsCsv } from './send-as-csv.ts';

const Payout = z.strictObject({
  id: Id,
  sellerId: z.string(),
  amount: MoneySchema,
  state: z.enum(['created', 'sent', 'failed']),
  reference: z.string().nullable(),
  createdAt: Timestamp,
  sentAt: Timestamp.nullable(),
});
const payoutMethod = {
  kind: z.enum(['pix', 'iban']),
  value: z.string().min(3).max(80),
  holderName: z.string().min(1).max(100),
};
const ChosenMethod = z.strictObject({ method: z.strictObject(payoutMethod).nullable() });

const examplePayout: z.input<typeof Payout> = {
  id: ids.payout,
  sellerId: ids.seller,
  amount: brl(10728),
  state: 'created',
  reference: null,
  createdAt: '2026-03-30T08:00:00.000000Z',
  sentAt: null,
};
const exampleSentPayout: z.input<typeof Payout> = {
  ...examplePayout,
  state: 'sent',
  reference: 'E00000000202603301412a7K2',
  sentAt: '2026-03-30T14:12:20.000000Z',
};
const exampleMethod = { kind: 'pix' as const, value: 'rui.prado@example.com', holderName: 'Rui Prado' };

/** What sellers are paid, when and where to. */
export function payoutRoutes(deps: PaymentDeps) {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/admin/payouts',
      summary: 'Payouts to sellers, newest first',
      policy: allow.role('support'),
      query: z.strictObject(PageQuery),
      response: Page(Payout),
      examples: { response: { items: [examplePayout] } },
      handler: ({ query, ctx }) => listPayouts(deps)({ ...query, own: false }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/payouts',
      summary: 'Make payouts of what sellers are owed',
      description: 'For those who have said where to, of what is older than the holding period.',
      policy: allow.role('admin'),
      response: z.strictObject({ items: z.array(Payout) }),
      status: 201,
      idempotency: 'natural',
      examples: { response: { items: [examplePayout] } },
      handler: ({ ctx }) => makePayouts(deps)(ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/payouts.csv',
      summary: 'Payouts that wait to be sent, as a file for the bank',
      policy: allow.role('admin'),
      binary: 'text/csv',
      handler: async ({ ctx, reply }) =>
        sendAsCsv(reply, { text: await exportPayouts(deps)(ctx), fileName: 'payouts.csv' }),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/payouts/:id/confirmation',
      summary: 'Note that the bank has sent a payout',
      policy: allow.role('admin'),
      params: IdParams,
      body: z.strictObject({ reference: z.string().min(1).max(100) }),
      response: Payout,
      idempotency: 'natural',
      errors: ['payout_not_found'],
      examples: { body: { reference: 'E00000000202603301412a7K2' }, response: exampleSentPayout },
      handler: ({ params, body, ctx }) => confirmPayout(deps)({ payoutId: params.id, ...body }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/payouts/:id/failure',
      summary: 'Note that a payout did not arrive',
      policy: allow.role('admin'),
      params: IdParams,
      response: Payout,
      idempotency: 'natural',
      errors: ['payout_not_found'],
      examples: { response: { ...examplePayout, state: 'failed' } },
      handler: ({ params, ctx }) => failPayout(deps)({ payoutId: params.id }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/seller/payouts',
      summary: 'What I was paid, newest first',
      policy: sellers,
      query: z.strictObject(PageQuery),
      response: Page(Payout),
      examples: { response: { items: [exampleSentPayout] } },
      handler: ({ query, ctx }) => listPayouts(deps)({ ...query, own: true }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/seller/payout-method',
      summary: 'Where I am paid',
      policy: sellers,
      response: ChosenMethod,
      examples: { response: { method: exampleMethod } },
      handler: ({ ctx }) => showPayoutMethod(deps)(ctx),
    }),
    defineRoute({
      method: 'PUT',
      url: '/api/seller/payout-method',
      summary: 'Say where I want to be paid',
      policy: sellers,
      body: z.strictObject(payoutMethod),
      response: ChosenMethod,
      idempotency: 'natural',
      examples: { body: exampleMethod, response: { method: exampleMethod } },
      handler: ({ body, ctx }) => choosePayoutMethod(deps)(body, ctx),
    }),
  ];
}
