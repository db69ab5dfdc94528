'use client';

import { useTranslations } from 'next-intl';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useRouter } from '@/i18n/navigation.ts';

const ShortcutsDialog = lazy(() => import('@/components/shell/shortcuts-dialog.tsx'));

type Props = { previous: string | null; next: string | null; hasVideo: boolean };

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** `n` and `p` go to the next and previous lesson; `?` lists the player's keys with those of every page. */
export function LessonKeys({ previous, next, hasVideo }: Props) {
  const t = useTranslations('player.keys');
  const router = useRouter();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest('[role="dialog"]')) return;
      if (event.key === '?') {
        // Before the list of every page opens: ours holds its rows too.
        event.stopPropagation();
        setOpen(true);
      }
      if (event.key === 'n' && next) router.push(next);
      if (event.key === 'p' && previous) router.push(previous);
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [next, previous, router]);
  const video = [
    { keys: ['K'], label: t('play') },
    { keys: ['J'], label: t('back') },
    { keys: ['L'], label: t('forward') },
    { keys: ['M'], label: t('mute') },
    { keys: ['C'], label: t('captions') },
    { keys: ['F'], label: t('fullScreen') },
    { keys: ['<', '>'], label: t('speed') },
  ];
  return (
    <Suspense>
      {open && (
        <ShortcutsDialog
          onClose={() => setOpen(false)}
          more={[
            { keys: ['N'], label: t('next') },
            { keys: ['P'], label: t('previous') },
            { keys: ['↑', '↓'], label: t('outline') },
            { keys: ['→', '←'], label: t('module') },
            ...(hasVideo ? video : []),
          ]}
        />
      )}
    </Suspense>
  );
}
