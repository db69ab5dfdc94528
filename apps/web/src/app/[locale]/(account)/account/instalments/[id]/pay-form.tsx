'use client';

import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { payParts } from '../actions.ts';

type PayFormProps = { id: string; what: 'next' | 'rest'; label: string; variant?: 'primary' | 'outline' };

/** Leads to the payment of the next part, or of all that is left. */
export function PayForm({ id, what, label, variant = 'primary' }: PayFormProps) {
  const [state, pay, busy] = useActionState(payParts, fresh);
  return (
    <form action={pay} className="space-y-3">
      <FormFeedback state={state} doneMessage="" />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="what" value={what} />
      <Button type="submit" size="sm" variant={variant} loading={busy}>
        {label}
      </Button>
    </form>
  );
}
