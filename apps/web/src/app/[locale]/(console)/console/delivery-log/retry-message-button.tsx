'use client';

import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { retryMessage } from './actions.ts';

/** Sends a failed message again and says what came of asking. */
export function RetryMessageButton({ id }: { id: string }) {
  const t = useTranslations('console.log');
  const [busy, start] = useTransition();
  return (
    <Button
      loading={busy}
      onClick={() =>
        start(async () => {
          const state = await retryMessage(id);
          if (state.kind === 'refused') toast({ kind: 'destructive', message: state.message });
          else toast({ message: t('queuedAgain') });
        })
      }
    >
      <RotateCw aria-hidden="true" />
      {t('sendAgain')}
    </Button>
  );
}
