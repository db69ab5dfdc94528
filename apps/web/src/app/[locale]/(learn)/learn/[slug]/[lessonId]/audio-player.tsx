'use client';

import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { useWatching, type Watch } from './use-watching.ts';

/** A recording with the browser's own controls, which every platform makes accessible in its own way. */
export function AudioPlayer({ src, title, watch }: { src: string; title: string; watch: Watch }) {
  const t = useTranslations('player.video');
  const audio = useRef<HTMLAudioElement>(null);
  const completed = useWatching(audio, watch);
  return (
    <figure className="rounded-lg border bg-card p-4">
      <figcaption className="mb-3 font-medium text-sm">{title}</figcaption>
      {/* biome-ignore lint/a11y/useMediaCaption: recordings of imports have no captions; their text is in the lesson */}
      <audio ref={audio} src={src} controls preload="metadata" aria-label={title} className="h-10 w-full" />
      <p role="status" className="sr-only">
        {completed ? t('completed') : ''}
      </p>
    </figure>
  );
}
