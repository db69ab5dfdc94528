'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';

/** Code with its language and a copy button. `children` replaces the plain text when somebody highlights it on the server. */
export function CodeBlock({ code, language, children }: { code: string; language?: string; children?: ReactNode }) {
  const t = useTranslations('common');
  return (
    <figure className="overflow-hidden rounded-lg border bg-card">
      <figcaption className="flex h-9 items-center justify-between border-b bg-muted ps-4 pe-1 text-muted-foreground text-xs">
        <span className="font-mono">{language ?? t('code')}</span>
        <CopyButton text={code} label={t('copy')} copiedLabel={t('copied')} className="h-7" />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0} className="scroll-x p-4 font-mono text-[0.8125rem] leading-6">
        <code>{children ?? code}</code>
      </pre>
    </figure>
  );
}
