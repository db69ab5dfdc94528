import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { PlanState } from '@/components/instalments/states.tsx';
import { Moment } from '@/components/time/moment.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { Link } from '@/i18n/navigation.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('instalments'))('sell.list') };
}

/** What is bought from the person in parts: how far each is, and what is still to come. */
export default async function SoldInPartsPage({ searchParams }: PageProps<'/[locale]/studio/instalments'>) {
  const { cursor, state } = await searchParams;
  const running = state === 'running';
  const after = typeof cursor === 'string' ? cursor : undefined;
  const { items, nextCursor } = await pageOrFirst(
    await (await api()).GET('/api/seller/instalments', {
      params: {
        query: {
          limit: 50,
          state: running ? 'running' : 'all',
          ...(after ? { cursor: after } : {}),
        },
      },
    }),
    '/studio/instalments',
    { state: running ? 'running' : undefined, cursor: after },
  );
  const [t, tPlan, tCommon] = await Promise.all([
    getTranslations('instalments.sell'),
    getTranslations('instalments'),
    getTranslations('common'),
  ]);
  return (
    <>
      <div className="mb-5">
        <h1 className="text-2xl">{t('list')}</h1>
        <p className="mt-1 max-w-prose text-muted-foreground text-sm">{t('listLead')}</p>
      </div>
      <nav aria-label={tPlan('stateTitle')} className="mb-5 flex flex-wrap gap-2">
        {[
          { label: t('all'), href: '/studio/instalments', current: !running },
          { label: t('running'), href: '/studio/instalments?state=running', current: running },
        ].map(({ label, href, current }) => (
          <Link
            key={href}
            href={href}
            aria-current={current ? 'page' : undefined}
            className={buttonClasses({ variant: current ? 'secondary' : 'outline', size: 'sm' })}
          >
            {label}
          </Link>
        ))}
      </nav>
      {items.length === 0 ? (
        <EmptyState
          title={t('emptyTitle')}
          action={
            <Link href="/studio" className={buttonClasses({ variant: 'outline' })}>
              {t('course')}
            </Link>
          }
        >
          {t('emptyText')}
        </EmptyState>
      ) : (
        <Table caption={t('list')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{t('course')}</TableHeader>
              <TableHeader>{tPlan('stateTitle')}</TableHeader>
              <TableHeader>{t('parts')}</TableHeader>
              <TableHeader className="text-end">{t('paid')}</TableHeader>
              <TableHeader className="text-end">{t('left')}</TableHeader>
              <TableHeader>{t('nextDue')}</TableHeader>
              <TableHeader>{t('since')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {items.map((plan) => (
              <TableRow key={plan.id}>
                <TableHeader scope="row" className="text-foreground text-sm">
                  <span className="block max-w-64 truncate" title={plan.title}>
                    {plan.title}
                  </span>
                </TableHeader>
                <TableCell>
                  <PlanState state={plan.state} />
                </TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  {plan.paidParts}/{plan.parts}
                </TableCell>
                <TableCell className="whitespace-nowrap text-end">
                  <Price money={plan.paid} />
                </TableCell>
                <TableCell className="whitespace-nowrap text-end">
                  <Price money={plan.remaining} />
                </TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  {plan.nextPart ? <Moment at={plan.nextPart.dueAt} precision="day" /> : '–'}
                </TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  <Moment at={plan.createdAt} precision="day" />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {nextCursor && (
        <LoadMore
          href={`/studio/instalments?cursor=${encodeURIComponent(nextCursor)}${running ? '&state=running' : ''}`}
        >
          {tCommon('loadMore')}
        </LoadMore>
      )}
    </>
  );
}
