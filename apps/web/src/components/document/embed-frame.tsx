'use client';

import { ExternalLink, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

type Props = { src: string; title: string; provider: string; page: string };

/**
 * A video of another site. Nothing is asked of that site before the person presses the button, because from then on it
 * learns who watches. Without JavaScript the link leads there.
 */
export function EmbedFrame({ src, title, provider, page }: Props) {
  const t = useTranslations('player.document');
  const [open, setOpen] = useState(false);
  if (open) {
    return (
      <iframe
        src={`${src}&autoplay=1`}
        title={title || provider}
        allow="autoplay; encrypted-media; picture-in-picture; fullscreen"
        allowFullScreen
        referrerPolicy="strict-origin-when-cross-origin"
        className="aspect-video w-full rounded-lg border-0"
      />
    );
  }
  return (
    <div className="flex aspect-video w-full flex-col items-center justify-center gap-3 overflow-hidden rounded-lg border bg-muted p-4 text-center text-sm">
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="inline-flex min-h-12 items-center gap-3 rounded-md bg-primary px-5 font-medium text-base text-primary-foreground hover:bg-primary-hover"
      >
        <Play aria-hidden="true" className="size-5" />
        {t('playFrom', { provider })}
      </button>
      {title && <p className="line-clamp-2 font-medium">{title}</p>}
      <p className="hidden max-w-md text-muted-foreground leading-5 sm:block">{t('privacy', { provider })}</p>
      <a href={page} rel="noreferrer noopener" target="_blank" className="inline-flex min-h-6 items-center gap-1">
        {t('openAt', { provider })}
        <ExternalLink aria-hidden="true" className="size-3.5" />
        <span className="sr-only">{t('newTab')}</span>
      </a>
    </div>
  );
}
