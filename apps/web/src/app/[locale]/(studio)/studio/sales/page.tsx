import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { Moment } from '@/components/time/moment.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Stat } from '@/components/ui/stat.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { Link } from '@/i18n/navigation.ts';
import { MonthsTable } from './months-table.tsx';
import { sumByCurrency } from './sum-by-currency.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('studio.salesTitle') };
}

/** What was bought from the person: this month at a glance, each month by course, every single sale. */
export default async function SalesPage({ searchParams }: PageProps<'/[locale]/studio/sales'>) {
  const { cursor } = await searchParams;
  const after = typeof cursor === 'string' ? cursor : undefined;
  const client = await api();
  const [totals, sales, statement] = await Promise.all([
    client.GET('/api/seller/totals').then(orThrow),
    client
      .GET('/api/seller/sales', { params: { query: { limit: 50, ...(after ? { cursor: after } : {}) } } })
      .then((answer) => pageOrFirst(answer, '/studio/sales', { cursor: after })),
    client.GET('/api/seller/statement', { params: { query: { limit: 1 } } }).then(orThrow),
  ]);
  const t = await getTranslations('sales.studio');
  const tCommon = await getTranslations('common');
  const format = await getFormatter();
  const month = new Date().toISOString().slice(0, 7);
  const now = totals.items.filter((item) => item.month === month);
  const earned = sumByCurrency(now.map((item) => item.earned));
  return (
    <>
      <div className="mb-5">
        <h1 className="text-2xl">{t('salesTitle')}</h1>
        <p className="mt-1 max-w-prose text-muted-foreground text-sm">{t('salesLead')}</p>
      </div>
      {totals.items.length === 0 && sales.items.length === 0 ? (
        <EmptyState
          title={t('emptyTitle')}
          action={
            <Link href="/studio" className={buttonClasses({ variant: 'outline' })}>
              {t('toCourses')}
            </Link>
          }
        >
          {t('emptyText')}
        </EmptyState>
      ) : (
        <>
          <dl className="grid gap-3 sm:grid-cols-3">
            <Stat label={t('soldNow')} value={format.number(now.reduce((sum, { sold }) => sum + sold, 0))} />
            <Stat
              label={t('earnedNow')}
              value={
                earned.length === 0
                  ? '–'
                  : earned.map((money) => <Price key={money.currency} money={money} className="block" />)
              }
            />
            <Stat
              label={t('owed')}
              value={
                statement.balances.length === 0
                  ? '–'
                  : statement.balances.map(({ currency, balance }) => (
                      <Price key={currency} money={{ amount: balance, currency }} className="block" />
                    ))
              }
              note={<TextLink href="/studio/statement">{t('toStatement')}</TextLink>}
            />
          </dl>
          <h2 className="mt-8 mb-3 text-lg">{t('byMonth')}</h2>
          <MonthsTable totals={totals.items} />
          <p className="mt-2 max-w-prose text-muted-foreground text-xs">{t('monthsNote')}</p>
          <h2 className="mt-8 mb-3 text-lg">{t('each')}</h2>
          <Table caption={t('each')} dense>
            <TableHead>
              <TableRow>
                <TableHeader>{t('paidAt')}</TableHeader>
                <TableHeader>{t('order')}</TableHeader>
                <TableHeader>{t('course')}</TableHeader>
                <TableHeader>{t('coupon')}</TableHeader>
                <TableHeader className="text-end">{t('price')}</TableHeader>
                <TableHeader className="text-end">{t('refunded')}</TableHeader>
                <TableHeader className="text-end">{t('share')}</TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {sales.items.map((sale) => (
                <TableRow key={sale.id}>
                  <TableHeader scope="row" className="tabular font-normal text-foreground text-sm">
                    <Moment at={sale.paidAt} />
                  </TableHeader>
                  <TableCell className="tabular whitespace-nowrap">{sale.orderNumber}</TableCell>
                  <TableCell>
                    <span className="block max-w-72 truncate" title={sale.title}>
                      {sale.title}
                      {sale.quantity > 1 && <span className="text-muted-foreground"> × {sale.quantity}</span>}
                    </span>
                  </TableCell>
                  <TableCell className="font-mono text-xs">{sale.coupon ?? '–'}</TableCell>
                  <TableCell className="whitespace-nowrap text-end">
                    <Price money={sale.total} />
                  </TableCell>
                  <TableCell className="whitespace-nowrap text-end">
                    {sale.refunded.amount > 0 ? <Price money={sale.refunded} /> : '–'}
                  </TableCell>
                  <TableCell className="whitespace-nowrap text-end">
                    <Price money={sale.earned} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
          {sales.nextCursor && (
            <LoadMore href={`/studio/sales?cursor=${encodeURIComponent(sales.nextCursor)}`}>
              {tCommon('loadMore')}
            </LoadMore>
          )}
        </>
      )}
    </>
  );
}
