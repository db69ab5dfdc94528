import { getFormatter, getTranslations } from 'next-intl/server';
import { formatMoney } from '@/buying/money.ts';

type Money = { amount: number; currency: string };
export type Instalments = { parts: number; surcharge: number; amounts: Money[]; total: Money };

/** What a price is in monthly parts, beside the price itself: never without what they come to. */
export async function InstalmentsTeaser({
  instalments,
}: {
  instalments: Pick<Instalments, 'parts' | 'amounts' | 'total'>;
}) {
  const [t, format] = await Promise.all([getTranslations('instalments'), getFormatter()]);
  const { parts, amounts, total } = instalments;
  const [first] = amounts;
  if (!first) return null;
  const even = amounts.every(({ amount }) => amount === first.amount);
  return (
    <p className="text-muted-foreground text-sm">
      {t(even ? 'teaser' : 'teaserUneven', { parts, amount: formatMoney(format, first) })} (
      {t('teaserTotal', { total: formatMoney(format, total) })})
    </p>
  );
}
