'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/choice.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Textarea } from '@/components/ui/input.tsx';
import { requestRefund } from './actions.ts';

type RefundFormProps = {
  orderId: string;
  token: string | undefined;
  paymentId: string;
  /** Refunds there have been. */
  before: number;
  lines: { id: string; title: string; purpose: string; amount: string }[];
};

/** Asks for money back, for all lines or some of them; says first what happens to access. */
export function RefundForm({ orderId, token, paymentId, before, lines }: RefundFormProps) {
  const t = useTranslations('buying.refund');
  const tCommon = useTranslations('common');
  const [state, ask, busy] = useActionState(requestRefund, fresh);
  const typed = state.kind === 'refused' ? state.typed : {};
  return (
    <details open={state.kind === 'refused'}>
      <summary className="inline-flex min-h-9 items-center text-primary text-sm underline decoration-1 underline-offset-4 hover:decoration-2">
        {t('open')}
      </summary>
      <form action={ask} className="mt-4 space-y-5 rounded-lg border bg-card p-5">
        <FormFeedback state={state} doneMessage={t('asked')} />
        <input type="hidden" name="order" value={orderId} />
        {token && <input type="hidden" name="token" value={token} />}
        <input type="hidden" name="payment" value={paymentId} />
        <input type="hidden" name="before" value={before} />
        <input type="hidden" name="retry" value={state.kind === 'refused' ? state.at : ''} />
        <p className="text-sm">{t('text')}</p>
        {lines.length === 1 ? (
          <input type="hidden" name="line" value={lines[0]?.id} />
        ) : (
          <fieldset className="space-y-3">
            <legend className="mb-2 font-medium text-sm">{t('which')}</legend>
            {lines.map((line) => (
              <Checkbox
                key={line.id}
                name="line"
                value={line.id}
                defaultChecked
                label={line.title}
                help={`${line.purpose} · ${line.amount}`}
              />
            ))}
          </fieldset>
        )}
        <Field id="refund-note" label={t('note')} hint={tCommon('optional')} help={t('noteHelp')}>
          {(control) => <Textarea name="note" rows={3} maxLength={1000} defaultValue={typed.note} {...control} />}
        </Field>
        <Button type="submit" variant="destructive" loading={busy}>
          {lines.length === 1 ? t('askAmount', { amount: lines[0]?.amount ?? '' }) : t('ask')}
        </Button>
      </form>
    </details>
  );
}
