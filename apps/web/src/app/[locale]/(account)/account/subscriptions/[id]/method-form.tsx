'use client';

import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { payNextPeriod } from '../actions.ts';

/** The way to another payment method: the next period is paid with it. */
export function MethodForm({ id, label }: { id: string; label: string }) {
  const [state, act, busy] = useActionState(payNextPeriod, fresh);
  return (
    <form action={act} className="space-y-3">
      <FormFeedback state={state} doneMessage="" />
      <input type="hidden" name="id" value={id} />
      <Button type="submit" size="sm" variant="outline" loading={busy}>
        {label}
      </Button>
    </form>
  );
}
