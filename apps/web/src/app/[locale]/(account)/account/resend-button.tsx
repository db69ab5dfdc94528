'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { resendVerification } from './actions.ts';

/** Sends the verification mail again, and says so in its place. */
export function ResendButton() {
  const t = useTranslations('account.email');
  const [state, send, busy] = useActionState(resendVerification, fresh);
  return (
    <form action={send}>
      {state.kind !== 'done' && (
        <Button type="submit" size="sm" variant="outline" loading={busy}>
          {t('resend')}
        </Button>
      )}
      <p role="status" className="text-sm not-empty:mt-2">
        {state.kind === 'done' && t('sent')}
        {state.kind === 'refused' && state.message}
      </p>
    </form>
  );
}
