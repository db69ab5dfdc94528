import { ChevronRight } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { OrderStateBadge } from '@/buying/state-badge.tsx';
import { Moment } from '@/components/time/moment.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Link } from '@/i18n/navigation.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('buying.purchases'))('title') };
}

/** Everything a person has ordered, newest first. */
export default async function PurchasesPage({ searchParams }: PageProps<'/[locale]/account/orders'>) {
  const { cursor } = await searchParams;
  const [t, tCommon] = await Promise.all([getTranslations('buying.purchases'), getTranslations('common')]);
  const client = await api();
  const waiting = orThrow(await client.GET('/api/seats')).items;
  const { items, nextCursor } = orThrow(
    await client.GET('/api/orders', {
      params: { query: { limit: 20, ...(typeof cursor === 'string' ? { cursor } : {}) } },
    }),
  );
  return (
    <div className="max-w-3xl">
      <h1 className="text-3xl">{t('title')}</h1>
      {waiting.map((seat) => (
        <Callout
          key={seat.id}
          className="mt-6"
          title={t('seatWaiting', { title: seat.title })}
          action={
            <Link href={`/seats/${seat.id}`} prefetch={false} className={buttonClasses({ size: 'sm' })}>
              {t('seeSeat')}
            </Link>
          }
        />
      ))}
      {items.length === 0 ? (
        <EmptyState
          className="mt-8"
          title={t('emptyTitle')}
          action={
            <Link href="/courses" className={buttonClasses({})}>
              {t('findCourses')}
            </Link>
          }
        >
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="mt-8 divide-y rounded-lg border bg-card">
          {items.map((order) => (
            <li key={order.id} className="group relative flex items-center gap-4 px-4 py-4 sm:px-5">
              <div className="min-w-0 flex-1">
                <p className="font-medium">
                  <Link
                    href={`/orders/${order.id}`}
                    prefetch={false}
                    className="outline-none after:absolute after:inset-0 after:rounded-lg group-hover:underline group-hover:underline-offset-4 focus-visible:after:outline-2 focus-visible:after:outline-ring"
                  >
                    {order.titles.join(', ')}
                  </Link>
                </p>
                <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-muted-foreground text-sm">
                  <OrderStateBadge state={order.state} />
                  <span className="tabular">{order.number}</span>
                  <Moment at={order.createdAt} precision="day" />
                </p>
              </div>
              <Price money={order.total} className="font-medium" />
              <ChevronRight
                aria-hidden="true"
                className="hidden size-4 text-muted-foreground sm:block rtl:rotate-180"
              />
            </li>
          ))}
        </ul>
      )}
      {nextCursor && (
        <LoadMore href={`/account/orders?cursor=${encodeURIComponent(nextCursor)}`}>{tCommon('loadMore')}</LoadMore>
      )}
    </div>
  );
}
