'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';

const passwordId = 'export-password';

type DownloadFormProps = {
  email: string;
  /** Why the last try was refused, and the field it is about. */
  refusal: { message: string; field?: string } | null;
  /** The copies, each with the button that sends this form to where its file is. */
  children: ReactNode;
};

/**
 * Asks for the password that every copy is fetched with. A plain form, because what comes back is a file to save. The page
 * stays then, and so would an older refusal, if it were not taken away here.
 */
export function DownloadForm({ email, refusal, children }: DownloadFormProps) {
  const t = useTranslations('account');
  const tCommon = useTranslations('common');
  const [isSent, setSent] = useState(false);
  const told = isSent ? null : refusal;
  const error = told?.field === 'password' ? told.message : undefined;
  return (
    <form method="post" onSubmit={() => setSent(true)} className="space-y-5">
      {told && (
        <ErrorSummary
          title={error ? tCommon('formProblem') : told.message}
          errors={error ? [{ id: passwordId, message: error }] : []}
        />
      )}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field id={passwordId} label={t('delete.password')} help={t('export.passwordHelp')} error={error} required>
        {(control) => (
          <Input name="password" type="password" autoComplete="current-password" maxLength={200} {...control} />
        )}
      </Field>
      {children}
    </form>
  );
}
