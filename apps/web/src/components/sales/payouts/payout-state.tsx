import { getTranslations } from 'next-intl/server';
import { Badge } from '@/components/ui/badge.tsx';

const tones = { created: 'info', sent: 'success', failed: 'destructive' } as const;

export async function PayoutState({ state }: { state: keyof typeof tones }) {
  const t = await getTranslations('sales.payouts.states');
  return <Badge tone={tones[state]}>{t(state)}</Badge>;
}
