'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { toProblem } from '@/api/problem.ts';
import { sendFile } from './send-file.ts';

/** A file on its way: how much of it has been sent, in percent, and why it did not arrive. */
export type Upload = { name: string; percent: number | null; error?: string };

type FileToSend = { file: File; method: 'POST' | 'PUT'; fields?: Record<string, string> };

/** Sends files to the API and says how far they are, and in words what went wrong. */
export function useUpload() {
  const t = useTranslations('studio.files');
  const locale = useLocale();
  const [upload, setUpload] = useState<Upload | null>(null);
  const running = useRef<(() => void) | null>(null);

  /** What the API answered, as JSON text; null when it was refused or cancelled. */
  const send = async (path: string, options: FileToSend): Promise<string | null> => {
    const { name } = options.file;
    const fail = (error: string): null => {
      setUpload({ name, percent: null, error });
      return null;
    };
    setUpload({ name, percent: 0 });
    // Uploads pass by the place that renews sessions (src/proxy.ts), so a short question goes before.
    const session = await fetch('/bff/api/users/me').catch(() => null);
    if (session?.status !== 200) return fail(t(session ? 'signedOut' : 'offline'));
    let isCancelled = false;
    const { answer, cancel } = sendFile(path, {
      ...options,
      locale,
      onProgress: (percent) => setUpload({ name, percent }),
    });
    running.current = () => {
      isCancelled = true;
      cancel();
    };
    const { status, body } = await answer;
    running.current = null;
    if (!isCancelled && (status < 200 || status > 299)) {
      const problem = toProblem(status, body);
      // The message of a field says more than that something is wrong.
      const said = problem.errors[0]?.message || problem.detail || problem.title;
      return fail(status === 0 ? t('offline') : status === 413 ? t('tooLarge') : said || t('refused'));
    }
    setUpload(null);
    return isCancelled ? null : JSON.stringify(body);
  };

  return { upload, setUpload, send, cancel: () => running.current?.() };
}
