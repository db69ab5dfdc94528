import { Pencil, Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import type { paths } from '@/api/schema.d.ts';
import { formatMoney } from '@/buying/money.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Stat } from '@/components/ui/stat.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Link } from '@/i18n/navigation.ts';
import { requireSession } from '@/session/session.ts';
import { MoveMembership } from './move-membership.tsx';

type Membership =
  paths['/api/memberships/mine']['get']['responses'][200]['content']['application/json']['items'][number];
type Totals = paths['/api/seller/subscriptions']['get']['responses'][200]['content']['application/json']['items'];

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('memberships'))('studio.title') };
}

/** What one sells by subscription: how many subscribe, what it brings in a month, and the way to change it. */
export default async function OwnMembershipsPage({ searchParams }: PageProps<'/[locale]/studio/memberships'>) {
  const [{ user }, { cursor }, client] = await Promise.all([requireSession(), searchParams, api()]);
  const after = typeof cursor === 'string' ? cursor : undefined;
  const [page, mine, house] = await Promise.all([
    client
      .GET('/api/memberships/mine', { params: { query: { limit: 50, ...(after ? { cursor: after } : {}) } } })
      .then((answer) => pageOrFirst(answer, '/studio/memberships', { cursor: after })),
    client.GET('/api/seller/subscriptions', { params: { query: { of: 'me' } } }).then(orThrow),
    user.roles.includes('admin')
      ? client.GET('/api/seller/subscriptions', { params: { query: { of: 'house' } } }).then(orThrow)
      : null,
  ]);
  const totals = [...mine.items, ...(house?.items ?? [])];
  const [t, tCommon, format] = await Promise.all([
    getTranslations('memberships.studio'),
    getTranslations('common'),
    getFormatter(),
  ]);
  const monthly = new Map<string, number>();
  for (const one of totals)
    monthly.set(one.monthly.currency, (monthly.get(one.monthly.currency) ?? 0) + one.monthly.amount);
  const sum = (pick: (one: Totals[number]) => number) => totals.reduce((all, one) => all + pick(one), 0);
  return (
    <>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div>
          <h1 className="text-2xl">{t('title')}</h1>
          <p className="mt-1 max-w-prose text-muted-foreground text-sm">{t('lead')}</p>
        </div>
        <Link href="/studio/memberships/new" className={buttonClasses({ size: 'sm' })}>
          <Plus aria-hidden="true" />
          {t('make')}
        </Link>
      </div>
      {page.items.length === 0 ? (
        <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
      ) : (
        <>
          <dl className="mb-6 grid gap-4 sm:grid-cols-3">
            <Stat label={t('subscribers')} value={format.number(sum((one) => one.active + one.pastDue))} />
            <Stat label={t('onTrial')} value={format.number(sum((one) => one.trialing))} />
            <Stat
              label={t('mrr')}
              value={
                [...monthly].map(([currency, amount]) => formatMoney(format, { amount, currency })).join(' + ') || '–'
              }
              note={t('mrrNote')}
            />
          </dl>
          <ul className="divide-y rounded-lg border bg-card">
            {page.items.map((membership) => (
              <li key={membership.id} className="space-y-3 p-4">
                <Row membership={membership} totals={totals} />
              </li>
            ))}
          </ul>
          <p className="mt-3 text-muted-foreground text-xs">{t('archiveNote')}</p>
        </>
      )}
      {page.nextCursor && (
        <LoadMore href={`/studio/memberships?cursor=${encodeURIComponent(page.nextCursor)}`}>
          {tCommon('loadMore')}
        </LoadMore>
      )}
    </>
  );
}

const tones = { draft: 'neutral', published: 'success', archived: 'warning' } as const;

async function Row({ membership, totals }: { membership: Membership; totals: Totals }) {
  const [t, tMemberships, tCommon, format] = await Promise.all([
    getTranslations('memberships.studio'),
    getTranslations('memberships'),
    getTranslations('common'),
    getFormatter(),
  ]);
  const { id, name, slug, state, plans } = membership;
  const of = totals.filter(({ sku }) => plans.some((plan) => plan.sku === sku));
  const sum = (pick: (one: Totals[number]) => number) => of.reduce((all, one) => all + pick(one), 0);
  const currency = of[0]?.monthly.currency ?? plans[0]?.price.currency;
  const facts = [
    { name: t('subscribers'), value: format.number(sum((one) => one.active + one.pastDue)) },
    { name: t('onTrial'), value: format.number(sum((one) => one.trialing)) },
    { name: t('overdue'), value: format.number(sum((one) => one.pastDue)) },
    { name: t('leaving'), value: format.number(sum((one) => one.leaving)) },
    {
      name: t('mrr'),
      value: currency ? formatMoney(format, { amount: sum((one) => one.monthly.amount), currency }) : '–',
    },
  ];
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 className="font-display text-lg leading-snug">
            <Link
              href={`/studio/memberships/${id}`}
              className="rounded-sm decoration-1 underline-offset-4 hover:underline"
            >
              {name}
            </Link>
          </h2>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted-foreground text-sm">
            <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
            <span>{tMemberships('count', { count: membership.courseCount })}</span>
            {plans.map((plan) => (
              <span key={plan.id} className="tabular">
                {tMemberships(plan.interval === 'month' ? 'perMonth' : 'perYear', {
                  amount: formatMoney(format, plan.price),
                })}
              </span>
            ))}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-1">
          {state === 'published' && (
            <Link
              href={`/memberships/${slug}`}
              aria-label={t('viewOf', { name })}
              className={buttonClasses({ variant: 'ghost', size: 'sm' })}
            >
              {t('view')}
            </Link>
          )}
          <Link
            href={`/studio/memberships/${id}`}
            aria-label={t('edit', { name })}
            className={buttonClasses({ variant: 'ghost', size: 'sm' })}
          >
            <Pencil aria-hidden="true" />
            {tCommon('edit')}
          </Link>
          <ClientMessages areas={['memberships']}>
            <MoveMembership id={id} name={name} isPublished={state === 'published'} />
          </ClientMessages>
        </div>
      </div>
      {state !== 'draft' && (
        <dl className="flex flex-wrap gap-x-8 gap-y-2 text-sm">
          {facts.map((fact) => (
            <div key={fact.name}>
              <dt className="text-muted-foreground text-xs">{fact.name}</dt>
              <dd className="tabular">{fact.value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
