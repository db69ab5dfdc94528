'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { cancelPlan } from './actions.ts';

const fieldIds = { note: 'cancel-note', access: 'cancel-access', refund: 'cancel-refund' };

/** Gives a plan up for its buyer, and says why, and what becomes of access and money. */
export function CancelForm({ id }: { id: string }) {
  const t = useTranslations('instalments.console');
  const tCommon = useTranslations('common');
  const [state, act, busy] = useActionState(cancelPlan, fresh);
  const typed: Record<string, string> = state.kind === 'refused' ? state.typed : {};
  const errors = state.kind === 'refused' ? state.fields : {};
  return (
    <form action={act} className="max-w-lg space-y-3">
      <FormFeedback state={state} doneMessage={tCommon('saved')} fieldIds={fieldIds} />
      <input type="hidden" name="id" value={id} />
      <div className="grid gap-3 sm:grid-cols-2">
        <Field id={fieldIds.access} label={t('accessTitle')} error={errors.access}>
          {(control) => (
            <Select name="access" defaultValue={typed.access ?? 'end'} {...control}>
              <option value="end">{t('accessEnd')}</option>
              <option value="keep">{t('accessKeep')}</option>
            </Select>
          )}
        </Field>
        <Field id={fieldIds.refund} label={t('refundTitle')} error={errors.refund}>
          {(control) => (
            <Select name="refund" defaultValue={typed.refund ?? 'none'} {...control}>
              <option value="none">{t('refundNone')}</option>
              <option value="all">{t('refundAll')}</option>
            </Select>
          )}
        </Field>
      </div>
      <Field id={fieldIds.note} label={t('note')} help={t('noteHelp')} error={errors.note} required>
        {(control) => <Input name="note" maxLength={500} defaultValue={typed.note} autoComplete="off" {...control} />}
      </Field>
      <Button type="submit" size="sm" variant="destructive" loading={busy}>
        {t('cancel')}
      </Button>
    </form>
  );
}
