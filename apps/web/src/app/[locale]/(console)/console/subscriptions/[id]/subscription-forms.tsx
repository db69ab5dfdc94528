'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { cancelSubscription } from './actions.ts';

/** Ends a subscription for its owner, now or with its period, and says why. */
export function CancelForm({ id, mayWait }: { id: string; mayWait: boolean }) {
  const t = useTranslations('memberships.console');
  const tCommon = useTranslations('common');
  const [state, act, busy] = useActionState(cancelSubscription, fresh);
  const typed: Record<string, string> = state.kind === 'refused' ? state.typed : {};
  return (
    <form action={act} className="max-w-lg space-y-3">
      <FormFeedback state={state} doneMessage={tCommon('saved')} />
      <input type="hidden" name="id" value={id} />
      <Field id="cancel-note" label={t('note')} hint={tCommon('optional')} help={t('noteHelp')}>
        {(control) => <Input name="note" maxLength={500} defaultValue={typed.note} autoComplete="off" {...control} />}
      </Field>
      <div className="flex flex-wrap gap-2">
        {mayWait && (
          <Button type="submit" name="at" value="period_end" size="sm" variant="outline" loading={busy}>
            {t('cancelEnd')}
          </Button>
        )}
        <Button type="submit" name="at" value="now" size="sm" variant="destructive" loading={busy}>
          {t('cancelNow')}
        </Button>
      </div>
    </form>
  );
}
