import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { known } from '@/components/sales/known.ts';
import { accountKinds } from '@/components/sales/transaction-kinds.ts';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { PageHeading } from '../page-heading.tsx';
import { Balance } from './balance.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('ledger.title') };
}

/** Every account with its sums, whether they balance, and whether anybody has changed what was written. */
export default async function LedgerPage() {
  const { accounts, totals, intact, broken } = orThrow(await (await api()).GET('/api/admin/ledger/trial-balance'));
  const t = await getTranslations('sales.ledger');
  const tKind = await getTranslations('sales.accountKind');
  // Each buyer has an account, and nearly all of them are at zero for good: those are one line per currency.
  const isSettled = ({ kind, balance }: (typeof accounts)[number]) => kind === 'buyer' && balance === 0;
  const settled = Map.groupBy(accounts.filter(isSettled), ({ currency }) => currency);
  return (
    <>
      <PageHeading
        title={t('title')}
        actions={
          <a
            href="/bff/api/admin/ledger/trial-balance.csv"
            download="trial-balance.csv"
            className={buttonClasses({ variant: 'outline', size: 'sm' })}
          >
            <Download aria-hidden="true" />
            {t('csv')}
          </a>
        }
      >
        {t('lead')}
      </PageHeading>
      {intact ? (
        <Callout kind="success" title={t('intact')}>
          {t('intactText')}
        </Callout>
      ) : (
        <Callout kind="destructive" title={t('broken')}>
          <p>{t('brokenText')}</p>
          <ul className="mt-2 list-disc ps-5">
            {broken.map(({ subject, why }) => (
              <li key={`${subject} ${why}`} className="wrap-anywhere">
                <code className="font-mono text-xs">{subject}</code>: {why}
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {accounts.length === 0 ? (
        <EmptyState className="mt-4" title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <>
          <dl className="mt-3 flex flex-wrap gap-3">
            {totals.map(({ currency, debit, difference }) => (
              <div key={currency} className="min-w-56 rounded-lg border bg-card p-4">
                <dt className="text-muted-foreground text-sm">
                  {difference === 0 ? t('balanced', { currency }) : t('unbalanced', { currency })}
                </dt>
                <dd className={`mt-1 font-display text-2xl ${difference === 0 ? '' : 'text-destructive'}`}>
                  <Price money={{ amount: difference === 0 ? debit : difference, currency }} />
                </dd>
                <dd className="mt-1 text-muted-foreground text-xs">
                  {difference === 0 ? t('turnover') : t('difference')}
                </dd>
              </div>
            ))}
          </dl>
          <h2 className="mt-8 mb-3 text-lg">{t('accounts')}</h2>
          <Table caption={t('accounts')} dense>
            <TableHead>
              <TableRow>
                <TableHeader>{t('kind')}</TableHeader>
                <TableHeader>{t('account')}</TableHeader>
                <TableHeader>{t('currency')}</TableHeader>
                <TableHeader className="text-end">{t('debit')}</TableHeader>
                <TableHeader className="text-end">{t('credit')}</TableHeader>
                <TableHeader className="text-end">{t('balance')}</TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {accounts
                .filter((account) => !isSettled(account))
                .map((account) => {
                  const kind = known(accountKinds, account.kind);
                  const { currency } = account;
                  return (
                    <TableRow key={account.account}>
                      <TableHeader scope="row" className="text-foreground text-sm">
                        {kind ? tKind(kind) : account.kind}
                      </TableHeader>
                      <TableCell>
                        <TextLink
                          href={`/console/ledger/${encodeURIComponent(account.account)}`}
                          className="whitespace-nowrap font-mono text-xs"
                        >
                          {account.holder}
                        </TextLink>
                      </TableCell>
                      <TableCell>{currency}</TableCell>
                      <TableCell className="whitespace-nowrap text-end">
                        <Price money={{ amount: account.debit, currency }} />
                      </TableCell>
                      <TableCell className="whitespace-nowrap text-end">
                        <Price money={{ amount: account.credit, currency }} />
                      </TableCell>
                      <TableCell className="whitespace-nowrap text-end">
                        <Balance amount={account.balance} currency={currency} />
                      </TableCell>
                    </TableRow>
                  );
                })}
              {[...settled].map(([currency, buyers]) => {
                const amount = buyers.reduce((sum, { debit }) => sum + debit, 0);
                return (
                  <TableRow key={`settled ${currency}`} className="text-muted-foreground">
                    <TableHeader scope="row" className="text-sm">
                      {t('settled')}
                    </TableHeader>
                    <TableCell className="whitespace-nowrap">{t('settledCount', { count: buyers.length })}</TableCell>
                    <TableCell>{currency}</TableCell>
                    <TableCell className="whitespace-nowrap text-end">
                      <Price money={{ amount, currency }} />
                    </TableCell>
                    <TableCell className="whitespace-nowrap text-end">
                      <Price money={{ amount, currency }} />
                    </TableCell>
                    <TableCell className="whitespace-nowrap text-end">
                      <Price money={{ amount: 0, currency }} />
                    </TableCell>
                  </TableRow>
                );
              })}
            </TableBody>
          </Table>
        </>
      )}
    </>
  );
}
