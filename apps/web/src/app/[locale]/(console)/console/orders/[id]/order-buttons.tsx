'use client';

import { RefreshCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { type FormState, fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { askProvider, cancelOrder, resolveEvidence } from './actions.ts';

type ActionFormProps = {
  action: (before: FormState, data: FormData) => Promise<FormState>;
  name: string;
  value: string;
  doneMessage: string;
  button: (busy: boolean) => ReactNode;
};

/** One button that changes something, as a form: it works where no script runs. */
function ActionForm({ action, name, value, doneMessage, button }: ActionFormProps) {
  const [state, act, busy] = useActionState(action, fresh);
  return (
    <form action={act} className="space-y-2">
      <input type="hidden" name={name} value={value} />
      <FormFeedback state={state} doneMessage={doneMessage} />
      {button(busy)}
    </form>
  );
}

/** Has the provider asked how a payment stands. */
export function AskProvider({ payment }: { payment: string }) {
  const t = useTranslations('sales.order');
  return (
    <ActionForm
      action={askProvider}
      name="payment"
      value={payment}
      doneMessage={t('asked')}
      button={(busy) => (
        <Button type="submit" size="sm" variant="outline" loading={busy}>
          <RefreshCw aria-hidden="true" />
          {t('askAgain')}
        </Button>
      )}
    />
  );
}

/** Takes a flagged piece of evidence off the list of what needs a look. */
export function ResolveEvidence({ evidence }: { evidence: number }) {
  const t = useTranslations('sales.order');
  const tPayments = useTranslations('sales.payments');
  return (
    <ActionForm
      action={resolveEvidence}
      name="evidence"
      value={String(evidence)}
      doneMessage={tPayments('resolved')}
      button={(busy) => (
        <Button type="submit" size="sm" variant="outline" loading={busy}>
          {t('resolve')}
        </Button>
      )}
    />
  );
}

/** The answer to "Cancel this order?". */
export function ConfirmCancel({ order }: { order: string }) {
  const t = useTranslations('sales.order');
  return (
    <ActionForm
      action={cancelOrder}
      name="order"
      value={order}
      doneMessage={t('cancelled')}
      button={(busy) => (
        <Button type="submit" variant="destructive" loading={busy}>
          {t('cancelConfirm')}
        </Button>
      )}
    />
  );
}
