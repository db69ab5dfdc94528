import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { PlanState, planStates } from '@/components/instalments/states.tsx';
import { known } from '@/components/sales/known.ts';
import { Moment } from '@/components/time/moment.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { Link } from '@/i18n/navigation.ts';
import { FilterLinks } from '../filter-links.tsx';
import { ListPages, listHref } from '../list-pages.tsx';
import { ListSearch } from '../list-search.tsx';
import { one } from '../one.ts';
import { PageHeading } from '../page-heading.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('instalments'))('console.title') };
}

const path = '/console/instalments';

/** Everything that is paid in parts, to be found by its state, its title or who buys it. */
export default async function InstalmentPlansPage({ searchParams }: PageProps<'/[locale]/console/instalments'>) {
  const query = await searchParams;
  const q = one(query.q)?.trim();
  const cursor = one(query.cursor);
  const state = known(planStates, one(query.state) ?? null);
  const page = orThrow(
    await (await api()).GET('/api/admin/instalments', {
      params: { query: { limit: 50, ...(q ? { q } : {}), ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) } },
    }),
  );
  const [t, tPlan] = await Promise.all([getTranslations('instalments.console'), getTranslations('instalments')]);
  return (
    <>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      <ListSearch path={path} label={t('search')} q={q} keep={{ state }} />
      <FilterLinks
        label={t('filter')}
        current={state}
        all={{ href: listHref(path, { q }), label: t('all') }}
        options={planStates.map((value) => ({
          value,
          label: tPlan(`state.${value}`),
          href: listHref(path, { q, state: value }),
        }))}
      />
      {page.items.length === 0 ? (
        <EmptyState
          title={t('emptyTitle')}
          action={
            (q || state || cursor) && (
              <Link href={path} className={buttonClasses({ variant: 'outline' })}>
                {t('showAll')}
              </Link>
            )
          }
        >
          {q ? t('emptySearch') : t('emptyText')}
        </EmptyState>
      ) : (
        <Table caption={t('title')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{t('item')}</TableHeader>
              <TableHeader>{t('filter')}</TableHeader>
              <TableHeader>{t('buyer')}</TableHeader>
              <TableHeader>{t('parts')}</TableHeader>
              <TableHeader className="text-end">{t('total')}</TableHeader>
              <TableHeader>{t('next')}</TableHeader>
              <TableHeader>{t('since')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {page.items.map((plan) => (
              <TableRow key={plan.id}>
                <TableHeader scope="row" className="text-foreground text-sm">
                  <TextLink href={`${path}/${plan.id}`} className="block max-w-56 truncate" title={plan.title}>
                    {plan.title}
                  </TextLink>
                </TableHeader>
                <TableCell>
                  <PlanState state={plan.state} />
                </TableCell>
                <TableCell>
                  <span className="block max-w-48 truncate" title={plan.buyer.email}>
                    {plan.buyer.email}
                  </span>
                </TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  {plan.paidParts}/{plan.parts}
                </TableCell>
                <TableCell className="whitespace-nowrap text-end">
                  <Price money={plan.total} />
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
      <ListPages path={path} query={{ q, state }} cursor={cursor} nextCursor={page.nextCursor} />
    </>
  );
}
