import { getTranslations } from 'next-intl/server';
import type { Order } from '@/components/sales/types.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';

/** What was bought, what it cost, and whether it can be used. */
export async function OrderLines({ order }: { order: Order }) {
  const t = await getTranslations('sales.order');
  const wasPaid = order.paidAt !== null;
  return (
    <Table caption={t('lines')} dense>
      <TableHead>
        <TableRow>
          <TableHeader>{t('item')}</TableHeader>
          <TableHeader>{t('seller')}</TableHeader>
          <TableHeader className="text-end">{t('quantity')}</TableHeader>
          <TableHeader className="text-end">{t('discount')}</TableHeader>
          <TableHeader className="text-end">{t('tax')}</TableHeader>
          <TableHeader className="text-end">{t('total')}</TableHeader>
          <TableHeader className="text-end">{t('refunded')}</TableHeader>
          <TableHeader>{t('access')}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {order.lines.map((line) => (
          <TableRow key={line.id}>
            <TableHeader scope="row" className="min-w-56 whitespace-normal py-1.5 text-foreground text-sm">
              {line.title}
              {line.gift && (
                <span className="block font-normal text-muted-foreground text-xs">
                  {line.gift.recipientEmail ? t('gift', { email: line.gift.recipientEmail }) : t('giftErased')}
                </span>
              )}
              {line.seats && (
                <span className="block font-normal text-muted-foreground text-xs">{t('seats', line.seats)}</span>
              )}
            </TableHeader>
            <TableCell className="whitespace-nowrap">{line.sellerName || '–'}</TableCell>
            <TableCell className="tabular text-end">{line.quantity}</TableCell>
            <TableCell className="whitespace-nowrap text-end">
              {line.discount.amount > 0 ? <Price money={line.discount} /> : '–'}
            </TableCell>
            <TableCell className="whitespace-nowrap text-end">
              {line.tax ? <Price money={line.tax.amount} /> : '–'}
            </TableCell>
            <TableCell className="whitespace-nowrap text-end">
              <Price money={line.total} />
            </TableCell>
            <TableCell className="whitespace-nowrap text-end">
              {line.refunded.amount > 0 ? <Price money={line.refunded} /> : '–'}
            </TableCell>
            <TableCell>
              <Badge tone={line.revoked ? 'destructive' : wasPaid ? 'success' : 'neutral'}>
                {line.revoked ? t('accessEnded') : wasPaid ? t('accessOpen') : t('accessNone')}
              </Badge>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
