'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useActionState, useEffect } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { askExport } from './actions.ts';

/** Asks for a copy of everything that is held about the person. */
export function ExportForm() {
  const t = useTranslations('account.export');
  const [state, ask, busy] = useActionState(askExport, fresh);
  return (
    <form action={ask}>
      <FormFeedback state={state} doneMessage={t('asked')} />
      <Button type="submit" variant="outline" loading={busy}>
        {t('ask')}
      </Button>
    </form>
  );
}

const everyMs = 3_000;

/** Draws the page again while a copy is being gathered and somebody looks. */
export function WatchExport() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
