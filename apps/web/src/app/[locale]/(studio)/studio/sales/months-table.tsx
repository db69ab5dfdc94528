import { getFormatter, getTranslations } from 'next-intl/server';
import type { paths } from '@/api/schema.d.ts';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';

type SalesTotal = paths['/api/seller/totals']['get']['responses'][200]['content']['application/json']['items'][number];

/** Each month with its courses, newest first. */
export async function MonthsTable({ totals }: { totals: readonly SalesTotal[] }) {
  const t = await getTranslations('sales.studio');
  const format = await getFormatter();
  const months = Map.groupBy(totals, ({ month }) => month);
  return (
    <Table caption={t('byMonth')} dense>
      <TableHead>
        <TableRow>
          <TableHeader>{t('month')}</TableHeader>
          <TableHeader>{t('course')}</TableHeader>
          <TableHeader className="text-end">{t('sold')}</TableHeader>
          <TableHeader className="text-end">{t('gross')}</TableHeader>
          <TableHeader className="text-end">{t('refunded')}</TableHeader>
          <TableHeader className="text-end">{t('earned')}</TableHeader>
        </TableRow>
      </TableHead>
      {[...months].map(([month, items]) => (
        <TableBody key={month} className="[&:not(:last-child)>tr:last-child>*]:border-b!">
          {items.map((item, index) => (
            <TableRow key={`${item.sku} ${item.total.currency}`}>
              {index === 0 && (
                <TableHeader
                  scope="rowgroup"
                  rowSpan={items.length}
                  className="border-e py-2 align-top text-foreground text-sm"
                >
                  {format.dateTime(new Date(`${month}-15T00:00:00Z`), {
                    month: 'long',
                    year: 'numeric',
                    timeZone: 'UTC',
                  })}
                </TableHeader>
              )}
              <TableCell>
                <span className="block max-w-80 truncate" title={item.title}>
                  {item.title}
                </span>
              </TableCell>
              <TableCell className="tabular text-end">{format.number(item.sold)}</TableCell>
              <TableCell className="whitespace-nowrap text-end">
                <Price money={item.total} />
              </TableCell>
              <TableCell className="whitespace-nowrap text-end">
                {item.refunded.amount > 0 ? <Price money={item.refunded} /> : '–'}
              </TableCell>
              <TableCell className="whitespace-nowrap text-end font-medium">
                <Price money={item.earned} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      ))}
    </Table>
  );
}
