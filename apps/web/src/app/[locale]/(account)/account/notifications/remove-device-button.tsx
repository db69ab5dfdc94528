'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { removeDevice } from './actions.ts';

/** Stops push messages on one device. */
export function RemoveDeviceButton({ id, name }: { id: string; name: string }) {
  const t = useTranslations('account.push');
  const [busy, start] = useTransition();
  return (
    <Button
      size="sm"
      variant="outline"
      loading={busy}
      aria-label={t('removeOf', { name })}
      onClick={() =>
        start(async () => {
          const state = await removeDevice(id);
          if (state.kind === 'refused') toast({ kind: 'destructive', message: state.message });
          else toast({ message: t('removed', { name }) });
        })
      }
    >
      {t('remove')}
    </Button>
  );
}
