import { defineRoute, Id, IdParams, MoneySchema, Page, PageQuery, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { createCoupon, listCoupons, switchCoupon } from '../console/coupons.ts';
import type { PaymentDeps } from '../deps.ts';
import { requireDay } from './calendar-days.ts';
import { ids } from './examples.ts';
import { sellers } from './sellers.ts';
import { Amount, Currency, Sku } from './shapes.ts';

const Coupon = z.strictObject({
  id: Id,
  code: z.string(),
  percent: z.int().nullable(),
  amount: MoneySchema.nullable(),
  scope: z.enum(['item', 'order']),
  skus: z.array(z.string()),
  sellerId: z.string().nullable(),
  startsAt: Timestamp.nullable(),
  endsAt: Timestamp.nullable(),
  maxUses: z.int().nullable(),
  maxUsesPerPerson: z.int().nullable(),
  minimum: z.int(),
  active: z.boolean(),
  used: z.int(),
  createdAt: Timestamp,
});

const askedCoupon = { code: 'WELCOME10', percent: 1000, maxUses: 500, maxUsesPerPerson: 1 };
const exampleCoupon: z.input<typeof Coupon> = {
  ...askedCoupon,
  id: '019c9b40-5e18-7d27-b0f9-38a6c1e4725d',
  amount: null,
  scope: 'order',
  skus: [],
  sellerId: ids.seller,
  startsAt: null,
  endsAt: null,
  minimum: 0,
  active: true,
  used: 12,
  createdAt: '2026-02-26T16:45:30.000000Z',
};

/** Coupons of sellers and of the house. */
export function couponRoutes(deps: PaymentDeps) {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/coupons',
      summary: 'Coupons: one’s own, or all for operators',
      policy: sellers,
      query: z.strictObject(PageQuery),
      response: Page(Coupon),
      examples: { response: { items: [exampleCoupon] } },
      handler: ({ query, ctx }) => listCoupons(deps)(query, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/coupons',
      summary: 'Make a coupon',
      description:
        'Either `percent` (ten-thousandths) or `amount`. A seller’s coupon is good for what they sell; `skus` narrows it, `course:*` means every course.',
      policy: sellers,
      body: z.strictObject({
        code: z.string().regex(/^[A-Za-z0-9_-]{2,40}$/),
        percent: z.int().min(1).max(10_000).optional(),
        amount: z.strictObject({ amount: Amount, currency: Currency }).optional(),
        scope: z.enum(['item', 'order']).default('order'),
        skus: z
          .array(z.union([Sku, z.string().regex(/^[a-z-]{2,30}:\*$/)]))
          .max(100)
          .default([]),
        startsAt: Timestamp.optional(),
        endsAt: Timestamp.optional(),
        maxUses: z.int().min(1).max(1_000_000_000).optional(),
        maxUsesPerPerson: z.int().min(1).max(1_000_000).optional(),
        minimum: z.int().min(0).max(1_000_000_000_000).default(0),
      }),
      response: Coupon,
      status: 201,
      idempotency: 'key',
      errors: ['coupon_code_taken', 'coupon_not_applicable'],
      examples: { body: askedCoupon, response: { ...exampleCoupon, used: 0 } },
      handler: ({ body, ctx }) => {
        for (const time of ['startsAt', 'endsAt'] as const) requireDay(body[time], `/${time}`);
        return createCoupon(deps)(body, ctx);
      },
    }),
    defineRoute({
      method: 'PATCH',
      url: '/api/coupons/:id',
      summary: 'Switch a coupon on or off',
      policy: sellers,
      params: IdParams,
      body: z.strictObject({ active: z.boolean() }),
      response: Coupon,
      idempotency: 'natural',
      errors: ['coupon_not_found'],
      examples: { body: { active: false }, response: { ...exampleCoupon, active: false } },
      handler: ({ params, body, ctx }) => switchCoupon(deps)({ couponId: params.id, active: body.active }, ctx),
    }),
  ];
}
