import type { Metadata } from 'next';
import { getFormatter, getLocale, getTranslations } from 'next-intl/server';
import { readCart } from '@/buying/cart-cookie.ts';
import { countriesOf } from '@/buying/countries.ts';
import { ItemCover } from '@/buying/item-cover.tsx';
import { commonKind } from '@/buying/kind-of.ts';
import { formatMoney } from '@/buying/money.ts';
import { listProviders } from '@/buying/orders.ts';
import { quoteCart } from '@/buying/quote.ts';
import { momentText } from '@/components/time/moment.tsx';
import { Price } from '@/components/ui/price.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { redirect } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';
import { CouponForm } from '../cart/coupon-form.tsx';
import { CheckoutForm } from './checkout-form.tsx';
import { CheckoutLayout } from './checkout-layout.tsx';
import { OrderTotals } from './order-totals.tsx';
import { PartsSchedule } from './parts-schedule.tsx';
import { agreedText, quoteParts } from './quote-parts.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('buying.checkout'))('title'), robots: { index: false } };
}

/** The last page before paying: who, where, how, and what it costs. */
export default async function CheckoutPage() {
  const [locale, cart, quoted, session] = await Promise.all([getLocale(), readCart(), quoteCart(), getSession()]);
  if (quoted.kind !== 'quoted' || !quoted.quote.buyable) return redirect({ href: '/cart', locale });
  const { quote, lines } = quoted;
  const [t, tBuying, format, providers, offer] = await Promise.all([
    getTranslations('buying.checkout'),
    getTranslations('buying'),
    getFormatter(),
    listProviders(quote.total),
    quoteParts(),
  ]);
  const refundDays = Math.min(...quote.lines.map((line) => line.refundDays));
  const last = offer?.schedule.at(-1);
  const lastDay = last ? await momentText(last.dueAt, 'day') : '';
  return (
    <div className="page-column py-8 md:py-12">
      <h1 className="text-3xl">{t('title')}</h1>
      <CheckoutLayout
        title={t('summary')}
        change={
          <TextLink href="/cart" prefetch={false} className="text-sm">
            {t('change')}
          </TextLink>
        }
        summary={
          <>
            <ul className="mt-4 space-y-4 border-b pb-4">
              {lines.map(({ line, quoted: one }) => (
                <li key={line.id} className="flex gap-3 text-sm">
                  <ItemCover sku={line.sku} coverUrl={one.coverUrl} className="w-16 sm:w-16" />
                  <div className="min-w-0 flex-1">
                    <p className="font-medium">{one.title}</p>
                    <p className="wrap-anywhere text-muted-foreground">
                      {line.gift
                        ? tBuying('purpose.giftFor', { email: line.gift.email })
                        : line.purpose === 'seats'
                          ? tBuying('purpose.seatsCount', { count: line.quantity })
                          : one.sellerName}
                    </p>
                  </div>
                  {one.unitPrice && <Price money={{ ...one.unitPrice, amount: one.unitPrice.amount * one.quantity }} />}
                </li>
              ))}
            </ul>
            <div className="mt-4">
              <OrderTotals quote={quote} offer={offer} lastDay={lastDay} />
            </div>
            <div className="mt-4 border-t pt-4">
              <ClientMessages areas={['buying']}>
                <CouponForm
                  code={quote.coupon?.code ?? ''}
                  applied={quote.coupon?.applied ?? false}
                  problem={quote.coupon?.problem?.title ?? null}
                />
              </ClientMessages>
            </div>
            {refundDays > 0 && (
              <p className="mt-4 border-t pt-4 text-muted-foreground text-xs">
                {tBuying('refundRule.long', { days: refundDays, kind: commonKind(quote.lines.map(({ sku }) => sku)) })}
              </p>
            )}
          </>
        }
      >
        <ClientMessages areas={['buying', 'instalments']}>
          <CheckoutForm
            person={session && { name: session.user.name, email: session.user.email }}
            countries={countriesOf(locale)}
            country={cart.country}
            providers={providers}
            cartSeed={cart.seed}
            total={quote.total}
            totalText={formatMoney(format, quote.total)}
            parts={
              offer && {
                count: offer.parts,
                agreed: agreedText(offer),
                first: formatMoney(format, offer.schedule[0]?.amount ?? offer.total),
                total: formatMoney(format, offer.total),
                lastDay,
                extra: offer.extra.amount > 0 ? formatMoney(format, offer.extra) : null,
                schedule: <PartsSchedule offer={offer} />,
              }
            }
          />
        </ClientMessages>
      </CheckoutLayout>
    </div>
  );
}
