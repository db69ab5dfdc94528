import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';
import { formatMoney } from '@/buying/money.ts';
import { openPath } from '@/buying/orders.ts';
import { Schedule } from '@/components/instalments/schedule.tsx';
import { PlanState } from '@/components/instalments/states.tsx';
import { Moment, momentText } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Price } from '@/components/ui/price.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { DetailSection } from '../../detail-section.tsx';
import { PaymentsTable } from '../../payments-table.tsx';
import { PayForm } from './pay-form.tsx';

type Plan = paths['/api/instalments/{id}']['get']['responses'][200]['content']['application/json'];

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('instalments'))('title') };
}

/** Something that is paid in parts: every part, what comes next, how it is paid, and its invoices. */
export default async function InstalmentPlanPage({ params }: PageProps<'/[locale]/account/instalments/[id]'>) {
  const { id } = await params;
  const answer = await (await api()).GET('/api/instalments/{id}', { params: { path: { id } } });
  if (answer.response.status === 404 || answer.response.status === 422) notFound();
  const plan = orThrow(answer);
  const [t, tCommon, format] = await Promise.all([
    getTranslations('instalments'),
    getTranslations('common'),
    getFormatter(),
  ]);
  const running = ['active', 'past_due', 'paused', 'disputed'].includes(plan.state);
  const late = plan.state === 'past_due' || plan.state === 'paused';
  return (
    <div className="max-w-3xl">
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: '/account/instalments' }, { label: plan.title }]}
      />
      <h1 className="mt-3 break-words text-3xl">{plan.title}</h1>
      <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        <PlanState state={plan.state} />
        <span>{t('progress', { paid: plan.paidParts, parts: plan.parts })}</span>
        {plan.entitled && <TextLink href={openPath(plan)}>{t('open')}</TextLink>}
      </p>
      <ClientMessages areas={['instalments']}>
        <div className="mt-8 space-y-8">
          <Attention plan={plan} />
          <dl className="grid gap-x-6 gap-y-4 rounded-lg border bg-card p-5 text-sm sm:grid-cols-2">
            <div>
              <dt className="text-muted-foreground">{t('next')}</dt>
              <dd className="mt-1">
                {plan.nextPart ? (
                  <>
                    <Price money={plan.nextPart.amount} className="font-display text-xl" />
                    <Moment at={plan.nextPart.dueAt} precision="day" className="ms-2" />
                  </>
                ) : (
                  t('nothingNext')
                )}
                <span className="mt-0.5 block text-muted-foreground">
                  {t('paidOf', { paid: formatMoney(format, plan.paid), total: formatMoney(format, plan.total) })}
                </span>
              </dd>
            </div>
            <div>
              <dt className="text-muted-foreground">{t('access')}</dt>
              <dd className="mt-1">{t(plan.entitled ? 'accessYes' : 'accessNo')}</dd>
            </div>
          </dl>
          <DetailSection id="schedule" title={t('schedule')}>
            <Schedule parts={plan.schedule} ordersAt="/orders" />
          </DetailSection>
          {running && plan.rest && plan.nextPart && (
            <DetailSection id="rest" title={t('payRest', { amount: formatMoney(format, plan.rest.amount) })}>
              <p className="max-w-prose text-muted-foreground text-sm">
                {t('restText')}
                {plan.rest.saved.amount > 0 && ` ${t('restSaves', { amount: formatMoney(format, plan.rest.saved) })}`}
              </p>
              <PayForm
                id={id}
                what="rest"
                variant="outline"
                label={t('payRest', { amount: formatMoney(format, plan.rest.amount) })}
              />
            </DetailSection>
          )}
          {running && (
            <DetailSection id="method" title={t('method')}>
              <p className="max-w-prose text-sm">
                {plan.methodKept ? (plan.method ?? t('methodKept')) : t('methodNone')}
              </p>
              {!late && plan.nextPart && (
                <>
                  {plan.methodKept && <p className="max-w-prose text-muted-foreground text-sm">{t('methodText')}</p>}
                  <PayForm
                    id={id}
                    what="next"
                    variant="outline"
                    label={t(plan.methodKept ? 'methodChange' : 'payAhead')}
                  />
                </>
              )}
            </DetailSection>
          )}
          {plan.orders.length > 0 && (
            <DetailSection id="payments" title={t('payments')}>
              <PaymentsTable
                caption={t('payments')}
                orders={plan.orders.map((order) => ({ ...order, at: order.paidAt }))}
              />
            </DetailSection>
          )}
        </div>
      </ClientMessages>
    </div>
  );
}

/** How it stands, where that needs the person to know or to do something. */
async function Attention({ plan }: { plan: Plan }) {
  const t = await getTranslations('instalments');
  const { id, state, nextTryAt, methodKept } = plan;
  if (state === 'past_due') {
    const date = nextTryAt && (await momentText(nextTryAt, 'day'));
    return (
      <Callout kind="warning" title={t('overdue')} action={<PayForm id={id} what="next" label={t('payPart')} />}>
        {date ? t(methodKept ? 'overdueRetry' : 'overduePay', { date }) : t('overdueNow')}
      </Callout>
    );
  }
  if (state === 'paused')
    return (
      <Callout kind="destructive" title={t('paused')} action={<PayForm id={id} what="next" label={t('payPart')} />}>
        {t('pausedText')}
      </Callout>
    );
  if (state === 'disputed')
    return (
      <Callout kind="warning" title={t('disputed')}>
        {t('disputedText')}
      </Callout>
    );
  if (state === 'completed')
    return (
      <Callout kind="success" title={t('completed')}>
        {t('completedText')}
      </Callout>
    );
  if (state === 'canceled') return <Callout title={t('canceled')}>{t('canceledText')}</Callout>;
  return null;
}
