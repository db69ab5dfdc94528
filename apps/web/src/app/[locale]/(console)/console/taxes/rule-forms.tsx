'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { type FormState, fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { addTaxRule, endTaxRule } from './actions.ts';

const fieldIds = {
  country: 'tax-country',
  category: 'tax-category',
  name: 'tax-name',
  rate: 'tax-rate',
  source: 'tax-source',
  checkedOn: 'tax-checked',
  validFrom: 'tax-from',
  validTo: 'tax-to',
};

type AddProps = { requestKey: string; today: string };

/** A rule with the law or page it was read in: without a source it is not taken. */
export function AddRuleForm(props: AddProps) {
  const [state, act, busy] = useActionState(addTaxRule, fresh);
  return <Fields key={state.kind === 'fresh' ? 0 : state.at} {...props} state={state} act={act} busy={busy} />;
}

function Fields({
  requestKey,
  today,
  state,
  act,
  busy,
}: AddProps & { state: FormState; act: (data: FormData) => void; busy: boolean }) {
  const t = useTranslations('sales.taxes');
  const tCommon = useTranslations('common');
  const typed: Record<string, string> = state.kind === 'refused' ? state.typed : {};
  const errors: Record<string, string> = state.kind === 'refused' ? state.fields : {};
  const key = state.kind === 'fresh' ? requestKey : `${requestKey}-${state.at}`;
  return (
    <form action={act} className="max-w-3xl space-y-4 rounded-lg border bg-card p-4">
      <input type="hidden" name="key" value={key} />
      <FormFeedback state={state} doneMessage={t('added')} fieldIds={fieldIds} />
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <Field label={t('country')} help={t('countryHelp')} error={errors.country} id={fieldIds.country} required>
          {(control) => (
            <Input
              name="country"
              maxLength={2}
              autoCapitalize="characters"
              className="uppercase"
              defaultValue={typed.country}
              {...control}
            />
          )}
        </Field>
        <Field label={t('category')} help={t('categoryHelp')} error={errors.category} id={fieldIds.category}>
          {(control) => <Input name="category" defaultValue={typed.category ?? '*'} maxLength={40} {...control} />}
        </Field>
        <Field label={t('name')} error={errors.name} id={fieldIds.name} required>
          {(control) => <Input name="name" defaultValue={typed.name} maxLength={40} {...control} />}
        </Field>
        <Field label={t('rate')} error={errors.rate} id={fieldIds.rate} required>
          {(control) => <Input name="rate" inputMode="decimal" defaultValue={typed.rate} {...control} />}
        </Field>
        <Field label={t('how')}>
          {(control) => (
            <Select name="inclusive" defaultValue={typed.inclusive ?? 'true'} {...control}>
              <option value="true">{t('inclusive')}</option>
              <option value="false">{t('exclusive')}</option>
            </Select>
          )}
        </Field>
        <Field label={t('checkedOn')} error={errors.checkedOn} id={fieldIds.checkedOn} required>
          {(control) => <Input type="date" name="checkedOn" defaultValue={typed.checkedOn ?? today} {...control} />}
        </Field>
        <Field label={t('validFrom')} error={errors.validFrom} id={fieldIds.validFrom} required>
          {(control) => <Input type="date" name="validFrom" defaultValue={typed.validFrom ?? today} {...control} />}
        </Field>
        <Field label={t('validTo')} hint={tCommon('optional')} error={errors.validTo} id={fieldIds.validTo}>
          {(control) => <Input type="date" name="validTo" defaultValue={typed.validTo} {...control} />}
        </Field>
      </div>
      <Field label={t('source')} help={t('sourceHelp')} error={errors.source} id={fieldIds.source} required>
        {(control) => <Input name="source" defaultValue={typed.source} maxLength={500} {...control} />}
      </Field>
      <Button type="submit" loading={busy}>
        {t('add')}
      </Button>
    </form>
  );
}

/** The first day a rule does not apply any more. */
export function EndRuleForm({ rule }: { rule: string }) {
  const t = useTranslations('sales.taxes');
  const [state, act, busy] = useActionState(endTaxRule, fresh);
  const id = `end-${rule}`;
  return (
    <form action={act} className="mt-2 w-56 space-y-2 whitespace-normal pb-2">
      <input type="hidden" name="rule" value={rule} />
      <FormFeedback state={state} doneMessage={t('ended')} fieldIds={{ validTo: id }} />
      <Field label={t('endOn')} id={id} required>
        {(control) => <Input type="date" name="validTo" {...control} />}
      </Field>
      <Button type="submit" size="sm" variant="destructive" loading={busy}>
        {t('end')}
      </Button>
    </form>
  );
}
