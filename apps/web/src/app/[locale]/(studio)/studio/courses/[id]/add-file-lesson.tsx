'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { toProblem } from '@/api/problem.ts';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { type FormState, fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { FileDrop } from '@/components/ui/file-drop.tsx';
import { Input } from '@/components/ui/input.tsx';
import { addFileLesson } from './actions.ts';
import { sendFile } from './send-file.ts';

type AddFileLessonProps = { courseId: string; modules: string[] };
type Upload = { name: string; percent: number | null; error?: string };

const accepted = '.mp4,.m4v,.webm,.mp3,.ogg,.oga,.opus,.wav,.m4a,.pdf,.zip,.png,.jpg,.jpeg,.gif,.webp,.avif';
const fieldIds = { title: 'new-lesson-title', module: 'new-lesson-module' };

/** Sends a film, a recording or another file and makes a lesson of it. What has arrived is not sent again. */
export function AddFileLesson({ courseId, modules }: AddFileLessonProps) {
  const t = useTranslations('studio.files');
  const locale = useLocale();
  const [file, setFile] = useState<File | null>(null);
  const [title, setTitle] = useState('');
  const [module, setModule] = useState(modules.at(-1) ?? '');
  const [upload, setUpload] = useState<Upload | null>(null);
  const [state, setState] = useState<FormState>(fresh);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  const arrived = useRef<{ file: File; sent: string } | null>(null);
  const running = useRef<{ cancel: () => void } | null>(null);

  /** The answer of the upload as text, for the action that checks it; null when it was refused or cancelled. */
  const send = async (chosen: File): Promise<string | null> => {
    if (arrived.current?.file === chosen) return arrived.current.sent;
    const fail = (error: string) => setUpload({ name: chosen.name, percent: null, error });
    setUpload({ name: chosen.name, percent: 0 });
    // Uploads pass by the place that renews sessions (src/proxy.ts), so a short question goes before.
    const session = await fetch('/bff/api/users/me').catch(() => null);
    if (session?.status !== 200) {
      fail(t(session ? 'signedOut' : 'offline'));
      return null;
    }
    let isCancelled = false;
    const { answer, cancel } = sendFile(`/bff/api/courses/${courseId}/files`, {
      file: chosen,
      locale,
      onProgress: (percent) => setUpload({ name: chosen.name, percent }),
    });
    running.current = {
      cancel: () => {
        isCancelled = true;
        cancel();
      },
    };
    const { status, body } = await answer;
    running.current = null;
    if (isCancelled) {
      setUpload(null);
      return null;
    }
    if (status !== 201) {
      const problem = toProblem(status, body);
      fail(status === 0 ? t('offline') : status === 413 ? t('tooLarge') : problem.detail || problem.title);
      return null;
    }
    setUpload(null);
    arrived.current = { file: chosen, sent: JSON.stringify(body) };
    return arrived.current.sent;
  };

  const add = async () => {
    if (!file) return setUpload({ name: '', percent: null, error: t('chooseFile') });
    setBusy(true);
    const sent = await send(file);
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
        accept={accepted}
        disabled={busy}
        upload={upload}
        onFile={(chosen) => {
          setFile(chosen);
          setUpload(null);
          if (title === '') setTitle(chosen.name.replace(/\.[^.]+$/, ''));
        }}
        {...(busy && upload ? { onCancel: () => running.current?.cancel() } : {})}
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
