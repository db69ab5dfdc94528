import { FileText, Gift, UsersRound } from 'lucide-react';
import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { Included } from '@/buying/included.tsx';
import { ItemCover } from '@/buying/item-cover.tsx';
import { kindOf } from '@/buying/kind-of.ts';
import { formatMoney } from '@/buying/money.ts';
import { awaitAccess, courseIdOf, getOrder, isPaid, type Order, type OrderLine, openPath } from '@/buying/orders.ts';
import { OrderStateBadge } from '@/buying/state-badge.tsx';
import { Totals } from '@/buying/totals.tsx';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Price } from '@/components/ui/price.tsx';
import { PrintButton } from '@/components/ui/print-button.tsx';
import { TextLink, textLinkClasses } from '@/components/ui/text-link.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Link } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';
import { claimOrder } from './actions.ts';
import { ClaimForm } from './claim-form.tsx';
import { wantsToClaim } from './claim-intent.ts';
import { orderAgain } from './pay/actions.ts';
import { paymentSign } from './pay/payment-sign.ts';
import { WatchPayment } from './pay/watch-payment.tsx';
import { RefundForm } from './refund-form.tsx';
import { Seats } from './seats.tsx';
import { timelineOf } from './timeline.ts';

type Props = PageProps<'/[locale]/orders/[id]'>;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { order } = await getOrder((await params).id, one((await searchParams).token));
  const title = (await getTranslations('buying.order'))('title', { number: order.number });
  // The address of a guest's order carries its secret: other sites must not learn it.
  return { title, robots: { index: false }, referrer: 'same-origin' };
}

/** How long the page waits for access to what has just been paid. */
const patienceMs = 3000;

/** An order: what was bought, how it stands, everything that happened, and what can be done with it. */
export default async function OrderPage({ params, searchParams }: Props) {
  const { id } = await params;
  const given = one((await searchParams).token);
  const [{ order, token }, session, t] = await Promise.all([
    getOrder(id, given),
    getSession(),
    getTranslations('buying.order'),
  ]);
  const mine = session !== null && order.buyer.id === session.user.id;
  const guests = order.buyer.id === null;
  if (mine && isPaid(order)) {
    const courses = order.lines.filter((line) => line.purpose === 'own' && !line.revoked);
    await Promise.all(
      courses
        .flatMap(({ sku, includes }) => [sku, ...includes.map((item) => item.sku)])
        .flatMap((sku) => {
          const courseId = courseIdOf(sku);
          return courseId ? [awaitAccess(courseId, patienceMs)] : [];
        }),
    );
  }
  return (
    <div className="page-column py-8 md:py-12">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-2xl sm:text-3xl">{t('title', { number: order.number })}</h1>
          <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 text-muted-foreground text-sm">
            <OrderStateBadge state={order.state} />
            <span>
              {t('placedOn')} <Moment at={order.createdAt} />
            </span>
          </p>
        </div>
        <div data-noprint>
          <PrintButton label={t('print')} />
        </div>
      </header>
      <div className="mt-8" data-noprint>
        <NextStep order={order} token={given} mine={mine} guests={guests} />
        {order.instalment && mine && <PartOf instalment={order.instalment} />}
      </div>
      <div className="mt-10 grid items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-10">
          <section aria-labelledby="lines">
            <h2 id="lines" className="text-xl">
              {t('lines')}
            </h2>
            <ul className="mt-4 divide-y border-y">
              {order.lines.map((line) => (
                <Line key={line.id} line={line} order={order} mine={mine} />
              ))}
            </ul>
          </section>
          {isPaid(order) &&
            order.lines
              .filter((line) => line.seats && !line.revoked)
              .map((line) => <Seats key={line.id} order={order} line={line} token={token} given={given} />)}
          <Refund order={order} token={given} />
        </div>
        <div className="min-w-0 space-y-8">
          <section aria-labelledby="sums" className="rounded-lg border bg-card p-5">
            <h2 id="sums" className="sr-only">
              {t('sums')}
            </h2>
            <Totals {...order} />
          </section>
          {order.invoices.length > 0 && (
            <section aria-labelledby="documents">
              <h2 id="documents" className="text-lg">
                {t('documents')}
              </h2>
              <ul className="mt-3 space-y-2 text-sm">
                {order.invoices.map((invoice) => (
                  <li key={invoice.id} className="flex items-center gap-2.5">
                    <FileText aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
                    <a
                      href={`/bff/api/invoices/${invoice.id}${guests && token ? `?token=${token}` : ''}`}
                      className={textLinkClasses}
                    >
                      {t(invoice.kind === 'invoice' ? 'invoice' : 'creditNote', { number: invoice.number })}
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section aria-labelledby="timeline">
            <h2 id="timeline" className="text-lg">
              {t('timeline')}
            </h2>
            <Timeline order={order} />
          </section>
          <section aria-labelledby="buyer">
            <h2 id="buyer" className="text-lg">
              {t('buyer')}
            </h2>
            <p className="mt-3 text-sm">
              {order.buyer.name && <span className="block">{order.buyer.name}</span>}
              <span className="wrap-anywhere block text-muted-foreground">{order.buyer.email}</span>
            </p>
          </section>
        </div>
      </div>
    </div>
  );
}

type NextStepProps = { order: Order; token: string | undefined; mine: boolean; guests: boolean };

/** How the order stands in a sentence, and the next useful thing to do. */
async function NextStep({ order, token, mine, guests }: NextStepProps) {
  const t = await getTranslations('buying.next');
  const own = order.lines.filter((line) => line.purpose === 'own' && !line.revoked);
  const first = own[0];
  if (order.state === 'pending_payment') {
    return (
      <Callout
        kind="warning"
        title={t('pendingTitle')}
        action={
          <Link
            href={`/orders/${order.id}/pay${token ? `?token=${token}` : ''}`}
            prefetch={false}
            className={buttonClasses({})}
          >
            {t('pay')}
          </Link>
        }
      >
        {t('pendingText')}
      </Callout>
    );
  }
  // What is next of something that is paid in parts is asked for on its own page.
  const isPart = order.instalment !== null && order.instalment.part > 1;
  if (order.state === 'cancelled' || order.state === 'expired') {
    if (isPart) return <Callout title={t(order.state === 'cancelled' ? 'cancelledTitle' : 'expiredTitle')} />;
    return (
      <Callout
        title={t(order.state === 'cancelled' ? 'cancelledTitle' : 'expiredTitle')}
        action={
          <form action={orderAgain}>
            <input type="hidden" name="order" value={order.id} />
            {token && <input type="hidden" name="token" value={token} />}
            <Button type="submit" variant="outline">
              {t('again')}
            </Button>
          </form>
        }
      >
        {t('closedText')}
      </Callout>
    );
  }
  if (order.state === 'refunded') return <Callout title={t('refundedTitle')}>{t('refundedText')}</Callout>;
  if (guests) {
    return (
      <Callout
        kind="success"
        title={t('paidTitle')}
        action={
          <ClientMessages areas={['buying']}>
            <ClaimForm
              action={claimOrder}
              fields={{ order: order.id, ...(token ? { token } : {}) }}
              label={(await getSession()) ? t('claim') : t('claimNew')}
              goOn={(await getSession()) !== null && (await wantsToClaim(order.id))}
            />
          </ClientMessages>
        }
      >
        {own.length > 0 ? t('guestText', { email: order.buyer.email }) : t('guestOther', { email: order.buyer.email })}
      </Callout>
    );
  }
  if (order.state === 'partially_refunded') {
    return <Callout title={t('partlyTitle')}>{t('partlyText')}</Callout>;
  }
  return (
    <Callout
      kind="success"
      title={t('paidTitle')}
      action={
        mine && first ? (
          <Link href={openPath(first.includes[0] ?? first)} prefetch={false} className={buttonClasses({ size: 'lg' })}>
            {t('start')}
          </Link>
        ) : undefined
      }
    >
      {t('paidText', { email: order.buyer.email })}
    </Callout>
  );
}

/** Which part of what it is, and the way to all of them. */
async function PartOf({ instalment }: { instalment: NonNullable<Order['instalment']> }) {
  const t = await getTranslations('instalments');
  const { planId, part, through, parts } = instalment;
  return (
    <p className="mt-4 text-sm">
      {part === through ? t('orderIs', { part, parts }) : t('orderIsMany', { part, through, parts })}{' '}
      <TextLink href={`/account/instalments/${planId}`} prefetch={false}>
        {t('seePlan')}
      </TextLink>
    </p>
  );
}

async function Line({ line, order, mine }: { line: OrderLine; order: Order; mine: boolean }) {
  const t = await getTranslations('buying');
  const usable = mine && isPaid(order) && line.purpose === 'own' && !line.revoked;
  return (
    <li className="flex gap-4 py-5 sm:gap-5">
      <ItemCover sku={line.sku} coverUrl={line.coverUrl} />
      <div className="min-w-0 flex-1 space-y-1.5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h3 className="min-w-0 font-display text-lg leading-6">
            <Link href={line.path} prefetch={false} className="underline-offset-4 hover:underline">
              {line.title}
            </Link>
          </h3>
          <Price money={{ ...line.unitPrice, amount: line.unitPrice.amount * line.quantity }} className="font-medium" />
        </div>
        <p className="text-muted-foreground text-sm">{line.sellerName}</p>
        {line.gift && (
          <div className="space-y-1 text-sm">
            <p className="flex items-start gap-2">
              <Gift aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
              <span className="wrap-anywhere min-w-0">
                {t('purpose.giftFor', { email: line.gift.recipientEmail })} ·{' '}
                {t(`giftState.${giftState(line.gift.state)}`)}
              </span>
            </p>
            {line.gift.message && (
              <blockquote className="wrap-anywhere border-s-2 ps-3 text-muted-foreground">
                {line.gift.message}
              </blockquote>
            )}
          </div>
        )}
        {line.seats && (
          <p className="flex items-center gap-2 text-sm">
            <UsersRound aria-hidden="true" className="size-4 text-muted-foreground" />
            {t('purpose.seatsCount', { count: line.seats.bought })}
          </p>
        )}
        <Included items={line.includes} open={usable} />
        {line.revoked && <Badge tone="neutral">{t('order.revoked')}</Badge>}
        {usable && line.includes.length === 0 && (
          <p className="pt-1" data-noprint>
            <Link href={openPath(line)} prefetch={false} className={buttonClasses({ variant: 'outline', size: 'sm' })}>
              {t('order.goToCourse', { kind: kindOf(line.sku) })}
            </Link>
          </p>
        )}
      </div>
    </li>
  );
}

async function Timeline({ order }: { order: Order }) {
  const t = await getTranslations('buying');
  const format = await getFormatter();
  const known = ['stripe', 'paypal', 'picpay', 'pix', 'sandbox', 'sandbox-code'] as const;
  return (
    <ol className="mt-4 space-y-4 border-s ps-5 text-sm">
      {timelineOf(order).map(({ at, key, provider, number, money }) => {
        const named = known.find((given) => given === provider);
        return (
          <li key={`${at}${key}${number ?? ''}`} className="relative">
            <span
              aria-hidden="true"
              className="absolute -start-[1.5625rem] top-1.5 size-2 rounded-full border border-input bg-background"
            />
            <p>
              {t(`timeline.${key}`, {
                provider: named ? t(`provider.${named}.name`) : (provider ?? ''),
                number: number ?? '',
                amount: money ? formatMoney(format, money) : '',
              })}
            </p>
            <p className="text-muted-foreground text-xs">
              <Moment at={at} />
            </p>
          </li>
        );
      })}
    </ol>
  );
}

/** Money back while the rule allows it, and an explanation where it does not any more. */
async function Refund({ order, token }: { order: Order; token: string | undefined }) {
  const t = await getTranslations('buying.refund');
  const tPurpose = await getTranslations('buying.purpose');
  const format = await getFormatter();
  const payment = order.payments.findLast(({ status }) => status === 'succeeded' || status === 'partially_refunded');
  if (!isPaid(order) || !payment) return null;
  const underWay = order.refunds.some(({ state }) => state === 'requested' || state === 'processing');
  const now = new Date();
  const left = order.lines.filter((line) => line.refunded.amount < line.total.amount);
  const open = left.filter((line) => line.refundableUntil && new Date(line.refundableUntil) > now);
  const last = open.map((line) => line.refundableUntil ?? '').sort()[0];
  const ended = left
    .map((line) => line.refundableUntil ?? '')
    .sort()
    .at(-1);
  return (
    <section aria-labelledby="refund" data-noprint>
      <h2 id="refund" className="text-xl">
        {t('title')}
      </h2>
      <div className="mt-3 space-y-2">
        {underWay && (
          <>
            <Callout title={t('underWayTitle')} live>
              {t('underWayText')}
            </Callout>
            <WatchPayment orderId={order.id} token={token} shown={paymentSign(order, null)} goTo={null} />
          </>
        )}
        {!underWay && last && (
          <>
            <p className="text-muted-foreground text-sm">
              {t('until')} <Moment at={last} precision="day" />
            </p>
            <ClientMessages areas={['buying']}>
              <RefundForm
                orderId={order.id}
                token={token}
                paymentId={payment.id}
                before={order.refunds.length}
                lines={open.map((line) => ({
                  id: line.id,
                  title: line.title,
                  purpose: line.gift
                    ? tPurpose('giftFor', { email: line.gift.recipientEmail })
                    : line.seats
                      ? tPurpose('seatsCount', { count: line.seats.bought })
                      : tPurpose('own'),
                  amount: formatMoney(format, { ...line.total, amount: line.total.amount - line.refunded.amount }),
                }))}
              />
            </ClientMessages>
          </>
        )}
        {!underWay && !last && (
          <p className="text-muted-foreground text-sm">
            {ended ? (
              <>
                {t('ended')} <Moment at={ended} precision="day" />
              </>
            ) : (
              t('none')
            )}
          </p>
        )}
      </div>
    </section>
  );
}

function giftState(state: string): 'waiting' | 'sent' | 'claimed' | 'revoked' {
  return (['waiting', 'sent', 'claimed', 'revoked'] as const).find((given) => given === state) ?? 'waiting';
}

function one(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
