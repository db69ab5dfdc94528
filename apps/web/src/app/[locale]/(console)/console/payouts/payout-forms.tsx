'use client';

import { Banknote } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { decidePayout, makePayouts, type Told } from './actions.ts';

const start: Told = { form: fresh, message: '' };

/** Pays everybody who is due, now. Nothing leaves the bank before the file is taken there. */
export function MakePayouts() {
  const t = useTranslations('sales.payouts');
  const [state, act, busy] = useActionState(makePayouts, start);
  return (
    <form action={act}>
      <FormFeedback state={state.form} doneMessage={state.message} />
      <Button type="submit" size="sm" loading={busy}>
        <Banknote aria-hidden="true" />
        {t('make')}
      </Button>
    </form>
  );
}

/** What became of a payout at the bank. */
export function DecidePayout({ payout, state: at }: { payout: string; state: 'created' | 'sent' }) {
  const t = useTranslations('sales.payouts');
  const [state, act, busy] = useActionState(decidePayout, start);
  const errors = state.form.kind === 'refused' ? state.form.fields : {};
  const id = `reference-${payout}`;
  return (
    <form action={act} className="mt-2 w-64 space-y-3 whitespace-normal pb-2 text-start">
      <input type="hidden" name="payout" value={payout} />
      <FormFeedback state={state.form} doneMessage={state.message} fieldIds={{ reference: id }} />
      {at === 'created' && (
        <>
          <Field label={t('reference')} id={id} error={errors.reference}>
            {(control) => <Input name="reference" maxLength={100} autoComplete="off" {...control} />}
          </Field>
          <Button type="submit" name="intent" value="confirm" size="sm" loading={busy}>
            {t('confirm')}
          </Button>
        </>
      )}
      <p className="text-muted-foreground text-xs">{t('failHelp')}</p>
      <Button type="submit" name="intent" value="fail" size="sm" variant="destructive" formNoValidate>
        {t('fail')}
      </Button>
    </form>
  );
}
