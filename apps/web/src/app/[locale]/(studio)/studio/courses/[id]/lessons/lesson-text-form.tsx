'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useActionState, useRef, useState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh, keyOfTry, textsOf } from '@/components/forms/form-state.ts';
import { SaveOrLeave } from '@/components/forms/save-or-leave.tsx';
import { UnsavedQuestion } from '@/components/forms/unsaved.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input, Textarea } from '@/components/ui/input.tsx';
import { cn } from '@/design/cn.ts';
import { type LessonTextState, saveLessonText } from './actions.ts';

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
  const initial: LessonTextState = { form: fresh, onTop: props.lesson, conflict: null };
  const [state, act, busy] = useActionState(saveLessonText, initial);
  const { form } = state;
  return <Fields key={form.kind === 'refused' ? form.at : 0} {...props} state={state} act={act} busy={busy} />;
}

type Texts = { title: string; markdown: string };
/** What is being written, and after a conflict what stands beside it. */
type Versions = { whose: 'mine' | 'theirs'; written: Texts; beside: Texts | null };

function versionsIn({ form, onTop, conflict }: LessonTextState): Versions {
  const typed: Record<string, string> = form.kind === 'refused' ? form.typed : {};
  const written = {
    title: typed.title ?? onTop?.title ?? '',
    markdown: typed.markdown ?? typed.besideMarkdown ?? onTop?.markdown ?? '',
  };
  if (!conflict || !onTop) return { whose: 'mine', written, beside: null };
  if (typed.whose !== 'theirs')
    return { whose: 'mine', written, beside: { title: onTop.title, markdown: onTop.markdown ?? '' } };
  return {
    whose: 'theirs',
    written,
    beside: { title: typed.besideTitle ?? '', markdown: typed.besideMarkdown ?? '' },
  };
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
}: LessonTextFormProps & { state: LessonTextState; act: (data: FormData) => void; busy: boolean }) {
  const t = useTranslations('studio.text');
  const tFiles = useTranslations('studio.files');
  const { form, onTop, conflict } = state;
  const typed: Record<string, string> = form.kind === 'refused' ? form.typed : {};
  const errors: Record<string, string> = form.kind === 'refused' ? form.fields : {};
  const [key] = useState(() => keyOfTry(requestKey, form));
  const [{ whose, written, beside }, setVersions] = useState(() => versionsIn(state));
  const fields = useRef<HTMLFormElement>(null);
  const isText = onTop === null || onTop.markdown !== null;
  /** What is written goes beside, and what stood there can be written on. */
  const swap = () => {
    const { title = '', markdown = '' } = fields.current ? textsOf(new FormData(fields.current)) : {};
    setVersions((before) => ({
      whose: before.whose === 'mine' ? 'theirs' : 'mine',
      written: before.beside ?? before.written,
      beside: { title, markdown },
    }));
  };
  const besideLabels =
    whose === 'mine'
      ? { title: t('theirTitle'), markdown: t('theirText') }
      : { title: t('myTitle'), markdown: t('myText') };
  return (
    <form ref={fields} action={act} className={cn('space-y-5', beside ? 'max-w-6xl' : 'max-w-2xl')}>
      <UnsavedQuestion state={form} />
      <input type="hidden" name="course" value={courseId} />
      {lesson ? (
        <input type="hidden" name="lesson" value={lesson.id} />
      ) : (
        <input type="hidden" name="key" value={key} />
      )}
      {whose === 'theirs' && <input type="hidden" name="whose" value={whose} />}
      {conflict && <Conflict {...conflict} whose={whose} isText={isText} busy={busy} onSwap={swap} />}
      {!(form.kind === 'refused' && form.code === 'edit_conflict' && conflict) && (
        <FormFeedback state={form} doneMessage="" fieldIds={fieldIds} />
      )}
      <div key={whose} className={cn('grid grid-cols-[minmax(0,1fr)] gap-5', beside && 'lg:grid-cols-2')}>
        <Field
          id={fieldIds.title}
          label={t('title')}
          error={errors.title}
          className={cn(beside && beside.title === written.title && 'lg:col-span-2')}
          required
        >
          {(control) => (
            <Input name="title" lang={language} maxLength={300} defaultValue={written.title} {...control} />
          )}
        </Field>
        {beside && beside.title === written.title && whose === 'theirs' && (
          <input type="hidden" name="besideTitle" value={beside.title} />
        )}
        {beside && beside.title !== written.title && (
          <Field label={besideLabels.title}>
            {(control) => (
              <Input
                {...(whose === 'theirs' ? { name: 'besideTitle' } : {})}
                lang={language}
                readOnly
                defaultValue={beside.title}
                {...control}
              />
            )}
          </Field>
        )}
        {lesson === null && (
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
        )}
        {isText && (
          <Field id={fieldIds.markdown} label={t('text')} help={t('help')} error={errors.markdown}>
            {(control) => (
              <Textarea
                name="markdown"
                lang={language}
                rows={18}
                maxLength={100_000}
                className="min-h-80"
                defaultValue={written.markdown}
                {...control}
              />
            )}
          </Field>
        )}
        {beside && isText && (
          <Field label={besideLabels.markdown}>
            {(control) => (
              <Textarea
                {...(whose === 'theirs' ? { name: 'besideMarkdown' } : {})}
                lang={language}
                rows={18}
                className="min-h-80"
                readOnly
                defaultValue={beside.markdown}
                {...control}
              />
            )}
          </Field>
        )}
        {/* It cannot be saved on top of what is no text, and is not lost for that. */}
        {beside && !isText && (
          <Field label={t('myText')} className="lg:col-span-2">
            {(control) => (
              <Textarea
                name="besideMarkdown"
                lang={language}
                rows={18}
                readOnly
                defaultValue={written.markdown}
                {...control}
              />
            )}
          </Field>
        )}
        {typed.earlier !== undefined && (
          <Field label={t('earlierText')} className="lg:col-span-2">
            {(control) => (
              <Textarea name="earlier" lang={language} rows={6} readOnly defaultValue={typed.earlier} {...control} />
            )}
          </Field>
        )}
      </div>
      {lesson === null && (
        <datalist id="lesson-modules">
          {modules.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      {isText ? (
        <>
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
          {onTop?.markdown?.includes('](kept:') && <Callout>{t('kept')}</Callout>}
        </>
      ) : (
        !conflict && <Callout kind="warning">{t('notAsText')}</Callout>
      )}
      <SaveOrLeave busy={busy} backTo={backTo} />
    </form>
  );
}

type ConflictProps = {
  gone: string[];
  added: string[];
  whose: Versions['whose'];
  isText: boolean;
  busy: boolean;
  onSwap: () => void;
};

/** Says that somebody else saved, what that did to the text, and how to go on. */
function Conflict({ gone, added, whose, isText, busy, onSwap }: ConflictProps) {
  const t = useTranslations('studio.text');
  const format = useFormatter();
  return (
    <Callout
      kind="warning"
      live
      title={t('conflict')}
      action={
        isText && (
          <span className="flex flex-wrap gap-2">
            {whose === 'mine' && (
              <Button type="submit" size="sm" loading={busy}>
                {t('saveMine')}
              </Button>
            )}
            <Button size="sm" variant="outline" className="noscript:hidden" onClick={onSwap}>
              {t(whose === 'mine' ? 'writeOnTheirs' : 'writeOnMine')}
            </Button>
          </span>
        )
      }
    >
      <p>{t(isText ? 'conflictText' : 'conflictNoText')}</p>
      {gone.length > 0 && <p className="wrap-anywhere mt-1">{t('conflictGone', { names: format.list(gone) })}</p>}
      {added.length > 0 && <p className="wrap-anywhere mt-1">{t('conflictAdded', { names: format.list(added) })}</p>}
    </Callout>
  );
}
