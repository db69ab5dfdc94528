import { getTranslations } from 'next-intl/server';
import { Badge } from '@/components/ui/badge.tsx';

const tones = { draft: 'warning', published: 'success', archived: 'neutral' } as const;

/** Draft, published or archived. */
export async function CourseState({ state }: { state: keyof typeof tones }) {
  const t = await getTranslations('studio.courses');
  return <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>;
}
