import { getTranslations } from 'next-intl/server';
import { known } from '@/components/sales/known.ts';
import { RefundStateBadge } from '@/components/sales/states.tsx';
import type { ConsoleOrderView } from '@/components/sales/types.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';

const reasons = ['requested', 'goodwill', 'duplicate', 'fraud', 'dispute', 'expired_order', 'external'] as const;
const disputeStates = ['open', 'won', 'lost'] as const;

/** What went back or is on its way, and why. */
export async function RefundsTable({ refunds }: { refunds: ConsoleOrderView['refunds'] }) {
  const t = await getTranslations('sales.order');
  const tOrders = await getTranslations('sales.orders');
  const tReason = await getTranslations('sales.refundReason');
  return (
    <Table caption={t('refunds')} dense>
      <TableHead>
        <TableRow>
          <TableHeader>{t('at')}</TableHeader>
          <TableHeader>{tOrders('state')}</TableHeader>
          <TableHeader className="text-end">{t('amount')}</TableHeader>
          <TableHeader>{t('why')}</TableHeader>
          <TableHeader>{t('access')}</TableHeader>
          <TableHeader>{t('note')}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {refunds.map((refund) => {
          const reason = known(reasons, refund.reason);
          return (
            <TableRow key={refund.id}>
              <TableHeader scope="row" className="tabular font-normal text-foreground text-sm">
                <Moment at={refund.createdAt} precision="second" />
              </TableHeader>
              <TableCell>
                <span className="flex items-center gap-1.5">
                  <RefundStateBadge state={refund.state} />
                  {refund.parkedAt && <Badge tone="warning">{t('refundParked')}</Badge>}
                </span>
              </TableCell>
              <TableCell className="whitespace-nowrap text-end">
                <Price money={refund.amount} />
              </TableCell>
              <TableCell className="whitespace-nowrap">
                {reason ? tReason(reason) : refund.reason}
                {refund.providerCode && <span className="font-mono text-xs"> ({refund.providerCode})</span>}
              </TableCell>
              <TableCell className="whitespace-nowrap">{refund.revokes ? t('endsAccess') : t('keepsAccess')}</TableCell>
              <TableCell className="wrap-anywhere min-w-40">{refund.note || '–'}</TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

/** What buyers' banks are looking into. */
export async function DisputesTable({ disputes }: { disputes: ConsoleOrderView['disputes'] }) {
  const t = await getTranslations('sales.order');
  const tOrders = await getTranslations('sales.orders');
  return (
    <Table caption={t('disputes')} dense>
      <TableHead>
        <TableRow>
          <TableHeader>{t('opened')}</TableHeader>
          <TableHeader>{tOrders('state')}</TableHeader>
          <TableHeader className="text-end">{t('amount')}</TableHeader>
          <TableHeader>{t('why')}</TableHeader>
          <TableHeader>{t('respondBy')}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {disputes.map((dispute) => {
          const state = known(disputeStates, dispute.state);
          return (
            <TableRow key={dispute.id}>
              <TableHeader scope="row" className="tabular font-normal text-foreground text-sm">
                <Moment at={dispute.openedAt} />
              </TableHeader>
              <TableCell>
                <Badge
                  tone={dispute.state === 'open' ? 'warning' : dispute.state === 'lost' ? 'destructive' : 'success'}
                >
                  {state ? t(`disputeState.${state}`) : dispute.state}
                </Badge>
              </TableCell>
              <TableCell className="whitespace-nowrap text-end">
                <Price money={dispute.amount} />
              </TableCell>
              <TableCell>{dispute.reason}</TableCell>
              <TableCell className="tabular whitespace-nowrap">
                {dispute.respondBy ? <Moment at={dispute.respondBy} /> : '–'}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
