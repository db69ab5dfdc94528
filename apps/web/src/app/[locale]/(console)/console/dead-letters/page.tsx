import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { AutoRefresh } from '../auto-refresh.tsx';
import { FilterLinks } from '../filter-links.tsx';
import { PageHeading } from '../page-heading.tsx';
import { ParkedActions } from './parked-actions.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('console'))('parked.title') };
}

const most = 200;

/** Events and jobs that ran out of tries, newest first. */
export default async function ParkedPage({ searchParams }: PageProps<'/[locale]/console/dead-letters'>) {
  const query = await searchParams;
  const context = typeof query.context === 'string' ? query.context : undefined;
  const client = await api();
  const [parked, activity] = await Promise.all([
    client
      .GET('/api/admin/dead-letters', { params: { query: { limit: most, ...(context ? { context } : {}) } } })
      .then((answer) => pageOrFirst(answer, '/console/dead-letters', { context })),
    client.GET('/api/admin/activity').then(orThrow),
  ]);
  const t = await getTranslations('console.parked');
  const format = await getFormatter();
  return (
    <>
      <PageHeading title={t('title')} actions={<AutoRefresh />}>
        {t('lead')}
      </PageHeading>
      <FilterLinks
        label={t('filter')}
        current={context}
        all={{ href: '/console/dead-letters', label: t('everywhere') }}
        options={activity.items.map((item) => ({
          value: item.context,
          label: item.context,
          href: `/console/dead-letters?context=${encodeURIComponent(item.context)}`,
        }))}
      />
      {parked.unreachable.length > 0 && (
        <Callout kind="warning" className="mb-4" title={t('unreachable', { names: format.list(parked.unreachable) })} />
      )}
      {parked.items.length === most && <Callout kind="info" className="mb-4" title={t('tooMany', { count: most })} />}
      {parked.items.length === 0 ? (
        <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
      ) : (
        <Table caption={t('title')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{t('name')}</TableHeader>
              <TableHeader>{t('context')}</TableHeader>
              <TableHeader>{t('error')}</TableHeader>
              <TableHeader className="text-end">{t('attempts')}</TableHeader>
              <TableHeader>{t('since')}</TableHeader>
              <TableHeader className="text-end">{t('actions')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {parked.items.map((item) => (
              <TableRow key={`${item.kind} ${item.id}`}>
                <TableHeader scope="row" className="text-foreground">
                  <Badge tone={item.kind === 'event' ? 'info' : 'neutral'} className="me-2">
                    {t(`kind.${item.kind}`)}
                  </Badge>
                  <span className="font-mono font-normal">{item.name}</span>
                </TableHeader>
                <TableCell>{item.context}</TableCell>
                <TableCell className="max-w-xs truncate" title={item.error}>
                  {item.error}
                </TableCell>
                <TableCell className="tabular text-end">{format.number(item.attempts)}</TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  <Moment at={item.parkedAt} precision="second" />
                </TableCell>
                <TableCell>
                  <ParkedActions
                    id={item.id}
                    context={item.context}
                    kind={item.kind}
                    name={item.name}
                    error={item.error}
                    payload={JSON.stringify(item.payload, null, 2)}
                  />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  );
}
