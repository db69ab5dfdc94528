import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';
import { formatMoney } from '@/buying/money.ts';
import { SubscriptionState } from '@/components/subscriptions/subscription-state.tsx';
import { Moment } from '@/components/time/moment.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Link } from '@/i18n/navigation.ts';
import { changesOf, endsAtOnce, isOver } from './changes.ts';
import { SubscriptionForm } from './subscription-form.tsx';

type Subscription =
  paths['/api/subscriptions']['get']['responses'][200]['content']['application/json']['items'][number];

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('buying.subscriptions'))('title') };
}

/** What renews itself: until when it is paid, what comes next, and the way out. */
export default async function SubscriptionsPage({ searchParams }: PageProps<'/[locale]/account/subscriptions'>) {
  const { cursor } = await searchParams;
  const [t, tCommon] = await Promise.all([getTranslations('buying.subscriptions'), getTranslations('common')]);
  const { items, nextCursor } = orThrow(
    await (await api()).GET('/api/subscriptions', {
      params: { query: { limit: 20, ...(typeof cursor === 'string' ? { cursor } : {}) } },
    }),
  );
  return (
    <div className="max-w-3xl">
      <h1 className="text-3xl">{t('title')}</h1>
      {items.length === 0 ? (
        <EmptyState className="mt-8" title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="mt-8 space-y-4">
          {items.map((subscription) => (
            <Item key={subscription.id} subscription={subscription} />
          ))}
        </ul>
      )}
      {nextCursor && (
        <LoadMore href={`/account/subscriptions?cursor=${encodeURIComponent(nextCursor)}`}>
          {tCommon('loadMore')}
        </LoadMore>
      )}
    </div>
  );
}

async function Item({ subscription }: { subscription: Subscription }) {
  const [t, format] = await Promise.all([getTranslations('buying.subscriptions'), getFormatter()]);
  const { id, title, state, amount, interval, intervalCount, periodEnd, cancelAtPeriodEnd, openOrderId } = subscription;
  const every = (['day', 'week', 'month', 'year'] as const).find((one) => one === interval);
  const over = isOver(subscription);
  const changes = changesOf(subscription);
  const next = over
    ? subscription.endedAt && { words: t('endedOn'), at: subscription.endedAt }
    : periodEnd && {
        words: cancelAtPeriodEnd
          ? t('endsOn')
          : state === 'trialing'
            ? t('trialUntil')
            : state === 'paused'
              ? t('paidUntil')
              : t('renewsOn'),
        at: periodEnd,
      };
  return (
    <li className="space-y-4 rounded-lg border bg-card p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 className="font-display text-xl">
            <Link
              href={`/account/subscriptions/${id}`}
              prefetch={false}
              className="rounded-sm decoration-1 underline-offset-4 hover:underline"
            >
              {title}
            </Link>
          </h2>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-muted-foreground text-sm">
            <SubscriptionState state={state} />
            {next && (
              <span>
                {next.words} <Moment at={next.at} precision="day" />
              </span>
            )}
          </p>
        </div>
        <p className="tabular font-medium">
          {every
            ? t(intervalCount === 1 ? `every.${every}` : `everyMany.${every}`, {
                amount: formatMoney(format, amount),
                count: intervalCount,
              })
            : formatMoney(format, amount)}
        </p>
      </div>
      {openOrderId && !over && (
        <p className="flex flex-wrap items-center justify-between gap-3 rounded-lg border bg-muted px-4 py-3 text-sm">
          <span className="min-w-0">
            {t('unpaid')}
            {subscription.nextTryAt && (
              <>
                {' '}
                {t('nextTry')} <Moment at={subscription.nextTryAt} precision="day" />.
              </>
            )}
          </span>
          <Link href={`/orders/${openOrderId}/pay`} prefetch={false} className={buttonClasses({ size: 'sm' })}>
            {t('payNow')}
          </Link>
        </p>
      )}
      {changes.length > 0 && (
        <ClientMessages areas={['buying']}>
          <SubscriptionForm id={id} title={title} changes={changes} />
          {endsAtOnce(subscription) && <p className="text-muted-foreground text-xs">{t('cancelAtOnce')}</p>}
        </ClientMessages>
      )}
    </li>
  );
}
