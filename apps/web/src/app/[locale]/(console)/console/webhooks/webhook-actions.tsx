'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import type { FormState } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { ConfirmDialog, Dialog } from '@/components/ui/dialog.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { pingWebhook, redeliver, removeWebhook, renewSecret, switchWebhook } from './actions.ts';
import { SecretShown } from './secret-shown.tsx';

const tell = (state: FormState, message: string) =>
  toast(state.kind === 'refused' ? { kind: 'destructive', message: state.message } : { message });

/** What an administrator can do with an endpoint. */
export function WebhookActions({ id, url, enabled }: { id: string; url: string; enabled: boolean }) {
  const t = useTranslations('console.webhooks');
  const [busy, start] = useTransition();
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <Button
        variant="outline"
        loading={busy}
        onClick={() => start(async () => tell(await pingWebhook(id), t('pinged')))}
      >
        {t('ping')}
      </Button>
      <Button
        variant="outline"
        loading={busy}
        onClick={() =>
          start(async () => tell(await switchWebhook(id, !enabled), enabled ? t('switchedOff') : t('switchedOn')))
        }
      >
        {enabled ? t('switchOff') : t('switchOn')}
      </Button>
      <ConfirmDialog
        destructive={false}
        title={t('confirmRenew')}
        description={t('confirmRenewText')}
        confirmLabel={t('renew')}
        onConfirm={async () => {
          const state = await renewSecret(id);
          if (state.secret) setSecret(state.secret);
          else tell(state.form, '');
        }}
        trigger={<Button variant="outline">{t('renew')}</Button>}
      />
      <ConfirmDialog
        title={t('confirmRemove', { url })}
        description={t('confirmRemoveText')}
        confirmLabel={t('remove')}
        onConfirm={async () => {
          const state = await removeWebhook(id);
          if (state.kind === 'refused') tell(state, '');
        }}
        trigger={<Button variant="outline">{t('remove')}</Button>}
      />
      <Dialog
        open={secret !== null}
        onOpenChange={(open) => {
          if (!open) setSecret(null);
        }}
        title={t('secret')}
      >
        {secret && <SecretShown secret={secret} />}
      </Dialog>
    </>
  );
}

/** Sends a delivery once more. */
export function RedeliverButton({ id, event }: { id: string; event: string }) {
  const t = useTranslations('console.webhooks');
  const [busy, start] = useTransition();
  return (
    <Button
      size="sm"
      variant="outline"
      loading={busy}
      aria-label={t('redeliverOf', { event })}
      onClick={() => start(async () => tell(await redeliver(id), t('redelivered')))}
    >
      {t('redeliver')}
    </Button>
  );
}
