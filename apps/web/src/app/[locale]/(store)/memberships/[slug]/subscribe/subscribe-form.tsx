'use client';

import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useActionState, useTransition } from 'react';
import { ProviderChoice, type ProviderOption, providerFieldIds } from '@/buying/provider-choice.tsx';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh, keyOfTry } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { CountryField } from '../../../checkout/country-field.tsx';
import { Step } from '../../../checkout/step.tsx';
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
      <input type="hidden" name="key" value={keyOfTry(requestKey, state)} />
      <Step id="who" title={tCheckout('who')}>
        <p className="text-sm">
          <span className="block font-medium">{person.name}</span>
          <span className="wrap-anywhere block text-muted-foreground">{person.email}</span>
        </p>
        <CountryField
          id="buyer-country"
          countries={countries}
          country={country}
          error={errors.country}
          update={update}
        />
      </Step>
      <Step id="how" title={tCheckout('how')}>
        {isTrial ? (
          <>
            <p className="max-w-prose text-sm">{t('checkout.trialHow')}</p>
            <input type="hidden" name="provider" value={renewing?.name ?? ''} />
          </>
        ) : (
          <ProviderChoice providers={providers} typed={typed} errors={errors} name={person.name} />
        )}
      </Step>
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
