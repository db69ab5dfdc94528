import { defineRoute, Id, MoneySchema, Page, PageQuery, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { listSales } from '../console/sales.ts';
import { listSalesTotals } from '../console/sales-totals.ts';
import type { PaymentDeps } from '../deps.ts';
import { exportStatement, showStatement } from '../ledger/show-statement.ts';
import { SellerQuery, sellers } from './sellers.ts';
import { sendAsCsv } from './send-as-csv.ts';
import { Currency } from './shapes.ts';

/** What sellers see of what they sold and are owed. */
export function salesRoutes(deps: PaymentDeps) {
  return [
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
      handler: async ({ query, ctx, reply }) =>
        sendAsCsv(reply, { text: await exportStatement(deps)(query, ctx), fileName: 'statement.csv' }),
    }),
  ];
}
