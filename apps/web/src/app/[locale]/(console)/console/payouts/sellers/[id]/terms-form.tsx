'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { agreeTerms } from './actions.ts';

type TermsFormProps = { seller: string; share: number | null; holdDays: number | null };

const fieldIds = { share: 'terms-share', holdDays: 'terms-hold', note: 'terms-note' };

/** Other terms with a seller: share and holding days, each empty for what applies to everybody. */
export function TermsForm({ seller, share, holdDays }: TermsFormProps) {
  const t = useTranslations('sales.terms');
  const tCommon = useTranslations('common');
  const [state, act, busy] = useActionState(agreeTerms, fresh);
  const typed: Record<string, string> = state.kind === 'refused' ? state.typed : {};
  const errors: Record<string, string> = state.kind === 'refused' ? state.fields : {};
  return (
    <form
      action={act}
      key={`${share} ${holdDays} ${state.kind === 'refused' ? state.at : 0}`}
      className="max-w-xl space-y-4"
    >
      <input type="hidden" name="seller" value={seller} />
      <FormFeedback state={state} doneMessage={t('agreed')} fieldIds={fieldIds} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('share')} help={t('shareHelp')} id={fieldIds.share} error={errors.share}>
          {(control) => (
            <Input
              name="share"
              inputMode="decimal"
              autoComplete="off"
              defaultValue={typed.share ?? (share === null ? '' : String(share / 100))}
              {...control}
            />
          )}
        </Field>
        <Field label={t('holdDays')} help={t('shareHelp')} id={fieldIds.holdDays} error={errors.holdDays}>
          {(control) => (
            <Input
              name="holdDays"
              inputMode="numeric"
              autoComplete="off"
              defaultValue={typed.holdDays ?? (holdDays === null ? '' : String(holdDays))}
              {...control}
            />
          )}
        </Field>
      </div>
      <Field label={t('note')} hint={tCommon('optional')} id={fieldIds.note}>
        {(control) => <Input name="note" maxLength={500} defaultValue={typed.note} {...control} />}
      </Field>
      <Button type="submit" size="sm" loading={busy}>
        {t('agree')}
      </Button>
    </form>
  );
}
