'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { FileDrop } from '@/components/ui/file-drop.tsx';
import { Select } from '@/components/ui/select.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { useRouter } from '@/i18n/navigation.ts';
import { type FileUse, fileNames } from '../../file-names.ts';
import { useUpload } from '../../use-upload.ts';

type LessonFileFormProps = {
  courseId: string;
  lessonId: string;
  use: FileUse;
  /** The address of the file it is for; null adds a file to the lesson. */
  of: string | null;
  /** To choose from for captions, in the reader's words; the first one is chosen. */
  languages?: { tag: string; name: string }[];
};

/**
 * Sends a file into a lesson. With scripts one sees how far it is; without them the form is an ordinary one, whose answer is
 * the page again.
 */
export function LessonFileForm({ courseId, lessonId, use, of, languages = [] }: LessonFileFormProps) {
  const t = useTranslations('studio.lesson');
  const tFiles = useTranslations('studio.files');
  const locale = useLocale();
  const router = useRouter();
  const { upload, setUpload, send, cancel } = useUpload();
  const [file, setFile] = useState<File | null>(null);
  const [language, setLanguage] = useState(languages[0]?.tag ?? '');
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  const query = new URLSearchParams({ as: use, ...(of === null ? {} : { of }) });

  const give = async () => {
    if (!file) return setUpload({ name: '', percent: null, error: tFiles('chooseFile') });
    setBusy(true);
    if (use === 'captions') query.set('language', language);
    const sent = await send(`/bff/api/lessons/${lessonId}/file?${query}`, { file, method: 'PUT' });
    setBusy(false);
    if (sent === null) return;
    setFile(null);
    setRound((before) => before + 1);
    toast({ message: t('saved') });
    router.refresh();
  };

  return (
    <form
      method="post"
      encType="multipart/form-data"
      action={`/bff/studio/lessons/${lessonId}/file?${query}&${new URLSearchParams({ course: courseId, locale })}`}
      className="mt-3 space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
    >
      {use === 'captions' && (
        <Field label={t('captionsLanguage')} className="max-w-xs">
          {(control) => (
            <Select
              name="language"
              value={language}
              onChange={({ currentTarget }) => setLanguage(currentTarget.value)}
              disabled={busy}
              {...control}
            >
              {languages.map(({ tag, name }) => (
                <option key={tag} value={tag}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <FileDrop
        key={round}
        name="file"
        label={t(`drop.${use}`)}
        help={t(`help.${use}`)}
        accept={fileNames[use]}
        disabled={busy}
        upload={upload}
        onFile={(chosen) => {
          setFile(chosen);
          setUpload(null);
        }}
        {...(busy && upload ? { onCancel: cancel } : {})}
      />
      <Button type="submit" variant="outline" size="sm" loading={busy}>
        {t(of === null ? 'send.add' : `send.${use}`)}
      </Button>
    </form>
  );
}
