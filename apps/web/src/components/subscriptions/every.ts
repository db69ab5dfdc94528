import { getFormatter, getTranslations } from 'next-intl/server';
import { formatMoney } from '@/buying/money.ts';

type Terms = { amount: { amount: number; currency: string }; interval: string; intervalCount: number };

/** What a subscription costs in which time, e.g. `R$ 19,90 por mês`. */
export async function everyText({ amount, interval, intervalCount }: Terms): Promise<string> {
  const [t, format] = await Promise.all([getTranslations('buying.subscriptions'), getFormatter()]);
  const every = (['day', 'week', 'month', 'year'] as const).find((one) => one === interval);
  if (!every) return formatMoney(format, amount);
  return t(intervalCount === 1 ? `every.${every}` : `everyMany.${every}`, {
    amount: formatMoney(format, amount),
    count: intervalCount,
  });
}
