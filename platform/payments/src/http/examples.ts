import type { z } from 'zod';
import type {
  BuyersSeat,
  Cart,
  Change,
  CoursePayment,
  CreatedOrder,
  Gift,
  Invoice,
  Order,
  OrderSummary,
  PaidOrder,
  Payment,
  Refund,
  Seat,
} from './shapes.ts';

/**
 * What the reference shows: Ana Souza, who has it as a member, buys a course of Rui Prado’s to keep: with a coupon, on 14
 * March 2026, paid in the sandbox.
 * Every operation tells of this one purchase, so that ids and sums can be followed from one to the next.
 */
export const ids = {
  buyer: '0199f3f0-6a5e-7c3a-9b6e-2f4b1f0f7a11',
  seller: '0197a135-6300-7a08-bc5a-ef5e500d5947',
  operator: '01972fa7-9000-7117-b30e-09b52b608db5',
  course: '01980c2e-7c6a-7c11-9c55-3d1f0e6f2a10',
  order: '019ced93-4e60-7f0a-92c4-1b7d3e5a8c60',
  line: '019ced93-4e61-7c3d-8a15-f04b6d2e9371',
  payment: '019ced93-6a18-74b2-ae07-9d5c1f83b264',
  /** The order’s transaction in the books. */
  sale: '019ced93-9ca4-7013-96bd-e82f4c5a1d70',
  invoice: '019ced93-9c80-7e95-b1d8-40a7c6f2e538',
  refund: '019cf7e2-0d43-7128-8e6b-c39f5a04d7b1',
  payout: '019d3c1f-7a10-7e58-84d2-5b96f0a3c1e7',
};
export const brl = (amount: number) => ({ amount, currency: 'BRL' });

/** Of a token, what it looks like. It opens nothing. */
export const exampleToken = 'Wm9uTHk0eF9hbl9leGFtcGxlX29mX2FfdG9rZW4tMDA';
export const exampleCover = '/api/media/01980d2b-5380-7d95-aa77-be808fdb71a1';
/** A course as orders, seats and gifts name it. */
export const exampleItem = {
  sku: `course:${ids.course}`,
  title: 'Reading a balance sheet',
  path: '/courses/reading-a-balance-sheet',
  coverUrl: exampleCover,
};

export const exampleLines = [{ sku: exampleItem.sku, quantity: 1 }];
const line = {
  ...exampleItem,
  quantity: 1,
  purpose: 'own' as const,
  summary: 'See in ten minutes whether a company can pay what it owes.',
  sellerName: 'Rui Prado',
  unitPrice: brl(14900),
  discount: brl(1490),
  tax: null,
  total: brl(13410),
  includes: [],
};
const sums = { subtotal: brl(14900), discount: brl(1490), tax: brl(0), total: brl(13410) };

export const exampleCart: z.input<typeof Cart> = {
  currency: 'BRL',
  lines: [{ ...line, refundDays: 7, refusal: null, parts: [], worth: null }],
  ...sums,
  coupon: { code: 'WELCOME10', applied: true, problem: null },
  buyable: true,
};

/** As it is before it is paid. */
const placed: z.input<typeof Order> = {
  id: ids.order,
  number: '2026-0000123',
  state: 'pending_payment',
  buyer: { id: ids.buyer, email: 'ana@example.com', name: 'Ana Souza' },
  country: 'BR',
  lines: [{ ...line, id: ids.line, refunded: brl(0), refundableUntil: null, revoked: false, gift: null, seats: null }],
  ...sums,
  refunded: brl(0),
  coupon: 'WELCOME10',
  instalment: null,
  payments: [],
  refunds: [],
  invoices: [],
  closedReason: null,
  createdAt: '2026-03-14T18:19:40.000000Z',
  expiresAt: '2026-03-14T19:19:40.000000Z',
  paidAt: null,
  closedAt: null,
};
/** Somebody without an account has ordered it: the token is theirs. */
export const exampleCreatedOrder: z.input<typeof CreatedOrder> = {
  ...placed,
  buyer: { id: null, email: 'ana@example.com', name: 'Ana Souza' },
  claimToken: exampleToken,
};
export const exampleCancelledOrder: z.input<typeof Order> = {
  ...placed,
  state: 'cancelled',
  closedReason: 'buyer',
  closedAt: '2026-03-14T18:24:11.000000Z',
};
export const exampleOrder: z.input<typeof Order> = {
  ...placed,
  state: 'paid',
  lines: placed.lines.map((one) => ({ ...one, refundableUntil: '2026-03-21T18:20:00.000000Z' })),
  payments: [
    {
      id: ids.payment,
      provider: 'sandbox',
      status: 'succeeded',
      method: 'visa •••• 4242',
      reason: null,
      createdAt: '2026-03-14T18:19:47.000000Z',
    },
  ],
  invoices: [{ id: ids.invoice, number: 'INV-000087', kind: 'invoice', issuedAt: '2026-03-14T18:20:00.000000Z' }],
  paidAt: '2026-03-14T18:20:00.000000Z',
};
export const exampleOrderSummary: z.input<typeof OrderSummary> = {
  id: ids.order,
  number: exampleOrder.number,
  state: 'paid',
  total: exampleOrder.total,
  titles: [exampleItem.title],
  createdAt: exampleOrder.createdAt,
};

/** As `POST` answers: its provider has still to be called. */
export const exampleCreatedPayment: z.input<typeof Payment> = {
  id: ids.payment,
  orderId: ids.order,
  orderNumber: exampleOrder.number,
  status: 'created',
  provider: 'sandbox',
  amount: exampleOrder.total,
  refunded: brl(0),
  nextAction: null,
  reason: null,
  method: null,
  expiresAt: exampleOrder.expiresAt,
  createdAt: '2026-03-14T18:19:47.000000Z',
  updatedAt: '2026-03-14T18:19:47.000000Z',
};
export const exampleCoursePayment: z.input<typeof CoursePayment> = { ...exampleCreatedPayment, claimToken: null };
export const exampleReference = 'sbx_7Qm2xVt9LrK4wPzB1nHdYc3e';
export const exampleNextAction = {
  type: 'redirect' as const,
  url: `https://stoa.example.com/api/sandbox/checkout/${exampleReference}`,
  qrCode: null,
  expiresAt: exampleOrder.expiresAt,
};
export const examplePayment: z.input<typeof Payment> = {
  ...exampleCreatedPayment,
  status: 'requires_action',
  nextAction: exampleNextAction,
  updatedAt: '2026-03-14T18:19:48.000000Z',
};
export const exampleCanceledPayment: z.input<typeof Payment> = {
  ...exampleCreatedPayment,
  status: 'canceled',
  updatedAt: '2026-03-14T18:19:55.000000Z',
};
export const exampleRefund: z.input<typeof Refund> = {
  id: ids.refund,
  orderId: ids.order,
  paymentId: ids.payment,
  state: 'requested',
  amount: exampleOrder.total,
  reason: 'requested',
  revokes: true,
  createdAt: '2026-03-16T18:22:31.000000Z',
};

export const exampleGift: z.input<typeof Gift> = {
  id: '019cedb1-7f2c-7a09-b583-d61e4c90f2a8',
  giverName: 'Ana Souza',
  message: 'For your new job. Congratulations!',
  title: exampleItem.title,
  path: exampleItem.path,
  coverUrl: exampleCover,
  state: 'sent',
};
export const exampleSeat: z.input<typeof Seat> = {
  id: '019cedb4-22d8-7b61-8c0f-5a93e7d1406b',
  lineId: ids.line,
  title: exampleItem.title,
  path: exampleItem.path,
  email: 'bruno.lima@example.com',
  state: 'invited',
  assignedAt: '2026-03-15T09:05:12.000000Z',
  takenAt: null,
};
export const exampleTakenSeat: z.input<typeof Seat> = {
  ...exampleSeat,
  state: 'taken',
  takenAt: '2026-03-15T11:40:03.000000Z',
};
export const exampleBuyersSeat: z.input<typeof BuyersSeat> = {
  ...exampleSeat,
  link: `https://stoa.example.com/seats/${exampleSeat.id}?token=${exampleToken}`,
};
export const exampleInvoice: z.input<typeof Invoice> = {
  id: ids.invoice,
  number: 'INV-000087',
  kind: 'invoice',
  orderId: ids.order,
  orderNumber: exampleOrder.number,
  total: exampleOrder.total,
  issuedAt: '2026-03-14T18:20:00.000000Z',
};

/** Who buys, as those who help them see it. */
export const exampleBuyer = { id: ids.buyer, email: 'ana@example.com', name: 'Ana Souza' };
/** One of the orders of what goes on for months, each with an invoice of its own. */
export function examplePaidOrder(
  order: { id: string; number: string; amount: number; paidAt: string } & { invoice: string; invoiceNumber: string },
): z.input<typeof PaidOrder> {
  const { id, number, amount, paidAt, invoice, invoiceNumber } = order;
  return { id, number, state: 'paid', total: brl(amount), paidAt, invoice: { id: invoice, number: invoiceNumber } };
}
export const exampleChange: z.input<typeof Change> = {
  revision: 1,
  change: 'started',
  entitled: true,
  actor: 'platform',
  actorId: null,
  note: '',
  at: '2026-03-02T10:00:00.000000Z',
};
