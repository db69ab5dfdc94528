'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { type FormState, fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { compareReport } from './actions.ts';

const start: { form: FormState; message: string } = { form: fresh, message: '' };

/** Which provider's report of which day to hold against the books. */
export function CompareForm({ providers, yesterday }: { providers: string[]; yesterday: string }) {
  const t = useTranslations('sales.payments');
  const [state, act, busy] = useActionState(compareReport, start);
  const { form, message } = state;
  const typed: Record<string, string> = form.kind === 'refused' ? form.typed : {};
  const errors: Record<string, string> = form.kind === 'refused' ? form.fields : {};
  return (
    <form action={act} className="max-w-2xl space-y-4" key={form.kind === 'fresh' ? 0 : form.at}>
      {form.kind === 'done' ? (
        <Callout kind="success" live title={message} />
      ) : (
        <FormFeedback state={form} doneMessage="" fieldIds={{ provider: 'compare-provider', day: 'compare-day' }} />
      )}
      <div className="flex flex-wrap items-end gap-3">
        <Field label={t('provider')} id="compare-provider" error={errors.provider} className="w-40">
          {(control) => (
            <Select name="provider" defaultValue={typed.provider ?? providers[0]} {...control}>
              {providers.map((provider) => (
                <option key={provider}>{provider}</option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('day')} id="compare-day" error={errors.day} className="w-44">
          {(control) => <Input type="date" name="day" defaultValue={typed.day ?? yesterday} {...control} />}
        </Field>
        <Button type="submit" variant="outline" loading={busy}>
          {t('compare')}
        </Button>
      </div>
    </form>
  );
}
