import { getFormatter } from 'next-intl/server';
import type { Money } from './types.ts';

/** Decimals a currency is written with: 2 for BRL, 0 for JPY. */
export function digitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Money as text in the reader's language, for sentences; on its own it is a `Price`. */
export async function formatMoney({ amount, currency }: Money): Promise<string> {
  const format = await getFormatter();
  return format.number(amount / 10 ** digitsOf(currency), { style: 'currency', currency });
}
