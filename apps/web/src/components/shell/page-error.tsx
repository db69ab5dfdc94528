'use client';

import { useTranslations } from 'next-intl';
import { buttonClasses } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Link } from '@/i18n/navigation.ts';

/** What `error.tsx` shows. */
export default function PageError({ digest, onRetry }: { digest: string | undefined; onRetry: () => void }) {
  const t = useTranslations('common.pageError');
  return (
    <div className="page-column py-16">
      <ErrorState
        title={t('title')}
        traceId={digest}
        onRetry={onRetry}
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
