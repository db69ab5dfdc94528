'use client';

import { useLocale, useTranslations } from 'next-intl';
import { startTransition as start, useActionState, useState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { UnsavedQuestion } from '@/components/forms/unsaved.tsx';
import { amountText, currencies, decimalSignOf } from '@/components/sales/typed-amount.ts';
import { Button } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input, Textarea } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { type Course, type EditState, saveCourse } from './actions.ts';
import { basicsOf } from './course-basics.ts';

type EditFormProps = { course: Course; categories: { slug: string; name: string }[] };

const levels = ['all', 'beginner', 'intermediate', 'advanced'] as const;
const fieldIds = {
  title: 'course-title',
  summary: 'course-summary',
  level: 'course-level',
  category: 'course-category',
  outcomes: 'course-outcomes',
  price: 'course-amount',
  parts: 'course-parts',
  surcharge: 'course-surcharge',
  currency: 'course-currency',
};
/** Fields that wait for a choice in another one: where no script runs they do not, as nothing would open them. */
const waiting = 'hidden noscript:block';

/** What the form holds, as texts. */
type Values = Record<keyof typeof fieldIds, string>;

const names: (keyof Values)[] = [
  'title',
  'summary',
  'level',
  'category',
  'currency',
  'price',
  'parts',
  'surcharge',
  'outcomes',
];

function valuesOf(course: Course, decimalSign: string): Values {
  return {
    title: course.title,
    summary: course.summary,
    level: course.level,
    category: course.category ?? '',
    outcomes: course.outcomes.join('\n'),
    price: course.price ? amountText(course.price.amount, decimalSign) : '',
    currency: course.price?.currency ?? '',
    parts: course.instalments ? String(course.instalments.parts) : '',
    surcharge: course.instalments?.surcharge ? percentText(course.instalments.surcharge, decimalSign) : '',
  };
}

/** Ten-thousandths as a percentage: 250 is `2.5`. */
const percentText = (parts: number, decimalSign: string) => String(parts / 100).replace('.', decimalSign);

/**
 * What was sent, by the names of the form's values; the amount of money has a name of its own in the form. Lines end as they
 * do in a field: on the way they end with two signs.
 */
function typedValues({ amount, ...typed }: Record<string, string>): Partial<Values> {
  const known = Object.keys(fieldIds);
  return {
    ...Object.fromEntries(
      Object.entries(typed).flatMap(([name, text]) =>
        known.includes(name) ? [[name, text.replaceAll('\r\n', '\n')]] : [],
      ),
    ),
    ...(amount === undefined ? {} : { price: amount }),
  };
}

/** What the form holds after it was saved: everything as it is kept now, except what was typed since it was sent. */
function asKept(values: Values, sent: Partial<Values>, kept: Values): Values {
  const after = { ...values };
  for (const name of names) if (values[name] === sent[name]) after[name] = kept[name];
  return after;
}

/**
 * Title, summary, level, category, price and outcomes of a course. If somebody else saved in between, both versions
 * are shown side by side where they differ; what was typed stays in the fields.
 */
export function EditForm({ course, categories }: EditFormProps) {
  const t = useTranslations('studio.edit');
  const tParts = useTranslations('instalments.sell');
  const tCommon = useTranslations('common');
  const decimalSign = decimalSignOf(useLocale());
  const initial: EditState = {
    form: fresh,
    version: course.version,
    began: basicsOf(course),
    theirs: null,
    saved: null,
  };
  const [state, save, busy] = useActionState(saveCourse, initial);
  const { form, theirs, saved } = state;
  // Where no script runs, a refusal comes as a new page: it begins with what was typed.
  const [values, setValues] = useState(() => ({
    ...valuesOf(course, decimalSign),
    ...(form.kind === 'refused' ? typedValues(form.typed) : {}),
  }));
  const [shown, setShown] = useState(saved);
  if (saved !== shown) {
    setShown(saved);
    if (saved) setValues(asKept(values, typedValues(saved.typed), valuesOf(saved.course, decimalSign)));
  }
  const errors = form.kind === 'refused' ? form.fields : {};
  const isFree = values.currency === '';
  const set = (name: keyof Values) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setValues((before) => ({ ...before, [name]: value }));
  };
  const labels: Record<keyof Values, string> = {
    title: t('title'),
    summary: t('summary'),
    level: t('level'),
    category: t('category'),
    outcomes: t('outcomes'),
    price: t('price'),
    currency: t('currency'),
    parts: tParts('title'),
    surcharge: tParts('surcharge'),
  };
  const show = (name: keyof Values, value: string) => {
    const level = levels.find((known) => known === value);
    if (name === 'level' && level) return t(`levels.${level}`);
    if (name === 'category') return categories.find((one) => one.slug === value)?.name ?? t('noCategory');
    if (name === 'currency') return value || tCommon('free');
    if (name === 'parts') return value ? tParts('many', { count: Number(value) }) : tParts('none');
    return value || t('nothing');
  };
  const theirValues = theirs && valuesOf(theirs, decimalSign);
  const different = theirValues ? names.filter((name) => theirValues[name] !== values[name]) : [];
  return (
    <form
      action={save}
      onSubmit={(event) => {
        // With scripts the form is sent by hand: React would empty it after its action.
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        // What cannot be seen is not meant.
        if (isFree) for (const name of ['amount', 'parts', 'surcharge']) data.delete(name);
        start(() => save(data));
      }}
      className="max-w-2xl space-y-5"
    >
      <UnsavedQuestion state={form} />
      <input type="hidden" name="course" value={course.id} />
      <input type="hidden" name="sold" value={course.price ? 'yes' : ''} />
      {theirs && theirValues ? (
        <Callout
          kind="warning"
          live
          title={t('conflict')}
          action={
            <span className="flex flex-wrap gap-2">
              <Button type="submit" size="sm" loading={busy}>
                {t('keepMine')}
              </Button>
              <Button size="sm" variant="outline" onClick={() => setValues(theirValues)}>
                {t('takeTheirs')}
              </Button>
            </span>
          }
        >
          <p>{t('conflictText', { count: different.length })}</p>
          {different.length > 0 && (
            <dl className="mt-3 space-y-3">
              {different.map((name) => (
                <div key={name}>
                  <dt className="font-medium">{labels[name]}</dt>
                  <dd className="mt-0.5 grid gap-x-4 gap-y-1 sm:grid-cols-2">
                    <span className="wrap-anywhere whitespace-pre-line">
                      <span className="block text-muted-foreground text-xs">{t('mine')}</span>
                      {show(name, values[name])}
                    </span>
                    <span className="wrap-anywhere whitespace-pre-line">
                      <span className="block text-muted-foreground text-xs">{t('theirs')}</span>
                      {show(name, theirValues[name])}
                    </span>
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </Callout>
      ) : (
        <FormFeedback state={form} doneMessage={tCommon('saved')} fieldIds={fieldIds} />
      )}
      <Field id={fieldIds.title} label={t('title')} error={errors.title} required>
        {(control) => <Input name="title" maxLength={200} value={values.title} onChange={set('title')} {...control} />}
      </Field>
      <Field id={fieldIds.summary} label={t('summary')} help={t('summaryHelp')} error={errors.summary}>
        {(control) => (
          <Textarea
            name="summary"
            maxLength={500}
            rows={3}
            value={values.summary}
            onChange={set('summary')}
            {...control}
          />
        )}
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field id={fieldIds.level} label={t('level')} error={errors.level}>
          {(control) => (
            <Select name="level" value={values.level} onChange={set('level')} {...control}>
              {levels.map((level) => (
                <option key={level} value={level}>
                  {t(`levels.${level}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field id={fieldIds.category} label={t('category')} error={errors.category}>
          {(control) => (
            <Select name="category" value={values.category} onChange={set('category')} {...control}>
              <option value="">{t('noCategory')}</option>
              {categories.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          id={fieldIds.currency}
          label={t('currency')}
          help={isFree ? t('priceHelpFree') : undefined}
          error={errors.currency}
        >
          {(control) => (
            <Select name="currency" value={values.currency} onChange={set('currency')} {...control}>
              <option value="">{tCommon('free')}</option>
              {currencies.map((currency) => (
                <option key={currency} value={currency}>
                  {t(`currencies.${currency}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          id={fieldIds.price}
          label={t('price')}
          error={errors.price}
          required={!isFree}
          className={isFree ? waiting : ''}
        >
          {(control) => (
            <Input
              name="amount"
              inputMode="decimal"
              autoComplete="off"
              className="tabular"
              value={values.price}
              onChange={set('price')}
              {...control}
            />
          )}
        </Field>
        <Field
          id={fieldIds.parts}
          label={tParts('title')}
          help={tParts('help')}
          error={errors.parts}
          className={isFree ? waiting : ''}
        >
          {(control) => (
            <Select name="parts" value={values.parts} onChange={set('parts')} {...control}>
              <option value="">{tParts('none')}</option>
              {Array.from({ length: 11 }, (_, index) => index + 2).map((count) => (
                <option key={count} value={count}>
                  {tParts('many', { count })}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          id={fieldIds.surcharge}
          label={tParts('surcharge')}
          help={tParts('surchargeHelp')}
          error={errors.surcharge}
          className={isFree || values.parts === '' ? waiting : ''}
        >
          {(control) => (
            <Input
              name="surcharge"
              inputMode="decimal"
              autoComplete="off"
              className="tabular"
              placeholder="0"
              value={values.surcharge}
              onChange={set('surcharge')}
              {...control}
            />
          )}
        </Field>
      </div>
      <Field id={fieldIds.outcomes} label={t('outcomes')} help={t('outcomesHelp')} error={errors.outcomes}>
        {(control) => (
          <Textarea name="outcomes" rows={6} value={values.outcomes} onChange={set('outcomes')} {...control} />
        )}
      </Field>
      <div className="sticky bottom-0 -mx-4 flex items-center gap-3 border-t bg-background/95 px-4 py-3 backdrop-blur-sm sm:static sm:mx-0 sm:border-0 sm:bg-transparent sm:p-0">
        <Button type="submit" loading={busy}>
          {tCommon('save')}
        </Button>
      </div>
    </form>
  );
}
