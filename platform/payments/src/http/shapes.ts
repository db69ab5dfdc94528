import { Id, MoneySchema, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { orderStates } from '../core/book.ts';

export const Currency = z.string().regex(/^[A-Z]{3}$/);
export const Country = z.string().regex(/^[A-Z]{2}$/);
export const Token = z.string().min(20).max(100);
/** Guests show the token they were given with their order, or in their mail. */
export const TokenQuery = z.strictObject({
  token: Token.optional().meta({ examples: ['b0N4tq8RzXw2vLk7mPc5HsJd9YfGa1Ue'] }),
});
export const Email = z.email().max(254);
export const Sku = z
  .string()
  .max(120)
  .regex(/^[a-z-]{2,30}:[A-Za-z0-9_.-]{1,80}$/);
export const Amount = z.int().min(1).max(1_000_000_000_000);
export const Day = z.iso.date();

export const OrderStateSchema = z.enum(orderStates);
export const PaymentStatus = z.enum([
  'created',
  'unknown',
  'requires_action',
  'processing',
  'authorized',
  'failed',
  'canceled',
  'expired',
  'succeeded',
  'partially_refunded',
  'refunded',
]);
export const Purpose = z.enum(['own', 'gift', 'seats']);
const Refusal = z.enum([
  'not_found',
  'not_for_sale',
  'free',
  'already_owned',
  'sold_out',
  'not_giftable',
  'too_many',
  'in_bundle',
]);
/** What comes with something that is several items at one price. */
const Included = z.strictObject({ sku: z.string(), title: z.string(), path: z.string() });

export const AskedLines = z
  .array(
    z.strictObject({
      sku: Sku,
      quantity: z.int().min(1).max(1000).optional(),
      gift: z
        .strictObject({ email: Email, name: z.string().max(100).optional(), message: z.string().max(1000).optional() })
        .optional(),
      seats: z.boolean().optional(),
    }),
  )
  .min(1)
  .max(50);

export const Tax = z.strictObject({ amount: MoneySchema, name: z.string(), rate: z.int(), inclusive: z.boolean() });

export const Cart = z.strictObject({
  currency: Currency,
  lines: z.array(
    z.strictObject({
      sku: z.string(),
      quantity: z.int(),
      purpose: Purpose,
      title: z.string(),
      summary: z.string(),
      path: z.string(),
      coverUrl: z.string(),
      sellerName: z.string(),
      refundDays: z.int(),
      unitPrice: MoneySchema.nullable(),
      discount: MoneySchema,
      tax: Tax.nullable(),
      total: MoneySchema.nullable(),
      refusal: Refusal.nullable(),
      includes: z.array(Included),
      parts: z.array(Included.extend({ coverUrl: z.string(), price: MoneySchema.nullable(), owned: z.boolean() })),
      /** What comes with it, one by one; null for what is one item. */
      worth: MoneySchema.nullable(),
    }),
  ),
  subtotal: MoneySchema,
  discount: MoneySchema,
  tax: MoneySchema,
  total: MoneySchema,
  coupon: z
    .strictObject({
      code: z.string(),
      applied: z.boolean(),
      problem: z.strictObject({ code: z.string(), title: z.string() }).nullable(),
    })
    .nullable(),
  buyable: z.boolean(),
});

const orderFields = {
  id: Id,
  number: z.string(),
  state: OrderStateSchema,
  buyer: z.strictObject({ id: Id.nullable(), email: z.string(), name: z.string() }),
  country: z.string().nullable(),
  lines: z.array(
    z.strictObject({
      id: Id,
      sku: z.string(),
      quantity: z.int(),
      purpose: Purpose,
      title: z.string(),
      summary: z.string(),
      path: z.string(),
      coverUrl: z.string(),
      sellerName: z.string(),
      unitPrice: MoneySchema,
      discount: MoneySchema,
      tax: Tax.nullable(),
      total: MoneySchema,
      refunded: MoneySchema,
      refundableUntil: Timestamp.nullable(),
      revoked: z.boolean(),
      gift: z.strictObject({ id: Id, recipientEmail: z.string(), message: z.string(), state: z.string() }).nullable(),
      seats: z.strictObject({ bought: z.int(), taken: z.int() }).nullable(),
      includes: z.array(Included),
    }),
  ),
  subtotal: MoneySchema,
  discount: MoneySchema,
  tax: MoneySchema,
  total: MoneySchema,
  refunded: MoneySchema,
  coupon: z.string().nullable(),
  instalment: z.strictObject({ planId: Id, part: z.int(), through: z.int(), parts: z.int() }).nullable(),
  payments: z.array(
    z.strictObject({
      id: Id,
      provider: z.string(),
      status: PaymentStatus,
      method: z.string().nullable(),
      reason: z.string().nullable(),
      createdAt: Timestamp,
    }),
  ),
  refunds: z.array(
    z.strictObject({
      id: Id,
      amount: MoneySchema,
      state: z.string(),
      reason: z.string(),
      createdAt: Timestamp,
      completedAt: Timestamp.nullable(),
    }),
  ),
  invoices: z.array(
    z.strictObject({ id: Id, number: z.string(), kind: z.enum(['invoice', 'credit_note']), issuedAt: Timestamp }),
  ),
  closedReason: z.string().nullable(),
  createdAt: Timestamp,
  expiresAt: Timestamp,
  paidAt: Timestamp.nullable(),
  closedAt: Timestamp.nullable(),
};
export const Order = z.strictObject(orderFields);
export const CreatedOrder = z.strictObject({ ...orderFields, claimToken: z.string().nullable() });
export const OrderSummary = z.strictObject({
  id: Id,
  number: z.string(),
  state: OrderStateSchema,
  total: MoneySchema,
  titles: z.array(z.string()),
  createdAt: Timestamp,
});

export const NextActionSchema = z.strictObject({
  type: z.enum(['redirect', 'qr_code', 'wait']),
  url: z.string().nullable(),
  qrCode: z.string().nullable(),
  expiresAt: Timestamp.nullable(),
});
const paymentFields = {
  id: Id,
  orderId: Id,
  orderNumber: z.string(),
  status: PaymentStatus,
  provider: z.string(),
  amount: MoneySchema,
  refunded: MoneySchema,
  nextAction: NextActionSchema.nullable(),
  reason: z.string().nullable(),
  method: z.string().nullable(),
  expiresAt: Timestamp,
  createdAt: Timestamp,
  updatedAt: Timestamp,
};
export const Payment = z.strictObject(paymentFields);
export const CoursePayment = z.strictObject({ ...paymentFields, claimToken: z.string().nullable() });

export const Refund = z.strictObject({
  id: Id,
  orderId: Id,
  paymentId: Id,
  state: z.enum(['requested', 'processing', 'succeeded', 'failed']),
  amount: MoneySchema,
  reason: z.string(),
  revokes: z.boolean(),
  createdAt: Timestamp,
});
export const Gift = z.strictObject({
  id: Id,
  giverName: z.string(),
  message: z.string(),
  title: z.string(),
  path: z.string(),
  coverUrl: z.string(),
  state: z.enum(['sent', 'claimed']),
});
const seatFields = {
  id: Id,
  lineId: Id,
  title: z.string(),
  path: z.string(),
  email: z.string(),
  state: z.enum(['invited', 'taken']),
  assignedAt: Timestamp,
  takenAt: Timestamp.nullable(),
};
export const Seat = z.strictObject(seatFields);
export const BuyersSeat = z.strictObject({ ...seatFields, link: z.string() });
/** Of what goes on for months, as those who help its buyer see it. */
export const Buyer = z.strictObject({ id: Id, email: z.string(), name: z.string() });
/** One of the orders that what goes on for months was paid with. */
export const PaidOrder = z.strictObject({
  id: Id,
  number: z.string(),
  state: OrderStateSchema,
  total: MoneySchema,
  paidAt: Timestamp.nullable(),
  invoice: z.strictObject({ id: Id, number: z.string() }).nullable(),
});
/** What happened to something that goes on for months: who did it and when. */
export const Change = z.strictObject({
  revision: z.int(),
  change: z.string(),
  entitled: z.boolean(),
  actor: z.enum(['buyer', 'operator', 'platform']),
  actorId: Id.nullable(),
  note: z.string(),
  at: Timestamp,
});
export const Invoice = z.strictObject({
  id: Id,
  number: z.string(),
  kind: z.enum(['invoice', 'credit_note']),
  orderId: Id,
  orderNumber: z.string(),
  total: MoneySchema,
  issuedAt: Timestamp,
});
