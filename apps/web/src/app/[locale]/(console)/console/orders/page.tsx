import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { OrderStateBadge, orderStates } from '@/components/sales/states.tsx';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { ListPages } from '../list-pages.tsx';
import { readListQuery } from '../list-query.ts';
import { NothingListed } from '../nothing-listed.tsx';
import { PageHeading } from '../page-heading.tsx';
import { SearchByState } from '../search-by-state.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('orders.title') };
}

const path = '/console/orders';

/** Every order, to be found by its number, its state or who bought. */
export default async function OrdersPage({ searchParams }: PageProps<'/[locale]/console/orders'>) {
  const { q, state, cursor, asked } = readListQuery(await searchParams, orderStates);
  const page = await pageOrFirst(
    await (await api()).GET('/api/admin/orders', {
      params: { query: asked },
    }),
    path,
    { q, state, cursor },
  );
  const t = await getTranslations('sales.orders');
  const tState = await getTranslations('sales.orderState');
  const tOrder = await getTranslations('sales.order');
  return (
    <>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      <SearchByState
        path={path}
        q={q}
        state={state}
        words={{ search: t('search'), filter: t('filter'), all: t('all') }}
        states={orderStates.map((value) => ({ value, label: tState(value) }))}
      />
      {page.items.length === 0 ? (
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
              <TableHeader>{t('number')}</TableHeader>
              <TableHeader>{t('state')}</TableHeader>
              <TableHeader>{t('buyer')}</TableHeader>
              <TableHeader>{t('items')}</TableHeader>
              <TableHeader className="text-end">{t('total')}</TableHeader>
              <TableHeader className="text-end">{t('refunded')}</TableHeader>
              <TableHeader>{t('created')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {page.items.map((order) => (
              <TableRow key={order.id}>
                <TableHeader scope="row" className="text-foreground text-sm">
                  <TextLink href={`${path}/${order.id}`} className="tabular">
                    {order.number}
                  </TextLink>
                </TableHeader>
                <TableCell>
                  <span className="flex items-center gap-1.5">
                    <OrderStateBadge state={order.state} />
                    {order.flagged && <Badge tone="warning">{t('flagged')}</Badge>}
                  </span>
                </TableCell>
                <TableCell>
                  <span className="block max-w-48 truncate" title={order.buyerEmail}>
                    {order.buyerEmail || <span className="text-muted-foreground">{tOrder('deletedAccount')}</span>}
                  </span>
                </TableCell>
                <TableCell>
                  <span className="block max-w-44 truncate" title={order.titles.join('\n')}>
                    {order.titles.join(', ')}
                  </span>
                </TableCell>
                <TableCell className="whitespace-nowrap text-end">
                  <Price money={order.total} />
                </TableCell>
                <TableCell className="whitespace-nowrap text-end">
                  {order.refunded.amount > 0 ? (
                    <Price money={order.refunded} />
                  ) : (
                    <span className="text-muted-foreground">–</span>
                  )}
                </TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  <Moment at={order.createdAt} />
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
