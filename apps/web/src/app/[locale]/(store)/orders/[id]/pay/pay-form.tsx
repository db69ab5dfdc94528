'use client';

import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { ProviderChoice, type ProviderOption, providerFieldIds } from '@/buying/provider-choice.tsx';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { payOrder } from './actions.ts';

type PayFormProps = {
  orderId: string;
  token: string | undefined;
  /** Payments the order has had. */
  before: number;
  providers: ProviderOption[];
  amount: string;
  name: string;
  /** The provider tried last. */
  last: string | undefined;
  /** It is for a period of something that renews itself. */
  renews: boolean;
};

/** Chooses how to pay an order that is there already. */
export function PayForm({ orderId, token, before, providers, amount, name, last, renews }: PayFormProps) {
  const t = useTranslations('buying.pay');
  const [state, pay, busy] = useActionState(payOrder, fresh);
  const typed: Record<string, string> = state.kind === 'refused' ? state.typed : last ? { provider: last } : {};
  const errors = state.kind === 'refused' ? state.fields : {};
  return (
    <form action={pay} className="space-y-5">
      <FormFeedback state={state} doneMessage="" fieldIds={providerFieldIds(providers)} />
      <input type="hidden" name="order" value={orderId} />
      {token && <input type="hidden" name="token" value={token} />}
      <input type="hidden" name="before" value={before} />
      <input type="hidden" name="retry" value={state.kind === 'refused' ? state.at : ''} />
      <ProviderChoice providers={providers} typed={typed} errors={errors} name={name} renews={renews} />
      <Button type="submit" size="lg" loading={busy} className="w-full">
        <Lock aria-hidden="true" />
        {t('payAmount', { amount })}
      </Button>
    </form>
  );
}
