'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Link } from '@/i18n/navigation.ts';
import { removeLesson } from '../../actions.ts';

type RemoveFormProps = {
  course: string;
  lesson: { id: string; title: string };
  mayRemove: boolean;
  backTo: string;
};

/** The two answers to the question. */
export function RemoveForm({ course, lesson, mayRemove, backTo }: RemoveFormProps) {
  const t = useTranslations('studio.remove');
  const tCommon = useTranslations('common');
  const [state, act, busy] = useActionState(removeLesson, fresh);
  return (
    <form action={act} className="space-y-5">
      <FormFeedback state={state} doneMessage="" />
      <input type="hidden" name="course" value={course} />
      <input type="hidden" name="lesson" value={lesson.id} />
      <input type="hidden" name="title" value={lesson.title} />
      <div className="flex flex-wrap gap-3">
        {mayRemove && (
          <Button type="submit" variant="destructive" loading={busy}>
            {t('remove')}
          </Button>
        )}
        <Link href={backTo} className={buttonClasses({ variant: mayRemove ? 'ghost' : 'outline' })}>
          {tCommon(mayRemove ? 'cancel' : 'back')}
        </Link>
      </div>
    </form>
  );
}
