import { Id, MoneySchema, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { brl, exampleBuyer, exampleChange, examplePaidOrder, ids } from './examples.ts';
import { Buyer, Change, PaidOrder } from './shapes.ts';

export const State = z.enum(['incomplete', 'active', 'past_due', 'paused', 'disputed', 'completed', 'canceled']);
export const NextPart = z.strictObject({ part: z.int(), dueAt: Timestamp, amount: MoneySchema });
export const Plan = z.strictObject({
  id: Id,
  sku: z.string(),
  title: z.string(),
  path: z.string(),
  coverUrl: z.string(),
  state: State,
  entitled: z.boolean(),
  parts: z.int(),
  paidParts: z.int(),
  surcharge: z.int(),
  coupon: z.string().nullable(),
  total: MoneySchema,
  paid: MoneySchema,
  remaining: MoneySchema,
  schedule: z.array(
    z.strictObject({
      part: z.int(),
      dueAt: Timestamp,
      amount: MoneySchema,
      state: z.enum(['paid', 'upcoming', 'overdue', 'canceled']),
      paidAt: Timestamp.nullable(),
      orderId: Id.nullable(),
      waived: MoneySchema,
    }),
  ),
  nextPart: NextPart.nullable(),
  openOrderId: Id.nullable(),
  nextTryAt: Timestamp.nullable(),
  methodKept: z.boolean(),
  createdAt: Timestamp,
  startedAt: Timestamp.nullable(),
  endedAt: Timestamp.nullable(),
});
/** With what it is paid, and the orders it was paid by. */
const paid = {
  method: z.string().nullable(),
  orders: z.array(PaidOrder.extend({ refunded: MoneySchema, paymentId: Id.nullable() })),
};
export const PlanInFull = Plan.extend({
  ...paid,
  rest: z.strictObject({ amount: MoneySchema, saved: MoneySchema }).nullable(),
});
export const ConsolePlan = Plan.extend({
  buyer: Buyer,
  provider: z.string().nullable(),
  sellerId: z.string().nullable(),
  failures: z.int(),
});
export const SellerPlan = Plan.pick({
  id: true,
  sku: true,
  title: true,
  state: true,
  parts: true,
  paidParts: true,
  total: true,
  paid: true,
  remaining: true,
  nextPart: true,
  createdAt: true,
});
export const ConsolePlanInFull = z.strictObject({
  plan: ConsolePlan,
  ...paid,
  changes: z.array(Change.extend({ state: State })),
});
export const PlanOffer = z.strictObject({
  offer: z
    .strictObject({
      sku: z.string(),
      title: z.string(),
      parts: z.int(),
      surcharge: z.int(),
      extra: MoneySchema,
      total: MoneySchema,
      discount: MoneySchema,
      tax: MoneySchema,
      schedule: z.array(NextPart),
      graceDays: z.int(),
      refundDays: z.int(),
    })
    .nullable(),
  refusal: z.strictObject({ code: z.string(), title: z.string() }).nullable(),
});

/** Ana Souza pays another course in three parts, with three percent on top; one part is paid. */
const planId = '019cadfd-8900-7e27-a4c1-6b0f93d852e7';
const firstOrder = '019cadfd-8901-75d3-9e48-c27a10b6f4d9';
const secondOrder = '019d2d0b-4180-7a96-8c35-e1f7042b9d68';
const firstPaidAt = '2026-03-02T10:01:14.000000Z';
const item = {
  sku: 'course:0199b6f1-08d2-7f4b-8e60-a7c35d914e2b',
  title: 'Introduction to geometry',
};
export const examplePlanLines = [{ sku: item.sku }];
const nextPart: z.input<typeof NextPart> = { part: 2, dueAt: '2026-04-02T10:00:00.000Z', amount: brl(4460) };
const upcoming = { state: 'upcoming' as const, paidAt: null, orderId: null, waived: brl(0) };
const schedule: z.input<typeof NextPart>[] = [
  { part: 1, dueAt: '2026-03-02T10:00:00.000Z', amount: brl(4460) },
  nextPart,
  { part: 3, dueAt: '2026-05-02T10:00:00.000Z', amount: brl(4460) },
];
export const examplePlanOffer: z.input<typeof PlanOffer> = {
  offer: {
    ...item,
    parts: 3,
    surcharge: 300,
    extra: brl(390),
    total: brl(13380),
    discount: brl(0),
    tax: brl(0),
    schedule,
    graceDays: 7,
    refundDays: 7,
  },
  refusal: null,
};
/** As it begins: its first order has still to be paid. */
export const exampleBegunPlan: z.input<typeof Plan> = {
  ...item,
  id: planId,
  path: '/courses/introduction-to-geometry',
  coverUrl: '/api/media/0199d2c4-61a8-7b05-a2f3-47d90e8c1b56',
  state: 'incomplete',
  entitled: false,
  parts: 3,
  paidParts: 0,
  surcharge: 300,
  coupon: null,
  total: brl(13380),
  paid: brl(0),
  remaining: brl(13380),
  schedule: schedule.map((part) => ({ ...part, ...upcoming })),
  nextPart: { part: 1, dueAt: '2026-03-02T10:00:00.000Z', amount: brl(4460) },
  openOrderId: firstOrder,
  nextTryAt: null,
  methodKept: false,
  createdAt: '2026-03-02T10:00:00.000000Z',
  startedAt: null,
  endedAt: null,
};
export const examplePlan: z.input<typeof Plan> = {
  ...exampleBegunPlan,
  state: 'active',
  entitled: true,
  paidParts: 1,
  paid: brl(4460),
  remaining: brl(8920),
  schedule: exampleBegunPlan.schedule.map((part) =>
    part.part === 1 ? { ...part, state: 'paid', paidAt: firstPaidAt, orderId: firstOrder } : part,
  ),
  nextPart,
  openOrderId: null,
  methodKept: true,
  startedAt: firstPaidAt,
};
/** With an order for what is paid next. */
export const examplePayablePlan: z.input<typeof Plan> = { ...examplePlan, openOrderId: secondOrder };
const examplePaid = {
  method: 'visa •••• 4242',
  orders: [
    {
      ...examplePaidOrder({
        id: firstOrder,
        number: '2026-0000098',
        amount: 4460,
        paidAt: firstPaidAt,
        invoice: '019cadfe-aa50-7c1b-b7d2-0e4896f3a5c1',
        invoiceNumber: 'INV-000064',
      }),
      refunded: brl(0),
      paymentId: '019cadfd-b3e8-7a40-95f6-8d12c7b0e394',
    },
  ],
};
export const examplePlanInFull: z.input<typeof PlanInFull> = {
  ...examplePlan,
  ...examplePaid,
  rest: { amount: brl(8660), saved: brl(260) },
};
export const exampleSellerPlan: z.input<typeof SellerPlan> = {
  ...item,
  id: planId,
  state: 'active',
  parts: 3,
  paidParts: 1,
  total: examplePlan.total,
  paid: examplePlan.paid,
  remaining: examplePlan.remaining,
  nextPart,
  createdAt: examplePlan.createdAt,
};
export const exampleConsolePlan: z.input<typeof ConsolePlan> = {
  ...examplePlan,
  buyer: exampleBuyer,
  provider: 'sandbox',
  sellerId: ids.seller,
  failures: 0,
};
export const exampleConsolePlanInFull: z.input<typeof ConsolePlanInFull> = {
  plan: exampleConsolePlan,
  ...examplePaid,
  changes: [{ ...exampleChange, state: 'active', at: firstPaidAt }],
};
/** A part that is late is being charged for. */
export const exampleRetriedPlan: z.input<typeof ConsolePlan> = {
  ...exampleConsolePlan,
  state: 'past_due',
  schedule: examplePlan.schedule.map((part) => (part.part === 2 ? { ...part, state: 'overdue' } : part)),
  openOrderId: secondOrder,
  nextTryAt: '2026-04-05T10:00:00.000000Z',
  failures: 1,
};
export const exampleCanceledPlan: z.input<typeof ConsolePlan> = {
  ...exampleConsolePlan,
  state: 'canceled',
  entitled: false,
  remaining: brl(0),
  schedule: examplePlan.schedule.map((part) => (part.part === 1 ? part : { ...part, state: 'canceled' })),
  nextPart: null,
  endedAt: '2026-03-20T14:32:08.000000Z',
};
