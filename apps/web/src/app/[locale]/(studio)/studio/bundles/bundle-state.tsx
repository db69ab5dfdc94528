'use client';

import { Archive, Globe } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useActionState, useEffect } from 'react';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { moveBundle } from './actions.ts';

type BundleStateProps = { id: string; title: string; state: 'draft' | 'published' | 'archived' };

/** Offers a bundle for sale, or takes it off. Both can be undone with the same button. */
export function BundleState({ id, title, state }: BundleStateProps) {
  const t = useTranslations('studio.courses');
  const [answer, move, busy] = useActionState(moveBundle, fresh);
  useEffect(() => {
    if (answer.kind === 'refused') toast({ kind: 'destructive', message: answer.message });
  }, [answer]);
  const isOffered = state === 'published';
  return (
    <form action={move}>
      <input type="hidden" name="bundle" value={id} />
      <input type="hidden" name="to" value={isOffered ? 'archive' : 'publish'} />
      <Button
        type="submit"
        size="sm"
        variant={isOffered ? 'ghost' : 'primary'}
        loading={busy}
        aria-label={t(isOffered ? 'archiveOf' : 'publishOf', { title })}
      >
        {isOffered ? <Archive aria-hidden="true" /> : <Globe aria-hidden="true" />}
        {t(isOffered ? 'archive' : 'publish')}
      </Button>
      {answer.kind === 'refused' && (
        <noscript>
          <p className="mt-1 text-destructive text-sm">{answer.message}</p>
        </noscript>
      )}
    </form>
  );
}
