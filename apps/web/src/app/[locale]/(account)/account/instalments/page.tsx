import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { formatMoney } from '@/buying/money.ts';
import { PlanState } from '@/components/instalments/states.tsx';
import { Moment } from '@/components/time/moment.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Link } from '@/i18n/navigation.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('instalments'))('title') };
}

/** What the person pays in parts: how far each is, and what comes next. */
export default async function InstalmentsPage({ searchParams }: PageProps<'/[locale]/account/instalments'>) {
  const { cursor } = await searchParams;
  const [t, tCommon, format] = await Promise.all([
    getTranslations('instalments'),
    getTranslations('common'),
    getFormatter(),
  ]);
  const { items, nextCursor } = orThrow(
    await (await api()).GET('/api/instalments', {
      params: { query: { limit: 20, ...(typeof cursor === 'string' ? { cursor } : {}) } },
    }),
  );
  return (
    <div className="max-w-3xl">
      <h1 className="text-3xl">{t('title')}</h1>
      <p className="mt-2 max-w-prose text-muted-foreground text-sm">{t('lead')}</p>
      {items.length === 0 ? (
        <EmptyState className="mt-8" title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="mt-8 space-y-4">
          {items.map((plan) => (
            <li key={plan.id} className="rounded-lg border bg-card p-5">
              <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
                <div className="min-w-0">
                  <h2 className="font-display text-xl">
                    <Link
                      href={`/account/instalments/${plan.id}`}
                      prefetch={false}
                      className="rounded-sm decoration-1 underline-offset-4 hover:underline"
                    >
                      {plan.title}
                    </Link>
                  </h2>
                  <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-muted-foreground text-sm">
                    <PlanState state={plan.state} />
                    <span>{t('progress', { paid: plan.paidParts, parts: plan.parts })}</span>
                  </p>
                </div>
                {plan.nextPart && (
                  <p className="text-sm sm:text-end">
                    <span className="block text-muted-foreground">{t('next')}</span>
                    <Price money={plan.nextPart.amount} className="font-medium" />{' '}
                    <Moment at={plan.nextPart.dueAt} precision="day" className="text-muted-foreground" />
                  </p>
                )}
              </div>
              <p className="mt-3 text-muted-foreground text-sm">
                {t('paidOf', { paid: formatMoney(format, plan.paid), total: formatMoney(format, plan.total) })}
              </p>
            </li>
          ))}
        </ul>
      )}
      {nextCursor && (
        <LoadMore href={`/account/instalments?cursor=${encodeURIComponent(nextCursor)}`}>
          {tCommon('loadMore')}
        </LoadMore>
      )}
    </div>
  );
}
