'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { choosePayoutMethod } from './actions.ts';

type Method = { kind: 'pix' | 'iban'; value: string; holderName: string };
const fieldIds = { kind: 'method-kind', value: 'method-value', holderName: 'method-holder' };

/** Where the person's money is to go. */
export function MethodForm({ method }: { method: Method | null }) {
  const t = useTranslations('sales.payouts');
  const [state, act, busy] = useActionState(choosePayoutMethod, fresh);
  const typed: Record<string, string> = state.kind === 'refused' ? state.typed : {};
  const errors: Record<string, string> = state.kind === 'refused' ? state.fields : {};
  return (
    <section className="mt-8">
      <h2 className="text-lg">{t('where')}</h2>
      <p className="mt-1 mb-3 max-w-prose text-muted-foreground text-sm">{t('whereLead')}</p>
      <form
        action={act}
        key={state.kind === 'fresh' ? 0 : state.at}
        className="max-w-3xl space-y-4 rounded-lg border bg-card p-4"
      >
        <FormFeedback state={state} doneMessage={t('saved')} fieldIds={fieldIds} />
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={t('kind')} id={fieldIds.kind}>
            {(control) => (
              <Select name="kind" defaultValue={typed.kind ?? method?.kind ?? 'pix'} {...control}>
                <option value="pix">{t('pix')}</option>
                <option value="iban">{t('iban')}</option>
              </Select>
            )}
          </Field>
          <Field label={t('value')} id={fieldIds.value} error={errors.value} required>
            {(control) => (
              <Input
                name="value"
                minLength={3}
                maxLength={80}
                autoComplete="off"
                spellCheck={false}
                defaultValue={typed.value ?? method?.value}
                {...control}
              />
            )}
          </Field>
          <Field label={t('holder')} id={fieldIds.holderName} error={errors.holderName} required>
            {(control) => (
              <Input
                name="holderName"
                maxLength={100}
                autoComplete="name"
                defaultValue={typed.holderName ?? method?.holderName}
                {...control}
              />
            )}
          </Field>
        </div>
        <Button type="submit" loading={busy}>
          {t('save')}
        </Button>
      </form>
    </section>
  );
}
