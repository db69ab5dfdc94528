import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { api, orThrow } from '@/api/client.ts';
import { listHref } from '@/api/list-address.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { AutoRefresh } from '../../auto-refresh.tsx';
import { Facts } from '../../facts.tsx';
import { FilterLinks } from '../../filter-links.tsx';
import { ListPages } from '../../list-pages.tsx';
import { one } from '../../one.ts';
import { PageHeading } from '../../page-heading.tsx';
import { DeliveryState, deliveryStates } from '../delivery-state.tsx';
import { RedeliverButton, WebhookActions } from '../webhook-actions.tsx';

type Props = PageProps<'/[locale]/console/webhooks/[id]'>;

const readEndpoint = cache(async (id: string) => {
  const answer = await (await api()).GET('/api/admin/webhooks/{id}', { params: { path: { id } } });
  if (answer.response.status === 404 || answer.response.status === 400) notFound();
  return orThrow(answer);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readEndpoint((await params).id)).url };
}

/** One endpoint, what can be done with it, and what it was told. */
export default async function WebhookPage({ params, searchParams }: Props) {
  const endpoint = await readEndpoint((await params).id);
  const query = await searchParams;
  const cursor = one(query.cursor);
  const state = deliveryStates.find((known) => known === query.state);
  const path = `/console/webhooks/${endpoint.id}`;
  const page = await pageOrFirst(
    await (await api()).GET('/api/admin/webhooks/{id}/deliveries', {
      params: {
        path: { id: endpoint.id },
        query: { limit: 50, ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) },
      },
    }),
    path,
    { state, cursor },
  );
  const t = await getTranslations('console.webhooks');
  const tMail = await getTranslations('console.mailbox');
  const tCommon = await getTranslations('common');
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: '/console/webhooks' }, { label: endpoint.url }]}
      />
      <div className="mt-3">
        <PageHeading
          title={endpoint.description || t('endpoint')}
          actions={<WebhookActions id={endpoint.id} url={endpoint.url} enabled={endpoint.enabled} />}
        />
      </div>
      {endpoint.disabledReason && (
        <Callout kind="destructive" className="mb-4" title={t(`off.${endpoint.disabledReason}`)}>
          {t(`offText.${endpoint.disabledReason}`)}
        </Callout>
      )}
      <Facts
        facts={[
          { name: t('address'), value: <span className="break-all font-mono text-xs">{endpoint.url}</span> },
          { name: t('state'), value: endpoint.enabled ? t('on') : t('off.operator') },
          {
            name: t('events'),
            value:
              endpoint.events.length === 0 ? (
                t('allEvents')
              ) : (
                <span className="break-all font-mono text-xs">{endpoint.events.join(', ')}</span>
              ),
          },
        ]}
      />
      <div className="mt-8 mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-lg">{t('deliveries')}</h2>
        <AutoRefresh />
      </div>
      <FilterLinks
        label={tMail('filter')}
        current={state}
        all={{ href: path, label: tMail('anyState') }}
        options={deliveryStates.map((value) => ({
          value,
          label: t(`states.${value}`),
          href: listHref(path, { state: value }),
        }))}
      />
      {page.items.length === 0 ? (
        <EmptyState title={t('noDeliveries')}>{t('noDeliveriesText')}</EmptyState>
      ) : (
        <Table caption={t('deliveries')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{t('event')}</TableHeader>
              <TableHeader>{t('state')}</TableHeader>
              <TableHeader>{t('tries')}</TableHeader>
              <TableHeader>{t('at')}</TableHeader>
              <TableHeader>
                <span className="sr-only">{t('redeliver')}</span>
              </TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {page.items.map((delivery) => (
              <TableRow key={delivery.id}>
                <TableHeader scope="row" className="text-sm">
                  <TextLink href={`/console/webhooks/deliveries/${delivery.id}`} className="font-mono text-xs">
                    {delivery.eventType}
                  </TextLink>
                </TableHeader>
                <TableCell>
                  <DeliveryState state={delivery.state} />
                </TableCell>
                <TableCell className="tabular">{delivery.attempts}</TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  <Moment at={delivery.createdAt} precision="second" />
                </TableCell>
                <TableCell className="text-end">
                  {delivery.state !== 'waiting' && <RedeliverButton id={delivery.id} event={delivery.eventType} />}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <ListPages path={path} query={{ state }} cursor={cursor} nextCursor={page.nextCursor} />
    </>
  );
}
