import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { lagsOf } from '../activity.ts';
import { AutoRefresh } from '../auto-refresh.tsx';
import { PageHeading } from '../page-heading.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('console'))('jobs.title') };
}

/** Queues of every context, busy ones first, and how far each context has read the events of the others. */
export default async function JobsPage() {
  const { items } = orThrow(await (await api()).GET('/api/admin/activity'));
  const t = await getTranslations('console.jobs');
  const format = await getFormatter();
  const unreachable = items.filter((item) => !item.reachable).map((item) => item.context);
  const queues = items
    .flatMap((item) => item.queues.map((queue) => ({ context: item.context, ...queue })))
    .sort((a, b) => b.failed - a.failed || b.active - a.active || b.waiting - a.waiting);
  const lags = lagsOf(items);
  return (
    <>
      <PageHeading title={t('title')} actions={<AutoRefresh />}>
        {t('lead')}
      </PageHeading>
      {unreachable.length > 0 && (
        <Callout kind="warning" className="mb-4" title={t('unreachable', { names: format.list(unreachable) })} />
      )}
      {queues.length === 0 ? (
        <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
      ) : (
        <Table caption={t('queues')} dense maxHeight="max-h-[32rem]">
          <TableHead>
            <TableRow>
              <TableHeader>{t('queue')}</TableHeader>
              <TableHeader>{t('context')}</TableHeader>
              <TableHeader>{t('state')}</TableHeader>
              <TableHeader className="text-end">{t('waiting')}</TableHeader>
              <TableHeader className="text-end">{t('active')}</TableHeader>
              <TableHeader className="text-end">{t('failed')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {queues.map((queue) => (
              <TableRow key={`${queue.context} ${queue.name}`}>
                <TableHeader scope="row" className="font-mono font-normal text-foreground">
                  {queue.name}
                </TableHeader>
                <TableCell>{queue.context}</TableCell>
                <TableCell>
                  {queue.failed > 0 ? (
                    <Badge tone="destructive">{t('hasFailed')}</Badge>
                  ) : queue.active > 0 ? (
                    <Badge tone="info">{t('working')}</Badge>
                  ) : queue.waiting > 0 ? (
                    <Badge tone="warning">{t('hasWaiting')}</Badge>
                  ) : (
                    <Badge>{t('idle')}</Badge>
                  )}
                </TableCell>
                <TableCell className="tabular text-end">{format.number(queue.waiting)}</TableCell>
                <TableCell className="tabular text-end">{format.number(queue.active)}</TableCell>
                <TableCell className="tabular text-end">
                  {queue.failed > 0 ? (
                    <TextLink href={`/console/dead-letters?context=${queue.context}`}>
                      {format.number(queue.failed)}
                    </TextLink>
                  ) : (
                    0
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <h2 className="mt-8 mb-1 text-lg">{t('reading')}</h2>
      <p className="mb-3 max-w-prose text-muted-foreground text-sm">{t('readingText')}</p>
      <Table caption={t('reading')} dense maxHeight="max-h-96">
        <TableHead>
          <TableRow>
            <TableHeader>{t('reader')}</TableHeader>
            <TableHeader>{t('source')}</TableHeader>
            <TableHeader className="text-end">{t('position')}</TableHeader>
            <TableHeader className="text-end">{t('behind')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {lags.map((lag) => (
            <TableRow key={`${lag.context} ${lag.source}`}>
              <TableHeader scope="row" className="text-foreground text-sm">
                {lag.context}
              </TableHeader>
              <TableCell>{lag.source}</TableCell>
              <TableCell className="tabular text-end">{format.number(lag.position)}</TableCell>
              <TableCell className="tabular text-end">
                {lag.behind === null ? t('unknown') : lag.behind === 0 ? t('upToDate') : format.number(lag.behind)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  );
}
