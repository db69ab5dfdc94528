import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Schedule } from '@/components/instalments/schedule.tsx';
import { PlanState } from '@/components/instalments/states.tsx';
import { known } from '@/components/sales/known.ts';
import { Moment, momentText } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Price } from '@/components/ui/price.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { buyerText } from '../../buyer-text.ts';
import { Facts } from '../../facts.tsx';
import { History } from '../../history.tsx';
import { OrdersOf } from '../../orders-of.tsx';
import { PageHeading } from '../../page-heading.tsx';
import { RetryChargeForm } from '../../retry-charge-form.tsx';
import { retryPart } from './actions.ts';
import { CancelForm } from './plan-forms.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('instalments'))('console.title') };
}

const changes = [
  'started',
  'part_due',
  'part_paid',
  'part_missed',
  'paused',
  'resumed',
  'completed',
  'disputed',
  'dispute_won',
  'canceled',
] as const;

/** One payment in parts: how it stands, what happened, and what support can do. */
export default async function ConsolePlanPage({ params }: PageProps<'/[locale]/console/instalments/[id]'>) {
  const { id } = await params;
  const answer = await (await api()).GET('/api/admin/instalments/{id}', { params: { path: { id } } });
  if (answer.response.status === 404 || answer.response.status === 422) notFound();
  const { plan, method, orders, changes: happened } = orThrow(answer);
  const [t, tPlan, tCommon, format] = await Promise.all([
    getTranslations('instalments.console'),
    getTranslations('instalments'),
    getTranslations('common'),
    getFormatter(),
  ]);
  const { state, nextTryAt, methodKept, failures } = plan;
  const what = nextTryAt ? t(methodKept ? 'dunningNext' : 'dunningEnd', { date: await momentText(nextTryAt) }) : '';
  const percent = format.number(plan.surcharge / 10_000, { style: 'percent', maximumFractionDigits: 2 });
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: '/console/instalments' }, { label: plan.title }]}
      />
      <div className="mt-3">
        <PageHeading title={plan.title} actions={<PlanState state={state} />}>
          {`${await buyerText(plan.buyer)} · ${tPlan('progress', { paid: plan.paidParts, parts: plan.parts })}`}
        </PageHeading>
      </div>
      <div className="space-y-8">
        {(state === 'past_due' || state === 'paused') && (
          <Callout kind="warning" title={t('dunning')}>
            {state === 'paused' ? t('pausedText') : t('dunningText', { count: failures, what })}
          </Callout>
        )}
        <Facts
          facts={[
            { name: t('facts.access'), value: plan.entitled ? t('facts.open') : t('facts.closed') },
            { name: t('total'), value: <Price money={plan.total} /> },
            { name: t('next'), value: plan.nextPart ? <Moment at={plan.nextPart.dueAt} /> : '–' },
            { name: t('facts.provider'), value: plan.provider ?? '–' },
            { name: t('facts.method'), value: method ?? (methodKept ? plan.provider : t('facts.none')) },
            { name: t('facts.failures'), value: format.number(failures) },
            { name: t('facts.nextTry'), value: nextTryAt ? <Moment at={nextTryAt} /> : '–' },
            { name: t('facts.surcharge'), value: percent },
            { name: t('facts.coupon'), value: plan.coupon ?? t('facts.none') },
            { name: t('facts.seller'), value: plan.sellerId ?? t('facts.house') },
            { name: t('facts.id'), value: <span className="font-mono text-xs">{plan.id}</span> },
          ]}
        />
        <section className="space-y-3">
          <h2 id="schedule" className="text-lg">
            {t('schedule')}
          </h2>
          <Schedule parts={plan.schedule} ordersAt="/console/orders" />
        </section>
        <section className="space-y-4">
          <h2 id="actions" className="text-lg">
            {t('actions')}
          </h2>
          <ClientMessages areas={['instalments']}>
            {state === 'canceled' ? (
              <p className="text-muted-foreground text-sm">{t('over')}</p>
            ) : (
              <>
                {(state === 'past_due' || state === 'paused') && methodKept && (
                  <RetryChargeForm id={id} requestKey={crypto.randomUUID()} retry={retryPart} label={t('retry')} />
                )}
                <CancelForm id={id} />
              </>
            )}
          </ClientMessages>
        </section>
        <OrdersOf title={t('orders')} orders={orders.map((order) => ({ ...order, at: order.paidAt }))} />
        <History
          title={t('timeline')}
          none={t('noChanges')}
          steps={happened.map((change) => {
            const name = known(changes, change.change);
            return {
              at: change.at,
              title: name ? t(`change.${name}`) : change.change,
              detail: [t(`actor.${change.actor}`), change.note].filter(Boolean).join(' · '),
            };
          })}
        />
      </div>
    </>
  );
}
