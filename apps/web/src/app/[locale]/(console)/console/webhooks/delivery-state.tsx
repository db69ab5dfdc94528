import { getTranslations } from 'next-intl/server';
import { Badge } from '@/components/ui/badge.tsx';

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const;
const tones = { waiting: 'info', delivered: 'success', failed: 'destructive' } as const;

/** Where a webhook delivery is. */
export async function DeliveryState({ state }: { state: (typeof deliveryStates)[number] }) {
  const t = await getTranslations('console.webhooks');
  return <Badge tone={tones[state]}>{t(`states.${state}`)}</Badge>;
}
