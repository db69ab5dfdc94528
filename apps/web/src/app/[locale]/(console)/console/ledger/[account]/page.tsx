import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { api } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { known } from '@/components/sales/known.ts';
import { accountKinds, transactionKinds } from '@/components/sales/transaction-kinds.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Stat } from '@/components/ui/stat.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { ListPages } from '../../list-pages.tsx';
import { one } from '../../one.ts';
import { PageHeading } from '../../page-heading.tsx';
import { Balance } from '../balance.tsx';

type Props = PageProps<'/[locale]/console/ledger/[account]'>;

const pathOf = (account: string) => `/console/ledger/${encodeURIComponent(account)}`;

const readAccount = cache(async (account: string, cursor: string | undefined) => {
  const answer = await (await api()).GET('/api/admin/ledger/accounts/{account}', {
    params: { path: { account }, query: { limit: 50, ...(cursor ? { cursor } : {}) } },
  });
  if (answer.response.status === 404) notFound();
  return pageOrFirst(answer, pathOf(account), { cursor });
});

/** The account's id; Next hands it over as it stands in the address. */
async function accountOf(params: Props['params']): Promise<string> {
  const { account } = await params;
  try {
    return decodeURIComponent(account);
  } catch {
    return notFound();
  }
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await accountOf(params) };
}

/** Everything booked to one account, newest first. */
export default async function AccountPage({ params, searchParams }: Props) {
  const id = await accountOf(params);
  const cursor = one((await searchParams).cursor);
  const account = await readAccount(id, cursor);
  const { currency } = account;
  const t = await getTranslations('sales.ledger');
  const tOrder = await getTranslations('sales.order');
  const tTransaction = await getTranslations('sales.transaction');
  const tKind = await getTranslations('sales.accountKind');
  const tCommon = await getTranslations('common');
  const kind = known(accountKinds, account.kind);
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: '/console/ledger' }, { label: account.account }]}
      />
      <div className="mt-3">
        <PageHeading title={kind ? tKind(kind) : account.kind}>
          <span className="wrap-anywhere font-mono text-xs">{account.account}</span>
        </PageHeading>
      </div>
      <dl className="grid grid-cols-1 gap-3 sm:grid-cols-3">
        <Stat label={t('debit')} value={<Price money={{ amount: account.debit, currency }} />} />
        <Stat label={t('credit')} value={<Price money={{ amount: account.credit, currency }} />} />
        <Stat label={t('balance')} value={<Balance amount={account.balance} currency={currency} />} />
      </dl>
      <h2 className="mt-8 mb-3 text-lg">{t('entries')}</h2>
      {account.items.length === 0 ? (
        <EmptyState title={t('noEntries')} />
      ) : (
        <Table caption={t('entries')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{tOrder('at')}</TableHeader>
              <TableHeader>{tOrder('transaction')}</TableHeader>
              <TableHeader>{t('order')}</TableHeader>
              <TableHeader>{tOrder('item')}</TableHeader>
              <TableHeader className="text-end">{t('debit')}</TableHeader>
              <TableHeader className="text-end">{t('credit')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {account.items.map((entry) => {
              const transaction = known(transactionKinds, entry.kind);
              return (
                <TableRow key={entry.id}>
                  <TableHeader scope="row" className="tabular font-normal text-foreground text-sm">
                    <Moment at={entry.at} precision="second" />
                  </TableHeader>
                  <TableCell className="whitespace-nowrap">
                    {entry.kind === 'payout' ? t('payout') : transaction ? tTransaction(transaction) : entry.kind}
                  </TableCell>
                  <TableCell className="whitespace-nowrap">
                    {entry.orderId ? (
                      <TextLink href={`/console/orders/${entry.orderId}`}>
                        {entry.orderNumber ?? entry.orderId}
                      </TextLink>
                    ) : (
                      '–'
                    )}
                  </TableCell>
                  <TableCell>
                    <span className="block max-w-64 truncate" title={entry.title ?? undefined}>
                      {entry.title ?? '–'}
                    </span>
                  </TableCell>
                  <TableCell className="whitespace-nowrap text-end">
                    {entry.amount > 0 && <Price money={{ amount: entry.amount, currency }} />}
                  </TableCell>
                  <TableCell className="whitespace-nowrap text-end">
                    {entry.amount < 0 && <Price money={{ amount: -entry.amount, currency }} />}
                  </TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      )}
      <ListPages path={pathOf(id)} query={{}} cursor={cursor} nextCursor={account.nextCursor} />
    </>
  );
}
