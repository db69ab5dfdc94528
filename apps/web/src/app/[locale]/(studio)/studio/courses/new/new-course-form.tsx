'use client';

import { useTranslations } from 'next-intl';
import { useActionState, useState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { type FormState, fresh, keyOfTry } from '@/components/forms/form-state.ts';
import { UnsavedQuestion } from '@/components/forms/unsaved.tsx';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input, Textarea } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { type AppLocale, localeNames, locales } from '@/i18n/locales.ts';
import { Link } from '@/i18n/navigation.ts';
import { startCourse } from './actions.ts';

/** `requestKey` names the new course, so that two clicks make one. */
type NewCourseFormProps = { language: AppLocale; requestKey: string };

const fieldIds = { title: 'course-title', language: 'course-language', summary: 'course-summary' };

/** Title, language and, if it is known already, what the course is about. */
export function NewCourseForm(props: NewCourseFormProps) {
  const [state, act, busy] = useActionState(startCourse, fresh);
  return <Fields key={state.kind === 'refused' ? state.at : 0} {...props} state={state} act={act} busy={busy} />;
}

function Fields({
  language,
  requestKey,
  state,
  act,
  busy,
}: NewCourseFormProps & { state: FormState; act: (data: FormData) => void; busy: boolean }) {
  const t = useTranslations('studio.new');
  const tEdit = useTranslations('studio.edit');
  const tCommon = useTranslations('common');
  const typed: Record<string, string> = state.kind === 'refused' ? state.typed : {};
  const errors: Record<string, string> = state.kind === 'refused' ? state.fields : {};
  const [key] = useState(() => keyOfTry(requestKey, state));
  return (
    <form action={act} noValidate className="max-w-2xl space-y-6">
      <UnsavedQuestion state={state} />
      <input type="hidden" name="key" value={key} />
      <FormFeedback state={state} doneMessage="" fieldIds={fieldIds} />
      <Field id={fieldIds.title} label={tEdit('title')} error={errors.title} required>
        {(control) => <Input name="title" maxLength={200} defaultValue={typed.title} {...control} />}
      </Field>
      <Field
        id={fieldIds.language}
        label={t('language')}
        help={t('languageHelp')}
        error={errors.language}
        className="max-w-xs"
      >
        {(control) => (
          <Select name="language" defaultValue={typed.language ?? language} {...control}>
            {locales.map((locale) => (
              <option key={locale} value={locale} lang={locale}>
                {localeNames[locale]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        id={fieldIds.summary}
        label={tEdit('summary')}
        hint={tCommon('optional')}
        help={tEdit('summaryHelp')}
        error={errors.summary}
      >
        {(control) => <Textarea name="summary" rows={3} maxLength={500} defaultValue={typed.summary} {...control} />}
      </Field>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" loading={busy}>
          {t('start')}
        </Button>
        <Link href="/studio" className={buttonClasses({ variant: 'ghost' })}>
          {tCommon('cancel')}
        </Link>
      </div>
    </form>
  );
}
