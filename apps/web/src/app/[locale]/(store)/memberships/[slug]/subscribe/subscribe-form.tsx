'use client';

import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useActionState, useTransition } from 'react';
import { ProviderChoice, type ProviderOption, providerFieldIds } from '@/buying/provider-choice.tsx';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Select } from '@/components/ui/select.tsx';
import { chooseCountry } from '../../../cart/actions.ts';
import { subscribe } from './actions.ts';

type SubscribeFormProps = {
  person: { name: string; email: string };
  countries: { code: string; name: string }[];
  country: string;
  providers: ProviderOption[];
  sku: string;
  trialDays: number;
  /** Names this subscription, so that two clicks make one. */
  requestKey: string;
  /** What the person sees that it costs. */
  agreed: string;
  totalText: string;
};

/** Who subscribes, where, and how it is paid. */
export function SubscribeForm(props: SubscribeFormProps) {
  const { person, countries, country, providers, sku, trialDays, requestKey, agreed, totalText } = props;
  const t = useTranslations('memberships');
  const tCheckout = useTranslations('buying.checkout');
  const [state, act, busy] = useActionState(subscribe, fresh);
  const [updating, update] = useTransition();
  const typed = state.kind === 'refused' ? state.typed : {};
  const errors = state.kind === 'refused' ? state.fields : {};
  const isTrial = trialDays > 0;
  const renewing = providers.find(({ available }) => available);
  return (
    <form action={act} className="space-y-10">
      <FormFeedback
        state={state}
        doneMessage=""
        fieldIds={{ country: 'buyer-country', ...providerFieldIds(providers) }}
      />
      <input type="hidden" name="sku" value={sku} />
      <input type="hidden" name="agreed" value={agreed} />
      {/* A refusal is kept for its key, so another try needs another one. */}
      <input type="hidden" name="key" value={state.kind === 'refused' ? `${requestKey}-${state.at}` : requestKey} />
      <section aria-labelledby="who" className="space-y-5">
        <h2 id="who" className="text-xl">
          {tCheckout('who')}
        </h2>
        <p className="text-sm">
          <span className="block font-medium">{person.name}</span>
          <span className="wrap-anywhere block text-muted-foreground">{person.email}</span>
        </p>
        <Field
          id="buyer-country"
          label={tCheckout('country')}
          help={tCheckout('countryHelp')}
          error={errors.country}
          className="sm:max-w-[calc(50%-0.5rem)]"
        >
          {(control) => (
            <Select
              key={country}
              name="country"
              autoComplete="country"
              defaultValue={country}
              onChange={(event) => {
                const { value } = event.currentTarget;
                update(() => chooseCountry(value));
              }}
              {...control}
            >
              <option value="">{tCheckout('countryNone')}</option>
              {countries.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </section>
      <section aria-labelledby="how" className="space-y-5">
        <h2 id="how" className="text-xl">
          {tCheckout('how')}
        </h2>
        {isTrial ? (
          <>
            <p className="max-w-prose text-sm">{t('checkout.trialHow')}</p>
            <input type="hidden" name="provider" value={renewing?.name ?? ''} />
          </>
        ) : (
          <ProviderChoice providers={providers} typed={typed} errors={errors} name={person.name} />
        )}
      </section>
      <div className="space-y-3">
        <Button
          type="submit"
          size="lg"
          loading={busy || updating}
          disabled={!renewing}
          className="w-full sm:w-auto sm:min-w-64"
        >
          <Lock aria-hidden="true" />
          {isTrial ? t('startTrial') : t('checkout.pay', { amount: totalText })}
        </Button>
        <p className="max-w-prose text-muted-foreground text-xs">
          {isTrial ? t('checkout.agreeTrial') : t('checkout.agree', { rule: t('anyTime') })}
        </p>
        {!isTrial && <p className="max-w-prose text-muted-foreground text-xs">{t('checkout.secret')}</p>}
      </div>
    </form>
  );
}
