import type { Metadata } from 'next';
import { getFormatter, getLocale, getTranslations } from 'next-intl/server';
import { readCart } from '@/buying/cart-cookie.ts';
import { countriesOf } from '@/buying/countries.ts';
import { formatMoney } from '@/buying/money.ts';
import { listProviders } from '@/buying/orders.ts';
import { CoverArt } from '@/components/brand/cover-art.tsx';
import { Moment } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Price } from '@/components/ui/price.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Link, redirect } from '@/i18n/navigation.ts';
import { requireSession } from '@/session/session.ts';
import { CheckoutLayout } from '../../../checkout/checkout-layout.tsx';
import { getMembership, quotePlan, type SubscriptionQuote } from '../../membership-data.ts';
import { planPrice } from '../../plan-price.tsx';
import { SubscribeForm } from './subscribe-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('memberships'))('checkout.title'), robots: { index: false } };
}

/** The last page before subscribing: when how much is charged, who, where and how. */
export default async function SubscribePage({
  params,
  searchParams,
}: PageProps<'/[locale]/memberships/[slug]/subscribe'>) {
  const { user } = await requireSession();
  const [{ slug }, { plan: wanted }, locale, cart] = await Promise.all([params, searchParams, getLocale(), readCart()]);
  const membership = await getMembership(slug);
  const plan = membership.plans.find(({ id }) => id === wanted) ?? membership.plans[0];
  if (!plan) return redirect({ href: `/memberships/${membership.slug}`, locale });
  const [t, tCommon, format, quote, providers] = await Promise.all([
    getTranslations('memberships'),
    getTranslations('common'),
    getFormatter(),
    quotePlan(plan.sku, cart.country),
    listProviders(plan.price, { renewing: true }),
  ]);
  const back = `/memberships/${membership.slug}`;
  return (
    <div className="page-column py-8 md:py-12">
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[
          { label: t('title'), href: '/memberships' },
          { label: membership.name, href: back },
          { label: t('checkout.title') },
        ]}
      />
      <h1 className="mt-4 text-3xl">{t('checkout.title')}</h1>
      {!quote || quote.refusal ? (
        <div className="mt-8 max-w-xl space-y-4">
          <Callout
            kind={membership.held || quote?.refusal === 'already_subscribed' ? 'info' : 'warning'}
            title={t(membership.held || quote?.refusal === 'already_subscribed' ? 'checkout.have' : 'checkout.notNow')}
          />
          <Link
            href={membership.held ? `/account/subscriptions/${membership.held.subscriptionId}` : back}
            prefetch={false}
            className={buttonClasses({ variant: 'outline' })}
          >
            {membership.held ? t('manage') : t('checkout.back')}
          </Link>
        </div>
      ) : (
        <CheckoutLayout
          title={t('checkout.summary')}
          change={
            membership.plans.length > 1 && (
              <TextLink
                href={`${back}/subscribe?plan=${membership.plans.find(({ id }) => id !== plan.id)?.id}`}
                prefetch={false}
                className="text-sm"
              >
                {t(plan.interval === 'month' ? 'checkout.yearlyInstead' : 'checkout.monthlyInstead')}
              </TextLink>
            )
          }
          summary={
            <>
              <div className="mt-4 flex gap-3 border-b pb-4 text-sm">
                <div className="w-16 shrink-0 self-start overflow-hidden rounded-md border">
                  <CoverArt id={membership.id} />
                </div>
                <div className="min-w-0">
                  <p className="font-medium">{quote.title}</p>
                  <p className="text-muted-foreground">{await planPrice(plan)}</p>
                </div>
              </div>
              <Dates quote={quote} />
              {quote.refundDays > 0 && (
                <p className="mt-4 border-t pt-4 text-muted-foreground text-xs">
                  {t('refund', { days: quote.refundDays })}
                </p>
              )}
            </>
          }
        >
          <ClientMessages areas={['buying', 'memberships']}>
            <SubscribeForm
              person={{ name: user.name, email: user.email }}
              countries={countriesOf(locale)}
              country={cart.country}
              providers={providers}
              sku={plan.sku}
              trialDays={quote.trialDays}
              requestKey={crypto.randomUUID()}
              agreed={`${quote.renewal.total.amount} ${quote.renewal.total.currency} ${quote.trialDays}`}
              totalText={formatMoney(format, quote.dueNow)}
            />
          </ClientMessages>
        </CheckoutLayout>
      )}
    </div>
  );
}

/** What is charged, and when. */
async function Dates({ quote }: { quote: SubscriptionQuote }) {
  const [t, format] = await Promise.all([getTranslations('memberships.checkout'), getFormatter()]);
  const { tax, total } = quote.renewal;
  const rate = tax && format.number(tax.rate / 10_000, { style: 'percent', maximumFractionDigits: 2 });
  const next = quote.trialDays > 0 ? quote.firstChargeAt : quote.secondChargeAt;
  return (
    <dl className="mt-4 space-y-2 text-sm">
      <div className="flex items-baseline justify-between gap-4">
        <dt className="font-medium text-base">{t('dueNow')}</dt>
        <dd className="font-display text-2xl">
          <Price money={quote.dueNow} />
        </dd>
      </div>
      <div className="flex justify-between gap-4">
        <dt className="text-muted-foreground">{t(quote.trialDays > 0 ? 'firstCharge' : 'nextCharge')}</dt>
        <dd>
          <Moment at={next} precision="day" />
        </dd>
      </div>
      <div className="flex justify-between gap-4">
        <dt className="text-muted-foreground">{t('renewal')}</dt>
        <dd>
          <Price money={total} />
        </dd>
      </div>
      {tax && rate && (
        <div className="flex justify-between gap-4 text-muted-foreground text-xs">
          <dt>{t(tax.inclusive ? 'taxIncluded' : 'taxAdded', { name: tax.name, rate })}</dt>
          <dd>
            <Price money={tax.amount} />
          </dd>
        </div>
      )}
    </dl>
  );
}
