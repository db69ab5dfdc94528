'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Spinner } from '@/components/ui/spinner.tsx';
import { useRouter } from '@/i18n/navigation.ts';
import { readProgress } from './report-progress.ts';

const everyMs = 600;
const longestMs = 20_000;

/**
 * Stands on the page between the last right answer and the completed lesson, which another context records a moment
 * later: asks until it is there, then draws page and outline again.
 */
export function AwaitCompletion({ courseId, lessonId }: { courseId: string; lessonId: string }) {
  const t = useTranslations('player.completion');
  const router = useRouter();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const until = Date.now() + longestMs;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const state = await readProgress(courseId, lessonId);
      if (state === 'completed') router.refresh();
      else if (Date.now() > until) setLate(true);
      else timer = setTimeout(look, everyMs);
    };
    timer = setTimeout(look, everyMs / 2);
    return () => clearTimeout(timer);
  }, [courseId, lessonId, router]);
  return (
    <p role="status" className="mb-4 flex items-center gap-2 text-sm">
      {!late && <Spinner />}
      {late ? t('late') : t('recording')}
    </p>
  );
}
