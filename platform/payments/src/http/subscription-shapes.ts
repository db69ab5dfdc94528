import { Id, MoneySchema, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { brl, exampleBuyer, exampleChange, exampleNextAction, examplePaidOrder, ids } from './examples.ts';
import { Buyer, Change, NextActionSchema, PaidOrder, Tax } from './shapes.ts';

export const Subscription = z.strictObject({
  id: Id,
  sku: z.string(),
  title: z.string(),
  state: z.enum(['incomplete', 'trialing', 'active', 'past_due', 'paused', 'canceled', 'ended']),
  amount: MoneySchema,
  interval: z.string(),
  intervalCount: z.int(),
  periodStart: Timestamp.nullable(),
  periodEnd: Timestamp.nullable(),
  cancelAtPeriodEnd: z.boolean(),
  sellerLeft: z.boolean(),
  openOrderId: Id.nullable(),
  nextTryAt: Timestamp.nullable(),
  entitled: z.boolean(),
  credit: MoneySchema,
  methodKept: z.boolean(),
  createdAt: Timestamp,
  endedAt: Timestamp.nullable(),
});
const paid = {
  method: z.string().nullable(),
  orders: z.array(PaidOrder.extend({ createdAt: Timestamp })),
};
export const MethodSetup = z.strictObject({
  id: Id,
  state: z.enum(['created', 'requires_action', 'processing', 'succeeded', 'failed', 'canceled', 'expired']),
  provider: z.string(),
  nextAction: NextActionSchema.nullable(),
  reason: z.string().nullable(),
  expiresAt: Timestamp,
});
export const State = Subscription.shape.state;
export const ConsoleSubscription = Subscription.extend({
  buyer: Buyer,
  provider: z.string(),
  sellerId: z.string().nullable(),
  failures: z.int(),
});
const totals = {
  active: z.int(),
  trialing: z.int(),
  pastDue: z.int(),
  paused: z.int(),
  leaving: z.int(),
  monthly: MoneySchema,
};
export const SubscriptionInFull = Subscription.extend(paid);
export const ConsoleSubscriptionInFull = z.strictObject({
  subscription: ConsoleSubscription,
  ...paid,
  changes: z.array(Change.extend({ state: State, title: z.string() })),
});
export const SubscriptionOffer = z.strictObject({
  sku: z.string(),
  title: z.string(),
  summary: z.string(),
  path: z.string(),
  sellerName: z.string(),
  price: MoneySchema.nullable(),
  interval: z.string(),
  intervalCount: z.int(),
  trialDays: z.int(),
  dueNow: MoneySchema,
  renewal: z.strictObject({
    total: MoneySchema,
    tax: Tax.nullable(),
  }),
  firstChargeAt: Timestamp,
  secondChargeAt: Timestamp,
  refundDays: z.int(),
  refusal: z.string().nullable(),
});
export const PlanChangePreview = z.strictObject({
  sku: z.string(),
  title: z.string(),
  price: MoneySchema,
  interval: z.string(),
  intervalCount: z.int(),
  credit: MoneySchema,
  total: MoneySchema,
  left: MoneySchema,
  renewsAt: Timestamp,
});
export const SellerTotals = z.strictObject({
  items: z.array(z.strictObject({ sku: z.string(), title: z.string(), ...totals })),
});
export const SubscriptionTotals = z.strictObject({ items: z.array(z.strictObject(totals)) });

/** Ana Souza is a member by the month. */
const subscriptionId = '019c48ec-bb80-78c0-b6cf-b3455d0cf4d0';
const firstOrder = '019c6cf9-3f80-70c8-9a5f-e3b64d1872f0';
const nextOrder = '019cedad-3f00-7f53-8b21-6a90d4e7c385';
const plan = { sku: 'plan:01999ec9-0c00-7826-a29b-e0fb8e968ca3', title: 'Numbers club, monthly' };
export const exampleYearlySku = 'plan:01999ec9-0c00-7b51-94e6-3d8fa20c75b1';
export const exampleAskedPlan = { sku: plan.sku };
const month = { interval: 'month', intervalCount: 1 };
export const exampleSubscription: z.input<typeof Subscription> = {
  ...plan,
  ...month,
  id: subscriptionId,
  state: 'active',
  amount: brl(1990),
  periodStart: '2026-02-17T19:00:00.000000Z',
  periodEnd: '2026-03-17T19:00:00.000000Z',
  cancelAtPeriodEnd: false,
  sellerLeft: false,
  openOrderId: null,
  nextTryAt: null,
  entitled: true,
  credit: brl(0),
  methodKept: true,
  createdAt: '2026-02-10T19:00:00.000000Z',
  endedAt: null,
};
/** As it begins: on trial, with no method yet to charge when that is over. */
export const exampleBegunSubscription: z.input<typeof Subscription> = {
  ...exampleSubscription,
  state: 'trialing',
  periodStart: '2026-02-10T19:00:00.000000Z',
  periodEnd: '2026-02-17T19:00:00.000000Z',
  methodKept: false,
};
/** With an order for what is paid next. */
export const examplePayableSubscription: z.input<typeof Subscription> = {
  ...exampleSubscription,
  openOrderId: nextOrder,
};
export const exampleLeavingSubscription: z.input<typeof Subscription> = {
  ...exampleSubscription,
  cancelAtPeriodEnd: true,
};
/** Paused with the time that is paid for. */
export const examplePausedSubscription: z.input<typeof Subscription> = {
  ...exampleSubscription,
  state: 'paused',
};
const examplePaid = {
  method: 'visa •••• 4242',
  orders: [
    {
      ...examplePaidOrder({
        id: firstOrder,
        number: '2026-0000071',
        amount: 1990,
        paidAt: '2026-02-17T19:01:08.000000Z',
        invoice: '019c6cfa-4920-7a3e-9f40-d5b8c61e7029',
        invoiceNumber: 'INV-000045',
      }),
      createdAt: '2026-02-17T19:00:00.000000Z',
    },
  ],
};
export const exampleSubscriptionInFull: z.input<typeof SubscriptionInFull> = {
  ...exampleSubscription,
  ...examplePaid,
};
export const exampleMethodSetup: z.input<typeof MethodSetup> = {
  id: '019c48ef-7aa0-7e1d-a95c-27b3f80d614e',
  state: 'created',
  provider: 'sandbox',
  nextAction: null,
  reason: null,
  expiresAt: '2026-02-11T19:03:00.000000Z',
};
export const exampleWaitingSetup: z.input<typeof MethodSetup> = {
  ...exampleMethodSetup,
  state: 'requires_action',
  nextAction: { ...exampleNextAction, expiresAt: exampleMethodSetup.expiresAt },
};
export const exampleConsoleSubscription: z.input<typeof ConsoleSubscription> = {
  ...exampleSubscription,
  buyer: exampleBuyer,
  provider: 'sandbox',
  sellerId: ids.seller,
  failures: 0,
};
export const exampleConsoleSubscriptionInFull: z.input<typeof ConsoleSubscriptionInFull> = {
  subscription: exampleConsoleSubscription,
  ...examplePaid,
  changes: [
    {
      ...exampleChange,
      revision: 2,
      change: 'renewed',
      state: 'active',
      title: plan.title,
      at: '2026-02-17T19:01:08.000000Z',
    },
    { ...exampleChange, state: 'trialing', title: plan.title, at: '2026-02-10T19:00:00.000000Z' },
  ],
};
/** A renewal that failed is being charged for. */
export const exampleRetriedSubscription: z.input<typeof ConsoleSubscription> = {
  ...exampleConsoleSubscription,
  state: 'past_due',
  openOrderId: nextOrder,
  nextTryAt: '2026-03-20T19:00:00.000000Z',
  failures: 1,
};
export const exampleSubscriptionOffer: z.input<typeof SubscriptionOffer> = {
  ...plan,
  ...month,
  summary: 'Every course of mine on money, as long as you are a member.',
  path: '/memberships/numbers-club',
  sellerName: 'Rui Prado',
  price: brl(1990),
  trialDays: 7,
  dueNow: brl(0),
  renewal: { total: brl(1990), tax: null },
  firstChargeAt: '2026-02-17T19:00:00.000Z',
  secondChargeAt: '2026-03-17T19:00:00.000Z',
  refundDays: 7,
  refusal: null,
};
export const examplePlanChange: z.input<typeof PlanChangePreview> = {
  sku: exampleYearlySku,
  title: 'Numbers club, yearly',
  price: brl(19900),
  interval: 'year',
  intervalCount: 1,
  credit: brl(995),
  total: brl(18905),
  left: brl(0),
  renewsAt: '2027-03-03T19:00:00.000Z',
};
const counted = { active: 41, trialing: 6, pastDue: 2, paused: 1, leaving: 3, monthly: brl(79600) };
export const exampleSellerTotals: z.input<typeof SellerTotals> = { items: [{ ...plan, ...counted }] };
export const exampleSubscriptionTotals: z.input<typeof SubscriptionTotals> = { items: [counted] };
