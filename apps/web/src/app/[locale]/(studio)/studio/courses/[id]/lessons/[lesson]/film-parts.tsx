'use client';

import { useTranslations } from 'next-intl';
import { useActionState, useEffect, useRef } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Picture } from '@/components/ui/picture.tsx';
import { dropLessonFile } from '../../actions.ts';

type FilmPartsProps = {
  lessonId: string;
  /** The address of the film, and what people call it. */
  of: string;
  name: string;
  captions: { language: string; label: string }[];
  /** Where the poster can be seen. */
  poster: string | null;
};

/** Captions and poster of a film, to take away. Plain forms: they work where no script runs. */
export function FilmParts({ lessonId, of, name, captions, poster }: FilmPartsProps) {
  const t = useTranslations('studio.lesson');
  const [state, act, busy] = useActionState(dropLessonFile, fresh);
  const list = useRef<HTMLDivElement>(null);
  const doneAt = state.kind === 'done' ? state.at : null;
  // What is taken away takes its button along, and the focus with it.
  useEffect(() => {
    if (doneAt !== null) list.current?.focus();
  }, [doneAt]);
  const parts = [
    ...captions.map(({ language, label }) => ({ as: 'captions', language, label }) as const),
    ...(poster ? [{ as: 'poster', language: undefined, label: t('poster') } as const] : []),
  ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: nothing to fill in, so no fieldset
    <div ref={list} tabIndex={-1} role="group" aria-label={t('partsOf', { name })} className="space-y-2 rounded-md">
      <FormFeedback state={state} doneMessage={t('removed')} />
      {parts.length > 0 && (
        <ul className="divide-y rounded-md border">
          {parts.map(({ as, language, label }) => (
            <li key={`${as}${language}`} className="flex items-center justify-between gap-2 py-1 ps-3 pe-1">
              <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
                {as === 'poster' && poster && (
                  <Picture src={poster} alt="" className="my-1 aspect-video w-24 rounded-sm object-cover" />
                )}
                <span className="wrap-anywhere" lang={language}>
                  {label}
                </span>
                {as === 'captions' && <span className="text-muted-foreground">{t('captions')}</span>}
              </span>
              <form action={act} className="shrink-0">
                <input type="hidden" name="lesson" value={lessonId} />
                <input type="hidden" name="of" value={of} />
                <input type="hidden" name="as" value={as} />
                {language !== undefined && <input type="hidden" name="language" value={language} />}
                <Button
                  type="submit"
                  variant="ghost"
                  size="sm"
                  aria-disabled={busy || undefined}
                  aria-label={as === 'poster' ? t('removePoster') : t('removeCaptions', { language: label })}
                >
                  {t('remove')}
                </Button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
