import { allow, defineRoute, Id, PageQuery, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import type { PaymentDeps } from '../deps.ts';
import { showAccount } from '../ledger/show-account.ts';
import { exportTrialBalance, showTrialBalance } from '../ledger/show-trial-balance.ts';
import { exampleOrder, ids } from './examples.ts';
import { sendAsCsv } from './send-as-csv.ts';
import { Currency } from './shapes.ts';

/** An account and its sums, in minor units. */
const accountFields = {
  account: z.string(),
  kind: z.string(),
  holder: z.string(),
  currency: Currency,
  debit: z.int(),
  credit: z.int(),
  balance: z.int(),
};
const TrialBalance = z.strictObject({
  accounts: z.array(z.strictObject(accountFields)),
  totals: z.array(z.strictObject({ currency: Currency, debit: z.int(), credit: z.int(), difference: z.int() })),
  intact: z.boolean(),
  broken: z.array(z.strictObject({ subject: z.string(), why: z.string() })),
});

const Account = z.strictObject({
  ...accountFields,
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
});
const paidAt = '2026-03-14T18:20:00.000000Z';
/** As if Ana Souza’s order was all that ever happened. */
const clearing = {
  account: 'clearing:sandbox:BRL',
  kind: 'clearing',
  holder: 'sandbox',
  currency: 'BRL',
  debit: 13410,
  credit: 389,
  balance: 13021,
};
const account = (kind: string, holder: string, { debit, credit }: { debit: number; credit: number }) => ({
  account: `${kind}:${holder}:BRL`,
  kind,
  holder,
  currency: 'BRL',
  debit,
  credit,
  balance: debit - credit,
});
const exampleBalance: z.input<typeof TrialBalance> = {
  accounts: [
    account('buyer', ids.buyer, { debit: 13410, credit: 13410 }),
    clearing,
    account('fees', 'sandbox', { debit: 389, credit: 0 }),
    account('revenue', 'platform', { debit: 0, credit: 2682 }),
    account('seller', ids.seller, { debit: 0, credit: 10728 }),
  ],
  totals: [{ currency: 'BRL', debit: 27209, credit: 27209, difference: 0 }],
  intact: true,
  broken: [],
};
const ofOrder = { orderId: ids.order, orderNumber: exampleOrder.number, title: null };
const exampleAccount: z.input<typeof Account> = {
  ...clearing,
  items: [
    { ...ofOrder, id: '019ced93-9cb2-7a68-8f07-d1c53e940b26:2', at: paidAt, kind: 'fee', amount: -389 },
    { ...ofOrder, id: '019ced93-9c96-7e4a-b5d1-0f826a7c93e4:1', at: paidAt, kind: 'capture', amount: 13410 },
  ],
};

/** The books, as operators read them. */
export function ledgerRoutes(deps: PaymentDeps) {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/admin/ledger/trial-balance',
      summary: 'The trial balance, and whether the books are whole',
      policy: allow.role('support'),
      response: TrialBalance,
      examples: { response: exampleBalance },
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
      params: z.strictObject({
        account: z
          .string()
          .max(200)
          .meta({ examples: ['clearing:sandbox:BRL'] }),
      }),
      query: z.strictObject(PageQuery),
      response: Account,
      errors: ['account_not_found'],
      examples: { response: exampleAccount },
      handler: ({ params, query, ctx }) => showAccount(deps)({ account: params.account, ...query }, ctx),
    }),
  ];
}
