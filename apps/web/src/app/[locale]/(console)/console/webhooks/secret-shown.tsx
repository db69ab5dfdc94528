'use client';

import { useTranslations } from 'next-intl';
import { Callout } from '@/components/ui/callout.tsx';
import { CodeBlock } from '@/components/ui/code-block.tsx';

/** A secret, this once. */
export function SecretShown({ secret }: { secret: string }) {
  const t = useTranslations('console.webhooks');
  return (
    <div className="space-y-3">
      <Callout kind="warning" title={t('secretOnce')}>
        {t('secretOnceText')}
      </Callout>
      <CodeBlock code={secret} language={t('secret')} />
    </div>
  );
}
