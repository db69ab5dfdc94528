'use client';

import { useTranslations } from 'next-intl';
import { useActionState, useState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { type FormState, fresh, keyOfTry } from '@/components/forms/form-state.ts';
import { SaveOrLeave } from '@/components/forms/save-or-leave.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input, Textarea } from '@/components/ui/input.tsx';
import { saveLessonText } from './actions.ts';

type LessonTextFormProps = {
  courseId: string;
  /** Of the course: what is written here is in it. */
  language: string;
  /** Null writes a new one. Its text is null where it cannot be written as text. */
  lesson: { id: string; title: string; version: number; markdown: string | null } | null;
  /** Titles of the modules that a new lesson may be put into. */
  modules?: string[];
  /** Names a new lesson, so that two clicks make one. */
  requestKey?: string;
  backTo: string;
};

const fieldIds = { title: 'lesson-title', module: 'lesson-module', markdown: 'lesson-text' };
const signs = ['heading', 'list', 'numbers', 'link', 'bold', 'italic', 'quote'] as const;

/** Title and text of a lesson, new or not, as a plain form. */
export function LessonTextForm(props: LessonTextFormProps) {
  const [state, act, busy] = useActionState(saveLessonText, fresh);
  return <Fields key={state.kind === 'refused' ? state.at : 0} {...props} state={state} act={act} busy={busy} />;
}

function Fields({
  courseId,
  language,
  lesson,
  modules = [],
  requestKey = '',
  backTo,
  state,
  act,
  busy,
}: LessonTextFormProps & { state: FormState; act: (data: FormData) => void; busy: boolean }) {
  const t = useTranslations('studio.text');
  const tFiles = useTranslations('studio.files');
  const typed: Record<string, string> = state.kind === 'refused' ? state.typed : {};
  const errors: Record<string, string> = state.kind === 'refused' ? state.fields : {};
  const [key] = useState(() => keyOfTry(requestKey, state));
  const isText = lesson === null || lesson.markdown !== null;
  return (
    <form action={act} className="max-w-2xl space-y-5">
      <input type="hidden" name="course" value={courseId} />
      {lesson ? (
        <>
          <input type="hidden" name="lesson" value={lesson.id} />
          <input type="hidden" name="version" value={typed.version ?? lesson.version} />
        </>
      ) : (
        <input type="hidden" name="key" value={key} />
      )}
      <FormFeedback state={state} doneMessage="" fieldIds={fieldIds} />
      <Field id={fieldIds.title} label={t('title')} error={errors.title} required>
        {(control) => (
          <Input
            name="title"
            lang={language}
            maxLength={300}
            defaultValue={typed.title ?? lesson?.title}
            {...control}
          />
        )}
      </Field>
      {lesson === null && (
        <>
          <Field
            id={fieldIds.module}
            label={tFiles('module')}
            help={tFiles('moduleHelp')}
            error={errors.module}
            required
          >
            {(control) => (
              <Input
                name="module"
                lang={language}
                maxLength={300}
                list="lesson-modules"
                autoComplete="off"
                defaultValue={typed.module ?? modules.at(-1)}
                {...control}
              />
            )}
          </Field>
          <datalist id="lesson-modules">
            {modules.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </>
      )}
      {isText ? (
        <>
          <Field id={fieldIds.markdown} label={t('text')} help={t('help')} error={errors.markdown}>
            {(control) => (
              <Textarea
                name="markdown"
                lang={language}
                rows={18}
                maxLength={100_000}
                className="min-h-80"
                defaultValue={typed.markdown ?? lesson?.markdown ?? ''}
                {...control}
              />
            )}
          </Field>
          <details className="text-sm">
            <summary className="w-fit cursor-pointer rounded-sm underline decoration-1 underline-offset-4 hover:decoration-2">
              {t('signsTitle')}
            </summary>
            <dl className="mt-2 grid gap-x-6 gap-y-1 sm:grid-cols-[max-content_1fr]">
              {signs.map((sign) => (
                <div key={sign} className="contents">
                  <dt className="mt-1 text-muted-foreground sm:mt-0">{t(`signs.${sign}`)}</dt>
                  <dd className="wrap-anywhere font-mono">{t(`examples.${sign}`)}</dd>
                </div>
              ))}
            </dl>
          </details>
          {lesson?.markdown?.includes('](kept:') && <Callout>{t('kept')}</Callout>}
        </>
      ) : (
        <Callout kind="warning">{t('notAsText')}</Callout>
      )}
      <SaveOrLeave busy={busy} backTo={backTo} />
    </form>
  );
}
