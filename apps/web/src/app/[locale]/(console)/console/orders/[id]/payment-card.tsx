import { getTranslations } from 'next-intl/server';
import { liveStatuses, PaymentStatusBadge } from '@/components/sales/states.tsx';
import { type Attempt, type ConsoleOrderView, type EvidenceItem, leftOf } from '@/components/sales/types.ts';
import { Moment } from '@/components/time/moment.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Price } from '@/components/ui/price.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { Link } from '@/i18n/navigation.ts';
import { EvidenceTimeline } from './evidence-timeline.tsx';
import { AskProvider } from './order-buttons.tsx';

type PaymentCardProps = {
  orderId: string;
  payment: Attempt;
  evidence: readonly EvidenceItem[];
  refunds: ConsoleOrderView['refunds'];
};

/** One try to pay, with its sums and everything that was heard about it. */
export async function PaymentCard({ orderId, payment, evidence, refunds }: PaymentCardProps) {
  const t = await getTranslations('sales.order');
  const left = leftOf({ refunds }, payment);
  const sums = (['captured', 'refunded', 'disputed', 'fee'] as const).filter((name) => payment[name].amount !== 0);
  return (
    <article aria-labelledby={`payment-${payment.id}`} className="rounded-lg border bg-card">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-3">
        <h3 id={`payment-${payment.id}`} className="flex flex-wrap items-center gap-2 font-medium text-sm">
          <span className="font-mono">{payment.provider}</span>
          <Price money={payment.amount} />
          <PaymentStatusBadge status={payment.status} />
        </h3>
        <Moment at={payment.createdAt} precision="second" className="tabular text-muted-foreground text-sm" />
        <div className="ms-auto flex flex-wrap items-start gap-2">
          {liveStatuses.includes(payment.status) && <AskProvider payment={payment.id} />}
          {left.amount > 0 && (
            <Link
              href={`/console/orders/${orderId}/refund/${payment.id}`}
              className={buttonClasses({ variant: 'outline', size: 'sm' })}
            >
              {t('refund')}
            </Link>
          )}
        </div>
      </header>
      <div className="space-y-4 p-4">
        {payment.parkedAt && (
          <Callout
            kind="warning"
            action={<TextLink href="/console/dead-letters?context=payments">{t('parkedJobs')}</TextLink>}
          >
            {t('parked')}
          </Callout>
        )}
        <dl className="flex flex-wrap gap-x-8 gap-y-2 text-sm">
          {sums.map((name) => (
            <div key={name}>
              <dt className="text-muted-foreground text-xs">{t(name)}</dt>
              <dd>
                <Price money={payment[name]} />
              </dd>
            </div>
          ))}
          {payment.reason && (
            <div>
              <dt className="text-muted-foreground text-xs">{t('reason')}</dt>
              <dd>
                {payment.reason}
                {payment.providerCode && <span className="font-mono text-xs"> ({payment.providerCode})</span>}
              </dd>
            </div>
          )}
          {payment.providerReference && (
            <div className="min-w-0">
              <dt className="text-muted-foreground text-xs">{t('reference')}</dt>
              <dd className="wrap-anywhere font-mono text-xs leading-5">{payment.providerReference}</dd>
            </div>
          )}
          {payment.polls > 0 && (
            <div>
              <dt className="text-muted-foreground text-xs">{t('polls')}</dt>
              <dd className="tabular">{payment.polls}</dd>
            </div>
          )}
        </dl>
        <EvidenceTimeline items={evidence} label={t('timeline')} />
      </div>
    </article>
  );
}
