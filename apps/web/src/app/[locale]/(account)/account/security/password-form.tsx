'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { changePassword } from './actions.ts';

const fieldIds = { currentPassword: 'current-password', newPassword: 'new-password' };

/** A new password, on proof of the old one. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations('account.password');
  const [state, change, busy] = useActionState(changePassword, fresh);
  const errors = state.kind === 'refused' ? state.fields : {};
  return (
    <form action={change} className="space-y-5">
      <FormFeedback state={state} doneMessage={t('changed')} fieldIds={fieldIds} />
      {/* Tells password managers which account the new password belongs to. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field id={fieldIds.currentPassword} label={t('current')} error={errors.currentPassword} required>
        {(control) => (
          <Input name="currentPassword" type="password" autoComplete="current-password" maxLength={200} {...control} />
        )}
      </Field>
      <Field id={fieldIds.newPassword} label={t('new')} help={t('newHelp')} error={errors.newPassword} required>
        {(control) => (
          <Input
            name="newPassword"
            type="password"
            autoComplete="new-password"
            minLength={8}
            maxLength={200}
            {...control}
          />
        )}
      </Field>
      <Button type="submit" loading={busy}>
        {t('change')}
      </Button>
    </form>
  );
}
