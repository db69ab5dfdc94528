import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { CoverArt } from '@/components/brand/cover-art.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Link } from '@/i18n/navigation.ts';
import { pageAddresses } from '@/seo/addresses.ts';
import { type ListedMembership, leadingPlan } from './membership-data.ts';
import { planPrice } from './plan-price.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('memberships');
  return {
    ...(await pageAddresses({ path: '/memberships', locale: await getLocale() })),
    title: t('title'),
    description: t('lead'),
  };
}

/** Every membership there is to join. */
export default async function MembershipsPage({ searchParams }: PageProps<'/[locale]/memberships'>) {
  const { cursor } = await searchParams;
  const [t, tCommon] = await Promise.all([getTranslations('memberships'), getTranslations('common')]);
  const { items, nextCursor } = orThrow(
    await (await api()).GET('/api/memberships', {
      params: { query: { limit: 24, ...(typeof cursor === 'string' ? { cursor } : {}) } },
    }),
  );
  return (
    <div className="page-column py-8 md:py-12">
      <h1 className="text-3xl sm:text-4xl">{t('title')}</h1>
      <p className="mt-3 max-w-prose text-lg text-muted-foreground">{t('lead')}</p>
      {items.length === 0 ? (
        <EmptyState className="mt-8" title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="mt-8 grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
          {items.map((membership) => (
            <li key={membership.id} className="grid">
              <Card membership={membership} />
            </li>
          ))}
        </ul>
      )}
      {nextCursor && (
        <LoadMore href={`/memberships?cursor=${encodeURIComponent(nextCursor)}`}>{tCommon('loadMore')}</LoadMore>
      )}
    </div>
  );
}

async function Card({ membership }: { membership: ListedMembership }) {
  const [t, locale] = await Promise.all([getTranslations('memberships'), getLocale()]);
  const plan = leadingPlan(membership.plans);
  const lang = membership.shownIn === locale ? undefined : membership.shownIn;
  return (
    <article className="group relative flex flex-col overflow-hidden rounded-lg border bg-card transition-colors focus-within:border-ring hover:border-input">
      <CoverArt id={membership.id} />
      <div className="flex flex-1 flex-col gap-2 border-t p-5">
        <h2 lang={lang} className="font-display text-xl">
          <Link
            href={`/memberships/${membership.slug}`}
            className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-ring"
          >
            {membership.name}
          </Link>
        </h2>
        <p lang={lang} className="line-clamp-3 text-muted-foreground text-sm">
          {membership.summary}
        </p>
        <p className="text-sm">{membership.seller ? t('by', { name: membership.seller.name }) : t('house')}</p>
        <p className="mt-auto flex flex-wrap items-center gap-x-3 gap-y-1 pt-3 text-sm">
          <Badge>{t('count', { count: membership.courseCount })}</Badge>
          {plan && <span className="tabular font-medium">{t('from', { price: await planPrice(plan) })}</span>}
        </p>
      </div>
    </article>
  );
}
