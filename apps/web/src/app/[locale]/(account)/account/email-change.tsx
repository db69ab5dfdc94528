'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { askEmailChange, cancelEmailChange } from './actions.ts';

const fieldIds = { email: 'new-email', password: 'email-password' };

/** Asks for another address, on proof of the password. Folded away: it is needed once in years. */
export function EmailChange({ email }: { email: string }) {
  const t = useTranslations('account.email');
  const [state, ask, busy] = useActionState(askEmailChange, fresh);
  const typed = state.kind === 'refused' ? state.typed : {};
  const errors = state.kind === 'refused' ? state.fields : {};
  return (
    <details className="mt-5 rounded-lg border" open={state.kind === 'refused' ? true : undefined}>
      <summary className="cursor-pointer rounded-lg px-4 py-3 font-medium text-sm">{t('change')}</summary>
      <form action={ask} className="space-y-5 border-t p-4">
        <p className="text-muted-foreground text-sm">{t('askText')}</p>
        <FormFeedback state={state} doneMessage={t('asked')} fieldIds={fieldIds} />
        {/* Tells password managers whose password is asked for. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <Field id={fieldIds.email} label={t('newAddress')} error={errors.email} required>
          {(control) => (
            <Input
              name="email"
              type="email"
              inputMode="email"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={254}
              defaultValue={typed.email}
              {...control}
            />
          )}
        </Field>
        <Field id={fieldIds.password} label={t('password')} help={t('passwordHelp')} error={errors.password} required>
          {(control) => (
            <Input name="password" type="password" autoComplete="current-password" maxLength={200} {...control} />
          )}
        </Field>
        <Button type="submit" loading={busy}>
          {t('askAction')}
        </Button>
      </form>
    </details>
  );
}

/** The address that waits for its link to be opened, and the way to forget it. */
export function PendingEmail({ email }: { email: string }) {
  const t = useTranslations('account.email');
  const [state, cancel, busy] = useActionState(cancelEmailChange, fresh);
  return (
    <div className="mt-5">
      <Callout kind="info" title={t('pending', { email })}>
        <p>{t('pendingText')}</p>
        <form action={cancel} className="mt-3">
          <FormFeedback state={state} doneMessage={t('cancelled')} />
          <Button type="submit" size="sm" variant="outline" loading={busy}>
            {t('cancel')}
          </Button>
        </form>
      </Callout>
    </div>
  );
}
