import { allow, type Ctx, defineRoute, type FastifyRequest, Id, IdParams } from '@stoa/kernel';
import { z } from 'zod';
import { cancelPayment } from '../attempts/cancel-payment.ts';
import { listProviders } from '../attempts/list-providers.ts';
import { payForCourse } from '../attempts/pay-for-course.ts';
import { showPayment } from '../attempts/show-payment.ts';
import { startPayment } from '../attempts/start-payment.ts';
import type { PaymentDeps } from '../deps.ts';
import { claimTokenOf } from '../orders/create-order.ts';
import { requestRefund } from '../refunds/request-refund.ts';
import { receiveWebhook } from '../webhooks/receive-webhook.ts';
import {
  exampleCanceledPayment,
  exampleCoursePayment,
  exampleCreatedPayment,
  examplePayment,
  exampleRefund,
} from './examples.ts';
import { itemRefusals } from './refusals.ts';
import { Amount, Country, CoursePayment, Currency, Email, Payment, Refund, Token, TokenQuery } from './shapes.ts';

const details = {
  provider: z
    .string()
    .min(2)
    .max(20)
    .regex(/^[a-z]+(-[a-z]+)*$/),
  returnUrl: z.string().max(2000).optional(),
  document: z.string().max(30).optional(),
  phone: z.string().max(30).optional(),
  name: z.string().max(100).optional(),
};
const Providers = z.strictObject({
  items: z.array(
    z.strictObject({
      name: z.string(),
      available: z.boolean(),
      unavailable: z.string().nullable(),
      presents: z.enum(['redirect', 'qr_code']).nullable(),
      needs: z.array(z.enum(['document', 'phone', 'name'])),
      keepsMethod: z.boolean(),
    }),
  ),
});
const exampleProviders: z.input<typeof Providers> = {
  items: [
    { name: 'sandbox', available: true, unavailable: null, presents: 'redirect', needs: [], keepsMethod: true },
    {
      name: 'pix',
      available: false,
      unavailable: 'not_configured',
      presents: null,
      needs: [],
      keepsMethod: false,
    },
  ],
};
const startErrors = [
  'order_not_payable',
  'payment_in_progress',
  'provider_unknown',
  'provider_unavailable',
  'currency_not_supported',
  'amount_too_small',
  'payer_details_needed',
  'return_address_refused',
  'item_not_for_sale',
] as const;

/**
 * A provider sends everything it has from a few addresses, most of it at once after one of us was away: three days of
 * repeats, or a sale's whole evening. A thousand a second from one address is more than we can take in, so what limits us
 * then is the database and not this; it is here against a flood of forgeries, each of which costs one signature check.
 */
const webhookLimit = { limit: 60_000, windowSeconds: 60 };

/** Payments, refunds, and what providers report. */
export function paymentRoutes(deps: PaymentDeps) {
  const receive = receiveWebhook(deps);
  const take = async (provider: string, request: FastifyRequest, ctx: Ctx) => {
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    await receive({ provider, request, rawBody }, ctx);
    return { received: true };
  };
  return [
    defineRoute({
      method: 'GET',
      url: '/api/payments/providers',
      summary: 'Ways to pay',
      description:
        'With an amount and a currency, whether each takes them; with `renewing`, whether it can charge again by itself. What cannot be used says why.',
      policy: allow.anyone(),
      query: z.strictObject({
        currency: Currency.optional().meta({ examples: ['BRL'] }),
        amount: z.coerce
          .number()
          .int()
          .min(0)
          .max(1_000_000_000_000)
          .optional()
          .meta({ examples: [12_990] }),
        renewing: z.boolean().optional(),
      }),
      response: Providers,
      examples: { response: exampleProviders },
      handler: ({ query, ctx }) => listProviders(deps)(query, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/orders/:id/payments',
      summary: 'Pay an order',
      description:
        'Answers at once with status `created`; the provider is called by the payment queue. Ask `GET /api/payments/{id}` for `nextAction`.',
      policy: allow.anyone(),
      params: IdParams,
      query: TokenQuery,
      body: z.strictObject(details),
      response: Payment,
      status: 202,
      idempotency: 'key',
      errors: ['order_not_found', ...startErrors],
      examples: { body: { provider: 'sandbox' }, response: exampleCreatedPayment },
      handler: ({ params, query, body, ctx }) =>
        startPayment(deps)({ orderId: params.id, token: query.token, ...body }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/payments/courses/:id',
      summary: 'Order a course and pay it, in one step',
      policy: allow.anyone(),
      params: IdParams,
      body: z.strictObject({
        ...details,
        coupon: z.string().min(1).max(40).optional(),
        email: Email.optional(),
        country: Country.optional(),
      }),
      response: CoursePayment,
      status: 202,
      idempotency: 'key',
      errors: [...itemRefusals, 'buyer_email_needed', ...startErrors],
      examples: { body: { provider: 'sandbox' }, response: exampleCoursePayment },
      handler: ({ params, body, ctx }) => payForCourse(deps)({ courseId: params.id, ...body }, ctx),
      secret: {
        omit: (payment) => ({ ...payment, claimToken: null }),
        restore: (payment, ctx) => ({ ...payment, claimToken: claimTokenOf(deps, payment.orderId, ctx) }),
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/payments/:id',
      summary: 'A payment and what the payer does next',
      description: '`refresh` when the payer has just come back: the provider is asked again soon.',
      policy: allow.anyone(),
      params: IdParams,
      query: z.strictObject({
        token: Token.optional().meta({ examples: ['b0N4tq8RzXw2vLk7mPc5HsJd9YfGa1Ue'] }),
        refresh: z.boolean().optional(),
      }),
      response: Payment,
      errors: ['payment_not_found'],
      examples: { response: examplePayment },
      handler: ({ params, query, ctx }) => showPayment(deps)({ paymentId: params.id, ...query }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/payments/:id/cancel',
      summary: 'Call a payment off, to choose another way',
      policy: allow.anyone(),
      params: IdParams,
      query: TokenQuery,
      response: Payment,
      idempotency: 'natural',
      errors: ['payment_not_found', 'payment_not_cancellable'],
      examples: { response: exampleCanceledPayment },
      handler: ({ params, query, ctx }) => cancelPayment(deps)({ paymentId: params.id, token: query.token }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/payments/:id/refunds',
      summary: 'Ask for money back, all of it or a part',
      description:
        'Buyers within the days the item allows, with access ending; support always, and `access` decides. Without lines and amount everything that is left goes back.',
      policy: allow.anyone(),
      params: IdParams,
      query: TokenQuery,
      body: z.strictObject({
        amount: Amount.optional(),
        lines: z
          .array(z.strictObject({ lineId: Id, amount: Amount.optional() }))
          .max(50)
          .optional(),
        access: z.enum(['revoke', 'keep']).optional(),
        reason: z.enum(['requested', 'goodwill', 'duplicate', 'fraud']).optional(),
        note: z.string().max(1000).optional(),
      }),
      response: Refund,
      status: 202,
      idempotency: 'key',
      errors: ['payment_not_found', 'refund_not_possible', 'refund_too_large', 'refund_window_over'],
      examples: { body: { reason: 'requested' }, response: exampleRefund },
      handler: ({ params, query, body, ctx }) =>
        requestRefund(deps)({ paymentId: params.id, token: query.token, ...body }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/webhooks/:provider',
      summary: 'A report from a provider',
      description:
        'Verified on the exact bytes by the provider’s own scheme, made durable, then accepted. Repeats change nothing.',
      policy: allow.anyone(),
      params: z.strictObject({
        provider: z
          .string()
          .max(60)
          .meta({ examples: ['stripe'] }),
      }),
      rawBody: true,
      bodyLimit: 512 * 1024,
      rateLimit: webhookLimit,
      response: z.strictObject({ received: z.boolean() }),
      idempotency: 'natural',
      errors: ['not_found', 'webhook_refused', 'webhook_malformed'],
      examples: { response: { received: true } },
      handler: ({ params, request, ctx }) => take(params.provider, request, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/webhooks/pix/pix',
      summary: 'A report from a bank, where it sends what it was given and `/pix`',
      description:
        'Banks append `/pix` to the address that was registered. Registered as `/api/webhooks` they report to the operation above, registered as `/api/webhooks/pix` to this one.',
      policy: allow.anyone(),
      rawBody: true,
      bodyLimit: 512 * 1024,
      rateLimit: webhookLimit,
      response: z.strictObject({ received: z.boolean() }),
      idempotency: 'natural',
      errors: ['not_found', 'webhook_refused', 'webhook_malformed'],
      examples: { response: { received: true } },
      handler: ({ request, ctx }) => take('pix', request, ctx),
    }),
  ];
}
