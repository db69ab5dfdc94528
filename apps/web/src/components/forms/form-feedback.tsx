'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Callout } from '@/components/ui/callout.tsx';
import { ErrorSummary } from '@/components/ui/error-summary.tsx';
import { toast } from '@/components/ui/toast.tsx';
import type { FormState } from './form-state.ts';
import { RefusalWayOn } from './refusal.tsx';

type FormFeedbackProps = {
  state: FormState;
  /** Said when the change was made. */
  doneMessage: string;
  /** Ids of the form's fields by their name in the API; a refused field that is not named here stands without a link. */
  fieldIds?: Record<string, string>;
};

/**
 * What became of a form: a message when it was saved (a toast, or a line in the page where no script runs), the summary of
 * what is wrong otherwise.
 */
export function FormFeedback({ state, doneMessage, fieldIds = {} }: FormFeedbackProps) {
  const t = useTranslations('common');
  const doneAt = state.kind === 'done' ? state.at : null;
  useEffect(() => {
    if (doneAt !== null) toast({ message: doneMessage });
  }, [doneAt, doneMessage]);
  if (state.kind === 'done') {
    return (
      <noscript>
        <Callout kind="success" title={doneMessage} />
      </noscript>
    );
  }
  if (state.kind !== 'refused') return null;
  const named = Object.entries(state.fields).map(([field, message]) => {
    const id = fieldIds[field];
    return { message, ...(id ? { id } : {}) };
  });
  const { signIn = false, traceId } = state;
  return (
    <ErrorSummary
      key={state.at}
      title={named.length > 0 ? t('formProblem') : state.message || t('tryAgain')}
      errors={named}
    >
      {(signIn || traceId) && <RefusalWayOn signIn={signIn} traceId={traceId} />}
    </ErrorSummary>
  );
}
