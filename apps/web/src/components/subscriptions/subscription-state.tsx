import { getTranslations } from 'next-intl/server';
import { Badge } from '@/components/ui/badge.tsx';

export const subscriptionStates = ['trialing', 'active', 'past_due', 'paused', 'canceled', 'ended'] as const;
const tones = {
  incomplete: 'warning',
  trialing: 'info',
  active: 'success',
  past_due: 'destructive',
  paused: 'neutral',
  canceled: 'neutral',
  ended: 'neutral',
} as const;

/** Where a subscription stands, in a word. */
export async function SubscriptionState({ state }: { state: keyof typeof tones }) {
  const t = await getTranslations('buying.subscriptions.state');
  return <Badge tone={tones[state]}>{t(state)}</Badge>;
}
