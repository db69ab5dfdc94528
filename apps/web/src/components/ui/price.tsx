import { useFormatter, useTranslations } from 'next-intl';

/** Money as the API gives it: integer minor units and an ISO 4217 code. `null` is free of charge. */
export function Price({
  money,
  className,
}: {
  money: { amount: number; currency: string } | null;
  className?: string;
}) {
  const format = useFormatter();
  const t = useTranslations('common');
  if (!money) return <span className={className}>{t('free')}</span>;
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency: money.currency }).resolvedOptions()
      .maximumFractionDigits ?? 2;
  return (
    <span className={`tabular ${className ?? ''}`}>
      {format.number(money.amount / 10 ** digits, { style: 'currency', currency: money.currency })}
    </span>
  );
}
