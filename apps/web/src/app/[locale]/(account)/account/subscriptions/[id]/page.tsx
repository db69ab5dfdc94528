import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { api, orThrow, problemOf } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';
import { formatMoney } from '@/buying/money.ts';
import { listProviders } from '@/buying/orders.ts';
import { everyText } from '@/components/subscriptions/every.ts';
import { SubscriptionState } from '@/components/subscriptions/subscription-state.tsx';
import { Moment, momentText } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Price } from '@/components/ui/price.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Link } from '@/i18n/navigation.ts';
import { DetailSection } from '../../detail-section.tsx';
import { PaymentsTable } from '../../payments-table.tsx';
import { changesOf, endsAtOnce, isOver } from '../changes.ts';
import { SubscriptionForm } from '../subscription-form.tsx';
import { KeepForm, MethodForm } from './method-form.tsx';
import { PlanForm } from './plan-form.tsx';

type Subscription = paths['/api/subscriptions/{id}']['get']['responses'][200]['content']['application/json'];
type Setup = paths['/api/method-setups/{id}']['get']['responses'][200]['content']['application/json'];
type Membership = paths['/api/memberships/{id}']['get']['responses'][200]['content']['application/json'];

const getSubscription = cache(async (id: string) =>
  (await api()).GET('/api/subscriptions/{id}', { params: { path: { id } } }),
);

export async function generateMetadata({
  params,
}: PageProps<'/[locale]/account/subscriptions/[id]'>): Promise<Metadata> {
  const { data } = await getSubscription((await params).id);
  return { title: data?.title ?? (await getTranslations('memberships'))('account.open') };
}

/** One subscription: what comes next, how it is paid, every change there is, and its invoices. */
export default async function SubscriptionPage({
  params,
  searchParams,
}: PageProps<'/[locale]/account/subscriptions/[id]'>) {
  const [{ id }, { plan, setup, go }] = await Promise.all([params, searchParams]);
  const kept = typeof setup === 'string' ? await awaitSetup({ setupId: setup, isNew: go === '1' }) : null;
  // What was read for the title is of before the method was kept.
  const answer = kept
    ? await (await api()).GET('/api/subscriptions/{id}', { params: { path: { id } } })
    : await getSubscription(id);
  if (answer.response.status === 404 || answer.response.status === 422) notFound();
  const subscription = orThrow(answer);
  const membership = await membershipOf(subscription.sku);
  const [t, tMemberships, tCommon] = await Promise.all([
    getTranslations('memberships.account'),
    getTranslations('memberships'),
    getTranslations('common'),
  ]);
  const over = isOver(subscription);
  const changes = changesOf(subscription);
  const others = membership?.plans.filter(({ sku }) => sku !== subscription.sku) ?? [];
  const mayChangePlan =
    (subscription.state === 'active' || subscription.state === 'trialing') &&
    !subscription.cancelAtPeriodEnd &&
    !subscription.openOrderId &&
    membership?.state === 'published' &&
    others.length > 0;
  return (
    <div className="max-w-3xl">
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('all'), href: '/account/subscriptions' }, { label: subscription.title }]}
      />
      <h1 className="mt-3 break-words text-3xl">{subscription.title}</h1>
      <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        <SubscriptionState state={subscription.state} />
        <span className="tabular font-medium">{await everyText(subscription)}</span>
        {membership && <TextLink href={`/memberships/${membership.slug}`}>{t('page')}</TextLink>}
      </p>
      <div className="mt-8 space-y-8">
        {kept && <SetUp setup={kept} />}
        <Attention subscription={subscription} />
        <NextCharge subscription={subscription} />
        {!over && subscription.state !== 'incomplete' && <Method subscription={subscription} />}
        {mayChangePlan && (
          <DetailSection id="plan" title={t('plan')}>
            <p className="text-muted-foreground text-sm">{t('planText')}</p>
            <ul className="flex flex-wrap gap-2">
              {others.map((other) => (
                <li key={other.id}>
                  <Link
                    href={`/account/subscriptions/${id}?plan=${other.sku}#plan`}
                    prefetch={false}
                    className={buttonClasses({ variant: 'outline', size: 'sm' })}
                  >
                    {t('planTo', { title: tMemberships(other.interval === 'month' ? 'monthly' : 'yearly') })}
                  </Link>
                </li>
              ))}
            </ul>
            {typeof plan === 'string' && others.some(({ sku }) => sku === plan) && (
              <Preview subscriptionId={id} sku={plan} />
            )}
          </DetailSection>
        )}
        {changes.length > 0 && (
          <DetailSection id="manage" title={t('manage')}>
            <p className="text-muted-foreground text-sm">
              {subscription.state === 'paused'
                ? t('pausedText')
                : endsAtOnce(subscription)
                  ? t('cancelNowText')
                  : subscription.periodEnd &&
                    t('cancelText', { date: await momentText(subscription.periodEnd, 'day') })}
              {changes.includes('pause') && ` ${t('pauseText')}`}
            </p>
            <ClientMessages areas={['buying']}>
              <SubscriptionForm id={id} title={subscription.title} changes={changes} />
            </ClientMessages>
          </DetailSection>
        )}
        {over && membership?.state === 'published' && (
          <Link href={`/memberships/${membership.slug}`} className={buttonClasses({})}>
            {t('again')}
          </Link>
        )}
        <DetailSection id="payments" title={t('payments')}>
          {subscription.orders.length === 0 ? (
            <p className="text-muted-foreground text-sm">{t('noPayments')}</p>
          ) : (
            <PaymentsTable
              caption={t('payments')}
              orders={subscription.orders.map((order) => ({ ...order, at: order.paidAt ?? order.createdAt }))}
            />
          )}
        </DetailSection>
      </div>
    </div>
  );
}

/** What the plan belongs to; null when no market here knows it. */
async function membershipOf(sku: string): Promise<Membership | null> {
  if (!sku.startsWith('plan:')) return null;
  const answer = await (await api()).GET('/api/memberships/{id}', { params: { path: { id: sku.slice(5) } } });
  return answer.data ?? null;
}

/** What needs the person to do something. */
async function Attention({ subscription }: { subscription: Subscription }) {
  const t = await getTranslations('memberships.account');
  const { state, openOrderId, nextTryAt, methodKept, entitled, sellerLeft } = subscription;
  if (sellerLeft && state !== 'ended' && state !== 'canceled')
    return (
      <Callout kind="warning" title={t('sellerLeft')}>
        {t('sellerLeftText')}
      </Callout>
    );
  if (state === 'past_due') {
    const when = nextTryAt && t(methodKept ? 'retry' : 'ends', { date: await momentText(nextTryAt, 'day') });
    return (
      <Callout
        kind={entitled ? 'warning' : 'destructive'}
        title={t('overdue')}
        action={
          openOrderId && (
            <Link href={`/orders/${openOrderId}/pay`} prefetch={false} className={buttonClasses({ size: 'sm' })}>
              {t('methodFix')}
            </Link>
          )
        }
      >
        {t(entitled ? 'overdueOpen' : 'overdueClosed')} {when}
      </Callout>
    );
  }
  if (state === 'active' && openOrderId)
    return (
      <Callout
        title={t('changing')}
        action={
          <Link
            href={`/orders/${openOrderId}/pay`}
            prefetch={false}
            className={buttonClasses({ size: 'sm', variant: 'outline' })}
          >
            {t('seeOrder')}
          </Link>
        }
      />
    );
  return null;
}

async function NextCharge({ subscription }: { subscription: Subscription }) {
  const [t, tSubscriptions, format] = await Promise.all([
    getTranslations('memberships.account'),
    getTranslations('buying.subscriptions'),
    getFormatter(),
  ]);
  const { state, amount, credit, periodEnd, cancelAtPeriodEnd, endedAt, entitled } = subscription;
  const charges = (state === 'active' || state === 'trialing') && !cancelAtPeriodEnd;
  const due = { ...amount, amount: Math.max(0, amount.amount - credit.amount) };
  return (
    <dl className="grid gap-x-6 gap-y-4 rounded-lg border bg-card p-5 text-sm sm:grid-cols-2">
      <div>
        <dt className="text-muted-foreground">{t('next')}</dt>
        <dd className="mt-1">
          {charges && periodEnd ? (
            <>
              <Price money={due} className="font-display text-xl" />
              <Moment at={periodEnd} precision="day" className="ms-2" />
              {credit.amount > 0 && (
                <span className="block text-muted-foreground">
                  {t('creditLeft', { amount: formatMoney(format, credit) })}
                </span>
              )}
            </>
          ) : state === 'past_due' ? (
            <Price money={amount} className="font-display text-xl" />
          ) : (
            t('nothing')
          )}
        </dd>
      </div>
      <div>
        <dt className="text-muted-foreground">{t('access')}</dt>
        <dd className="mt-1">
          {t(entitled ? 'accessYes' : 'accessNo')}
          {endedAt ? (
            <span className="block text-muted-foreground">
              {tSubscriptions('endedOn')} <Moment at={endedAt} precision="day" />
            </span>
          ) : (
            periodEnd &&
            entitled && (
              <span className="block text-muted-foreground">
                {cancelAtPeriodEnd
                  ? tSubscriptions('endsOn')
                  : state === 'trialing'
                    ? tSubscriptions('trialUntil')
                    : tSubscriptions('paidUntil')}{' '}
                <Moment at={periodEnd} precision="day" />
              </span>
            )
          )}
        </dd>
      </div>
    </dl>
  );
}

/** How long the page itself waits for the provider's word. */
const patienceMs = 4000;

/** A method that is being kept: waits a moment for the provider's page, or, after coming back from it, for the outcome. */
async function awaitSetup({ setupId, isNew }: { setupId: string; isNew: boolean }) {
  const client = await api();
  const read = async (refresh: boolean): Promise<Setup | null> => {
    const answer = await client.GET('/api/method-setups/{id}', {
      params: { path: { id: setupId }, query: refresh ? { refresh } : {} },
    });
    return answer.data ?? null;
  };
  let setup = await read(!isNew);
  const until = Date.now() + patienceMs;
  const goesOn = () =>
    setup?.state === 'created' || (!isNew && (setup?.state === 'requires_action' || setup?.state === 'processing'));
  while (goesOn() && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    setup = await read(false);
  }
  return setup;
}

async function SetUp({ setup }: { setup: Setup }) {
  const [t, tProvider] = await Promise.all([
    getTranslations('memberships.account'),
    getTranslations('buying.provider'),
  ]);
  const known = namedProviders.find((one) => one === setup.provider);
  const provider = known ? tProvider(`${known}.name`) : setup.provider;
  if (setup.state === 'succeeded') return <Callout kind="success" title={t('setup.done')} live />;
  if (setup.state === 'requires_action' && setup.nextAction?.url)
    return (
      <Callout
        title={t('setup.open', { provider })}
        live
        action={
          <a href={setup.nextAction.url} className={buttonClasses({ size: 'sm' })}>
            {t('setup.go', { provider })}
          </a>
        }
      >
        {t('setup.openText')}
      </Callout>
    );
  if (setup.state === 'created' || setup.state === 'processing' || setup.state === 'requires_action')
    return (
      <Callout title={t('setup.waiting', { provider })} live>
        {t('setup.waitingText')}
      </Callout>
    );
  return (
    <Callout kind="warning" title={t('setup.failed')} live>
      {t('setup.failedText')}
    </Callout>
  );
}

const namedProviders = ['stripe', 'paypal', 'picpay', 'pix', 'sandbox', 'sandbox-code'] as const;

async function Method({ subscription }: { subscription: Subscription }) {
  const [t, tProvider] = await Promise.all([
    getTranslations('memberships.account'),
    getTranslations('buying.provider'),
  ]);
  const { id, state, method, methodKept, cancelAtPeriodEnd, openOrderId } = subscription;
  const listed = cancelAtPeriodEnd ? [] : await listProviders(subscription.amount, { renewing: true });
  const ways = listed
    .filter(({ available }) => available)
    .map(({ name }) => {
      const known = namedProviders.find((one) => one === name);
      const provider = known ? tProvider(`${known}.name`) : name;
      return { provider: name, label: t(methodKept ? 'keepNew' : 'keep', { provider }) };
    });
  const mayPay = (state === 'active' || state === 'trialing') && !cancelAtPeriodEnd && !openOrderId;
  return (
    <DetailSection id="method" title={t('method')}>
      <p className="text-sm">{methodKept ? (method ?? t('methodKept')) : t('methodNone')}</p>
      {ways.length > 0 && (
        <>
          <p className="max-w-prose text-muted-foreground text-sm">{t('keepText')}</p>
          <KeepForm id={id} requestKey={crypto.randomUUID()} ways={ways} />
        </>
      )}
      {mayPay && (
        <>
          {methodKept && <p className="max-w-prose text-muted-foreground text-sm">{t('methodText')}</p>}
          <MethodForm id={id} label={t(methodKept ? 'methodChange' : 'methodFirst')} />
        </>
      )}
    </DetailSection>
  );
}

/** What a change of plan costs now, and the button that does it. */
async function Preview({ subscriptionId, sku }: { subscriptionId: string; sku: string }) {
  const [t, format] = await Promise.all([getTranslations('memberships.account'), getFormatter()]);
  const answer = await (await api()).POST('/api/subscriptions/{id}/plan/preview', {
    params: { path: { id: subscriptionId } },
    body: { sku },
  });
  if (!answer.data) return <Callout kind="destructive" title={problemOf(answer).title} live />;
  const preview = answer.data;
  const rows = [
    { name: t('price'), value: preview.price },
    ...(preview.credit.amount > 0
      ? [{ name: t('unused'), value: { ...preview.credit, amount: -preview.credit.amount } }]
      : []),
    ...(preview.left.amount > 0 ? [{ name: t('left'), value: preview.left }] : []),
  ];
  return (
    <div className="max-w-md space-y-4 rounded-lg border bg-card p-5">
      <h3 className="font-medium font-sans text-base tracking-normal">{t('previewTitle', { title: preview.title })}</h3>
      <dl className="space-y-2 text-sm">
        {rows.map(({ name, value }) => (
          <div key={name} className="flex justify-between gap-4">
            <dt className="text-muted-foreground">{name}</dt>
            <dd>
              <Price money={value} />
            </dd>
          </div>
        ))}
        <div className="flex items-baseline justify-between gap-4 border-t pt-3">
          <dt className="font-medium">{t('now')}</dt>
          <dd className="font-display text-xl">
            <Price money={preview.total} />
          </dd>
        </div>
        <div className="flex justify-between gap-4 text-muted-foreground">
          <dt>{t('renews')}</dt>
          <dd>
            <Moment at={preview.renewsAt} precision="day" />
          </dd>
        </div>
      </dl>
      <PlanForm
        id={subscriptionId}
        sku={sku}
        requestKey={crypto.randomUUID()}
        label={
          preview.total.amount > 0 ? t('confirm', { amount: formatMoney(format, preview.total) }) : t('confirmFree')
        }
      />
    </div>
  );
}
