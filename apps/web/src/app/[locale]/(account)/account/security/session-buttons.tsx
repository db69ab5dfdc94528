'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { ConfirmDialog } from '@/components/ui/dialog.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { endAllSessions, endSession } from './actions.ts';

/** Signs one other device out. */
export function EndSessionButton({ id, device }: { id: string; device: string }) {
  const t = useTranslations('account.sessions');
  const [busy, start] = useTransition();
  return (
    <Button
      size="sm"
      variant="outline"
      loading={busy}
      aria-label={t('endOf', { device })}
      onClick={() =>
        start(async () => {
          const state = await endSession(id);
          if (state.kind === 'refused') toast({ kind: 'destructive', message: state.message });
          else toast({ message: t('ended', { device }) });
        })
      }
    >
      {t('end')}
    </Button>
  );
}

/** Signs out everywhere, this device included. */
export function EndAllButton() {
  const t = useTranslations('account.sessions');
  return (
    <ConfirmDialog
      title={t('confirmAll')}
      description={t('confirmAllText')}
      confirmLabel={t('endAll')}
      onConfirm={async () => {
        const state = await endAllSessions();
        if (state.kind === 'refused') toast({ kind: 'destructive', message: state.message });
      }}
      trigger={<Button variant="outline">{t('endAll')}</Button>}
    />
  );
}
