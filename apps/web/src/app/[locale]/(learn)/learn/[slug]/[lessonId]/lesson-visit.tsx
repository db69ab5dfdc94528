'use client';

import { useEffect, useRef } from 'react';
import { useRouter } from '@/i18n/navigation.ts';
import { reportProgress } from './report-progress.ts';

/** Says that the lesson was opened, so that the course goes on here next time. */
export function LessonVisit({ lessonId, isNew }: { lessonId: string; isNew: boolean }) {
  const router = useRouter();
  const told = useRef(false);
  useEffect(() => {
    if (told.current) return;
    told.current = true;
    reportProgress(lessonId, { state: 'viewed' }).then((reported) => {
      if (reported && isNew) router.refresh();
    });
  }, [lessonId, isNew, router]);
  return null;
}
