'use client';

import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh, keyOfTry } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { changePlan } from '../actions.ts';

/** Changes to the plan that was looked at. `requestKey` names the change, so that two clicks make one. */
export function PlanForm(props: { id: string; sku: string; requestKey: string; label: string }) {
  const { id, sku, requestKey, label } = props;
  const [state, act, busy] = useActionState(changePlan, fresh);
  return (
    <form action={act} className="space-y-3">
      <FormFeedback state={state} doneMessage="" />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="sku" value={sku} />
      <input type="hidden" name="key" value={keyOfTry(requestKey, state)} />
      <Button type="submit" loading={busy}>
        {label}
      </Button>
    </form>
  );
}
