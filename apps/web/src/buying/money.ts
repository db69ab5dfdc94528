import type { getFormatter } from 'next-intl/server';

/** An amount as the reader writes it, for sentences; where it stands alone use `Price`. */
export function formatMoney(
  format: Awaited<ReturnType<typeof getFormatter>>,
  { amount, currency }: { amount: number; currency: string },
): string {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return format.number(amount / 10 ** digits, { style: 'currency', currency });
}
