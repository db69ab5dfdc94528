import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { known } from '@/components/sales/known.ts';
import { transactionKinds } from '@/components/sales/transaction-kinds.ts';
import { Moment } from '@/components/time/moment.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Stat } from '@/components/ui/stat.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { MethodForm } from './method-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('studio.statementTitle') };
}

/** What the person earned, what went back, what was paid out and what is owed to them, with every entry of their account. */
export default async function StatementPage({ searchParams }: PageProps<'/[locale]/studio/statement'>) {
  const { cursor } = await searchParams;
  const after = typeof cursor === 'string' ? cursor : undefined;
  const client = await api();
  const [statement, { method }] = await Promise.all([
    client
      .GET('/api/seller/statement', { params: { query: { limit: 50, ...(after ? { cursor: after } : {}) } } })
      .then((answer) => pageOrFirst(answer, '/studio/statement', { cursor: after })),
    client.GET('/api/seller/payout-method').then(orThrow),
  ]);
  const t = await getTranslations('sales.studio');
  const tKind = await getTranslations('sales.transaction');
  const tCommon = await getTranslations('common');
  return (
    <>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div>
          <h1 className="text-2xl">{t('statementTitle')}</h1>
          <p className="mt-1 max-w-prose text-muted-foreground text-sm">{t('statementLead')}</p>
        </div>
        {statement.items.length > 0 && (
          <a
            href="/bff/api/seller/statement.csv"
            download="statement.csv"
            className={buttonClasses({ variant: 'outline', size: 'sm' })}
          >
            <Download aria-hidden="true" />
            {t('csv')}
          </a>
        )}
      </div>
      {statement.balances.map(({ currency, balance, earned, returned, paidOut }) => (
        <dl key={currency} className="mb-3 grid grid-cols-2 gap-3 lg:grid-cols-4">
          <Stat
            label={t('balance')}
            value={<Price money={{ amount: balance, currency }} />}
            className="col-span-2 lg:col-span-1"
          />
          <Stat label={t('earnedAll')} value={<Price money={{ amount: earned, currency }} />} />
          <Stat label={t('returnedAll')} value={<Price money={{ amount: returned, currency }} />} />
          <Stat label={t('paidOut')} value={<Price money={{ amount: paidOut, currency }} />} />
        </dl>
      ))}
      {statement.items.length === 0 ? (
        <EmptyState title={t('noEntriesTitle')}>{t('noEntriesText')}</EmptyState>
      ) : (
        <>
          <h2 className="mt-8 mb-3 text-lg">{t('entries')}</h2>
          <Table caption={t('entries')} dense>
            <TableHead>
              <TableRow>
                <TableHeader>{t('date')}</TableHeader>
                <TableHeader>{t('what')}</TableHeader>
                <TableHeader>{t('order')}</TableHeader>
                <TableHeader>{t('course')}</TableHeader>
                <TableHeader className="text-end">{t('amount')}</TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {statement.items.map((entry) => {
                const kind = known(transactionKinds, entry.kind);
                return (
                  <TableRow key={entry.id}>
                    <TableHeader scope="row" className="tabular font-normal text-foreground text-sm">
                      <Moment at={entry.at} />
                    </TableHeader>
                    <TableCell className="whitespace-nowrap">{kind ? tKind(kind) : entry.kind}</TableCell>
                    <TableCell className="tabular whitespace-nowrap">{entry.orderNumber ?? '–'}</TableCell>
                    <TableCell>
                      <span className="block max-w-80 truncate" title={entry.title ?? undefined}>
                        {entry.title ?? '–'}
                      </span>
                    </TableCell>
                    <TableCell className="whitespace-nowrap text-end">
                      <Price money={entry.amount} />
                    </TableCell>
                  </TableRow>
                );
              })}
            </TableBody>
          </Table>
        </>
      )}
      {statement.nextCursor && (
        <LoadMore href={`/studio/statement?cursor=${encodeURIComponent(statement.nextCursor)}`}>
          {tCommon('loadMore')}
        </LoadMore>
      )}
      {!after && <MethodForm method={method} />}
    </>
  );
}
