import { randomUUID } from 'node:crypto';
import type { TestPlatform } from '@stoa/kernel/testing';
import type { ObjectName, Row } from './authorization-table.ts';

const everyone = ['anonymous', 'learnerA', 'learnerB', 'instructorA', 'instructorB', 'support', 'admin'] as const;
const signedIn = everyone.filter((actor) => actor !== 'anonymous');
const operators = ['support', 'admin'] as const;
const sellers = ['instructorA', 'instructorB', 'support', 'admin'] as const;
const buyer = ['learnerA', 'support', 'admin'] as const;
const token = 'not-the-token-of-anything-that-exists-here';

/** Who may do what with orders and payments. The world has one paid order, of learner A. */
export const paymentRows: Record<string, readonly Row[]> = {
  'POST /api/orders/quote': [{ may: everyone }],
  'POST /api/orders': [{ may: everyone }],
  'GET /api/orders': [{ may: signedIn }],
  'GET /api/orders/{id}': [{ object: 'order', may: buyer }],
  'POST /api/orders/{id}/cancel': [{ object: 'order', may: buyer }],
  'POST /api/orders/{id}/claim': [{ object: 'none', may: [], body: { token } }],
  'GET /api/orders/{id}/seats': [{ object: 'order', may: buyer }],
  'POST /api/orders/{id}/seats': [
    { object: 'order', may: buyer, body: { lineId: randomUUID(), email: 'somebody@example.com' } },
  ],
  'POST /api/orders/{id}/payments': [{ object: 'order', may: buyer, body: { provider: 'sandbox' } }],
  'DELETE /api/seats/{id}': [{ object: 'none', may: [] }],
  'GET /api/admin/seller-terms': [{ may: operators }],
  'GET /api/admin/seller-terms/{id}': [{ object: 'none', may: operators, missingIsEmpty: true }],
  'PUT /api/admin/seller-terms/{id}': [
    { object: 'none', may: ['admin'], body: { share: 8000, holdDays: null }, missingIsEmpty: true },
  ],
  'GET /api/admin/payments/audit': [{ may: ['admin'] }],
  'GET /api/seats': [{ may: signedIn }],
  'POST /api/seats/{id}/invitations': [{ object: 'none', may: [] }],
  'GET /api/seats/{id}': [{ object: 'none', may: [] }],
  'POST /api/seats/{id}/claim': [{ object: 'none', may: [], body: { token } }],
  'GET /api/gifts/{id}': [{ object: 'none', may: [] }],
  'POST /api/gifts/{id}/claim': [{ object: 'none', may: [], body: { token } }],
  'GET /api/invoices': [{ may: signedIn }],
  'GET /api/invoices/{id}': [{ object: 'invoice', may: buyer }],
  'GET /api/payments/providers': [{ may: everyone }],
  'POST /api/payments/courses/{id}': [{ object: 'none', may: everyone, missingIsEmpty: true }],
  'GET /api/payments/{id}': [{ object: 'payment', may: buyer }],
  'POST /api/payments/{id}/cancel': [{ object: 'payment', may: buyer }],
  'POST /api/payments/{id}/refunds': [{ object: 'payment', may: buyer }],
  'POST /api/webhooks/{provider}': [{ object: 'none', may: [] }],
  'POST /api/webhooks/pix/pix': [{ may: [] }],
  'GET /api/sandbox/checkout/{providerReference}': [{ object: 'none', may: [] }],
  'POST /api/sandbox/checkout/{providerReference}': [{ object: 'none', may: [] }],
  'POST /api/sandbox/payments/{providerReference}': [{ object: 'none', may: [] }],
  'GET /api/coupons': [{ may: sellers }],
  'POST /api/coupons': [{ may: sellers }],
  'PATCH /api/coupons/{id}': [{ object: 'none', may: [], body: { active: false } }],
  'GET /api/seller/sales': [{ may: sellers }],
  'GET /api/seller/totals': [{ may: sellers }],
  'GET /api/seller/statement': [{ may: sellers }],
  'GET /api/seller/statement.csv': [{ may: sellers }],
  'GET /api/admin/orders': [{ may: operators }],
  'GET /api/admin/orders/{id}': [{ object: 'order', may: operators }],
  'GET /api/admin/ledger/trial-balance': [{ may: operators }],
  'GET /api/admin/ledger/trial-balance.csv': [{ may: operators }],
  'GET /api/admin/ledger/accounts/{account}': [{ object: 'none', may: [] }],
  'GET /api/admin/payments/breaks': [{ may: operators }],
  'POST /api/admin/payments/evidence/{id}/resolution': [{ object: 'none', may: [] }],
  'GET /api/admin/payments/providers': [{ may: operators }],
  'PUT /api/admin/payments/providers/{name}': [{ object: 'provider', may: operators, body: { offered: true } }],
  'POST /api/admin/payments/reconciliations': [{ may: operators }],
  'GET /api/admin/payouts': [{ may: operators }],
  'POST /api/admin/payouts': [{ may: ['admin'] }],
  'GET /api/admin/payouts.csv': [{ may: ['admin'] }],
  'POST /api/admin/payouts/{id}/confirmation': [{ object: 'none', may: [], body: { reference: 'E1' } }],
  'POST /api/admin/payouts/{id}/failure': [{ object: 'none', may: [] }],
  'GET /api/seller/payouts': [{ may: sellers }],
  'GET /api/seller/payout-method': [{ may: sellers }],
  'PUT /api/seller/payout-method': [{ may: sellers }],
  'GET /api/subscriptions': [{ may: signedIn }],
  'POST /api/subscriptions': [{ may: signedIn }],
  'DELETE /api/subscriptions/{id}': [{ object: 'none', may: [] }],
  'POST /api/subscriptions/{id}/resume': [{ object: 'none', may: [] }],
  'POST /api/subscriptions/{id}/pause': [{ object: 'none', may: [] }],
  'POST /api/subscriptions/{id}/plan': [{ object: 'none', may: [], body: { sku: 'plan:other' } }],
  'POST /api/subscriptions/quote': [{ may: everyone }],
  'GET /api/subscriptions/{id}': [{ object: 'subscription', may: ['learnerA'] }],
  'POST /api/subscriptions/{id}/plan/preview': [
    { object: 'subscription', may: ['learnerA'], body: { sku: 'plan:other' } },
  ],
  'POST /api/subscriptions/{id}/methods': [
    { object: 'subscription', may: ['learnerA'], body: { provider: 'sandbox' } },
  ],
  'GET /api/method-setups/{id}': [{ object: 'none', may: [] }],
  'POST /api/subscriptions/{id}/next-period': [{ object: 'subscription', may: ['learnerA'] }],
  'POST /api/instalments/quote': [{ may: everyone }],
  'POST /api/instalments': [{ may: signedIn }],
  'GET /api/instalments': [{ may: signedIn }],
  'GET /api/instalments/{id}': [{ object: 'instalments', may: ['learnerA'] }],
  'POST /api/instalments/{id}/next-part': [{ object: 'instalments', may: ['learnerA'] }],
  'POST /api/instalments/{id}/rest': [{ object: 'instalments', may: ['learnerA'] }],
  'GET /api/seller/instalments': [{ may: sellers }],
  'GET /api/admin/instalments': [{ may: operators }],
  'GET /api/admin/instalments/{id}': [{ object: 'instalments', may: operators }],
  'POST /api/admin/instalments/{id}/retry': [{ object: 'instalments', may: operators }],
  'POST /api/admin/instalments/{id}/cancellation': [
    { object: 'instalments', may: operators, body: { access: 'keep', note: 'A test' } },
  ],
  'GET /api/seller/subscriptions': [{ may: sellers }],
  'GET /api/admin/subscriptions': [{ may: operators }],
  'GET /api/admin/subscriptions/totals': [{ may: operators }],
  'GET /api/admin/subscriptions/{id}': [{ object: 'subscription', may: operators }],
  'POST /api/admin/subscriptions/{id}/retry': [{ object: 'subscription', may: operators }],
  'POST /api/admin/subscriptions/{id}/cancellation': [
    { object: 'subscription', may: operators, body: { at: 'period_end' } },
  ],
  'GET /api/admin/tax-rules': [{ may: operators }],
  'POST /api/admin/tax-rules': [{ may: ['admin'] }],
  'POST /api/admin/tax-rules/{id}/end': [{ object: 'none', may: [], body: { validTo: '2030-01-01' } }],
};

/** A paid order of somebody, as it lies in the database: no market is needed to look at it. */
export async function makePaidOrder(platform: TestPlatform, buyerId: string): Promise<[ObjectName, string][]> {
  const [order, payment, invoice] = [randomUUID(), randomUUID(), randomUUID()];
  const { pool } = platform.host.database('payments');
  await pool.query(
    `insert into orders (id, number, buyer_account, buyer_id, buyer_email, locale, currency, subtotal, discount, tax, total, hold, expires_at)
     values ($1, 'TEST-1', $2::uuid::text, $2::uuid, 'learnera@stoa.test', 'en', 'BRL', 1000, 0, 0, 1000, 'kept', now())`,
    [order, buyerId],
  );
  await pool.query(
    `insert into order_lines (id, order_id, position, sku, kind, quantity, title, seller_share, unit_price, discount, net, tax, total, owner_id)
     values ($1, $2, 0, 'course:test', 'course', 1, 'A course', 7000, 1000, 0, 1000, 0, 1000, $3)`,
    [randomUUID(), order, buyerId],
  );
  await pool.query(
    `insert into attempts (id, order_id, provider, status, amount, currency, captured, provider_reference, expires_at)
     values ($1, $2, 'sandbox', 'succeeded', 1000, 'BRL', 1000, 'test', now())`,
    [payment, order],
  );
  await pool.query("update orders set state = 'paid', settled_by = $2, paid_at = now() where id = $1", [
    order,
    payment,
  ]);
  const document = {
    version: 1,
    kind: 'invoice',
    number: 'TEST-000001',
    issuedAt: '2026-01-01T00:00:00Z',
    locale: 'en',
    currency: 'BRL',
    merchant: { name: 'Stoa', address: '', taxId: '', country: 'BR' },
    buyer: { name: 'Learner A', email: 'learnera@stoa.test', document: '', country: '' },
    orderId: order,
    orderNumber: 'TEST-1',
    corrects: null,
    reason: null,
    lines: [],
    subtotal: 1000,
    discount: 0,
    net: 1000,
    taxes: [],
    tax: 0,
    total: 1000,
    paidWith: '',
  };
  await pool.query(
    `insert into invoices (id, number, series, serial, kind, order_id, buyer_id, document, issued_at)
     values ($1, 'TEST-000001', 'TEST', 1, 'invoice', $2, $3, $4, now())`,
    [invoice, order, buyerId, JSON.stringify(document)],
  );
  const subscription = randomUUID();
  await pool.query(
    `insert into plan_subscriptions (id, buyer_id, buyer_email, locale, sku, title, amount, currency, interval, interval_count, state,
       entitled, anchor, periods, period_start, period_end, provider)
     values ($1, $2, 'learnera@stoa.test', 'en', 'plan:test', 'A plan', 1000, 'BRL', 'month', 1, 'active',
       true, now(), 1, now(), now() + interval '20 days', 'sandbox')`,
    [subscription, buyerId],
  );
  const instalments = randomUUID();
  await pool.query(
    `insert into instalment_plans (id, buyer_id, buyer_email, locale, sku, title, item, currency, parts, surcharge, state, entitled, started_at)
     values ($1, $2, 'learnera@stoa.test', 'en', 'course:test', 'A course', $3, 'BRL', 2, 0, 'active', true, now())`,
    [
      instalments,
      buyerId,
      JSON.stringify({
        sku: 'course:test',
        kind: 'course',
        title: 'A course',
        summary: '',
        path: '',
        coverUrl: '',
        sellerId: '',
        sellerName: '',
        taxCategory: '',
        refundDays: 0,
      }),
    ],
  );
  await pool.query(
    `insert into instalment_parts (plan_id, part, due_at, list_price, price, surcharge, total, order_id, paid_at)
     values ($1, 1, now(), 1000, 1000, 0, 1000, $2, now()), ($1, 2, now() + interval '20 days', 1000, 1000, 0, 1000, null, null)`,
    [instalments, order],
  );
  return [
    ['instalments', instalments],
    ['subscription', subscription],
    ['order', order],
    ['payment', payment],
    ['invoice', invoice],
  ];
}
