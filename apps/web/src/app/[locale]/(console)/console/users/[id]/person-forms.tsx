'use client';

import { Ban, LockOpen, LogOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { ConfirmDialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Textarea } from '@/components/ui/input.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { changeAccess, endSessionsOf, unlockSignIn } from '../actions.ts';

type Of = { id: string; name: string };

/** Suspends an account or restores it; both want a reason, which stands in the audit log. */
export function AccessForm({ id, name, disabled }: Of & { disabled: boolean }) {
  const t = useTranslations('console.person');
  const [state, change, busy] = useActionState(changeAccess, fresh);
  const typed = state.kind === 'refused' ? state.typed : {};
  return (
    <form action={change} className="max-w-xl space-y-4">
      <FormFeedback
        state={state}
        doneMessage={t(disabled ? 'suspended' : 'restored', { name })}
        fieldIds={{ reason: 'access-reason' }}
      />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="disabled" value={disabled ? 'no' : 'yes'} />
      <Field id="access-reason" label={t('reason')} help={t(disabled ? 'restoreHelp' : 'suspendHelp')} required>
        {(control) => <Textarea name="reason" rows={2} maxLength={500} defaultValue={typed.reason} {...control} />}
      </Field>
      <Button type="submit" variant={disabled ? 'outline' : 'destructive'} loading={busy}>
        {disabled ? <LockOpen aria-hidden="true" /> : <Ban aria-hidden="true" />}
        {t(disabled ? 'restore' : 'suspend')}
      </Button>
    </form>
  );
}

/** Forgets the wrong passwords that are counted for the account. */
export function UnlockForm({ id, name }: Of) {
  const t = useTranslations('console.person');
  const [state, unlock, busy] = useActionState(unlockSignIn, fresh);
  return (
    <form action={unlock}>
      <FormFeedback state={state} doneMessage={t('unlocked', { name })} />
      <input type="hidden" name="id" value={id} />
      <Button type="submit" size="sm" variant="outline" loading={busy}>
        <LockOpen aria-hidden="true" />
        {t('unlock')}
      </Button>
    </form>
  );
}

/** Signs the person out everywhere, after asking once. */
export function EndSessionsButton({ id, name }: Of) {
  const t = useTranslations('console.person');
  return (
    <ConfirmDialog
      title={t('confirmEnd', { name })}
      description={t('confirmEndText')}
      confirmLabel={t('endAll')}
      onConfirm={async () => {
        const state = await endSessionsOf(id);
        if (state.kind === 'refused') toast({ kind: 'destructive', message: state.message });
        else toast({ message: t('ended', { name }) });
      }}
      trigger={
        <Button size="sm" variant="outline">
          <LogOut aria-hidden="true" />
          {t('endAll')}
        </Button>
      }
    />
  );
}
