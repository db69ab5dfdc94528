import { defineRoute, Id, MoneySchema, Page, PageQuery, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { listSales } from '../console/sales.ts';
import { listSalesTotals } from '../console/sales-totals.ts';
import type { PaymentDeps } from '../deps.ts';
import { exportStatement, showStatement } from '../ledger/show-statement.ts';
import { brl, exampleItem, exampleOrder, ids } from './examples.ts';
import { SellerQuery, sellers } from './sellers.ts';
import { sendAsCsv } from './send-as-csv.ts';
import { Currency } from './shapes.ts';

const Sale = z.strictObject({
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
});
const Totals = z.strictObject({
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
});
const Statement = z.strictObject({
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
});
const sold = {
  sku: exampleItem.sku,
  title: exampleItem.title,
  total: exampleOrder.total,
  refunded: brl(0),
  earned: brl(10728),
};
const paidAt = '2026-03-14T18:20:00.000000Z';
const exampleSale: z.input<typeof Sale> = {
  ...sold,
  id: ids.line,
  orderNumber: exampleOrder.number,
  quantity: 1,
  coupon: exampleOrder.coupon,
  paidAt,
};
const exampleStatement: z.input<typeof Statement> = {
  balances: [{ currency: 'BRL', balance: 10728, earned: 32184, returned: 0, paidOut: 21456 }],
  items: [
    {
      id: `${ids.sale}:2`,
      at: paidAt,
      kind: 'sale',
      amount: sold.earned,
      orderNumber: exampleOrder.number,
      title: exampleItem.title,
    },
  ],
};

/** What sellers see of what they sold and are owed. */
export function salesRoutes(deps: PaymentDeps) {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/seller/sales',
      summary: 'What I have sold, newest first',
      policy: sellers,
      query: z.strictObject({ ...PageQuery, ...SellerQuery }),
      response: Page(Sale),
      examples: { response: { items: [exampleSale] } },
      handler: ({ query, ctx }) => listSales(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/seller/totals',
      summary: 'What I sold in each month, item by item',
      description: 'Months are UTC, by when the order was paid. `earned` is what refunds left of it for the seller.',
      policy: sellers,
      query: z.strictObject({ ...SellerQuery, months: z.coerce.number().int().min(1).max(36).default(12) }),
      response: Totals,
      examples: { response: { items: [{ ...sold, month: '2026-03', sold: 1 }] } },
      handler: ({ query, ctx }) => listSalesTotals(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/seller/statement',
      summary: 'What I am owed, and how it came to be',
      policy: sellers,
      query: z.strictObject({ ...PageQuery, ...SellerQuery }),
      response: Statement,
      examples: { response: exampleStatement },
      handler: ({ query, ctx }) => showStatement(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/seller/statement.csv',
      summary: 'My statement as a spreadsheet',
      policy: sellers,
      query: z.strictObject(SellerQuery),
      binary: 'text/csv',
      handler: async ({ query, ctx, reply }) =>
        sendAsCsv(reply, { text: await exportStatement(deps)(query, ctx), fileName: 'statement.csv' }),
    }),
  ];
}
