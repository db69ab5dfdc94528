import { ArrowRight, ExternalLink } from 'lucide-react';
import type { Metadata } from 'next';
import { getFormatter, getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { kindOf } from '@/buying/kind-of.ts';
import { formatMoney } from '@/buying/money.ts';
import {
  getOrder,
  isLive,
  listProviders,
  livePayment,
  type Order,
  type Payment,
  readPayment,
} from '@/buying/orders.ts';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Spinner } from '@/components/ui/spinner.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { cn } from '@/design/cn.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { redirect } from '@/i18n/navigation.ts';
import { callOff, giveUp } from './actions.ts';
import { Countdown } from './countdown.tsx';
import { PayForm } from './pay-form.tsx';
import { paymentSign } from './payment-sign.ts';
import { ScanCode } from './scan-code.tsx';
import { WatchPayment } from './watch-payment.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const title = (await getTranslations('buying.pay'))('title');
  return { title, robots: { index: false }, referrer: 'same-origin' };
}

/** How long the page itself waits for the provider's word before it is drawn without it. */
const patienceMs = 4000;

/**
 * The way from an order to its payment, and back: choose, go to the provider or scan its code, wait, try again. What is
 * shown comes from the API alone; what an address claims is not believed. The same page serves whoever closed the tab
 * and opens it again.
 */
export default async function PayPage({ params, searchParams }: PageProps<'/[locale]/orders/[id]/pay'>) {
  const [{ id }, query, locale] = await Promise.all([params, searchParams, getLocale()]);
  const given = typeof query.token === 'string' ? query.token : undefined;
  const { order, token } = await getOrder(id, given);
  const orderPage = `/orders/${id}${given ? `?token=${given}` : ''}`;
  if (order.state !== 'pending_payment') return redirect({ href: orderPage, locale });
  const payment = await settle(order, { token, query });
  if (payment?.status === 'succeeded') return redirect({ href: orderPage, locale });
  const t = await getTranslations('buying.pay');
  const live = payment && isLive(payment) ? payment : null;
  return (
    <div className="page-column max-w-xl py-8 md:py-14">
      <p className="text-muted-foreground text-sm">
        <TextLink href={orderPage} prefetch={false}>
          {t('order', { number: order.number })}
        </TextLink>
      </p>
      {live ? (
        <Waiting order={order} payment={live} token={given} go={query.go === '1'} />
      ) : (
        <Choose order={order} token={given} failed={payment} />
      )}
      <form action={giveUp} className="mt-8 border-t pt-4">
        <input type="hidden" name="order" value={id} />
        {given && <input type="hidden" name="token" value={given} />}
        <Button type="submit" variant="link" className="text-muted-foreground text-sm">
          {t('giveUp')}
        </Button>
      </form>
    </div>
  );
}

/**
 * The payment to show: the one under way, else the last one. Waits a moment for what is about to happen: the provider's
 * page after Pay, the outcome after coming back, the end of a payment called off.
 */
async function settle(
  order: Order,
  { token, query }: { token: string | undefined; query: Record<string, string | string[] | undefined> },
): Promise<Payment | null> {
  const chosen = livePayment(order) ?? order.payments.at(-1);
  if (!chosen) return null;
  let payment = await readPayment(chosen.id, { token, refresh: query.returned === '1' });
  const expected = () => {
    if (!isLive(payment)) return true;
    if (query.go === '1') return payment.nextAction?.type !== 'wait';
    return query.returned !== '1' && query.switch !== '1';
  };
  const until = Date.now() + patienceMs;
  while (!expected() && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    payment = await readPayment(chosen.id, { token });
  }
  return payment;
}

async function providerNames() {
  const t = await getTranslations('buying.provider');
  const known = ['stripe', 'paypal', 'picpay', 'pix', 'sandbox', 'sandbox-code'] as const;
  return (name: string) => {
    const one = known.find((given) => given === name);
    return one ? t(`${one}.name`) : name;
  };
}

const failures = [
  'declined',
  'insufficient_funds',
  'expired_card',
  'wrong_details',
  'authentication_failed',
  'suspected_fraud',
  'limit_exceeded',
  'payer_canceled',
  'expired',
  'provider_error',
] as const;

async function Choose({ order, token, failed }: { order: Order; token: string | undefined; failed: Payment | null }) {
  const [t, format, providers, nameOf] = await Promise.all([
    getTranslations('buying.pay'),
    getFormatter(),
    listProviders(order.total),
    providerNames(),
  ]);
  const reason = failures.find((one) => one === failed?.reason) ?? 'declined';
  const calledOff = failed && (failed.status === 'canceled' || reason === 'payer_canceled');
  return (
    <>
      <h1 className="mt-2 text-2xl sm:text-3xl">{failed && !calledOff ? t('failedTitle') : t('chooseTitle')}</h1>
      <div className="mt-6 space-y-6">
        {failed && (
          <Callout
            kind={calledOff ? 'info' : 'destructive'}
            title={calledOff ? t('calledOff', { provider: nameOf(failed.provider) }) : t(`failure.${reason}`)}
            live
          >
            {t('nothingCharged')}
          </Callout>
        )}
        <p className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 rounded-lg border bg-card px-5 py-4">
          <span className="min-w-0 text-muted-foreground text-sm">
            {[...new Set(order.lines.map((line) => line.title))].join(', ')}
          </span>
          <Price money={order.total} className="font-display text-2xl" />
        </p>
        <ClientMessages areas={['buying']}>
          <PayForm
            orderId={order.id}
            token={token}
            before={order.payments.length}
            providers={providers}
            amount={formatMoney(format, order.total)}
            name={order.buyer.name}
            last={failed?.provider}
            renews={order.lines.some(({ sku }) => kindOf(sku) === 'membership')}
          />
          <p className="text-center text-muted-foreground text-sm">
            <Countdown until={order.expiresAt} />
          </p>
        </ClientMessages>
      </div>
    </>
  );
}

type WaitingProps = { order: Order; payment: Payment; token: string | undefined; go: boolean };

async function Waiting({ order, payment, token, go }: WaitingProps) {
  const [t, tCommon, nameOf] = await Promise.all([
    getTranslations('buying.pay'),
    getTranslations('common'),
    providerNames(),
  ]);
  const provider = nameOf(payment.provider);
  const { status, nextAction } = payment;
  const redirects = nextAction?.type === 'redirect' && nextAction.url ? nextAction.url : null;
  const code = nextAction?.type === 'qr_code' ? nextAction.qrCode : null;
  const title = code
    ? t('scanTitle', { provider })
    : redirects
      ? t('redirectTitle', { provider })
      : status === 'unknown'
        ? t('unknownTitle')
        : status === 'processing' || status === 'authorized'
          ? t('processingTitle')
          : t('openingTitle', { provider });
  const text = code
    ? t('scanText')
    : redirects
      ? t('redirectText', { provider })
      : status === 'unknown'
        ? t('unknownText')
        : status === 'processing' || status === 'authorized'
          ? t('processingText', { email: order.buyer.email })
          : t('openingText');
  const deadline = nextAction?.expiresAt ?? payment.expiresAt;
  return (
    <>
      <div role="status">
        <h1 className="mt-2 text-2xl sm:text-3xl">{title}</h1>
        <p className="mt-3 text-muted-foreground">{text}</p>
      </div>
      <ClientMessages areas={['buying']}>
        <WatchPayment
          orderId={order.id}
          token={token}
          shown={paymentSign(order, payment)}
          goTo={go && redirects ? redirects : null}
        />
        <div className="mt-6 space-y-6 rounded-lg border bg-card p-5 sm:p-6">
          <Fact name={t('amount')}>
            <Price money={payment.amount} className="font-display text-2xl" />
          </Fact>
          {redirects && (
            <a href={redirects} className={cn(buttonClasses({ size: 'lg' }), 'w-full')}>
              {t('goTo', { provider })}
              <ArrowRight aria-hidden="true" className="rtl:rotate-180" />
            </a>
          )}
          {code && (
            <div className="space-y-5 border-t pt-6">
              <div className="flex justify-center">
                <ScanCode text={code} label={t('codeLabel', { provider })} />
              </div>
              <div className="space-y-1.5">
                <p id="code-label" className="font-medium text-sm">
                  {t('copyLabel')}
                </p>
                <div className="flex items-center gap-2 rounded-md border bg-muted ps-3 pe-1">
                  <code className="min-w-0 flex-1 truncate py-2 font-mono text-xs">{code}</code>
                  <CopyButton text={code} label={t('copy')} copiedLabel={tCommon('copied')} className="h-9 text-sm" />
                </div>
              </div>
              {nextAction?.url && (
                <a href={nextAction.url} className={cn(buttonClasses({ variant: 'outline' }), 'w-full')}>
                  {t('openApp', { provider })}
                  <ExternalLink aria-hidden="true" />
                </a>
              )}
            </div>
          )}
          <p className="flex items-center justify-center gap-2.5 border-t pt-4 text-muted-foreground text-sm">
            <Spinner />
            <span>{code || redirects ? <Countdown until={deadline} /> : t('waiting')}</span>
          </p>
        </div>
      </ClientMessages>
      <p className="mt-4 text-center text-muted-foreground text-sm">{t('mayClose')}</p>
      <div className="mt-6 flex flex-wrap items-center justify-center gap-3">
        <a href={token ? `?token=${token}` : '?'} className={buttonClasses({ variant: 'ghost', size: 'sm' })}>
          {t('lookAgain')}
        </a>
        <form action={callOff}>
          <input type="hidden" name="order" value={order.id} />
          <input type="hidden" name="payment" value={payment.id} />
          {token && <input type="hidden" name="token" value={token} />}
          <Button type="submit" variant="ghost" size="sm">
            {t('another')}
          </Button>
        </form>
      </div>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p className="flex items-baseline justify-between gap-4">
      <span className="text-muted-foreground text-sm">{name}</span>
      {children}
    </p>
  );
}
