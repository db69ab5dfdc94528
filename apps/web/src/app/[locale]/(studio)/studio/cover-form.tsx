'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { toProblem } from '@/api/problem.ts';
import { CoverArt } from '@/components/brand/cover-art.tsx';
import { Button } from '@/components/ui/button.tsx';
import { FileDrop } from '@/components/ui/file-drop.tsx';
import { Picture } from '@/components/ui/picture.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { useRouter } from '@/i18n/navigation.ts';

const mostBytes = 5 * 1024 * 1024;

type CoverFormProps = { of: 'courses' | 'bundles'; id: string; coverUrl: string | null };

/** The picture of a course or a bundle, saved the moment it is chosen. */
export function CoverForm({ of, id, coverUrl }: CoverFormProps) {
  const t = useTranslations('studio.cover');
  const locale = useLocale();
  const router = useRouter();
  const [upload, setUpload] = useState<{ name: string; percent: number | null; error?: string } | null>(null);
  const [busy, setBusy] = useState(false);

  const send = async (method: 'PUT' | 'DELETE', file?: File) => {
    const name = file?.name ?? '';
    if (file && file.size > mostBytes) return setUpload({ name, percent: null, error: t('tooLarge') });
    setBusy(true);
    setUpload(file ? { name, percent: null } : null);
    const body = new FormData();
    if (file) body.append('file', file);
    // Uploads pass by the place that renews sessions, so a short question goes before.
    await fetch('/bff/api/users/me').catch(() => null);
    const answer = await fetch(`/bff/api/${of}/${id}/cover`, {
      method,
      headers: { 'x-stoa-locale': locale },
      ...(file ? { body } : {}),
    }).catch(() => null);
    setBusy(false);
    if (!answer?.ok) {
      const problem = answer && toProblem(answer.status, await answer.json().catch(() => null));
      const error = answer?.status === 413 ? t('tooLarge') : problem?.detail || problem?.title || t('refused');
      return setUpload({ name, percent: null, error });
    }
    setUpload(null);
    toast({ message: t(file ? 'saved' : 'removed') });
    router.refresh();
  };

  return (
    <section aria-labelledby="cover-title" className="mb-8 max-w-2xl space-y-3">
      <h2 id="cover-title" className="font-medium font-sans text-sm tracking-normal">
        {t('title')}
      </h2>
      <div className="w-full max-w-xs overflow-hidden rounded-lg border">
        {coverUrl ? (
          <Picture src={coverUrl} alt="" className="aspect-video w-full object-cover" />
        ) : (
          <CoverArt id={id} />
        )}
      </div>
      <FileDrop
        name="file"
        label={t('drop')}
        help={t('help')}
        accept="image/png,image/jpeg,image/webp,image/avif,image/gif"
        disabled={busy}
        upload={upload}
        onFile={(file) => void send('PUT', file)}
      />
      {coverUrl && (
        <Button type="button" variant="ghost" size="sm" loading={busy} onClick={() => void send('DELETE')}>
          {t('remove')}
        </Button>
      )}
    </section>
  );
}
