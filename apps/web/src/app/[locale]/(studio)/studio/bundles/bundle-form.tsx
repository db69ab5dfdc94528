'use client';

import { useTranslations } from 'next-intl';
import { useActionState, useState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { type FormState, fresh, keyOfTry } from '@/components/forms/form-state.ts';
import { SaveOrLeave } from '@/components/forms/save-or-leave.tsx';
import { UnsavedQuestion } from '@/components/forms/unsaved.tsx';
import { AmountInput, CurrencySelect } from '@/components/sales/price-inputs.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input, Textarea } from '@/components/ui/input.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Select } from '@/components/ui/select.tsx';
import { type AppLocale, localeNames, locales } from '@/i18n/locales.ts';
import { CourseChoice } from '../course-choice.tsx';
import { saveBundle } from './actions.ts';

type Texts = { title: string; summary: string; description: string };
type Translations = Record<string, { [name in keyof Texts]?: string | undefined }>;
type Money = { amount: number; currency: string };
type BundleFormProps = {
  /** The bundle as it is; null makes a new one. */
  bundle:
    | ({ id: string; language: string; price: Money; courseIds: string[]; translations: Translations } & Texts)
    | null;
  /** Of the texts of a new one. */
  language: AppLocale;
  /** Names a new bundle, so that two clicks make one. */
  requestKey: string;
  /** What can be chosen from. */
  courses: { id: string; title: string; price: Money | null }[];
};

const partsOf = ['title', 'summary', 'description'] as const;
const fieldIds = {
  description: 'bundle-description',
  title: 'bundle-title',
  summary: 'bundle-summary',
  price: 'bundle-price',
  courseIds: 'bundle-courses',
};

/** Texts in every language, price and courses of a bundle. */
export function BundleForm(props: BundleFormProps) {
  const [state, act, busy] = useActionState(saveBundle, fresh);
  return <Fields key={state.kind === 'refused' ? state.at : 0} {...props} state={state} act={act} busy={busy} />;
}

function Fields({
  bundle,
  language,
  requestKey,
  courses,
  state,
  act,
  busy,
}: BundleFormProps & { state: FormState; act: (data: FormData) => void; busy: boolean }) {
  const t = useTranslations('studio.bundles');
  const tCommon = useTranslations('common');
  const typed: Record<string, string> | null = state.kind === 'refused' ? state.typed : null;
  const errors: Record<string, string> = state.kind === 'refused' ? state.fields : {};
  const [key] = useState(() => keyOfTry(requestKey, state));
  const [own, setOwn] = useState(locales.find((one) => one === (typed?.language ?? bundle?.language)) ?? language);
  const said = (locale: AppLocale, part: keyof Texts) =>
    typed?.[`${part}-${locale}`] ?? bundle?.translations[locale]?.[part] ?? '';
  const isChosen = (id: string) => (typed ? typed[`course-${id}`] === 'on' : (bundle?.courseIds.includes(id) ?? false));
  return (
    <form action={act} className="max-w-2xl space-y-6">
      <UnsavedQuestion state={state} />
      {bundle ? (
        <input type="hidden" name="bundle" value={bundle.id} />
      ) : (
        <input type="hidden" name="key" value={key} />
      )}
      <FormFeedback state={state} doneMessage="" fieldIds={fieldIds} />
      <Field id={fieldIds.title} label={t('name')} error={errors.title} required>
        {(control) => <Input name="title" maxLength={200} defaultValue={typed?.title ?? bundle?.title} {...control} />}
      </Field>
      <Field id={fieldIds.summary} label={t('summary')} hint={tCommon('optional')} error={errors.summary}>
        {(control) => (
          <Textarea
            name="summary"
            rows={3}
            maxLength={500}
            defaultValue={typed?.summary ?? bundle?.summary}
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
            defaultValue={typed?.description ?? bundle?.description}
            {...control}
          />
        )}
      </Field>
      <Field id="bundle-language" label={t('language')} className="max-w-xs">
        {(control) => (
          <Select
            name="language"
            value={own}
            onChange={({ target }) => setOwn(locales.find((one) => one === target.value) ?? own)}
            {...control}
          >
            {locales.map((locale) => (
              <option key={locale} value={locale} lang={locale}>
                {localeNames[locale]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <section aria-labelledby="bundle-translations" className="space-y-3">
        <h2 id="bundle-translations" className="font-medium font-sans text-sm tracking-normal">
          {t('translations')}
        </h2>
        <p className="text-muted-foreground text-sm">{t('translationsHelp')}</p>
        {/* All three are there: without scripts nobody can change which of them is the bundle’s own. */}
        {locales.map((locale) => (
          <details
            key={locale}
            hidden={locale === own}
            open={partsOf.some((part) => said(locale, part) !== '')}
            className="rounded-lg border bg-card p-4"
          >
            <summary className="cursor-pointer font-medium text-sm">{localeNames[locale]}</summary>
            <div className="mt-4 space-y-4">
              <Field id={`bundle-title-${locale}`} label={t('name')}>
                {(control) => (
                  <Input
                    lang={locale}
                    name={`title-${locale}`}
                    maxLength={200}
                    defaultValue={said(locale, 'title')}
                    {...control}
                  />
                )}
              </Field>
              <Field id={`bundle-summary-${locale}`} label={t('summary')}>
                {(control) => (
                  <Textarea
                    lang={locale}
                    name={`summary-${locale}`}
                    rows={3}
                    maxLength={500}
                    defaultValue={said(locale, 'summary')}
                    {...control}
                  />
                )}
              </Field>
              <Field id={`bundle-description-${locale}`} label={t('description')}>
                {(control) => (
                  <Textarea
                    lang={locale}
                    name={`description-${locale}`}
                    rows={6}
                    maxLength={5000}
                    defaultValue={said(locale, 'description')}
                    {...control}
                  />
                )}
              </Field>
            </div>
          </details>
        ))}
      </section>
      <CourseChoice
        id={fieldIds.courseIds}
        legend={t('courses')}
        help={t('coursesHelp')}
        error={errors.courseIds}
        courses={courses.map(({ id, title, price }) => ({
          id,
          title,
          beside: <Price money={price} className="text-muted-foreground text-sm" />,
        }))}
        isChosen={isChosen}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id={fieldIds.price} label={t('price')} help={t('priceHelp')} error={errors.price} required>
          {(control) => (
            <AmountInput name="amount" amount={bundle?.price.amount ?? null} typed={typed?.amount} {...control} />
          )}
        </Field>
        <Field id="bundle-currency" label={t('currency')}>
          {(control) => (
            <CurrencySelect
              name="currency"
              defaultValue={typed?.currency ?? bundle?.price.currency ?? 'BRL'}
              {...control}
            />
          )}
        </Field>
      </div>
      <SaveOrLeave busy={busy} backTo="/studio/bundles" />
    </form>
  );
}
