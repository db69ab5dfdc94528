import { OrderStateBadge } from '@/components/sales/states.tsx';
import type { OrderState } from '@/components/sales/types.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';

type OrdersOfProps = {
  title: string;
  /** `at` is null for an order without the day that is shown. */
  orders: {
    id: string;
    number: string;
    state: OrderState;
    total: { amount: number; currency: string };
    at: string | null;
  }[];
};

/** The orders that something which goes on for months was paid with. */
export function OrdersOf({ title, orders }: OrdersOfProps) {
  return (
    <section className="space-y-3">
      <h2 id="orders" className="text-lg">
        {title}
      </h2>
      <Table caption={title} dense>
        <TableBody>
          {orders.map(({ id, number, state, total, at }) => (
            <TableRow key={id}>
              <TableHeader scope="row" className="text-foreground text-sm">
                <TextLink href={`/console/orders/${id}`} className="tabular">
                  {number}
                </TextLink>
              </TableHeader>
              <TableCell>
                <OrderStateBadge state={state} />
              </TableCell>
              <TableCell className="whitespace-nowrap text-end">
                <Price money={total} />
              </TableCell>
              <TableCell className="tabular whitespace-nowrap">{at ? <Moment at={at} /> : '–'}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}
