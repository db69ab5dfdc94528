import { getTranslations } from 'next-intl/server';
import type { Order } from '@/buying/orders.ts';
import { OrderStateBadge } from '@/buying/state-badge.tsx';
import { Moment } from '@/components/time/moment.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';

type PaymentsTableProps = {
  caption: string;
  /** `at` is null for an order without the day that is shown. */
  orders: (Pick<Order, 'id' | 'number' | 'state' | 'total'> & {
    at: string | null;
    invoice: { id: string; number: string } | null;
  })[];
};

/** What a person paid for something which goes on for months: order by order, with the invoices. */
export async function PaymentsTable({ caption, orders }: PaymentsTableProps) {
  const t = await getTranslations('buying.payments');
  return (
    <Table caption={caption} dense>
      <TableHead>
        <TableRow>
          <TableHeader>{t('order')}</TableHeader>
          <TableHeader>{t('date')}</TableHeader>
          <TableHeader>{t('state')}</TableHeader>
          <TableHeader className="text-end">{t('amount')}</TableHeader>
          <TableHeader>{t('invoice')}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {orders.map(({ id, number, state, total, at, invoice }) => (
          <TableRow key={id}>
            <TableHeader scope="row" className="text-foreground text-sm">
              <TextLink href={`/orders/${id}`} prefetch={false} className="tabular">
                {number}
              </TextLink>
            </TableHeader>
            <TableCell className="whitespace-nowrap">{at ? <Moment at={at} precision="day" /> : '–'}</TableCell>
            <TableCell>
              <OrderStateBadge state={state} />
            </TableCell>
            <TableCell className="whitespace-nowrap text-end">
              <Price money={total} />
            </TableCell>
            <TableCell>
              {invoice ? (
                <a
                  href={`/bff/api/invoices/${invoice.id}`}
                  aria-label={t('invoiceOf', { number: invoice.number })}
                  className="tabular whitespace-nowrap text-primary underline decoration-1 underline-offset-4 hover:decoration-2"
                >
                  {invoice.number}
                </a>
              ) : (
                <span className="text-muted-foreground">–</span>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
