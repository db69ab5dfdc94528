import { getFormatter, getTranslations } from 'next-intl/server';
import { formatMoney } from '@/buying/money.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { PartState } from './states.tsx';

type Money = { amount: number; currency: string };
type ScheduleProps = {
  parts: readonly {
    part: number;
    dueAt: string;
    amount: Money;
    state: 'paid' | 'upcoming' | 'overdue' | 'canceled';
    paidAt: string | null;
    orderId: string | null;
    waived: Money;
  }[];
  /** Where the orders are shown: to their buyer, or to support. */
  ordersAt: '/orders' | '/console/orders';
};

/** Every part with its day, its amount and how it stands. */
export async function Schedule({ parts, ordersAt }: ScheduleProps) {
  const [t, format] = await Promise.all([getTranslations('instalments'), getFormatter()]);
  return (
    <Table caption={t('schedule')} dense>
      <TableHead>
        <TableRow>
          <TableHeader>{t('part')}</TableHeader>
          <TableHeader>{t('due')}</TableHeader>
          <TableHeader>{t('stateTitle')}</TableHeader>
          <TableHeader className="text-end">{t('amount')}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {parts.map((one) => {
          const name = t('partOf', { part: one.part, parts: parts.length });
          return (
            <TableRow key={one.part}>
              <TableHeader scope="row" className="whitespace-nowrap text-foreground text-sm">
                {one.orderId ? (
                  <TextLink href={`${ordersAt}/${one.orderId}`} prefetch={false}>
                    {name}
                  </TextLink>
                ) : (
                  name
                )}
              </TableHeader>
              <TableCell className="tabular whitespace-nowrap">
                <Moment at={one.paidAt ?? one.dueAt} precision="day" />
              </TableCell>
              <TableCell>
                <PartState state={one.state} />
              </TableCell>
              <TableCell className="whitespace-nowrap text-end">
                <Price money={one.amount} />
                {one.waived.amount > 0 && (
                  <span className="block text-muted-foreground text-xs">
                    {t('waived', { amount: formatMoney(format, one.waived) })}
                  </span>
                )}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
