import { allow, defineRoute, Id, IdParams, Page, PageQuery, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { agreeTerms, listSellerTerms, showSellerTerms } from '../console/seller-terms.ts';
import type { PaymentDeps } from '../deps.ts';
import { ids } from './examples.ts';

const terms = {
  /** Ten-thousandths of the net price; null is the setting of the installation. */
  share: z.int().min(0).max(10_000).nullable(),
  holdDays: z.int().min(0).max(365).nullable(),
};
const SellerTerms = z.strictObject({
  ...terms,
  sellerId: z.string(),
  applied: z.strictObject({ share: z.int(), holdDays: z.int() }),
  updatedAt: Timestamp.nullable(),
});
const SellerTermsInFull = SellerTerms.extend({
  history: z.array(
    z.strictObject({ ...terms, id: Id, note: z.string(), changedBy: Id.nullable(), changedAt: Timestamp }),
  ),
});

const agreed = { share: 8000, holdDays: null };
const agreedAt = '2026-01-12T13:20:00.000000Z';
const note = 'For a year, by contract of January 2026.';
const exampleTerms: z.input<typeof SellerTerms> = {
  ...agreed,
  sellerId: ids.seller,
  applied: { share: 8000, holdDays: 14 },
  updatedAt: agreedAt,
};
const exampleTermsInFull: z.input<typeof SellerTermsInFull> = {
  ...exampleTerms,
  history: [
    { ...agreed, id: '019bb29a-4a80-7d63-8e15-7f09c4b3d2a6', note, changedBy: ids.operator, changedAt: agreedAt },
  ],
};

/** What is agreed on with sellers. */
export function sellerTermsRoutes(deps: PaymentDeps) {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/admin/seller-terms',
      summary: 'Sellers with terms of their own',
      policy: allow.role('support'),
      query: z.strictObject(PageQuery),
      response: Page(SellerTerms),
      examples: { response: { items: [exampleTerms] } },
      handler: ({ query, ctx }) => listSellerTerms(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/seller-terms/:id',
      summary: 'The terms of a seller, and every agreement before',
      description: 'Without an agreement the settings of the installation apply.',
      policy: allow.role('support'),
      params: IdParams,
      response: SellerTermsInFull,
      examples: { response: exampleTermsInFull },
      handler: ({ params, ctx }) => showSellerTerms(deps)({ sellerId: params.id }, ctx),
    }),
    defineRoute({
      method: 'PUT',
      url: '/api/admin/seller-terms/:id',
      summary: 'Agree on other terms with a seller',
      description: 'From the next order on. Recorded in the audit log of payments.',
      policy: allow.role('admin'),
      params: IdParams,
      body: z.strictObject({ ...terms, note: z.string().max(500).default('') }),
      response: SellerTermsInFull,
      idempotency: 'natural',
      examples: { body: { ...agreed, note }, response: exampleTermsInFull },
      handler: ({ params, body, ctx }) => agreeTerms(deps)({ sellerId: params.id, ...body }, ctx),
    }),
  ];
}
