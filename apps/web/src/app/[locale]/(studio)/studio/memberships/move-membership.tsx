'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { moveMembership } from './actions.ts';

/** Offers a membership, or takes it out of the shop. */
export function MoveMembership({ id, name, isPublished }: { id: string; name: string; isPublished: boolean }) {
  const t = useTranslations('memberships.studio');
  const tCommon = useTranslations('common');
  const [state, act, busy] = useActionState(moveMembership, fresh);
  return (
    <form action={act} className="flex flex-col gap-2">
      <FormFeedback state={state} doneMessage={tCommon('saved')} />
      <input type="hidden" name="membership" value={id} />
      <input type="hidden" name="to" value={isPublished ? 'archive' : 'publish'} />
      <Button
        type="submit"
        size="sm"
        variant={isPublished ? 'ghost' : 'outline'}
        loading={busy}
        aria-label={t(isPublished ? 'archiveOf' : 'publishOf', { name })}
      >
        {t(isPublished ? 'archive' : 'publish')}
      </Button>
    </form>
  );
}
