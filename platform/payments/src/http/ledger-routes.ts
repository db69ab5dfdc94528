import { allow, defineRoute, Id, PageQuery, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import type { PaymentDeps } from '../deps.ts';
import { showAccount } from '../ledger/show-account.ts';
import { exportTrialBalance, showTrialBalance } from '../ledger/show-trial-balance.ts';
import { sendAsCsv } from './send-as-csv.ts';
import { Currency } from './shapes.ts';

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

/** The books, as operators read them. */
export function ledgerRoutes(deps: PaymentDeps) {
  return [
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
      handler: async ({ ctx, reply }) =>
        sendAsCsv(reply, { text: await exportTrialBalance(deps)(ctx), fileName: 'trial-balance.csv' }),
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
  ];
}
