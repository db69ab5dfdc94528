import { getTranslations } from 'next-intl/server';
import { known } from '@/components/sales/known.ts';
import type { Break } from '@/components/sales/types.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { ResolveEvidence } from '../orders/[id]/order-buttons.tsx';

const kinds = [
  'parked_payment',
  'parked_refund',
  'failed_refund',
  'open_dispute',
  'unsettled_money',
  'charge_unknown',
  'charge_not_booked',
  'charge_differs',
  'charge_not_reported',
  'refund_unknown',
  'refund_differs',
  'refund_not_reported',
  'fee_differs',
] as const;
const outcomes = [
  'late',
  'duplicate_payment',
  'wrong_amount',
  'wrong_currency',
  'unknown_payment',
  'contradiction',
] as const;

/** What somebody has to look at, newest first, each with its order. */
export async function BreaksTable({ breaks }: { breaks: readonly Break[] }) {
  const t = await getTranslations('sales.payments');
  const tOutcome = await getTranslations('sales.order.outcome');
  if (breaks.length === 0) return <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>;
  return (
    <Table caption={t('breaks')} dense>
      <TableHead>
        <TableRow>
          <TableHeader>{t('kind')}</TableHeader>
          <TableHeader>{t('provider')}</TableHeader>
          <TableHeader className="text-end">{t('amount')}</TableHeader>
          <TableHeader>{t('since')}</TableHeader>
          <TableHeader>{t('order')}</TableHeader>
          <TableHeader className="text-end">{t('actions')}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {breaks.map((one) => {
          const kind = known(kinds, one.kind);
          const outcome = known(outcomes, one.kind);
          return (
            <TableRow key={`${one.kind} ${one.evidenceId} ${one.paymentId} ${one.orderId} ${one.since}`}>
              <TableHeader scope="row" className="text-foreground">
                <Badge tone="warning">{kind ? t(`breakKind.${kind}`) : outcome ? tOutcome(outcome) : one.kind}</Badge>
              </TableHeader>
              <TableCell className="font-mono text-xs">{one.provider ?? '–'}</TableCell>
              <TableCell className="whitespace-nowrap text-end">
                {one.amount ? <Price money={one.amount} /> : '–'}
              </TableCell>
              <TableCell className="tabular whitespace-nowrap">
                <Moment at={one.since} precision="second" />
              </TableCell>
              <TableCell>
                {one.orderId ? (
                  <TextLink href={`/console/orders/${one.orderId}`} className="whitespace-nowrap">
                    {t('open')}
                    <span className="sr-only"> {one.orderId}</span>
                  </TextLink>
                ) : (
                  '–'
                )}
              </TableCell>
              <TableCell>
                <span className="flex justify-end">
                  {one.evidenceId !== null && <ResolveEvidence evidence={one.evidenceId} />}
                </span>
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
