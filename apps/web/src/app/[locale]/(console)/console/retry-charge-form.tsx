'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { type FormState, fresh, keyOfTry } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';

type RetryChargeFormProps = {
  id: string;
  /** Names the try, so that two clicks make one. */
  requestKey: string;
  retry: (before: FormState, data: FormData) => Promise<FormState>;
  label: string;
};

/** Charges now what a kept payment method failed to pay. */
export function RetryChargeForm({ id, requestKey, retry, label }: RetryChargeFormProps) {
  const tCommon = useTranslations('common');
  const [state, act, busy] = useActionState(retry, fresh);
  return (
    <form action={act} className="space-y-3">
      <FormFeedback state={state} doneMessage={tCommon('saved')} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="key" value={keyOfTry(requestKey, state)} />
      <Button type="submit" size="sm" loading={busy}>
        {label}
      </Button>
    </form>
  );
}
