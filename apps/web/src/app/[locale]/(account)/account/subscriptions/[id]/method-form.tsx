'use client';

import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh, keyOfTry } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { keepMethod, payNextPeriod } from '../actions.ts';

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

type KeepFormProps = { id: string; requestKey: string; ways: { provider: string; label: string }[] };

/** Keeps a payment method with nothing to pay: one button for each provider that can. */
export function KeepForm({ id, requestKey, ways }: KeepFormProps) {
  const [state, act, busy] = useActionState(keepMethod, fresh);
  return (
    <form action={act} className="space-y-3">
      <FormFeedback state={state} doneMessage="" />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="key" value={keyOfTry(requestKey, state)} />
      <div className="flex flex-wrap gap-2">
        {ways.map(({ provider, label }) => (
          <Button key={provider} type="submit" name="provider" value={provider} size="sm" loading={busy}>
            {label}
          </Button>
        ))}
      </div>
    </form>
  );
}
