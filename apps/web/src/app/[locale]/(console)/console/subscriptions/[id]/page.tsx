import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { formatMoney } from '@/buying/money.ts';
import { known } from '@/components/sales/known.ts';
import { everyText } from '@/components/subscriptions/every.ts';
import { SubscriptionState } from '@/components/subscriptions/subscription-state.tsx';
import { Moment, momentText } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { buyerText } from '../../buyer-text.ts';
import { Facts } from '../../facts.tsx';
import { History } from '../../history.tsx';
import { OrdersOf } from '../../orders-of.tsx';
import { PageHeading } from '../../page-heading.tsx';
import { RetryChargeForm } from '../../retry-charge-form.tsx';
import { retrySubscription } from './actions.ts';
import { CancelForm } from './subscription-forms.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('memberships'))('console.title') };
}

const changes = [
  'started',
  'renewed',
  'plan_changed',
  'renewal_failed',
  'paused',
  'pause_began',
  'resumed',
  'cancel_requested',
  'cancel_revoked',
  'seller_left',
  'method_changed',
  'ended',
] as const;

/** One subscription: how it stands, what happened, and what support can do. */
export default async function ConsoleSubscriptionPage({ params }: PageProps<'/[locale]/console/subscriptions/[id]'>) {
  const { id } = await params;
  const answer = await (await api()).GET('/api/admin/subscriptions/{id}', { params: { path: { id } } });
  if (answer.response.status === 404 || answer.response.status === 422) notFound();
  const { subscription, method, orders, changes: happened } = orThrow(answer);
  const [t, tState, tCommon, format] = await Promise.all([
    getTranslations('memberships.console'),
    getTranslations('buying.subscriptions.state'),
    getTranslations('common'),
    getFormatter(),
  ]);
  const { state, nextTryAt, methodKept, failures } = subscription;
  const over = state === 'canceled' || state === 'ended';
  const what = nextTryAt ? t(methodKept ? 'dunningNext' : 'dunningEnd', { date: await momentText(nextTryAt) }) : '';
  const paid = orders.find((order) => order.state === 'paid' || order.state === 'partially_refunded');
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: '/console/subscriptions' }, { label: subscription.title }]}
      />
      <div className="mt-3">
        <PageHeading title={subscription.title} actions={<SubscriptionState state={state} />}>
          {`${await buyerText(subscription.buyer)} · ${await everyText(subscription)}`}
        </PageHeading>
      </div>
      <div className="space-y-8">
        {state === 'past_due' && (
          <Callout kind="warning" title={t('dunning')}>
            {failures > 0 ? t('dunningText', { count: failures, what }) : t('dunningFirst', { what })}
          </Callout>
        )}
        {subscription.sellerLeft && (
          <Callout kind="warning" title={t('sellerLeft')}>
            {t(over ? 'sellerLeftOver' : 'sellerLeftText')}
          </Callout>
        )}
        <Facts
          facts={[
            { name: t('facts.access'), value: subscription.entitled ? tState('active') : t('closed') },
            {
              name: t('periodEnd'),
              value: subscription.periodEnd ? <Moment at={subscription.periodEnd} /> : '–',
            },
            { name: t('facts.provider'), value: subscription.provider },
            { name: t('facts.method'), value: method ?? (methodKept ? subscription.provider : t('facts.none')) },
            { name: t('facts.failures'), value: format.number(failures) },
            { name: t('facts.nextTry'), value: nextTryAt ? <Moment at={nextTryAt} /> : '–' },
            { name: t('facts.credit'), value: formatMoney(format, subscription.credit) },
            { name: t('facts.seller'), value: subscription.sellerId ?? t('facts.house') },
            { name: t('facts.id'), value: <span className="font-mono text-xs">{subscription.id}</span> },
          ]}
        />
        <section className="space-y-4">
          <h2 id="actions" className="text-lg">
            {t('actions')}
          </h2>
          <ClientMessages areas={['memberships']}>
            {over ? (
              <p className="text-muted-foreground text-sm">{t('over')}</p>
            ) : (
              <>
                {state === 'past_due' && methodKept && (
                  <RetryChargeForm
                    id={id}
                    requestKey={crypto.randomUUID()}
                    retry={retrySubscription}
                    label={t('retry')}
                  />
                )}
                <CancelForm
                  id={id}
                  mayWait={
                    (state === 'active' || state === 'trialing' || state === 'paused') &&
                    !subscription.cancelAtPeriodEnd
                  }
                />
              </>
            )}
          </ClientMessages>
          {paid && paid.total.amount > 0 && (
            <p className="max-w-prose text-sm">
              <TextLink href={`/console/orders/${paid.id}`}>{t('refund')}</TextLink>{' '}
              <span className="text-muted-foreground">{t('refundText')}</span>
            </p>
          )}
        </section>
        <OrdersOf title={t('orders')} orders={orders.map((order) => ({ ...order, at: order.createdAt }))} />
        <History
          title={t('timeline')}
          none={t('noChanges')}
          steps={happened.map((change) => {
            const name = known(changes, change.change);
            return {
              at: change.at,
              title: name ? t(`change.${name}`) : change.change,
              detail: [t(`actor.${change.actor}`), change.title, change.note].filter(Boolean).join(' · '),
            };
          })}
        />
      </div>
    </>
  );
}
