import { type Ctx, type Deps, requireRole, statement } from '@stoa/kernel';
import { toCsv, toDecimal } from './csv.ts';
import { type Breach, listBreaches } from './verify-ledger.ts';

type AccountRow = {
  account: string;
  kind: string;
  holder: string;
  currency: string;
  debit: number;
  credit: number;
  balance: number;
};
const readTrialBalance = statement<[], AccountRow>(
  'payments.read_trial_balance',
  // Balances are kept by the database as entries are written; `invariants.sql` adds the entries up and compares.
  `select a.id as account, a.kind, a.holder, a.currency, coalesce(sum(b.debit), 0) as debit, coalesce(sum(b.credit), 0) as credit,
     coalesce(sum(b.debit - b.credit), 0) as balance
   from accounts a left join account_balances b on b.account = a.id
   group by a.id order by a.currency, a.kind, a.holder`,
);
export type TrialBalance = {
  accounts: AccountRow[];
  /** Per currency: debits, credits, and what they differ by, which is zero. */
  totals: { currency: string; debit: number; credit: number; difference: number }[];
  /** Whether every link of the hash chains held last night, and those since do; the links that do not. */
  intact: boolean;
  broken: Breach[];
};

/**
 * Every account with its debits, credits and balance, and whether the books are whole. Positive balances are debits.
 * @throws not_signed_in, not_allowed
 */
export function showTrialBalance(deps: Pick<Deps, 'db'>) {
  return async (ctx: Ctx): Promise<TrialBalance> => {
    requireRole(ctx, 'support');
    const [accounts, broken] = await Promise.all([deps.db.rows(readTrialBalance, []), listBreaches(deps)]);
    const totals = new Map<string, { currency: string; debit: number; credit: number; difference: number }>();
    for (const { currency, debit, credit } of accounts) {
      const total = totals.get(currency) ?? { currency, debit: 0, credit: 0, difference: 0 };
      total.debit += debit;
      total.credit += credit;
      total.difference = total.debit - total.credit;
      totals.set(currency, total);
    }
    return { accounts, totals: [...totals.values()], intact: broken.length === 0, broken };
  };
}

/** The trial balance as a spreadsheet reads it. @throws not_signed_in, not_allowed */
export function exportTrialBalance(deps: Pick<Deps, 'db'>) {
  return async (ctx: Ctx): Promise<string> => {
    const { accounts } = await showTrialBalance(deps)(ctx);
    return toCsv(
      ['account', 'kind', 'holder', 'currency', 'debit', 'credit', 'balance'],
      accounts.map((row) => [
        row.account,
        row.kind,
        row.holder,
        row.currency,
        toDecimal(row.debit, row.currency),
        toDecimal(row.credit, row.currency),
        toDecimal(row.balance, row.currency),
      ]),
    );
  };
}
