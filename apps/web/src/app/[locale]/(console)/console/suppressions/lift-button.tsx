'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { ConfirmDialog } from '@/components/ui/dialog.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { liftSuppression } from '../delivery-log/actions.ts';

/** Takes an address off the list, after asking: writing to an address that bounces harms every other mail. */
export function LiftButton({ id, address }: { id: string; address: string }) {
  const t = useTranslations('console.suppressions');
  return (
    <ConfirmDialog
      destructive={false}
      title={t('confirm', { address })}
      description={t('confirmText')}
      confirmLabel={t('lift')}
      onConfirm={async () => {
        const state = await liftSuppression(id);
        if (state.kind === 'refused') toast({ kind: 'destructive', message: state.message });
        else toast({ message: t('lifted', { address }) });
      }}
      trigger={
        <Button size="sm" variant="outline" aria-label={t('liftOf', { address })}>
          {t('lift')}
        </Button>
      }
    />
  );
}
