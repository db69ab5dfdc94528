import { getTranslations } from 'next-intl/server';
import { Price } from '@/components/ui/price.tsx';

/** A balance with its side, as bookkeepers write it: never with a sign. */
export async function Balance({ amount, currency }: { amount: number; currency: string }) {
  const t = await getTranslations('sales.ledger');
  if (amount === 0) return <Price money={{ amount, currency }} className="text-muted-foreground" />;
  return (
    <>
      <Price money={{ amount: Math.abs(amount), currency }} />{' '}
      <abbr title={amount > 0 ? t('debit') : t('credit')} className="text-muted-foreground text-xs no-underline">
        {amount > 0 ? t('debitSide') : t('creditSide')}
      </abbr>
    </>
  );
}
