'use client';

import { useTranslations } from 'next-intl';
import { useActionState, useState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { type FormState, fresh, keyOfTry } from '@/components/forms/form-state.ts';
import { UnsavedQuestion } from '@/components/forms/unsaved.tsx';
import { CurrencySelect } from '@/components/sales/price-inputs.tsx';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Checkbox, Radio, RadioGroup } from '@/components/ui/choice.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input, Textarea } from '@/components/ui/input.tsx';
import { Link } from '@/i18n/navigation.ts';
import { makeCoupon } from './actions.ts';
import { type CouponRoom, couponPaths } from './coupon-room.ts';

type CouponFormProps = {
  room: CouponRoom;
  timeZone: string;
  /** Names this coupon, so that two clicks make one. */
  requestKey: string;
  /** What a seller may choose from. */
  courses: { id: string; title: string }[];
};

const fieldIds = {
  code: 'coupon-code',
  value: 'coupon-value',
  currency: 'coupon-currency',
  skus: 'coupon-skus',
  startsAt: 'coupon-from',
  endsAt: 'coupon-until',
  maxUses: 'coupon-uses',
  maxUsesPerPerson: 'coupon-per-person',
  minimum: 'coupon-minimum',
};

/** Everything a coupon is: what it takes off, for what, when and how often. */
export function CouponForm(props: CouponFormProps) {
  const [state, act, busy] = useActionState(makeCoupon, fresh);
  return <Fields key={state.kind === 'refused' ? state.at : 0} {...props} state={state} act={act} busy={busy} />;
}

function Fields({
  room,
  timeZone,
  requestKey,
  courses,
  state,
  act,
  busy,
}: CouponFormProps & { state: FormState; act: (data: FormData) => void; busy: boolean }) {
  const t = useTranslations('sales.coupons');
  const tCommon = useTranslations('common');
  const typed: Record<string, string> = state.kind === 'refused' ? state.typed : {};
  const errors: Record<string, string> = state.kind === 'refused' ? state.fields : {};
  const [key] = useState(() => keyOfTry(requestKey, state));
  const optional = tCommon('optional');
  return (
    <form action={act} className="max-w-2xl space-y-6">
      <UnsavedQuestion state={state} />
      <input type="hidden" name="room" value={room} />
      <input type="hidden" name="key" value={key} />
      <FormFeedback state={state} doneMessage="" fieldIds={fieldIds} />
      <Field
        label={t('code')}
        help={t('codeHelp')}
        error={errors.code}
        id={fieldIds.code}
        required
        className="max-w-sm"
      >
        {(control) => (
          <Input
            name="code"
            defaultValue={typed.code}
            maxLength={40}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            className="font-mono uppercase"
            {...control}
          />
        )}
      </Field>
      <RadioGroup legend={t('takesOff')}>
        <Radio name="kind" value="percent" defaultChecked={typed.kind !== 'amount'} label={t('kindPercent')} />
        <Radio name="kind" value="amount" defaultChecked={typed.kind === 'amount'} label={t('kindAmount')} />
      </RadioGroup>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('value')} help={t('valueHelp')} error={errors.value} id={fieldIds.value} required>
          {(control) => (
            <Input name="value" inputMode="decimal" autoComplete="off" defaultValue={typed.value} {...control} />
          )}
        </Field>
        <Field label={t('currency')} id={fieldIds.currency}>
          {(control) => <CurrencySelect name="currency" defaultValue={typed.currency ?? 'BRL'} {...control} />}
        </Field>
      </div>
      <RadioGroup legend={t('scope')}>
        <Radio name="scope" value="order" defaultChecked={typed.scope !== 'item'} label={t('scopeOrder')} />
        <Radio name="scope" value="item" defaultChecked={typed.scope === 'item'} label={t('scopeItem')} />
      </RadioGroup>
      {room === 'console' ? (
        <RadioGroup legend={t('goodFor')}>
          <Radio
            name="goodFor"
            value="all"
            defaultChecked={(typed.goodFor ?? 'all') === 'all'}
            label={t('everything')}
          />
          <Radio name="goodFor" value="courses" defaultChecked={typed.goodFor === 'courses'} label={t('everyCourse')} />
          <Radio name="goodFor" value="chosen" defaultChecked={typed.goodFor === 'chosen'} label={t('chosen')} />
          <Field label={t('skus')} help={t('skusHelp')} error={errors.skus} id={fieldIds.skus} className="ps-8">
            {(control) => (
              <Textarea
                name="skus"
                rows={2}
                spellCheck={false}
                className="font-mono"
                defaultValue={typed.skus}
                {...control}
              />
            )}
          </Field>
        </RadioGroup>
      ) : (
        courses.length > 0 && (
          <fieldset className="min-w-0 space-y-2">
            <legend className="mb-1 font-medium text-sm">{t('goodFor')}</legend>
            <p className="text-muted-foreground text-sm">{t('chooseCourses')}</p>
            <ul className="max-h-64 space-y-2 overflow-y-auto rounded-lg border bg-card p-3">
              {courses.map(({ id, title }) => (
                <li key={id}>
                  <Checkbox
                    name={`course-${id}`}
                    defaultChecked={typed[`course-${id}`] === 'on'}
                    label={title}
                    className="wrap-anywhere"
                  />
                </li>
              ))}
            </ul>
          </fieldset>
        )
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('from')} hint={optional} id={fieldIds.startsAt} error={errors.startsAt}>
          {(control) => <Input type="date" name="startsAt" defaultValue={typed.startsAt} {...control} />}
        </Field>
        <Field label={t('until')} hint={optional} id={fieldIds.endsAt} error={errors.endsAt}>
          {(control) => <Input type="date" name="endsAt" defaultValue={typed.endsAt} {...control} />}
        </Field>
        <p className="-mt-2 text-muted-foreground text-sm sm:col-span-2">{t('windowHelp', { zone: timeZone })}</p>
        <Field label={t('maxUses')} hint={optional} id={fieldIds.maxUses} error={errors.maxUses}>
          {(control) => (
            <Input
              name="maxUses"
              inputMode="numeric"
              placeholder={t('noLimit')}
              defaultValue={typed.maxUses}
              {...control}
            />
          )}
        </Field>
        <Field label={t('maxPerPerson')} hint={optional} id={fieldIds.maxUsesPerPerson} error={errors.maxUsesPerPerson}>
          {(control) => (
            <Input
              name="maxUsesPerPerson"
              inputMode="numeric"
              placeholder={t('noLimit')}
              defaultValue={typed.maxUsesPerPerson}
              {...control}
            />
          )}
        </Field>
        <Field label={t('minimum')} hint={optional} id={fieldIds.minimum} error={errors.minimum}>
          {(control) => (
            <Input
              name="minimum"
              inputMode="decimal"
              placeholder={t('noLimit')}
              defaultValue={typed.minimum}
              {...control}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" loading={busy}>
          {t('make')}
        </Button>
        <Link href={couponPaths[room]} className={buttonClasses({ variant: 'ghost' })}>
          {t('back')}
        </Link>
      </div>
    </form>
  );
}
