import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { formatMoney } from '@/buying/money.ts';
import { everyText } from '@/components/subscriptions/every.ts';
import { SubscriptionState, subscriptionStates } from '@/components/subscriptions/subscription-state.tsx';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Stat } from '@/components/ui/stat.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { ListPages } from '../list-pages.tsx';
import { readListQuery } from '../list-query.ts';
import { NothingListed } from '../nothing-listed.tsx';
import { PageHeading } from '../page-heading.tsx';
import { SearchByState } from '../search-by-state.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('memberships'))('console.title') };
}

const path = '/console/subscriptions';

/** Every subscription, to be found by its state, its title or who subscribes, with what all of them bring. */
export default async function SubscriptionsPage({ searchParams }: PageProps<'/[locale]/console/subscriptions'>) {
  const { q, state, cursor, asked } = readListQuery(await searchParams, subscriptionStates);
  const client = await api();
  const [page, totals] = await Promise.all([
    client
      .GET('/api/admin/subscriptions', {
        params: { query: asked },
      })
      .then((answer) => pageOrFirst(answer, path, { q, state, cursor })),
    client.GET('/api/admin/subscriptions/totals').then(orThrow),
  ]);
  const [t, tState, tOrder, format] = await Promise.all([
    getTranslations('memberships.console'),
    getTranslations('buying.subscriptions.state'),
    getTranslations('sales.order'),
    getFormatter(),
  ]);
  const rows = await Promise.all(page.items.map(async (item) => ({ item, every: await everyText(item) })));
  const sum = (name: 'active' | 'trialing' | 'pastDue' | 'paused') =>
    format.number(totals.items.reduce((all, item) => all + item[name], 0));
  return (
    <>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      {totals.items.length > 0 && (
        <dl className="mb-5 grid grid-cols-2 gap-4 sm:grid-cols-3 xl:grid-cols-5">
          <Stat label={t('active')} value={sum('active')} />
          <Stat label={t('trialing')} value={sum('trialing')} />
          <Stat label={t('pastDue')} value={sum('pastDue')} />
          <Stat label={t('paused')} value={sum('paused')} />
          <Stat
            label={t('monthly')}
            value={totals.items.map(({ monthly }) => formatMoney(format, monthly)).join(' + ')}
          />
        </dl>
      )}
      <SearchByState
        path={path}
        q={q}
        state={state}
        words={{ search: t('search'), filter: t('filter'), all: t('all') }}
        states={subscriptionStates.map((value) => ({ value, label: tState(value) }))}
      />
      {rows.length === 0 ? (
        <NothingListed
          title={t('emptyTitle')}
          whole={q || state || cursor ? { href: path, label: t('showAll') } : null}
        >
          {q ? t('emptySearch') : t('emptyText')}
        </NothingListed>
      ) : (
        <Table caption={t('title')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{t('plan')}</TableHeader>
              <TableHeader>{t('filter')}</TableHeader>
              <TableHeader>{t('subscriber')}</TableHeader>
              <TableHeader className="text-end">{t('price')}</TableHeader>
              <TableHeader>{t('periodEnd')}</TableHeader>
              <TableHeader>{t('since')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(({ item, every }) => (
              <TableRow key={item.id}>
                <TableHeader scope="row" className="text-foreground text-sm">
                  <TextLink href={`${path}/${item.id}`} className="block max-w-56 truncate" title={item.title}>
                    {item.title}
                  </TextLink>
                </TableHeader>
                <TableCell>
                  <span className="flex items-center gap-1.5">
                    <SubscriptionState state={item.state} />
                    {item.cancelAtPeriodEnd && (item.state === 'active' || item.state === 'trialing') && (
                      <Badge tone="warning">{t('leaving')}</Badge>
                    )}
                    {item.state === 'past_due' && !item.entitled && <Badge>{t('closed')}</Badge>}
                  </span>
                </TableCell>
                <TableCell>
                  <span className="block max-w-48 truncate" title={item.buyer.email}>
                    {item.buyer.email || <span className="text-muted-foreground">{tOrder('deletedAccount')}</span>}
                  </span>
                </TableCell>
                <TableCell className="tabular whitespace-nowrap text-end">{every}</TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  {item.periodEnd ? <Moment at={item.periodEnd} precision="day" /> : '–'}
                </TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  <Moment at={item.createdAt} precision="day" />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <ListPages path={path} query={{ q, state }} cursor={cursor} nextCursor={page.nextCursor} />
    </>
  );
}
