'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { done, type FormState, fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorSummary } from '@/components/ui/error-summary.tsx';
import { Field } from '@/components/ui/field.tsx';
import { FileDrop } from '@/components/ui/file-drop.tsx';
import { Input } from '@/components/ui/input.tsx';
import { useRouter } from '@/i18n/navigation.ts';
import { fileNames } from './file-names.ts';
import { useUpload } from './use-upload.ts';

type AddFileLessonProps = {
  courseId: string;
  /** Of the course: what is written here is in it. */
  language: string;
  modules: string[];
  /** Why the form was refused when it was sent without scripts, and what had been typed into it. */
  refusal: { message: string; typed: Record<string, string> } | null;
};

const fieldIds = { title: 'new-lesson-title', module: 'new-lesson-module' };

/**
 * Sends a film, a recording or another file and makes a lesson of it. With scripts one sees how far it is; without them the
 * form is an ordinary one, whose answer is the page of the lesson.
 */
export function AddFileLesson({ courseId, language, modules, refusal }: AddFileLessonProps) {
  const t = useTranslations('studio.files');
  const locale = useLocale();
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [title, setTitle] = useState(refusal?.typed.title ?? '');
  const [module, setModule] = useState(refusal?.typed.module ?? modules.at(-1) ?? '');
  const { upload, setUpload, send, cancel } = useUpload();
  const [state, setState] = useState<FormState>(fresh);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);

  const add = async () => {
    const fields = {
      ...(title.trim() ? {} : { title: t('titleMissing') }),
      ...(module.trim() ? {} : { module: t('moduleMissing') }),
    };
    const isRefused = Object.keys(fields).length > 0;
    setState(
      isRefused
        ? { kind: 'refused', at: Date.now(), code: 'invalid', message: '', traceId: null, fields, typed: {} }
        : fresh,
    );
    if (isRefused) return;
    if (!file) return setUpload({ name: '', percent: null, error: t('chooseFile') });
    setBusy(true);
    const sent = await send(`/bff/api/courses/${courseId}/lessons/file`, {
      file,
      method: 'POST',
      fields: { title, module },
    });
    setBusy(false);
    if (sent === null) return;
    setState(done());
    setFile(null);
    setTitle('');
    setRound((before) => before + 1);
    router.refresh();
  };

  const errors = state.kind === 'refused' ? state.fields : {};
  return (
    <form
      method="post"
      encType="multipart/form-data"
      action={`/bff/studio/courses/${courseId}/lessons/file?${new URLSearchParams({ locale })}`}
      className="mt-8 space-y-4 border-t pt-6"
      aria-labelledby="new-lesson"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <h2 id="new-lesson" className="text-lg">
        {t('heading')}
      </h2>
      {refusal !== null && state.kind === 'fresh' && (
        <ErrorSummary title={t('notAdded')} errors={[{ message: refusal.message || t('refused') }]} />
      )}
      <FormFeedback state={state} doneMessage={t('added')} fieldIds={fieldIds} />
      {/* Before the file: the API reads a form in its order, and refuses what is missing before a long upload. */}
      <Field id={fieldIds.title} label={t('title')} error={errors.title} required>
        {(control) => (
          <Input
            name="title"
            lang={language}
            maxLength={300}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            {...control}
          />
        )}
      </Field>
      <Field id={fieldIds.module} label={t('module')} help={t('moduleHelp')} error={errors.module} required>
        {(control) => (
          <Input
            name="module"
            lang={language}
            maxLength={300}
            list="new-lesson-modules"
            autoComplete="off"
            value={module}
            onChange={(event) => setModule(event.currentTarget.value)}
            {...control}
          />
        )}
      </Field>
      <datalist id="new-lesson-modules">
        {modules.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <FileDrop
        key={round}
        name="file"
        label={t('drop')}
        help={t('help')}
        accept={fileNames.content}
        disabled={busy}
        upload={upload}
        onFile={(chosen) => {
          setFile(chosen);
          setUpload(null);
          if (title === '') setTitle(chosen.name.replace(/\.[^.]+$/, ''));
        }}
        {...(busy && upload ? { onCancel: cancel } : {})}
      />
      <Button type="submit" loading={busy}>
        {t('add')}
      </Button>
    </form>
  );
}
