'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { toProblem } from '@/api/problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Radio, RadioGroup } from '@/components/ui/choice.tsx';
import { FileDrop } from '@/components/ui/file-drop.tsx';
import { useRouter } from '@/i18n/navigation.ts';

type Format = 'auto' | 'olx' | 'markdown';
type Upload = { name: string; percent: number | null; error?: string };

const formats: Format[] = ['auto', 'olx', 'markdown'];

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Sends an archive and goes to the page of its import. XMLHttpRequest, because fetch does not tell how much of a body
 * has been sent.
 */
export function UploadForm() {
  const t = useTranslations('studio.imports');
  const locale = useLocale();
  const router = useRouter();
  const [format, setFormat] = useState<Format>('auto');
  const [file, setFile] = useState<File | null>(null);
  const [upload, setUpload] = useState<Upload | null>(null);
  const running = useRef<XMLHttpRequest | null>(null);
  const [busy, setBusy] = useState(false);

  const fail = (error: string) => {
    running.current = null;
    setBusy(false);
    setUpload((before) => ({ name: before?.name ?? '', percent: null, error }));
  };

  const send = async (chosen: File) => {
    setBusy(true);
    setUpload({ name: chosen.name, percent: 0 });
    // Uploads pass by the place that renews sessions (src/proxy.ts), so a short question goes before.
    const session = await fetch('/bff/api/users/me').catch(() => null);
    if (!session) return fail(t('offline'));
    if (session.status === 401) return fail(t('signedOut'));
    const body = new FormData();
    body.append('file', chosen);
    const request = new XMLHttpRequest();
    running.current = request;
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      // All bytes are out, but the server is still writing them down: the amount is unknown from here on.
      setUpload({ name: chosen.name, percent: loaded >= total ? null : Math.floor((loaded / total) * 100) }),
    );
    request.addEventListener('error', () => fail(t('offline')));
    request.addEventListener('abort', () => {
      running.current = null;
      setBusy(false);
      setUpload(null);
    });
    request.addEventListener('load', () => {
      const answer = parse(request.responseText);
      const id = typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : null;
      if (request.status === 202 && typeof id === 'string') {
        router.push(`/studio/imports/${id}`);
        return;
      }
      const problem = toProblem(request.status, answer);
      fail(request.status === 413 ? t('tooLarge') : problem.detail || problem.title || t('refused'));
    });
    request.open('POST', `/bff/api/courses/imports${format === 'auto' ? '' : `?format=${format}`}`);
    request.setRequestHeader('x-stoa-locale', locale);
    request.send(body);
  };

  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (file) void send(file);
        else setUpload({ name: '', percent: null, error: t('chooseFile') });
      }}
    >
      <FileDrop
        name="file"
        label={t('drop')}
        help={t('dropHelp')}
        accept=".zip,.tar.gz,.tgz,.tar,application/zip,application/gzip,application/x-tar"
        disabled={busy}
        upload={upload}
        onFile={(chosen) => {
          setFile(chosen);
          setUpload(null);
        }}
        {...(busy ? { onCancel: () => running.current?.abort() } : {})}
      />
      <RadioGroup legend={t('format')} className="sm:flex sm:flex-wrap sm:gap-x-8 sm:gap-y-3 sm:space-y-0">
        {formats.map((value) => (
          <Radio
            key={value}
            name="format"
            value={value}
            label={t(`formats.${value}`)}
            checked={format === value}
            disabled={busy}
            onChange={() => setFormat(value)}
          />
        ))}
      </RadioGroup>
      <Button type="submit" loading={busy}>
        {t('start')}
      </Button>
    </form>
  );
}
