import { CircleCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import type { QuotedItem } from '@/buying/quote.ts';
import { Callout } from '@/components/ui/callout.tsx';
import { Price } from '@/components/ui/price.tsx';
import type { Sellable } from './buy-box.tsx';

type ItemPriceProps = { item: Sellable; quoted: QuotedItem | null; className?: string };

/**
 * What an item costs this person: with the coupon of the address or the cart, and what it would cost without, or what the
 * parts of a bundle cost one by one.
 */
export async function ItemPrice({ item, quoted, className }: ItemPriceProps) {
  const t = await getTranslations('buying');
  const whole = quoted?.unitPrice ?? item.price;
  const off = quoted?.coupon?.applied ? quoted.discount.amount : 0;
  const price = whole && { ...whole, amount: whole.amount - off };
  const before = quoted?.worth ?? (off > 0 ? whole : null);
  const saved = before && price ? before.amount - price.amount : 0;
  // A coupon that lies in the cart may be for something else; one in the address was meant for this page.
  const problem = item.coupon ? quoted?.coupon?.problem : null;
  return (
    <>
      <p className={className}>
        <Price money={price} />
      </p>
      {before && saved > 0 && (
        <p className="text-sm">
          <span className="sr-only">{quoted?.worth ? t('bundle.oneByOne') : t('coupon.without')}</span>{' '}
          <Price money={before} className="text-muted-foreground line-through" />{' '}
          <span className="font-medium text-success">
            {t.rich('bundle.saves', { amount: () => <Price money={{ ...before, amount: saved }} /> })}
          </span>
        </p>
      )}
      {off > 0 && quoted?.coupon && (
        <p role="status" className="flex min-w-0 items-center gap-2 text-sm">
          <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-success" />
          <span className="wrap-anywhere">{t('coupon.applied', { code: quoted.coupon.code })}</span>
        </p>
      )}
      {problem && !quoted?.refusal && (
        <Callout kind="warning" title={problem.title}>
          {t('coupon.wholePrice', { code: item.coupon ?? '' })}
        </Callout>
      )}
    </>
  );
}
