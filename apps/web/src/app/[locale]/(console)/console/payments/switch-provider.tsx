'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { ConfirmDialog, Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Textarea } from '@/components/ui/input.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { switchProvider } from './actions.ts';

/** Switches a provider off or on for the whole site, after saying what comes of it. */
export function SwitchProvider({ name, offered }: { name: string; offered: boolean }) {
  const t = useTranslations('sales.payments');
  const [busy, start] = useTransition();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const turn = async (to: boolean) => {
    const state = await switchProvider({ name, offered: to, note });
    if (state.kind === 'refused') toast({ kind: 'destructive', message: state.message });
    else toast({ message: to ? t('wentOn', { name }) : t('wentOff', { name }) });
    setOpen(false);
    setNote('');
  };
  if (!offered)
    return (
      <ConfirmDialog
        destructive={false}
        title={t('confirmOn', { name })}
        description={t('confirmOnText')}
        confirmLabel={t('switchOn')}
        onConfirm={() => turn(true)}
        trigger={
          <Button size="sm" variant="outline" aria-label={t('switchOnOf', { name })}>
            {t('switchOn')}
          </Button>
        }
      />
    );
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={t('confirmOff', { name })}
      description={t('confirmOffText')}
      trigger={
        <Button size="sm" variant="outline" aria-label={t('switchOffOf', { name })}>
          {t('switchOff')}
        </Button>
      }
      footer={
        <>
          <Button variant="outline" onClick={() => setOpen(false)}>
            {t('keepOn')}
          </Button>
          <Button variant="destructive" loading={busy} onClick={() => start(() => turn(false))}>
            {t('switchOff')}
          </Button>
        </>
      }
    >
      <Field label={t('note')}>
        {(control) => (
          <Textarea
            name="note"
            rows={2}
            maxLength={300}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            {...control}
          />
        )}
      </Field>
    </Dialog>
  );
}
