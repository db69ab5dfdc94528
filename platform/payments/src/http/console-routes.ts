import { allow, defineRoute, Id, IdParams, kernelErrors, MoneySchema, Page, PageQuery, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { listAudit } from '../console/audit.ts';
import { listPaymentBreaks, showProviderHealth } from '../console/breaks.ts';
import { createCoupon, listCoupons, switchCoupon } from '../console/coupons.ts';
import { listAllOrders } from '../console/list-orders.ts';
import { resolveEvidence, showConsoleOrder } from '../console/orders.ts';
import { listSales } from '../console/sales.ts';
import { listSalesTotals } from '../console/sales-totals.ts';
import { agreeTerms, listSellerTerms, showSellerTerms } from '../console/seller-terms.ts';
import { addTaxRule, endTaxRule, listTaxRules } from '../console/tax-rules.ts';
import type { PaymentDeps } from '../deps.ts';
import { showAccount } from '../ledger/show-account.ts';
import { exportStatement, showStatement } from '../ledger/show-statement.ts';
import { exportTrialBalance, showTrialBalance } from '../ledger/show-trial-balance.ts';
import {
  choosePayoutMethod,
  confirmPayout,
  exportPayouts,
  failPayout,
  listPayouts,
  makePayouts,
  showPayoutMethod,
} from '../settling/payouts.ts';
import { reconcileDay } from '../settling/reconcile-provider.ts';
import { Amount, Country, Currency, Day, Order, OrderStateSchema, Sku } from './shapes.ts';

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
const Audited = z.strictObject({
  id: Id,
  at: Timestamp,
  actor: z.strictObject({ kind: z.string(), id: Id.nullable() }),
  action: z.string(),
  subject: z.strictObject({ kind: z.string(), id: z.string() }),
  details: z.record(z.string(), z.unknown()),
  ip: z.string().nullable(),
  traceId: z.string(),
});
const ConsoleOrder = z.strictObject({
  id: Id,
  number: z.string(),
  state: OrderStateSchema,
  buyerEmail: z.string(),
  total: MoneySchema,
  refunded: MoneySchema,
  titles: z.array(z.string()),
  flagged: z.boolean(),
  createdAt: Timestamp,
});
const ConsoleOrderView = z.strictObject({
  order: Order,
  payments: z.array(
    z.strictObject({
      id: Id,
      provider: z.string(),
      status: z.string(),
      amount: MoneySchema,
      captured: MoneySchema,
      refunded: MoneySchema,
      disputed: MoneySchema,
      fee: MoneySchema,
      providerReference: z.string().nullable(),
      providerCode: z.string().nullable(),
      reason: z.string().nullable(),
      polls: z.int(),
      parkedAt: Timestamp.nullable(),
      createdAt: Timestamp,
      updatedAt: Timestamp,
    }),
  ),
  evidence: z.array(
    z.strictObject({
      id: z.int(),
      paymentId: Id.nullable(),
      provider: z.string(),
      source: z.string(),
      type: z.string(),
      outcome: z.string(),
      flagged: z.boolean(),
      resolvedAt: Timestamp.nullable(),
      occurredAt: Timestamp.nullable(),
      receivedAt: Timestamp,
      said: z.strictObject({
        about: z.string(),
        state: z.string().nullable(),
        amount: MoneySchema.nullable(),
        reason: z.string().nullable(),
        code: z.string().nullable(),
      }),
    }),
  ),
  refunds: z.array(
    z.strictObject({
      id: Id,
      paymentId: Id,
      state: z.string(),
      amount: MoneySchema,
      reason: z.string(),
      revokes: z.boolean(),
      note: z.string(),
      requestedBy: Id.nullable(),
      providerCode: z.string().nullable(),
      parkedAt: Timestamp.nullable(),
      createdAt: Timestamp,
      completedAt: Timestamp.nullable(),
    }),
  ),
  ledger: z.array(
    z.strictObject({
      id: Id,
      kind: z.string(),
      at: Timestamp,
      entries: z.array(z.strictObject({ account: z.string(), amount: z.int() })),
    }),
  ),
  disputes: z.array(
    z.strictObject({
      id: Id,
      paymentId: Id,
      state: z.string(),
      amount: MoneySchema,
      reason: z.string(),
      respondBy: Timestamp.nullable(),
      openedAt: Timestamp,
      closedAt: Timestamp.nullable(),
    }),
  ),
});
const TrialBalance = z.strictObject({
  accounts: z.array(
    z.strictObject({
      account: z.string(),
      kind: z.string(),
      holder: z.string(),
      currency: Currency,
      debit: z.int(),
      credit: z.int(),
      balance: z.int(),
    }),
  ),
  totals: z.array(z.strictObject({ currency: Currency, debit: z.int(), credit: z.int(), difference: z.int() })),
  intact: z.boolean(),
  broken: z.array(z.strictObject({ subject: z.string(), why: z.string() })),
});
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
const TaxRule = z.strictObject({
  id: Id,
  country: Country,
  category: z.string(),
  name: z.string(),
  rate: z.int(),
  inclusive: z.boolean(),
  source: z.string(),
  checkedOn: z.string(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
});
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
const SellerQuery = { sellerId: Id.optional() };
const sellers = allow.role('instructor', 'supplier', 'fleet', 'support');
const csv = (reply: { header: (name: string, value: string) => unknown }, fileName: string) => {
  reply.header('content-type', 'text/csv; charset=utf-8');
  reply.header('content-disposition', `attachment; filename="${fileName}"`);
};

/** What operators and sellers see and do. */
export function consoleRoutes(deps: PaymentDeps) {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/admin/orders',
      summary: 'Every order, newest first',
      description: '`q` is a number, an id, or the buyer’s e-mail address.',
      policy: allow.role('support'),
      query: z.strictObject({ ...PageQuery, state: OrderStateSchema.optional(), q: z.string().max(254).optional() }),
      response: Page(ConsoleOrder),
      handler: ({ query, ctx }) => listAllOrders(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/orders/:id',
      summary: 'An order with its evidence, its books and its disputes',
      policy: allow.role('support'),
      params: IdParams,
      response: ConsoleOrderView,
      errors: ['order_not_found'],
      handler: ({ params, ctx }) => showConsoleOrder(deps)({ orderId: params.id }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/ledger/trial-balance',
      summary: 'The trial balance, and whether the books are whole',
      policy: allow.role('support'),
      response: TrialBalance,
      handler: ({ ctx }) => showTrialBalance(deps)(ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/ledger/trial-balance.csv',
      summary: 'The trial balance as a spreadsheet',
      policy: allow.role('support'),
      binary: 'text/csv',
      handler: async ({ ctx, reply }) => {
        const text = await exportTrialBalance(deps)(ctx);
        csv(reply, 'trial-balance.csv');
        return reply.send(text);
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/ledger/accounts/:account',
      summary: 'What is booked to one account, newest first',
      description: '`account` as the trial balance names it. Positive amounts are debits.',
      policy: allow.role('support'),
      params: z.strictObject({ account: z.string().max(200) }),
      query: z.strictObject(PageQuery),
      response: z.strictObject({
        account: z.string(),
        kind: z.string(),
        holder: z.string(),
        currency: Currency,
        debit: z.int(),
        credit: z.int(),
        balance: z.int(),
        items: z.array(
          z.strictObject({
            id: z.string(),
            at: Timestamp,
            kind: z.string(),
            amount: z.int(),
            orderId: Id.nullable(),
            orderNumber: z.string().nullable(),
            title: z.string().nullable(),
          }),
        ),
        nextCursor: z.string().optional(),
      }),
      errors: ['account_not_found'],
      handler: ({ params, query, ctx }) => showAccount(deps)({ account: params.account, ...query }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/payments/breaks',
      summary: 'What does not fit and needs a person',
      policy: allow.role('support'),
      response: z.strictObject({
        items: z.array(
          z.strictObject({
            kind: z.string(),
            orderId: Id.nullable(),
            paymentId: Id.nullable(),
            evidenceId: z.int().nullable(),
            provider: z.string().nullable(),
            amount: MoneySchema.nullable(),
            since: Timestamp,
          }),
        ),
      }),
      handler: ({ ctx }) => listPaymentBreaks(deps)(ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/payments/evidence/:id/resolution',
      summary: 'Note that somebody has looked at what was flagged',
      policy: allow.role('support'),
      params: z.strictObject({ id: z.string().max(60) }),
      idempotency: 'natural',
      errors: ['evidence_not_found'],
      handler: async ({ params, ctx }) => {
        await resolveEvidence(deps)({ evidenceId: Number(params.id) }, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/payments/providers',
      summary: 'How each provider is doing, and what is missing where one is not set up',
      policy: allow.role('support'),
      response: z.strictObject({
        items: z.array(
          z.strictObject({
            name: z.string(),
            available: z.boolean(),
            unavailable: z.string().nullable(),
            missing: z.array(z.string()),
            circuit: z.enum(['closed', 'open', 'half_open']),
            lastDay: z.strictObject({ succeeded: z.int(), failed: z.int() }),
            unknown: z.int(),
            live: z.int(),
            lastWebhookAt: Timestamp.nullable(),
            lastPaidAt: Timestamp.nullable(),
            lastFailedAt: Timestamp.nullable(),
            clearing: z.array(MoneySchema),
          }),
        ),
      }),
      handler: ({ ctx }) => showProviderHealth(deps)(ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/payments/reconciliations',
      summary: 'Hold a provider’s own report of a day against the books',
      description: 'Runs by itself every night for the day before. Running it again is harmless.',
      policy: allow.role('support'),
      body: z.strictObject({ provider: z.string().max(40), day: Day }),
      response: z.strictObject({ transactions: z.int(), breaks: z.int() }),
      idempotency: 'natural',
      errors: ['provider_unknown', 'provider_unavailable'],
      examples: { body: { provider: 'sandbox', day: '2026-01-31' } },
      handler: ({ body, ctx }) => {
        requireDay(body.day, '/day');
        return reconcileDay(deps)(body, ctx);
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/payouts',
      summary: 'Payouts to sellers, newest first',
      policy: allow.role('support'),
      query: z.strictObject(PageQuery),
      response: Page(Payout),
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
      handler: ({ ctx }) => makePayouts(deps)(ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/payouts.csv',
      summary: 'Payouts that wait to be sent, as a file for the bank',
      policy: allow.role('admin'),
      binary: 'text/csv',
      handler: async ({ ctx, reply }) => {
        const text = await exportPayouts(deps)(ctx);
        csv(reply, 'payouts.csv');
        return reply.send(text);
      },
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
      handler: ({ params, ctx }) => failPayout(deps)({ payoutId: params.id }, ctx),
    }),
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
    defineRoute({
      method: 'GET',
      url: '/api/admin/payments/audit',
      summary: 'What operators did with money, newest first',
      policy: allow.role('admin'),
      query: z.strictObject({ ...PageQuery, subject: z.string().min(1).max(100).optional() }),
      response: Page(Audited),
      handler: ({ query, ctx }) => listAudit(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/seller/payouts',
      summary: 'What I was paid, newest first',
      policy: sellers,
      query: z.strictObject(PageQuery),
      response: Page(Payout),
      handler: ({ query, ctx }) => listPayouts(deps)({ ...query, own: true }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/seller/payout-method',
      summary: 'Where I am paid',
      policy: sellers,
      response: ChosenMethod,
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
      handler: ({ body, ctx }) => choosePayoutMethod(deps)(body, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/tax-rules',
      summary: 'Rules of tax, each with where it was read',
      policy: allow.role('support'),
      response: z.strictObject({ items: z.array(TaxRule) }),
      handler: ({ ctx }) => listTaxRules(deps)(ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/tax-rules',
      summary: 'Add a rule of tax',
      policy: allow.role('admin'),
      body: z.strictObject({
        country: Country,
        category: z.string().regex(/^(\*|[a-z_]{2,40})$/),
        name: z.string().min(1).max(40),
        rate: z.int().min(0).max(10_000),
        inclusive: z.boolean(),
        source: z.string().min(3).max(500),
        checkedOn: Day,
        validFrom: Day,
        validTo: Day.optional(),
      }),
      response: TaxRule,
      status: 201,
      idempotency: 'key',
      handler: ({ body, ctx }) => {
        for (const day of ['checkedOn', 'validFrom', 'validTo'] as const) requireDay(body[day], `/${day}`);
        if (body.validTo !== undefined && body.validTo <= body.validFrom) throw notADay('/validTo');
        return addTaxRule(deps)(body, ctx);
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/tax-rules/:id/end',
      summary: 'End a rule of tax on a day',
      policy: allow.role('admin'),
      params: IdParams,
      body: z.strictObject({ validTo: Day }),
      response: TaxRule,
      idempotency: 'natural',
      errors: ['tax_rule_not_found'],
      handler: ({ params, body, ctx }) => {
        requireDay(body.validTo, '/validTo');
        return endTaxRule(deps)({ ruleId: params.id, validTo: body.validTo }, ctx);
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/coupons',
      summary: 'Coupons: one’s own, or all for operators',
      policy: sellers,
      query: z.strictObject(PageQuery),
      response: Page(Coupon),
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
      examples: { body: { code: 'WELCOME10', percent: 1000, scope: 'order', skus: [], minimum: 0 } },
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
      handler: ({ params, body, ctx }) => switchCoupon(deps)({ couponId: params.id, active: body.active }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/seller/sales',
      summary: 'What I have sold, newest first',
      policy: sellers,
      query: z.strictObject({ ...PageQuery, ...SellerQuery }),
      response: Page(
        z.strictObject({
          id: Id,
          orderNumber: z.string(),
          sku: z.string(),
          title: z.string(),
          quantity: z.int(),
          total: MoneySchema,
          refunded: MoneySchema,
          earned: MoneySchema,
          coupon: z.string().nullable(),
          paidAt: Timestamp,
        }),
      ),
      handler: ({ query, ctx }) => listSales(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/seller/totals',
      summary: 'What I sold in each month, item by item',
      description: 'Months are UTC, by when the order was paid. `earned` is what refunds left of it for the seller.',
      policy: sellers,
      query: z.strictObject({ ...SellerQuery, months: z.coerce.number().int().min(1).max(36).default(12) }),
      response: z.strictObject({
        items: z.array(
          z.strictObject({
            month: z.string(),
            sku: z.string(),
            title: z.string(),
            sold: z.int(),
            total: MoneySchema,
            refunded: MoneySchema,
            earned: MoneySchema,
          }),
        ),
      }),
      handler: ({ query, ctx }) => listSalesTotals(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/seller/statement',
      summary: 'What I am owed, and how it came to be',
      policy: sellers,
      query: z.strictObject({ ...PageQuery, ...SellerQuery }),
      response: z.strictObject({
        balances: z.array(
          z.strictObject({
            currency: Currency,
            balance: z.int(),
            earned: z.int(),
            returned: z.int(),
            paidOut: z.int(),
          }),
        ),
        items: z.array(
          z.strictObject({
            id: z.string(),
            at: Timestamp,
            kind: z.string(),
            amount: MoneySchema,
            orderNumber: z.string().nullable(),
            title: z.string().nullable(),
          }),
        ),
        nextCursor: z.string().optional(),
      }),
      handler: ({ query, ctx }) => showStatement(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/seller/statement.csv',
      summary: 'My statement as a spreadsheet',
      policy: sellers,
      query: z.strictObject(SellerQuery),
      binary: 'text/csv',
      handler: async ({ query, ctx, reply }) => {
        const text = await exportStatement(deps)(query, ctx);
        csv(reply, 'statement.csv');
        return reply.send(text);
      },
    }),
  ];
}

/** A day or time that a calendar and the database both know. @throws validation_failed */
function requireDay(value: string | undefined, pointer: string): void {
  if (value === undefined) return;
  const year = new Date(value).getUTCFullYear();
  if (!(year >= 1970 && year <= 2200)) throw notADay(pointer);
}

const notADay = (pointer: string) =>
  kernelErrors.validation_failed({
    errors: [{ pointer, code: 'invalid', message: 'not a day that can be used here' }],
  });
