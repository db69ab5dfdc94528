import { getTranslations } from 'next-intl/server';
import type { Quote } from '@/buying/quote.ts';
import { Totals } from '@/buying/totals.tsx';
import { Price } from '@/components/ui/price.tsx';
import { type PartsOffer, surchargeOf } from './quote-parts.ts';

type OrderTotalsProps = {
  quote: Quote;
  offer: PartsOffer | null;
  /** The day of the last part, as the reader writes it. */
  lastDay: string;
};

/**
 * What the order costs the way that is chosen: at once, or in parts. Both are in the page, and styles show the one whose
 * choice is checked anywhere inside `group/checkout`, so that it is true without scripts, too.
 */
export async function OrderTotals({ quote, offer, lastDay }: OrderTotalsProps) {
  const t = await getTranslations('instalments.checkout');
  const coupon = quote.coupon?.applied ? quote.coupon.code : null;
  const atOnce = <Totals {...quote} coupon={coupon} />;
  const first = offer?.schedule[0];
  if (!offer || !first) return atOnce;
  const surcharge = surchargeOf(offer, quote);
  return (
    <>
      <div className="group-has-[[value=parts]:checked]/checkout:hidden">{atOnce}</div>
      <div className="hidden group-has-[[value=parts]:checked]/checkout:block">
        <Totals
          subtotal={quote.subtotal}
          discount={offer.discount}
          {...(surcharge.amount > 0 ? { surcharge: { name: t('surcharge'), money: surcharge } } : {})}
          total={offer.total}
          totalName={t('totalOf', { parts: offer.parts })}
          coupon={coupon}
          lines={quote.lines.map(({ tax }) => ({ tax: tax && { ...tax, amount: offer.tax } }))}
        />
        <dl className="mt-4 flex items-baseline justify-between gap-4 border-t pt-3 font-medium">
          <dt>{t('dueToday')}</dt>
          <dd>
            <Price money={first.amount} />
          </dd>
        </dl>
        <p className="text-muted-foreground text-sm">{t('thenUntil', { count: offer.parts - 1, date: lastDay })}</p>
      </div>
    </>
  );
}
