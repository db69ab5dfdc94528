'use client';

import { useTranslations } from 'next-intl';
import { useActionState, useState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { deleteAccount } from './actions.ts';

/** Asks once, naming the account, with the password in hand. */
export function DeleteForm({ email }: { email: string }) {
  const t = useTranslations('account.delete');
  const tCommon = useTranslations('common');
  const [open, setOpen] = useState(false);
  const [state, remove, busy] = useActionState(deleteAccount, fresh);
  const error = state.kind === 'refused' ? state.fields.password : undefined;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !busy && setOpen(next)}
      title={t('confirm', { email })}
      description={t('confirmText')}
      trigger={<Button variant="destructive">{t('delete')}</Button>}
    >
      <form action={remove} className="space-y-5">
        <FormFeedback state={state} doneMessage={tCommon('saved')} fieldIds={{ password: 'delete-password' }} />
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <Field id="delete-password" label={t('password')} error={error} required>
          {(control) => (
            <Input name="password" type="password" autoComplete="current-password" maxLength={200} {...control} />
          )}
        </Field>
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="outline" disabled={busy} onClick={() => setOpen(false)}>
            {tCommon('cancel')}
          </Button>
          <Button type="submit" variant="destructive" loading={busy}>
            {t('deleteForGood')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
