import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge.tsx';
import type { ImportDetail } from './import-view.ts';

const tones = { queued: 'neutral', running: 'info', succeeded: 'success', failed: 'destructive' } as const;

/** Queued, running, done or failed. */
export function ImportState({ state }: { state: ImportDetail['state'] }) {
  const t = useTranslations('studio.imports');
  return <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>;
}
