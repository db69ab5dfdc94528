'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { type FormState, fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { FileDrop } from '@/components/ui/file-drop.tsx';
import { Input } from '@/components/ui/input.tsx';
import { addFileLesson } from './actions.ts';
import { fileNames } from './file-names.ts';
import { useUpload } from './use-upload.ts';

type AddFileLessonProps = { courseId: string; modules: string[] };

const fieldIds = { title: 'new-lesson-title', module: 'new-lesson-module' };

/** Sends a film, a recording or another file and makes a lesson of it. What has arrived is not sent again. */
export function AddFileLesson({ courseId, modules }: AddFileLessonProps) {
  const t = useTranslations('studio.files');
  const [file, setFile] = useState<File | null>(null);
  const [title, setTitle] = useState('');
  const [module, setModule] = useState(modules.at(-1) ?? '');
  const { upload, setUpload, send, cancel } = useUpload();
  const [state, setState] = useState<FormState>(fresh);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  const arrived = useRef<{ file: File; sent: string } | null>(null);

  /** The answer of the upload as text, for the action that checks it; null when it was refused or cancelled. */
  const sendOnce = async (chosen: File): Promise<string | null> => {
    if (arrived.current?.file === chosen) return arrived.current.sent;
    const sent = await send(`/bff/api/courses/${courseId}/files`, { file: chosen, method: 'POST' });
    if (sent !== null) arrived.current = { file: chosen, sent };
    return sent;
  };

  const add = async () => {
    if (!file) return setUpload({ name: '', percent: null, error: t('chooseFile') });
    setBusy(true);
    const sent = await sendOnce(file);
    const answer = sent === null ? null : await addFileLesson({ course: courseId, title, module, sent });
    setBusy(false);
    if (!answer) return;
    setState(answer);
    if (answer.kind !== 'done') return;
    setFile(null);
    setTitle('');
    setRound((before) => before + 1);
  };

  const errors = state.kind === 'refused' ? state.fields : {};
  return (
    <form
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
      <FormFeedback state={state} doneMessage={t('added')} fieldIds={fieldIds} />
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
      <Field id={fieldIds.title} label={t('title')} error={errors.title} required>
        {(control) => (
          <Input
            name="title"
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
      <Button type="submit" loading={busy}>
        {t('add')}
      </Button>
    </form>
  );
}
