'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Link } from '@/i18n/navigation.ts';
import { moveLesson } from './actions.ts';
import { MoveButtons } from './move-buttons.tsx';

type LessonRowProps = {
  course: { id: string; slug: string };
  lesson: { id: string; title: string };
  /** Its place in its module, counted from 1, and how many lessons are in that. */
  position: number;
  count: number;
};

/** A lesson in the outline: to look at, to edit, and to move within its module. */
export function LessonRow({ course, lesson: { id, title }, position, count }: LessonRowProps) {
  const t = useTranslations('studio.lesson');
  const [moved, move, moving] = useActionState(moveLesson, fresh);
  return (
    <>
      <div className="flex items-start gap-1">
        <Link
          href={`/learn/${course.slug}/${id}`}
          className="wrap-anywhere min-w-0 flex-1 py-1.5 text-muted-foreground underline-offset-4 hover:text-foreground hover:underline"
        >
          {title}
        </Link>
        <Link
          href={`/studio/courses/${course.id}/lessons/${id}`}
          aria-label={t('editOf', { title })}
          className="px-1.5 py-1.5 underline underline-offset-4"
        >
          {t('edit')}
        </Link>
        {count > 1 && (
          <MoveButtons
            of={{ name: 'lesson', id }}
            position={position}
            count={count}
            labels={{ up: t('up', { title }), down: t('down', { title }) }}
            state={moved}
            act={move}
            busy={moving}
          />
        )}
      </div>
      <FormFeedback state={moved} doneMessage={t('moved', { title, position, count })} />
    </>
  );
}
