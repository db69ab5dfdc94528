import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { digitsOf, formatMoney } from '@/components/sales/format-money.ts';
import { amountText, decimalSignOf } from '@/components/sales/typed-amount.ts';
import { leftOf } from '@/components/sales/types.ts';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Link } from '@/i18n/navigation.ts';
import { PageHeading } from '../../../../page-heading.tsx';
import { readOrder } from '../../../read-order.ts';
import { RefundForm } from './refund-form.tsx';

type Props = PageProps<'/[locale]/console/orders/[id]/refund/[paymentId]'>;

async function read(params: Props['params']) {
  const { id, paymentId } = await params;
  const view = await readOrder(id);
  const payment = view.payments.find((one) => one.id === paymentId);
  if (!payment) notFound();
  return { view, payment };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { payment } = await read(params);
  return { title: (await getTranslations('sales'))('refund.title', { provider: payment.provider }) };
}

/** How much of a payment goes back, for what, and whether access ends. Nothing happens before it was reviewed. */
export default async function RefundPage({ params }: Props) {
  const { view, payment } = await read(params);
  const { order } = view;
  const t = await getTranslations('sales.refund');
  const tOrders = await getTranslations('sales.orders');
  const tOrder = await getTranslations('sales.order');
  const tCommon = await getTranslations('common');
  const left = leftOf(view, payment);
  const { currency } = left;
  const orderPath = `/console/orders/${order.id}`;
  const sign = decimalSignOf(await getLocale());
  // Only the payment that paid for the order has items; money of any other goes back as an amount.
  const paysForOrder = order.paidAt !== null && payment.captured.amount === order.total.amount;
  const lines = await Promise.all(
    order.lines
      .map((line) => ({ ...line, left: line.total.amount - line.refunded.amount }))
      .filter((line) => line.left > 0)
      .map(async ({ id, title, left: amount }) => ({
        id,
        title,
        left: await formatMoney({ amount, currency }),
        placeholder: amountText(amount, sign, digitsOf(currency)),
      })),
  );
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[
          { label: tOrders('title'), href: '/console/orders' },
          { label: order.number, href: orderPath },
          { label: tOrder('refund') },
        ]}
      />
      <div className="mt-3">
        <PageHeading title={t('title', { provider: payment.provider })}>
          {t('lead', { number: order.number, amount: await formatMoney(left) })}
        </PageHeading>
      </div>
      {left.amount === 0 ? (
        <EmptyState
          title={t('nothingLeft')}
          action={
            <Link href={orderPath} className={buttonClasses({ variant: 'outline' })}>
              {t('back')}
            </Link>
          }
        >
          {t('nothingLeftText')}
        </EmptyState>
      ) : (
        <RefundForm
          order={order.id}
          payment={payment.id}
          all={await formatMoney(left)}
          currency={currency}
          placeholder={amountText(left.amount, sign, digitsOf(currency))}
          lines={paysForOrder ? lines : []}
        />
      )}
    </>
  );
}
