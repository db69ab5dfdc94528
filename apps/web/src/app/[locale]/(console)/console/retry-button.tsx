'use client';

import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import type { FormState } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { toast } from '@/components/ui/toast.tsx';

type RetryButtonProps = { id: string; retry: (id: string) => Promise<FormState>; doneMessage: string };

/** Sends a failed message again and says what came of asking. */
export function RetryButton({ id, retry, doneMessage }: RetryButtonProps) {
  const t = useTranslations('console.mailbox');
  const [busy, start] = useTransition();
  return (
    <Button
      loading={busy}
      onClick={() =>
        start(async () => {
          const state = await retry(id);
          if (state.kind === 'refused') toast({ kind: 'destructive', message: state.message });
          else toast({ message: doneMessage });
        })
      }
    >
      <RotateCw aria-hidden="true" />
      {t('sendAgain')}
    </Button>
  );
}
