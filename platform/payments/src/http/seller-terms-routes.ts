import { allow, defineRoute, Id, IdParams, Page, PageQuery, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { agreeTerms, listSellerTerms, showSellerTerms } from '../console/seller-terms.ts';
import type { PaymentDeps } from '../deps.ts';

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
      handler: ({ params, body, ctx }) => agreeTerms(deps)({ sellerId: params.id, ...body }, ctx),
    }),
  ];
}
