import { getTranslations } from 'next-intl/server';
import { known } from '@/components/sales/known.ts';
import { paymentStatuses, refundStates } from '@/components/sales/states.tsx';
import type { EvidenceItem } from '@/components/sales/types.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Price } from '@/components/ui/price.tsx';
import { ResolveEvidence } from './order-buttons.tsx';

const sources = ['call', 'webhook', 'poll', 'return', 'operator', 'timer'] as const;
const subjects = ['charge', 'refund', 'dispute', 'refusal', 'uncertainty', 'absence'] as const;
const disputeStates = ['open', 'won', 'lost'] as const;
const outcomes = [
  'applied',
  'no_change',
  'late',
  'duplicate_payment',
  'wrong_amount',
  'wrong_currency',
  'unknown_payment',
  'contradiction',
] as const;

/** What was heard about a payment, oldest first: when, from whom, what it said, and what came of it. */
export async function EvidenceTimeline({ items, label }: { items: readonly EvidenceItem[]; label: string }) {
  const t = await getTranslations('sales.order');
  if (items.length === 0) return <p className="text-muted-foreground text-sm">{t('noEvidence')}</p>;
  return (
    <ol aria-label={label} className="text-sm">
      {items.map((item) => {
        const source = known(sources, item.source);
        const outcome = known(outcomes, item.outcome);
        const changed = item.outcome === 'applied';
        return (
          <li key={item.id} className="relative flex gap-3 pb-4 last:pb-0">
            <span
              aria-hidden="true"
              className="absolute top-3 bottom-0 start-[5px] border-s [li:last-child>&]:hidden"
            />
            <span
              aria-hidden="true"
              className={`relative mt-1.5 size-[11px] shrink-0 rounded-full border-2 ${item.flagged ? 'border-warning bg-warning' : changed ? 'border-primary bg-primary' : 'border-input bg-card'}`}
            />
            <div className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 md:grid-cols-[11.5rem_minmax(0,1fr)_auto]">
              <Moment at={item.receivedAt} precision="second" className="tabular text-muted-foreground" />
              <div className="min-w-0">
                <p className={changed ? 'font-medium' : ''}>
                  <Said said={item.said} />
                  {item.said.amount && item.said.amount.amount > 0 && (
                    <>
                      {' · '}
                      <Price money={item.said.amount} />
                    </>
                  )}
                </p>
                <p className="wrap-anywhere text-muted-foreground text-xs">
                  {source ? t(`source.${source}`, { provider: item.provider }) : item.source}
                  {' · '}
                  <span className="font-mono">{item.type}</span>
                  {item.said.reason && <> · {item.said.reason}</>}
                  {item.said.code && (
                    <>
                      {' · '}
                      <span className="font-mono">{item.said.code}</span>
                    </>
                  )}
                </p>
              </div>
              <div className="flex flex-wrap items-start gap-2 md:justify-end">
                <Badge tone={item.flagged ? 'warning' : changed ? 'primary' : 'outline'}>
                  {outcome ? t(`outcome.${outcome}`) : item.outcome}
                </Badge>
                {item.resolvedAt && <Badge tone="success">{t('resolved')}</Badge>}
                {item.flagged && !item.resolvedAt && <ResolveEvidence evidence={item.id} />}
              </div>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

async function Said({ said }: { said: EvidenceItem['said'] }) {
  const t = await getTranslations('sales.order');
  const tPayment = await getTranslations('sales.paymentStatus');
  const tRefund = await getTranslations('sales.refundState');
  const about = known(subjects, said.about);
  if (!about) return said.about;
  const status = known(paymentStatuses, said.state);
  const refund = known(refundStates, said.state);
  const dispute = known(disputeStates, said.state);
  const word =
    about === 'refund' && refund
      ? tRefund(refund)
      : about === 'dispute' && dispute
        ? t(`disputeState.${dispute}`)
        : status
          ? tPayment(status)
          : (said.state ?? '–');
  return t(`said.${about}`, { state: word });
}
