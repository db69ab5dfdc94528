import { getFormatter, getTranslations } from 'next-intl/server';
import { Price } from '@/components/ui/price.tsx';
import type { Money } from './orders.ts';

type Taxed = { tax: { amount: Money; name: string; rate: number; inclusive: boolean } | null };
type TotalsProps = {
  subtotal: Money;
  discount: Money;
  /** What is added to the price, in the words of who adds it. */
  surcharge?: { name: string; money: Money };
  total: Money;
  /** When the total needs another name. */
  totalName?: string;
  refunded?: Money;
  coupon?: string | null;
  lines: readonly Taxed[];
};

/** The sums of a cart or an order, with every tax by its name and rate. */
export async function Totals(props: TotalsProps) {
  const { subtotal, discount, surcharge, total, totalName, refunded, coupon, lines } = props;
  const t = await getTranslations('buying.totals');
  const format = await getFormatter();
  const taxes = taxesOf(lines, total.currency);
  const rate = (parts: number) => format.number(parts, { style: 'percent', maximumFractionDigits: 2 });
  const hasRows = discount.amount > 0 || surcharge !== undefined || taxes.some(({ inclusive }) => !inclusive);
  return (
    <dl className="space-y-2 text-sm">
      {hasRows && <Row name={t('subtotal')} money={subtotal} />}
      {discount.amount > 0 && (
        <Row
          name={coupon ? t('discountBy', { coupon }) : t('discount')}
          money={{ ...discount, amount: -discount.amount }}
        />
      )}
      {surcharge && <Row {...surcharge} />}
      {taxes
        .filter(({ inclusive }) => !inclusive)
        .map(({ name, rate: parts, amount }) => (
          <Row key={`${name}${parts}`} name={t('tax', { name, rate: rate(parts / 10_000) })} money={amount} />
        ))}
      <div
        className={
          hasRows
            ? 'flex items-baseline justify-between gap-4 border-t pt-3'
            : 'flex items-baseline justify-between gap-4'
        }
      >
        <dt className="font-medium text-base">{totalName ?? t('total')}</dt>
        <dd className="font-display text-2xl">
          <Price money={total} />
        </dd>
      </div>
      {taxes
        .filter(({ inclusive }) => inclusive)
        .map(({ name, rate: parts, amount }) => (
          <div key={`${name}${parts}`} className="flex justify-between gap-4 text-muted-foreground text-xs">
            <dt>{t('taxIncluded', { name, rate: rate(parts / 10_000) })}</dt>
            <dd>
              <Price money={amount} />
            </dd>
          </div>
        ))}
      {refunded && refunded.amount > 0 && (
        <Row name={t('refunded')} money={{ ...refunded, amount: -refunded.amount }} />
      )}
    </dl>
  );
}

function Row({ name, money }: { name: string; money: Money }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="min-w-0 text-muted-foreground">{name}</dt>
      <dd>
        <Price money={money} />
      </dd>
    </div>
  );
}

function taxesOf(lines: readonly Taxed[], currency: string) {
  const sums = new Map<string, { name: string; rate: number; inclusive: boolean; amount: Money }>();
  for (const { tax } of lines) {
    if (!tax) continue;
    const key = `${tax.name} ${tax.rate} ${tax.inclusive}`;
    const before = sums.get(key)?.amount.amount ?? 0;
    sums.set(key, { ...tax, amount: { amount: before + tax.amount.amount, currency } });
  }
  return [...sums.values()];
}
