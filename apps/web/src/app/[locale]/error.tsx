'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { buttonClasses } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Link } from '@/i18n/navigation.ts';

/**
 * A page that failed. On the server the thrown problem stays in the log; what travels is its digest, which is the trace
 * id when an API call failed (see src/instrumentation.ts) and a hash of the error otherwise.
 */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('common.pageError');
  const [announced, setAnnounced] = useState(false);
  useEffect(() => setAnnounced(true), []);
  return (
    <div className="page-column py-16" aria-busy={!announced}>
      <ErrorState
        title={t('title')}
        traceId={error.digest}
        onRetry={reset}
        action={
          <Link href="/" className={buttonClasses({ variant: 'ghost' })}>
            {t('home')}
          </Link>
        }
      >
        {t('text')}
      </ErrorState>
    </div>
  );
}
