import { getTranslations } from 'next-intl/server';
import { Badge } from '@/components/ui/badge.tsx';

export const planStates = ['active', 'past_due', 'paused', 'disputed', 'completed', 'canceled'] as const;
const tones = {
  incomplete: 'warning',
  active: 'info',
  past_due: 'destructive',
  paused: 'destructive',
  disputed: 'warning',
  completed: 'success',
  canceled: 'neutral',
} as const;
const partTones = { paid: 'success', upcoming: 'neutral', overdue: 'destructive', canceled: 'neutral' } as const;

/** Where something that is paid in parts stands, in a word. */
export async function PlanState({ state }: { state: keyof typeof tones }) {
  const t = await getTranslations('instalments.state');
  return <Badge tone={tones[state]}>{t(state)}</Badge>;
}

/** Where one part stands. */
export async function PartState({ state }: { state: keyof typeof partTones }) {
  const t = await getTranslations('instalments.partState');
  return <Badge tone={partTones[state]}>{t(state)}</Badge>;
}
