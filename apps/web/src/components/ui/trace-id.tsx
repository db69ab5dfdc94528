'use client';

import { useTranslations } from 'next-intl';
import { cn } from '@/design/cn.ts';
import { CopyButton } from './copy-button.tsx';

/** What support asks for, with a button that copies it. */
export function TraceId({ id, className }: { id: string; className?: string }) {
  const t = useTranslations('common');
  return (
    <p className={cn('flex flex-wrap items-center gap-x-2 text-muted-foreground text-xs', className)}>
      <span>{t('traceId')}</span>
      <code className="break-all font-mono">{id}</code>
      <CopyButton text={id} label={t('copy')} copiedLabel={t('copied')} />
    </p>
  );
}
