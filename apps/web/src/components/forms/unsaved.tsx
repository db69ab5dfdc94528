'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ConfirmDialog } from '@/components/ui/dialog.tsx';
import type { FormState } from './form-state.ts';
import { leaving } from './leaving.ts';

/**
 * Put into a form that takes long to fill: whoever has written in it and leaves without saving is asked first. By a link,
 * the palette and the browser's back and forward in a dialog of ours; by closing the tab or loading another page in the
 * browser's own. What was sent counts as saved until it is refused. Back and forward need a
 * browser that lets them be held up; another one does as it always did.
 */
export function UnsavedQuestion({ state }: { state: FormState }) {
  const t = useTranslations('common.unsaved');
  const place = useRef<HTMLSpanElement>(null);
  const isUnsaved = useRef(false);
  const [leave, setLeave] = useState<(() => void) | null>(null);
  useEffect(() => {
    if (state.kind === 'refused') isUnsaved.current = true;
  }, [state]);
  // As soon as the form is there: what is typed in the next moment counts.
  useLayoutEffect(() => {
    const form = place.current?.closest('form');
    if (!form) return;
    const listening = new AbortController();
    const { signal } = listening;
    form.addEventListener('input', () => (isUnsaved.current = true), { signal });
    form.addEventListener('submit', () => (isUnsaved.current = false), { signal });
    leaving({ mayLeave: () => !isUnsaved.current, ask: (go) => setLeave(() => go), signal });
    return () => listening.abort();
  }, []);
  return (
    <>
      <span ref={place} hidden />
      <ConfirmDialog
        open={leave !== null}
        onOpenChange={(open) => !open && setLeave(null)}
        title={t('title')}
        description={t('text')}
        cancelLabel={t('stay')}
        confirmLabel={t('leave')}
        onConfirm={() => {
          isUnsaved.current = false;
          leave?.();
        }}
      />
    </>
  );
}
