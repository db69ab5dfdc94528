import { Undo2 } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { formatMoney } from '@/components/sales/format-money.ts';
import { known } from '@/components/sales/known.ts';
import { OrderStateBadge } from '@/components/sales/states.tsx';
import { Moment } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Price } from '@/components/ui/price.tsx';
import { TextLink, textLinkClasses } from '@/components/ui/text-link.tsx';
import { Link } from '@/i18n/navigation.ts';
import { Facts } from '../../facts.tsx';
import { one } from '../../one.ts';
import { PageHeading } from '../../page-heading.tsx';
import { Section } from '../../section.tsx';
import { readOrder } from '../read-order.ts';
import { BooksOfOrder } from './books-of-order.tsx';
import { ConfirmCancel } from './order-buttons.tsx';
import { OrderLines } from './order-lines.tsx';
import { PaymentCard } from './payment-card.tsx';
import { DisputesTable, RefundsTable } from './refunds-table.tsx';

type Props = PageProps<'/[locale]/console/orders/[id]'>;

const path = '/console/orders';
const closedReasons = ['operator', 'buyer', 'expired'] as const;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { order } = await readOrder((await params).id);
  return { title: (await getTranslations('sales'))('order.title', { number: order.number }) };
}

/** One order: who bought what, each payment with all that was heard about it, what went back, and what is booked. */
export default async function OrderPage({ params, searchParams }: Props) {
  const view = await readOrder((await params).id);
  const query = await searchParams;
  const { order, payments, evidence, refunds, disputes } = view;
  const t = await getTranslations('sales.order');
  const tOrders = await getTranslations('sales.orders');
  const tCommon = await getTranslations('common');
  const title = t('title', { number: order.number });
  const waits = order.state === 'pending_payment';
  const asked = refunds.find(({ id }) => id === one(query.refunded));
  const reason = known(closedReasons, order.closedReason);
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: tOrders('title'), href: path }, { label: order.number }]}
      />
      <div className="mt-3">
        <PageHeading
          title={title}
          actions={
            <>
              <OrderStateBadge state={order.state} />
              {waits && (
                <Link
                  href={`${path}/${order.id}?cancel=1`}
                  className={buttonClasses({ variant: 'outline', size: 'sm' })}
                >
                  <Undo2 aria-hidden="true" />
                  {t('cancel')}
                </Link>
              )}
            </>
          }
        />
      </div>
      {waits && query.cancel === '1' && (
        <Callout
          kind="warning"
          className="mb-4"
          title={t('cancelTitle', { number: order.number })}
          action={
            <span className="flex flex-wrap gap-3">
              <ConfirmCancel order={order.id} />
              <Link href={`${path}/${order.id}`} className={buttonClasses({ variant: 'outline' })}>
                {t('keepIt')}
              </Link>
            </span>
          }
        >
          {t('cancelText')}
        </Callout>
      )}
      {asked && asked.state !== 'failed' && (
        <Callout
          kind="success"
          className="mb-4"
          title={t('refundAsked', { amount: await formatMoney(asked.amount) })}
        />
      )}
      <Facts
        facts={[
          {
            name: t('buyer'),
            value: (
              <>
                {order.buyer.name && <span className="block">{order.buyer.name}</span>}
                {order.buyer.email ? (
                  <TextLink href={`${path}?q=${encodeURIComponent(order.buyer.email)}`}>{order.buyer.email}</TextLink>
                ) : (
                  <span className="text-muted-foreground">{t('deletedAccount')}</span>
                )}
                {order.buyer.id === null && <span className="text-muted-foreground"> · {t('guest')}</span>}
              </>
            ),
          },
          {
            name: t('total'),
            value: (
              <>
                <Price money={order.total} className="font-medium" />
                {order.refunded.amount > 0 && (
                  <span className="block text-muted-foreground text-xs">
                    {t('refunded')}: <Price money={order.refunded} />
                  </span>
                )}
              </>
            ),
          },
          { name: t('coupon'), value: order.coupon ? <span className="font-mono">{order.coupon}</span> : t('none') },
          { name: t('created'), value: <Moment at={order.createdAt} precision="second" /> },
          waits
            ? { name: t('expires'), value: <Moment at={order.expiresAt} precision="second" /> }
            : { name: t('paid'), value: order.paidAt ? <Moment at={order.paidAt} precision="second" /> : '–' },
          ...(order.closedAt
            ? [
                {
                  name: t('closed'),
                  value: (
                    <>
                      <Moment at={order.closedAt} precision="second" />
                      {order.closedReason && (
                        <span className="text-muted-foreground">
                          {' '}
                          · {reason ? t(`closedBy.${reason}`) : order.closedReason}
                        </span>
                      )}
                    </>
                  ),
                },
              ]
            : []),
          ...(order.country ? [{ name: t('country'), value: order.country }] : []),
          ...(order.invoices.length > 0
            ? [
                {
                  name: t('invoices'),
                  value: (
                    <ul>
                      {order.invoices.map((invoice) => (
                        <li key={invoice.id}>
                          <a href={`/bff/api/invoices/${invoice.id}`} className={textLinkClasses}>
                            {invoice.kind === 'invoice'
                              ? t('invoice', { number: invoice.number })
                              : t('creditNote', { number: invoice.number })}
                          </a>
                        </li>
                      ))}
                    </ul>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Section title={t('lines')}>
        <OrderLines order={order} />
      </Section>
      <Section title={t('payments')}>
        {payments.length === 0 ? (
          <p className="text-muted-foreground text-sm">{t('noPayments')}</p>
        ) : (
          <div className="space-y-4">
            {payments.map((payment) => (
              <PaymentCard
                key={payment.id}
                orderId={order.id}
                payment={payment}
                evidence={evidence.filter(({ paymentId }) => paymentId === payment.id)}
                refunds={refunds}
              />
            ))}
          </div>
        )}
      </Section>
      {refunds.length > 0 && (
        <Section title={t('refunds')}>
          <RefundsTable refunds={refunds} />
        </Section>
      )}
      {disputes.length > 0 && (
        <Section title={t('disputes')}>
          <DisputesTable disputes={disputes} />
        </Section>
      )}
      <Section title={t('ledger')}>
        <BooksOfOrder ledger={view.ledger} currency={order.total.currency} />
      </Section>
    </>
  );
}
