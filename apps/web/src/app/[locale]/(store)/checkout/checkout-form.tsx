'use client';

import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useActionState, useState, useTransition } from 'react';
import { ProviderChoice, type ProviderOption, providerFieldIds } from '@/buying/provider-choice.tsx';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Radio } from '@/components/ui/choice.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { CountryField } from './country-field.tsx';
import { placeOrder } from './place-order.ts';
import { Step } from './step.tsx';

type CheckoutFormProps = {
  /** The signed-in person; guests tell who they are. */
  person: { name: string; email: string } | null;
  countries: { code: string; name: string }[];
  country: string;
  providers: ProviderOption[];
  cartSeed: string;
  total: { amount: number; currency: string };
  /** The amount as the button says it. */
  totalText: string;
  /** Present when it can also be paid in parts. */
  parts: {
    count: number;
    /** What is agreed to, as it is sent back. */
    agreed: string;
    first: string;
    total: string;
    /** The day of the last part. */
    lastDay: string;
    /** What it costs more; null without a surcharge. */
    extra: string | null;
    schedule: ReactNode;
  } | null;
};

/** Who buys, where, and how it is paid. One form, one button. */
export function CheckoutForm(props: CheckoutFormProps) {
  const { person, countries, country, providers, cartSeed, total, totalText, parts } = props;
  const tParts = useTranslations('instalments.checkout');
  const t = useTranslations('buying.checkout');
  const tCommon = useTranslations('common');
  const [state, place, busy] = useActionState(placeOrder, fresh);
  const [updating, update] = useTransition();
  const [chosen, choose] = useState<'once' | 'parts' | null>(null);
  const typed = state.kind === 'refused' ? state.typed : {};
  const errors = state.kind === 'refused' ? state.fields : {};
  const free = total.amount === 0;
  // A refusal is kept for its key, so another try needs another one. Not where the order was made and only the provider
  // asks for more: that must stay the same order.
  const kept = state.kind !== 'refused' || state.code === 'payer_details_needed';
  const retry = kept ? (typed.retry ?? '') : state.at;
  const fieldIds = {
    email: 'buyer-email',
    name: 'buyer-name',
    country: 'buyer-country',
    ...providerFieldIds(providers),
  };
  return (
    <form action={place} className="space-y-10">
      <FormFeedback state={state} doneMessage="" fieldIds={fieldIds} />
      <input type="hidden" name="cart" value={cartSeed} />
      <input type="hidden" name="total" value={`${total.amount} ${total.currency}`} />
      <input type="hidden" name="retry" value={retry} />
      <Step id="who" title={t('who')}>
        {person ? (
          <p className="text-sm">
            <span className="block font-medium">{person.name}</span>
            <span className="wrap-anywhere block text-muted-foreground">{person.email}</span>
          </p>
        ) : (
          <>
            <p className="text-muted-foreground text-sm">
              {t.rich('guest', {
                signIn: (words) => (
                  <a
                    href="/auth/sign-in"
                    className="text-primary underline decoration-1 underline-offset-4 hover:decoration-2"
                  >
                    {words}
                  </a>
                ),
              })}
            </p>
            <div className="grid gap-4 sm:grid-cols-2">
              <Field id={fieldIds.email} label={t('email')} help={t('emailHelp')} error={errors.email} required>
                {(control) => (
                  <Input
                    name="email"
                    type="email"
                    inputMode="email"
                    autoComplete="email"
                    maxLength={254}
                    defaultValue={typed.email}
                    {...control}
                  />
                )}
              </Field>
              <Field id={fieldIds.name} label={t('name')} hint={tCommon('optional')} error={errors.name}>
                {(control) => (
                  <Input name="name" autoComplete="name" maxLength={100} defaultValue={typed.name} {...control} />
                )}
              </Field>
            </div>
          </>
        )}
        <CountryField
          id={fieldIds.country}
          countries={countries}
          country={country}
          error={errors.country}
          update={update}
        />
      </Step>
      {parts && !free && (
        <Step id="parts" title={tParts('title')}>
          <fieldset className="space-y-3">
            <legend className="sr-only">{tParts('title')}</legend>
            <div className="rounded-lg border bg-card p-4 has-checked:border-primary has-checked:bg-primary-soft/40">
              <Radio
                name="pay"
                value="once"
                key={`once ${typed.pay}`}
                defaultChecked={typed.pay !== 'parts'}
                label={tParts('once')}
                help={totalText}
                onChange={() => choose('once')}
              />
            </div>
            <div className="group/parts rounded-lg border bg-card p-4 has-[[value=parts]:checked]:border-primary has-[[value=parts]:checked]:bg-primary-soft/40">
              <Radio
                name="pay"
                value="parts"
                key={`parts ${typed.pay}`}
                disabled={!person}
                defaultChecked={typed.pay === 'parts'}
                label={tParts('parts', { parts: parts.count })}
                onChange={() => choose('parts')}
                help={
                  <>
                    {tParts('nowThen', { first: parts.first, count: parts.count - 1 })}
                    <span className="block">
                      {parts.extra ? tParts('extra', { amount: parts.extra }) : tParts('noExtra')}
                    </span>
                  </>
                }
              />
              {!person && (
                <p className="mt-2 ms-[1.875rem] text-sm">
                  {tParts.rich('signIn', {
                    signIn: (words) => (
                      <a
                        href="/auth/sign-in"
                        className="text-primary underline decoration-1 underline-offset-4 hover:decoration-2"
                      >
                        {words}
                      </a>
                    ),
                  })}
                </p>
              )}
              <div className="mt-4 hidden space-y-3 border-t pt-4 group-has-[[value=parts]:checked]/parts:block">
                <h3 className="font-medium font-sans text-sm tracking-normal">{tParts('schedule')}</h3>
                {parts.schedule}
                <p className="text-muted-foreground text-xs">
                  {tParts('agree', { count: parts.count, total: parts.total })}
                </p>
              </div>
            </div>
            <input type="hidden" name="agreed" value={parts.agreed} />
            {/* The summary changes by itself; this is for who does not see it change. */}
            <p role="status" className="sr-only">
              {chosen === 'once' && tParts('saidOnce', { total: totalText })}
              {chosen === 'parts' &&
                tParts('saidParts', {
                  parts: parts.count,
                  first: parts.first,
                  total: parts.total,
                  date: parts.lastDay,
                })}
            </p>
          </fieldset>
        </Step>
      )}
      {!free && (
        <Step id="how" title={t('how')}>
          <ProviderChoice providers={providers} typed={typed} errors={errors} name={person?.name ?? ''} />
        </Step>
      )}
      <div className="space-y-3">
        <Button type="submit" size="lg" loading={busy || updating} className="w-full sm:w-auto sm:min-w-64">
          <Lock aria-hidden="true" />
          {parts && !free ? (
            <>
              <span className="group-has-[[value=parts]:checked]/checkout:hidden">
                {t('place', { amount: totalText })}
              </span>
              <span className="hidden group-has-[[value=parts]:checked]/checkout:inline">
                {tParts('place', { amount: parts.first })}
              </span>
            </>
          ) : free ? (
            t('placeFree')
          ) : (
            t('place', { amount: totalText })
          )}
        </Button>
        <p className="max-w-prose text-muted-foreground text-xs">{t('safety')}</p>
      </div>
    </form>
  );
}
