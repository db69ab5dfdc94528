import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { PageHeading } from '../page-heading.tsx';
import { AddWebhook } from './add-webhook.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('console'))('webhooks.title') };
}

/** Addresses of programs that are told what happens. For administrators. */
export default async function WebhooksPage() {
  const answer = await (await api()).GET('/api/admin/webhooks');
  const t = await getTranslations('console.webhooks');
  if (answer.response.status === 403) {
    return (
      <>
        <PageHeading title={t('title')} />
        <EmptyState title={t('adminsOnly')}>{t('adminsOnlyText')}</EmptyState>
      </>
    );
  }
  const { items, offered } = orThrow(answer);
  return (
    <>
      <PageHeading title={t('title')} actions={<AddWebhook offered={offered} />}>
        {t('lead')}
      </PageHeading>
      {items.length === 0 ? (
        <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
      ) : (
        <Table caption={t('title')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{t('address')}</TableHeader>
              <TableHeader>{t('state')}</TableHeader>
              <TableHeader>{t('waiting')}</TableHeader>
              <TableHeader>{t('failed')}</TableHeader>
              <TableHeader>{t('lastDelivered')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {items.map((endpoint) => (
              <TableRow key={endpoint.id}>
                <TableHeader scope="row" className="max-w-sm text-sm">
                  <TextLink href={`/console/webhooks/${endpoint.id}`} className="block truncate">
                    {endpoint.url}
                  </TextLink>
                  {endpoint.description && (
                    <span className="block truncate font-normal text-muted-foreground text-xs">
                      {endpoint.description}
                    </span>
                  )}
                </TableHeader>
                <TableCell>
                  <Badge tone={endpoint.enabled ? 'success' : endpoint.disabledReason ? 'destructive' : 'neutral'}>
                    {endpoint.enabled
                      ? t('on')
                      : endpoint.disabledReason
                        ? t(`off.${endpoint.disabledReason}`)
                        : t('off.operator')}
                  </Badge>
                </TableCell>
                <TableCell className="tabular">{endpoint.waiting}</TableCell>
                <TableCell className="tabular">{endpoint.failed}</TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  {endpoint.lastDeliveredAt ? <Moment at={endpoint.lastDeliveredAt} precision="second" /> : '–'}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  );
}
