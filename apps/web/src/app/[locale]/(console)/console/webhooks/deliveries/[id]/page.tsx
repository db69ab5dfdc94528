import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { api, orThrow } from '@/api/client.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { CodeBlock } from '@/components/ui/code-block.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Facts } from '../../../facts.tsx';
import { PageHeading } from '../../../page-heading.tsx';
import { Timeline } from '../../../timeline.tsx';
import { DeliveryState } from '../../delivery-state.tsx';
import { RedeliverButton } from '../../webhook-actions.tsx';

type Props = PageProps<'/[locale]/console/webhooks/deliveries/[id]'>;

const readDelivery = cache(async (id: string) => {
  const answer = await (await api()).GET('/api/admin/webhook-deliveries/{id}', { params: { path: { id } } });
  if (answer.response.status === 404 || answer.response.status === 400) notFound();
  return orThrow(answer);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readDelivery((await params).id)).eventType };
}

/** What one endpoint was told of one event: the text, and every try. */
export default async function DeliveryPage({ params }: Props) {
  const delivery = await readDelivery((await params).id);
  const t = await getTranslations('console.webhooks');
  const tCommon = await getTranslations('common');
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[
          { label: t('title'), href: '/console/webhooks' },
          { label: t('endpoint'), href: `/console/webhooks/${delivery.endpointId}` },
          { label: delivery.eventType },
        ]}
      />
      <div className="mt-3">
        <PageHeading
          title={t('delivery')}
          actions={delivery.state !== 'waiting' && <RedeliverButton id={delivery.id} event={delivery.eventType} />}
        />
      </div>
      <Facts
        facts={[
          { name: t('event'), value: <span className="break-all font-mono text-xs">{delivery.eventType}</span> },
          { name: t('state'), value: <DeliveryState state={delivery.state} /> },
          { name: t('eventId'), value: <span className="break-all font-mono text-xs">{delivery.eventId}</span> },
          ...(delivery.nextAt
            ? [{ name: t('nextAt'), value: <Moment at={delivery.nextAt} precision="second" /> }]
            : []),
        ]}
      />
      <h2 className="mt-8 mb-4 text-lg">{t('tries')}</h2>
      {delivery.tries.length === 0 ? (
        <EmptyState title={t('noTries')}>{t('noTriesText')}</EmptyState>
      ) : (
        <Timeline
          steps={delivery.tries.map(({ status, milliseconds, detail, at }) => ({
            at,
            title: status === null ? t('noAnswer') : t('answered', { status, milliseconds }),
            detail,
          }))}
        />
      )}
      <h2 className="mt-8 mb-4 text-lg">{t('body')}</h2>
      <CodeBlock code={JSON.stringify(JSON.parse(delivery.body), null, 2)} language="json" />
    </>
  );
}
