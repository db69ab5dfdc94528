import { allow, defineRoute, Id, IdParams, Page, PageQuery } from '@stoa/kernel';
import { z } from 'zod';
import type { PaymentDeps } from '../deps.ts';
import { listInvoices, sendInvoice } from '../invoices/show-invoices.ts';
import { cancelOrder } from '../orders/cancel-order.ts';
import { claimOrder } from '../orders/claim-order.ts';
import { claimTokenOf, createOrder } from '../orders/create-order.ts';
import { claimGift, showGift } from '../orders/gifts.ts';
import { listOrders } from '../orders/list-orders.ts';
import { quoteOrder } from '../orders/quote-order.ts';
import {
  assignSeat,
  claimSeat,
  inviteAgain,
  linkOf,
  listSeats,
  listWaitingSeats,
  showSeat,
  takeBackSeat,
} from '../orders/seats.ts';
import { showOrder } from '../orders/show-order.ts';
import {
  exampleBuyersSeat,
  exampleCancelledOrder,
  exampleCart,
  exampleCreatedOrder,
  exampleGift,
  exampleInvoice,
  exampleLines,
  exampleOrder,
  exampleOrderSummary,
  exampleSeat,
  exampleTakenSeat,
  exampleToken,
} from './examples.ts';
import { cartRefusals, couponRefusals } from './refusals.ts';
import {
  AskedLines,
  BuyersSeat,
  Cart,
  Country,
  CreatedOrder,
  Email,
  Gift,
  Invoice,
  Order,
  OrderSummary,
  Seat,
  Token,
  TokenQuery,
} from './shapes.ts';

const NeededToken = z.strictObject({ token: Token });
/** Without its token a thing is not found, like one that does not exist. */
const secret = (token: string | undefined) => token ?? '';
const document = z.string().max(30).optional();

/** Carts, orders, gifts, seats and invoices. */
export function orderRoutes(deps: PaymentDeps) {
  return [
    defineRoute({
      method: 'POST',
      url: '/api/orders/quote',
      summary: 'What a cart costs now',
      description: 'Nothing is held. Lines and coupons that cannot be had say why and are not part of the sums.',
      policy: allow.anyone(),
      body: z.strictObject({ lines: AskedLines, coupon: z.string().max(40).optional(), country: Country.optional() }),
      response: Cart,
      idempotency: 'natural',
      errors: ['mixed_currencies'],
      examples: { body: { lines: exampleLines, coupon: 'WELCOME10', country: 'BR' }, response: exampleCart },
      handler: ({ body, ctx }) => quoteOrder(deps)(body, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/orders',
      summary: 'Order something',
      description:
        'Prices are the markets’, never the client’s. Without an account the e-mail address is needed, and `claimToken` opens the order to whoever holds it: send it as `token` with every later request.',
      policy: allow.anyone(),
      body: z.strictObject({
        lines: AskedLines,
        coupon: z.string().min(1).max(40).optional(),
        email: Email.optional(),
        name: z.string().max(100).optional(),
        country: Country.optional(),
        document,
        timeZone: z.string().max(64).optional(),
      }),
      response: CreatedOrder,
      status: 201,
      idempotency: 'key',
      errors: [...cartRefusals, 'buyer_email_needed', ...couponRefusals],
      examples: {
        body: {
          lines: exampleLines,
          coupon: 'WELCOME10',
          email: 'ana@example.com',
          name: 'Ana Souza',
          country: 'BR',
          timeZone: 'America/Sao_Paulo',
        },
        response: exampleCreatedOrder,
      },
      handler: ({ body, ctx }) => createOrder(deps)(body, ctx),
      secret: {
        omit: (order) => ({ ...order, claimToken: null }),
        restore: (order, ctx) => ({ ...order, claimToken: claimTokenOf(deps, order.id, ctx) }),
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/orders',
      summary: 'My orders, newest first',
      policy: allow.user(),
      query: z.strictObject(PageQuery),
      response: Page(OrderSummary),
      examples: { response: { items: [exampleOrderSummary] } },
      handler: ({ query, ctx }) => listOrders(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/orders/:id',
      summary: 'An order with its payments, refunds and invoices',
      policy: allow.anyone(),
      params: IdParams,
      query: TokenQuery,
      response: Order,
      errors: ['order_not_found'],
      examples: { response: exampleOrder },
      handler: ({ params, query, ctx }) => showOrder(deps)({ orderId: params.id, token: query.token }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/orders/:id/cancel',
      summary: 'Give up an order that waits for its payment',
      policy: allow.anyone(),
      params: IdParams,
      query: TokenQuery,
      response: Order,
      idempotency: 'natural',
      errors: ['order_not_found', 'order_not_cancellable'],
      examples: { response: exampleCancelledOrder },
      handler: ({ params, query, ctx }) => cancelOrder(deps)({ orderId: params.id, token: query.token }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/orders/:id/claim',
      summary: 'Make a guest’s order mine',
      policy: allow.user(),
      params: IdParams,
      body: NeededToken,
      response: Order,
      idempotency: 'natural',
      errors: ['order_not_found', 'order_already_claimed'],
      examples: { body: { token: exampleToken }, response: exampleOrder },
      handler: ({ params, body, ctx }) => claimOrder(deps)({ orderId: params.id, token: body.token }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/orders/:id/seats',
      summary: 'Seats of an order that are assigned',
      policy: allow.anyone(),
      params: IdParams,
      query: TokenQuery,
      response: z.strictObject({ items: z.array(BuyersSeat) }),
      errors: ['order_not_found'],
      examples: { response: { items: [exampleBuyersSeat] } },
      handler: ({ params, query, ctx }) => listSeats(deps)({ orderId: params.id, token: query.token }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/orders/:id/seats',
      summary: 'Assign a seat to an e-mail address',
      description: 'The person gets a mail with `link`, where the seat is taken up.',
      policy: allow.anyone(),
      params: IdParams,
      query: TokenQuery,
      body: z.strictObject({ lineId: Id, email: Email }),
      response: BuyersSeat,
      status: 201,
      idempotency: 'key',
      errors: ['order_not_found', 'line_has_no_seats', 'seats_all_taken', 'seat_already_assigned'],
      examples: { body: { lineId: exampleSeat.lineId, email: exampleSeat.email }, response: exampleBuyersSeat },
      handler: ({ params, query, body, ctx }) =>
        assignSeat(deps)({ orderId: params.id, token: query.token, ...body }, ctx),
      secret: {
        omit: (seat) => ({ ...seat, link: '' }),
        restore: (seat) => ({ ...seat, link: linkOf(deps, 'seat', seat.id) }),
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/seats',
      summary: 'Seats that wait for me',
      description: 'Those given to the e-mail address of the account, once it is verified.',
      policy: allow.user(),
      response: z.strictObject({ items: z.array(Seat) }),
      examples: { response: { items: [exampleSeat] } },
      handler: ({ ctx }) => listWaitingSeats(deps)(ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/seats/:id/invitations',
      summary: 'Write to the person of a seat once more',
      policy: allow.anyone(),
      params: IdParams,
      query: TokenQuery,
      response: BuyersSeat,
      idempotency: 'natural',
      errors: ['seat_not_found', 'seat_invited_lately'],
      examples: { response: exampleBuyersSeat },
      handler: ({ params, query, ctx }) => inviteAgain(deps)({ seatId: params.id, token: query.token }, ctx),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/seats/:id',
      summary: 'Take a seat back',
      policy: allow.anyone(),
      params: IdParams,
      query: TokenQuery,
      idempotency: 'natural',
      errors: ['seat_not_found'],
      handler: async ({ params, query, ctx }) => {
        await takeBackSeat(deps)({ seatId: params.id, token: query.token }, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/seats/:id',
      summary: 'A seat, for whoever holds its link or whose address it was given to',
      policy: allow.anyone(),
      params: IdParams,
      query: TokenQuery,
      response: Seat,
      errors: ['seat_not_found'],
      examples: { response: exampleSeat },
      handler: ({ params, query, ctx }) => showSeat(deps)({ seatId: params.id, token: query.token }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/seats/:id/claim',
      summary: 'Take my seat',
      policy: allow.user(),
      description: 'With the token of its link; without one when it was given to the verified address of the account.',
      params: IdParams,
      body: z.strictObject({ token: Token.optional() }),
      response: Seat,
      idempotency: 'natural',
      errors: ['seat_not_found'],
      examples: { body: { token: exampleToken }, response: exampleTakenSeat },
      handler: ({ params, body, ctx }) => claimSeat(deps)({ seatId: params.id, token: body.token }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/gifts/:id',
      summary: 'A gift, for whoever holds its link',
      policy: allow.anyone(),
      params: IdParams,
      query: TokenQuery,
      response: Gift,
      errors: ['gift_not_found'],
      examples: { response: exampleGift },
      handler: ({ params, query }) => showGift(deps)({ giftId: params.id, token: secret(query.token) }),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/gifts/:id/claim',
      summary: 'Take up a gift',
      policy: allow.user(),
      params: IdParams,
      body: NeededToken,
      response: Gift,
      idempotency: 'natural',
      errors: ['gift_not_found', 'gift_already_claimed'],
      examples: { body: { token: exampleToken }, response: { ...exampleGift, state: 'claimed' } },
      handler: ({ params, body, ctx }) => claimGift(deps)({ giftId: params.id, token: body.token }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/invoices',
      summary: 'My invoices and credit notes, newest first',
      policy: allow.user(),
      query: z.strictObject(PageQuery),
      response: Page(Invoice),
      examples: { response: { items: [exampleInvoice] } },
      handler: ({ query, ctx }) => listInvoices(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/invoices/:id',
      summary: 'An invoice or credit note as PDF, JSON or UBL 2.1',
      policy: allow.anyone(),
      params: IdParams,
      query: z.strictObject({
        token: Token.optional().meta({ examples: ['b0N4tq8RzXw2vLk7mPc5HsJd9YfGa1Ue'] }),
        format: z.enum(['pdf', 'json', 'ubl']).default('pdf'),
      }),
      binary: 'application/pdf',
      errors: ['invoice_not_found'],
      handler: async ({ params, query, ctx, reply }) => {
        const file = await sendInvoice(deps)({ invoiceId: params.id, token: query.token, format: query.format }, ctx);
        return reply
          .header('content-type', file.type)
          .header('content-disposition', `inline; filename="${file.fileName}"`)
          .header('cache-control', 'private, no-store')
          .send(file.content);
      },
    }),
  ];
}
