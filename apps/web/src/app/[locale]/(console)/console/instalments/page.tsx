import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { PlanState, planStates } from '@/components/instalments/states.tsx';
import { Moment } from '@/components/time/moment.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { ListPages } from '../list-pages.tsx';
import { readListQuery } from '../list-query.ts';
import { NothingListed } from '../nothing-listed.tsx';
import { PageHeading } from '../page-heading.tsx';
import { SearchByState } from '../search-by-state.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('instalments'))('console.title') };
}

const path = '/console/instalments';

/** Everything that is paid in parts, to be found by its state, its title or who buys it. */
export default async function InstalmentPlansPage({ searchParams }: PageProps<'/[locale]/console/instalments'>) {
  const { q, state, cursor, asked } = readListQuery(await searchParams, planStates);
  const page = await pageOrFirst(
    await (await api()).GET('/api/admin/instalments', {
      params: { query: asked },
    }),
    path,
    { q, state, cursor },
  );
  const [t, tPlan, tOrder] = await Promise.all([
    getTranslations('instalments.console'),
    getTranslations('instalments'),
    getTranslations('sales.order'),
  ]);
  return (
    <>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      <SearchByState
        path={path}
        q={q}
        state={state}
        words={{ search: t('search'), filter: t('filter'), all: t('all') }}
        states={planStates.map((value) => ({ value, label: tPlan(`state.${value}`) }))}
      />
      {page.items.length === 0 ? (
        <NothingListed
          title={t('emptyTitle')}
          whole={q || state || cursor ? { href: path, label: t('showAll') } : null}
        >
          {q ? t('emptySearch') : t('emptyText')}
        </NothingListed>
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
                    {plan.buyer.email || <span className="text-muted-foreground">{tOrder('deletedAccount')}</span>}
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
