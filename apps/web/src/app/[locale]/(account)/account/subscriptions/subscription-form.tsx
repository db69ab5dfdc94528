'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { changeSubscription } from './actions.ts';

type SubscriptionFormProps = { id: string; title: string; changes: readonly ('cancel' | 'pause' | 'resume')[] };

/** What can be done with a subscription now. */
export function SubscriptionForm({ id, title, changes }: SubscriptionFormProps) {
  const t = useTranslations('buying.subscriptions');
  const tCommon = useTranslations('common');
  const [state, change, busy] = useActionState(changeSubscription, fresh);
  return (
    <form action={change} className="space-y-3">
      <FormFeedback state={state} doneMessage={tCommon('saved')} />
      <input type="hidden" name="id" value={id} />
      <div className="flex flex-wrap gap-2">
        {changes.map((one) => (
          <Button
            key={one}
            type="submit"
            name="change"
            value={one}
            size="sm"
            variant={one === 'resume' ? 'primary' : 'outline'}
            loading={busy}
            aria-label={t(`changeOf.${one}`, { title })}
          >
            {t(`change.${one}`)}
          </Button>
        ))}
      </div>
    </form>
  );
}
