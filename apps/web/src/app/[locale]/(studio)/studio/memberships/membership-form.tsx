'use client';

import { useTranslations } from 'next-intl';
import { useActionState, useState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { type FormState, fresh, keyOfTry } from '@/components/forms/form-state.ts';
import { SaveOrLeave } from '@/components/forms/save-or-leave.tsx';
import { UnsavedQuestion } from '@/components/forms/unsaved.tsx';
import { AmountInput, CurrencySelect } from '@/components/sales/price-inputs.tsx';
import { Radio, RadioGroup } from '@/components/ui/choice.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input, Textarea } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { localeNames, locales } from '@/i18n/locales.ts';
import { CourseChoice } from '../course-choice.tsx';
import { saveMembership } from './actions.ts';

type Known = {
  id: string;
  name: string;
  summary: string;
  description: string;
  language: string;
  isHouse: boolean;
  scope: 'courses' | 'seller' | 'catalogue';
  trialDays: number;
  courseIds: string[];
  plans: { interval: 'month' | 'year'; price: { amount: number; currency: string } }[];
};
type MembershipFormProps = {
  /** The membership as it is; null makes a new one. */
  membership: Known | null;
  /** Names a new one, so that two clicks make one. */
  requestKey: string;
  /** What can be chosen from. */
  courses: { id: string; title: string }[];
  language: string;
  maySellAsHouse: boolean;
};

const fieldIds = {
  name: 'membership-name',
  summary: 'membership-summary',
  description: 'membership-description',
  scope: 'membership-scope',
  courseIds: 'membership-courses',
  month: 'membership-month',
  year: 'membership-year',
  prices: 'membership-month',
  trialDays: 'membership-trial',
};

/** Everything a membership is: name, what it includes, what it costs, the trial. */
export function MembershipForm(props: MembershipFormProps) {
  const [state, act, busy] = useActionState(saveMembership, fresh);
  return <Fields key={state.kind === 'refused' ? state.at : 0} {...props} state={state} act={act} busy={busy} />;
}

function Fields({
  membership,
  requestKey,
  courses,
  language,
  maySellAsHouse,
  state,
  act,
  busy,
}: MembershipFormProps & { state: FormState; act: (data: FormData) => void; busy: boolean }) {
  const t = useTranslations('memberships.studio');
  const tCommon = useTranslations('common');
  const typed: Record<string, string> | null = state.kind === 'refused' ? state.typed : null;
  const errors: Record<string, string> = state.kind === 'refused' ? state.fields : {};
  const [key] = useState(() => keyOfTry(requestKey, state));
  const isChosen = (id: string) =>
    typed ? typed[`course-${id}`] === 'on' : (membership?.courseIds.includes(id) ?? false);
  const scope = typed?.scope ?? membership?.scope ?? 'courses';
  const priceOf = (interval: 'month' | 'year') =>
    membership?.plans.find((one) => one.interval === interval)?.price.amount ?? null;
  const isSellers = membership ? !membership.isHouse : true;
  const isHouses = membership ? membership.isHouse : maySellAsHouse;
  return (
    <form action={act} className="max-w-2xl space-y-6">
      <UnsavedQuestion state={state} />
      {membership ? (
        <input type="hidden" name="membership" value={membership.id} />
      ) : (
        <input type="hidden" name="key" value={key} />
      )}
      <FormFeedback state={state} doneMessage="" fieldIds={fieldIds} />
      <Field id={fieldIds.name} label={t('name')} error={errors.name} required>
        {(control) => <Input name="name" maxLength={120} defaultValue={typed?.name ?? membership?.name} {...control} />}
      </Field>
      <Field id={fieldIds.summary} label={t('summary')} error={errors.summary}>
        {(control) => (
          <Textarea
            name="summary"
            rows={2}
            maxLength={500}
            defaultValue={typed?.summary ?? membership?.summary}
            {...control}
          />
        )}
      </Field>
      <Field
        id={fieldIds.description}
        label={t('description')}
        hint={tCommon('optional')}
        help={t('descriptionHelp')}
        error={errors.description}
      >
        {(control) => (
          <Textarea
            name="description"
            rows={6}
            maxLength={5000}
            defaultValue={typed?.description ?? membership?.description}
            {...control}
          />
        )}
      </Field>
      <Field id="membership-language" label={t('language')} className="max-w-xs">
        {(control) => (
          <Select name="language" defaultValue={typed?.language ?? membership?.language ?? language} {...control}>
            {locales.map((locale) => (
              <option key={locale} value={locale}>
                {localeNames[locale]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {!membership && maySellAsHouse && (
        <RadioGroup legend={t('seller')}>
          <Radio name="seller" value="me" defaultChecked={typed?.seller !== 'house'} label={t('sellerMe')} />
          <Radio
            name="seller"
            value="house"
            defaultChecked={typed?.seller === 'house'}
            label={t('sellerHouse')}
            help={t('sellerHouseHelp')}
          />
        </RadioGroup>
      )}
      <RadioGroup id={fieldIds.scope} legend={t('scope')} error={errors.scope}>
        <Radio name="scope" value="courses" defaultChecked={scope === 'courses'} label={t('scopeCourses')} />
        {isSellers && (
          <Radio name="scope" value="seller" defaultChecked={scope === 'seller'} label={t('scopeSeller')} />
        )}
        {isHouses && (
          <Radio name="scope" value="catalogue" defaultChecked={scope === 'catalogue'} label={t('scopeCatalogue')} />
        )}
      </RadioGroup>
      <CourseChoice
        id={fieldIds.courseIds}
        legend={t('courses')}
        help={courses.length > 0 ? t('coursesHelp') : t('noCourses')}
        error={errors.courseIds}
        courses={courses}
        isChosen={isChosen}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        <Field id={fieldIds.month} label={t('priceMonth')} error={errors.month ?? errors.prices}>
          {(control) => <AmountInput name="month" amount={priceOf('month')} typed={typed?.month} {...control} />}
        </Field>
        <Field id={fieldIds.year} label={t('priceYear')} error={errors.year}>
          {(control) => <AmountInput name="year" amount={priceOf('year')} typed={typed?.year} {...control} />}
        </Field>
        <Field id="membership-currency" label={t('currency')}>
          {(control) => (
            <CurrencySelect
              name="currency"
              defaultValue={typed?.currency ?? membership?.plans[0]?.price.currency ?? 'BRL'}
              {...control}
            />
          )}
        </Field>
      </div>
      <p className="text-muted-foreground text-sm">{t('priceHelp')}</p>
      <Field
        id={fieldIds.trialDays}
        label={t('trialDays')}
        help={t('trialHelp')}
        error={errors.trialDays}
        className="max-w-xs"
      >
        {(control) => (
          <Input
            name="trialDays"
            inputMode="numeric"
            maxLength={2}
            defaultValue={typed?.trialDays ?? String(membership?.trialDays ?? 0)}
            {...control}
          />
        )}
      </Field>
      <SaveOrLeave busy={busy} backTo="/studio/memberships" />
    </form>
  );
}
