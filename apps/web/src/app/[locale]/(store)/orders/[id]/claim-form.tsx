'use client';

import { useActionState, useEffect, useRef } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { type FormState, fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';

type ClaimFormProps = {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  /** Hidden fields of the form. */
  fields: Record<string, string>;
  label: string;
  /** The person pressed the button before signing in: do it now, once. */
  goOn: boolean;
};

/** One button that makes something the person's own; works without scripts. */
export function ClaimForm({ action, fields, label, goOn }: ClaimFormProps) {
  const [state, claim, busy] = useActionState(action, fresh);
  const form = useRef<HTMLFormElement>(null);
  const sent = useRef(false);
  useEffect(() => {
    if (!goOn || sent.current) return;
    sent.current = true;
    form.current?.requestSubmit();
  }, [goOn]);
  return (
    <form ref={form} action={claim} className="space-y-4">
      <FormFeedback state={state} doneMessage="" />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" size="lg" loading={busy} className="w-full sm:w-auto">
        {label}
      </Button>
    </form>
  );
}
