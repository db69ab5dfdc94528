import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { ListPages } from '../list-pages.tsx';
import { readListQuery } from '../list-query.ts';
import { ListSearch } from '../list-search.tsx';
import { PageHeading } from '../page-heading.tsx';
import { LiftButton } from './lift-button.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('console'))('suppressions.title') };
}

const path = '/console/suppressions';

/** Addresses and numbers that are not written to any more, and why. */
export default async function SuppressionsPage({ searchParams }: PageProps<'/[locale]/console/suppressions'>) {
  const { q, cursor, asked } = readListQuery(await searchParams, []);
  const page = await pageOrFirst(
    await (await api()).GET('/api/admin/notifications/suppressions', {
      params: { query: asked },
    }),
    path,
    { q, cursor },
  );
  const t = await getTranslations('console.suppressions');
  const tLog = await getTranslations('console.log');
  const tTemplates = await getTranslations('console.templates');
  const tCommon = await getTranslations('common');
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: tLog('title'), href: '/console/delivery-log' }, { label: t('title') }]}
      />
      <div className="mt-3">
        <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      </div>
      <ListSearch path={path} label={t('search')} q={q} keep={{}} />
      {page.items.length === 0 ? (
        <EmptyState title={q ? t('nothingFound') : t('emptyTitle')}>{t('emptyText')}</EmptyState>
      ) : (
        <Table caption={t('title')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{t('address')}</TableHeader>
              <TableHeader>{tLog('channel')}</TableHeader>
              <TableHeader>{t('reason')}</TableHeader>
              <TableHeader>{t('since')}</TableHeader>
              <TableHeader>
                <span className="sr-only">{t('actions')}</span>
              </TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {page.items.map((item) => (
              <TableRow key={item.id}>
                <TableHeader scope="row" className="max-w-64 truncate text-foreground text-sm">
                  {item.address}
                </TableHeader>
                <TableCell>
                  <Badge>{tTemplates(`channel.${item.channel}`)}</Badge>
                </TableCell>
                <TableCell className="max-w-xs truncate" {...(item.detail ? { title: item.detail } : {})}>
                  {t(`reasons.${item.reason}`)}
                </TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  <Moment at={item.createdAt} precision="day" />
                </TableCell>
                <TableCell className="text-end">
                  <LiftButton id={item.id} address={item.address} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <ListPages path={path} query={{ q }} cursor={cursor} nextCursor={page.nextCursor} />
    </>
  );
}
