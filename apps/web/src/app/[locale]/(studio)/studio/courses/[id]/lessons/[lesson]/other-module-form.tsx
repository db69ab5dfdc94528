'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Select } from '@/components/ui/select.tsx';
import { moveLesson } from '../../actions.ts';

type OtherModuleFormProps = {
  lesson: { id: string; title: string };
  module: string;
  others: { id: string; title: string }[];
  /** Of the course: its titles are in it. */
  language: string;
  /** Whether the module it is in goes when it leaves. */
  isLast: boolean;
};

/** Behind the last of any module. */
const end = 10_000;

/** Puts a lesson at the end of another module, where there is one. */
export function OtherModuleForm({ lesson, module, others, language, isLast }: OtherModuleFormProps) {
  const t = useTranslations('studio.lesson');
  const [state, move, busy] = useActionState(moveLesson, fresh);
  return (
    <form action={move} className="space-y-3">
      <FormFeedback state={state} doneMessage={t('movedInto', { title: lesson.title, module })} />
      {others.length > 0 && <Choice {...{ lesson, module, others, language, isLast, busy }} />}
    </form>
  );
}

function Choice({ lesson, module, others, language, isLast, busy }: OtherModuleFormProps & { busy: boolean }) {
  const t = useTranslations('studio.lesson');
  return (
    <>
      <input type="hidden" name="lesson" value={lesson.id} />
      <input type="hidden" name="position" value={end} />
      <Field
        id="other-module"
        label={t('otherModule')}
        help={t(isLast ? 'otherModuleLast' : 'otherModuleHelp', { module })}
      >
        {(control) => (
          <Select key={module} name="module" lang={language} {...control}>
            {others.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button type="submit" size="sm" variant="outline" loading={busy}>
        {t('move')}
      </Button>
    </>
  );
}
