'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Checkbox, Radio, RadioGroup } from '@/components/ui/choice.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input, Textarea } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Link } from '@/i18n/navigation.ts';
import { type RefundStep, refundPayment } from './actions.ts';

type RefundFormProps = {
  order: string;
  payment: string;
  /** What is left, as text. */
  all: string;
  currency: string;
  placeholder: string;
  /** Empty when the money paid for nothing. */
  lines: { id: string; title: string; left: string; placeholder: string }[];
};

const reasons = ['requested', 'goodwill', 'duplicate', 'fraud'] as const;
const start: RefundStep = { step: 'fill', form: fresh, typed: {} };
/** Not carried from the form into its review: they belong to one press of a button. */
const once = ['intent', 'key', 'reviewed'];

/** First how much and why, then the same in one sentence with one red button. The same with and without scripts. */
export function RefundForm(props: RefundFormProps) {
  const t = useTranslations('sales.refund');
  const [state, act, busy] = useActionState(refundPayment, start);
  if (state.step === 'review') {
    const { amount, typed } = state;
    // Whoever deleted their account has no address any more.
    const email = state.email || t('buyer');
    return (
      <form action={act} className="max-w-2xl">
        {Object.entries(typed)
          .filter(([name]) => !once.includes(name) && !name.startsWith('$'))
          .map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
        <input type="hidden" name="key" value={state.key} />
        <input type="hidden" name="reviewed" value={amount} />
        <Callout
          kind="warning"
          live
          title={t('confirmTitle', { amount })}
          action={
            <span className="flex flex-wrap gap-3">
              <Button type="submit" name="intent" value="confirm" variant="destructive" loading={busy}>
                {t('confirm', { amount })}
              </Button>
              <Button type="submit" name="intent" value="change" variant="outline">
                {t('change')}
              </Button>
            </span>
          }
        >
          {typed.access === 'keep' ? t('confirmKeep', { email }) : t('confirmRevoke', { email })}
        </Callout>
      </form>
    );
  }
  return (
    <Fill key={state.form.kind === 'refused' ? state.form.at : 0} {...props} state={state} act={act} busy={busy} />
  );
}

function Fill({
  order,
  payment,
  all,
  currency,
  placeholder,
  lines,
  state,
  act,
  busy,
}: RefundFormProps & {
  state: Extract<RefundStep, { step: 'fill' }>;
  act: (data: FormData) => void;
  busy: boolean;
}) {
  const t = useTranslations('sales.refund');
  const tReason = useTranslations('sales.refundReason');
  const tCommon = useTranslations('common');
  const { form, typed } = state;
  const errors = form.kind === 'refused' ? form.fields : {};
  const what = typed.what ?? 'all';
  const fieldIds = {
    amount: 'refund-amount',
    lines: 'refund-lines',
    note: 'refund-note',
    ...Object.fromEntries(lines.map(({ id }) => [`amount-${id}`, `refund-line-${id}`])),
  };
  return (
    <form action={act} className="max-w-2xl space-y-6">
      <input type="hidden" name="order" value={order} />
      <input type="hidden" name="payment" value={payment} />
      <FormFeedback state={form} doneMessage="" fieldIds={fieldIds} />
      <RadioGroup legend={t('what')}>
        <Radio name="what" value="all" defaultChecked={what === 'all'} label={t('all', { amount: all })} />
        <div className="grid gap-3 sm:grid-cols-[1fr_11rem] sm:items-start">
          <Radio name="what" value="part" defaultChecked={what === 'part'} label={t('part')} help={t('partHelp')} />
          <Amount
            id={fieldIds.amount}
            name="amount"
            label={t('amount', { currency })}
            value={typed.amount}
            error={errors.amount}
            placeholder={placeholder}
          />
        </div>
        {lines.length > 0 && (
          <div id={fieldIds.lines} tabIndex={-1} className="space-y-3">
            <Radio
              name="what"
              value="lines"
              defaultChecked={what === 'lines'}
              label={t('lines')}
              help={t('linesHelp')}
            />
            {errors.lines && <p className="ps-8 text-destructive text-sm">{errors.lines}</p>}
            <ul className="divide-y rounded-lg border bg-card">
              {lines.map(({ id, title, left, placeholder: most }) => (
                <li key={id} className="grid gap-3 p-3 sm:grid-cols-[1fr_11rem] sm:items-start">
                  <Checkbox
                    name={`line-${id}`}
                    defaultChecked={typed[`line-${id}`] === 'on'}
                    label={title}
                    help={t('left', { amount: left })}
                  />
                  <Amount
                    id={`refund-line-${id}`}
                    name={`amount-${id}`}
                    label={t('amountOf', { title, currency })}
                    value={typed[`amount-${id}`]}
                    error={errors[`amount-${id}`]}
                    placeholder={most}
                  />
                </li>
              ))}
            </ul>
          </div>
        )}
      </RadioGroup>
      <RadioGroup legend={t('access')}>
        <Radio
          name="access"
          value="revoke"
          defaultChecked={typed.access !== 'keep'}
          label={t('revoke')}
          help={t('revokeHelp')}
        />
        <Radio
          name="access"
          value="keep"
          defaultChecked={typed.access === 'keep'}
          label={t('keep')}
          help={t('keepHelp')}
        />
      </RadioGroup>
      <Field label={t('reason')} className="max-w-sm">
        {(control) => (
          <Select name="reason" defaultValue={typed.reason ?? 'requested'} {...control}>
            {reasons.map((reason) => (
              <option key={reason} value={reason}>
                {tReason(reason)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('note')} hint={tCommon('optional')} help={t('noteHelp')} id={fieldIds.note} error={errors.note}>
        {(control) => <Textarea name="note" rows={2} maxLength={1000} defaultValue={typed.note} {...control} />}
      </Field>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" name="intent" value="review" loading={busy}>
          {t('review')}
        </Button>
        <Link href={`/console/orders/${order}`} className={buttonClasses({ variant: 'ghost' })}>
          {t('back')}
        </Link>
      </div>
    </form>
  );
}

/** An amount whose visible label is the choice beside it. */
function Amount(props: {
  id: string;
  name: string;
  label: string;
  value: string | undefined;
  error: string | undefined;
  placeholder?: string;
}) {
  const { id, name, label, value, error, placeholder } = props;
  return (
    <div className="ps-8 sm:ps-0">
      <Input
        id={id}
        name={name}
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        defaultValue={value}
        placeholder={placeholder}
        className="tabular text-end"
        {...(error ? { 'aria-invalid': true, 'aria-describedby': `${id}-error` } : {})}
      />
      {error && (
        <p id={`${id}-error`} className="mt-1 text-destructive text-sm">
          {error}
        </p>
      )}
    </div>
  );
}
