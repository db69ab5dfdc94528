import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { formatMoney } from '@/components/sales/format-money.ts';
import { PayoutState } from '@/components/sales/payouts/payout-state.tsx';
import { Moment } from '@/components/time/moment.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { requireSession } from '@/session/session.ts';
import { ListPages } from '../list-pages.tsx';
import { one } from '../one.ts';
import { PageHeading } from '../page-heading.tsx';
import { DecidePayout, MakePayouts } from './payout-forms.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('payouts.title') };
}

const path = '/console/payouts';

/** Money on its way to sellers. Administrators make payouts, take the file to the bank, and say what became of them. */
export default async function PayoutsPage({ searchParams }: PageProps<'/[locale]/console/payouts'>) {
  const cursor = one((await searchParams).cursor);
  const { user } = await requireSession();
  const isAdmin = user.roles.includes('admin');
  const client = await api();
  const terms = orThrow(await client.GET('/api/admin/seller-terms', { params: { query: { limit: 100 } } }));
  const page = await pageOrFirst(
    await client.GET('/api/admin/payouts', { params: { query: { limit: 50, ...(cursor ? { cursor } : {}) } } }),
    path,
    { cursor },
  );
  const t = await getTranslations('sales.payouts');
  const tTerms = await getTranslations('sales.terms');
  const rows = await Promise.all(
    page.items.map(async (payout) => ({ ...payout, text: await formatMoney(payout.amount) })),
  );
  return (
    <>
      <PageHeading
        title={t('title')}
        actions={
          isAdmin && (
            <>
              {rows.some(({ state }) => state === 'created') && (
                <a
                  href="/bff/api/admin/payouts.csv"
                  download="payouts.csv"
                  className={buttonClasses({ variant: 'outline', size: 'sm' })}
                >
                  <Download aria-hidden="true" />
                  {t('csv')}
                </a>
              )}
              <MakePayouts />
            </>
          )
        }
      >
        {t('lead')}
      </PageHeading>
      {rows.length === 0 ? (
        <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
      ) : (
        <Table caption={t('title')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{t('created')}</TableHeader>
              <TableHeader>{t('seller')}</TableHeader>
              <TableHeader className="text-end">{t('amount')}</TableHeader>
              <TableHeader>{t('state')}</TableHeader>
              <TableHeader>{t('sent')}</TableHeader>
              <TableHeader>{t('reference')}</TableHeader>
              {isAdmin && <TableHeader>{t('actions')}</TableHeader>}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map((payout) => (
              <TableRow key={payout.id}>
                <TableHeader scope="row" className="tabular font-normal text-foreground text-sm">
                  <Moment at={payout.createdAt} />
                </TableHeader>
                <TableCell>
                  <TextLink
                    href={`/console/ledger/${encodeURIComponent(`seller:${payout.sellerId}:${payout.amount.currency}`)}`}
                    title={payout.sellerId}
                    className="font-mono text-xs"
                  >
                    …{payout.sellerId.slice(-8)}
                  </TextLink>{' '}
                  <TextLink href={`/console/payouts/sellers/${payout.sellerId}`} className="text-xs">
                    {tTerms('of')}
                  </TextLink>
                </TableCell>
                <TableCell className="whitespace-nowrap text-end">
                  <Price money={payout.amount} />
                </TableCell>
                <TableCell>
                  <PayoutState state={payout.state} />
                </TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  {payout.sentAt ? <Moment at={payout.sentAt} /> : '–'}
                </TableCell>
                <TableCell className="wrap-anywhere">{payout.reference ?? '–'}</TableCell>
                {isAdmin && (
                  <TableCell>
                    {payout.state !== 'failed' && (
                      <details>
                        <summary className="w-fit cursor-pointer whitespace-nowrap rounded-sm underline decoration-1 underline-offset-4">
                          {payout.state === 'created' ? t('decide') : t('fail')}
                          <span className="sr-only"> · {t('decideOf', { amount: payout.text })}</span>
                        </summary>
                        <DecidePayout payout={payout.id} state={payout.state} />
                      </details>
                    )}
                  </TableCell>
                )}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {!isAdmin && <p className="mt-4 text-muted-foreground text-sm">{t('adminsOnly')}</p>}
      <ListPages path={path} query={{}} cursor={cursor} nextCursor={page.nextCursor} />
      {terms.items.length > 0 && (
        <section aria-labelledby="terms" className="mt-10">
          <h2 id="terms" className="text-lg">
            {tTerms('sellers')}
          </h2>
          <ul className="mt-3 divide-y rounded-lg border bg-card text-sm">
            {terms.items.map(({ sellerId, applied }) => (
              <li key={sellerId} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 py-2.5">
                <TextLink href={`/console/payouts/sellers/${sellerId}`} title={sellerId} className="font-mono text-xs">
                  …{sellerId.slice(-8)}
                </TextLink>
                <span className="tabular text-muted-foreground">
                  {tTerms('shareOf', { share: applied.share / 10_000 })} · {tTerms('days', { count: applied.holdDays })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
