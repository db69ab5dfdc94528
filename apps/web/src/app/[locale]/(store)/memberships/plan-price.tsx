import { getFormatter, getTranslations } from 'next-intl/server';
import { formatMoney } from '@/buying/money.ts';
import type { ListedMembership } from './membership-data.ts';

/** What a plan costs, with its period: for sentences and on its own. */
export async function planPrice({ interval, price }: ListedMembership['plans'][number]): Promise<string> {
  const [t, format] = await Promise.all([getTranslations('memberships'), getFormatter()]);
  return t(interval === 'month' ? 'perMonth' : 'perYear', { amount: formatMoney(format, price) });
}
