'use client';

import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useActionState, useEffect, useRef } from 'react';
import { RefusalCallout } from '@/components/forms/refusal.tsx';
import { Button } from '@/components/ui/button.tsx';
import { completeLesson } from '../actions.ts';

type Props = { lessonId: string; done: boolean; note: string | null; mayComplete: boolean };

/** Whether the lesson is done, how it gets done, and the button for those that take the learner's word. */
export function CompletionForm({ lessonId, done, note, mayComplete }: Props) {
  const t = useTranslations('player.completion');
  const [refusal, action, pending] = useActionState(completeLesson, null);
  const status = useRef<HTMLParagraphElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    // The button that had the focus is gone: the sentence in its place takes it, which also reads it aloud.
    if (done && pressed.current) status.current?.focus();
  }, [done]);
  if (done) {
    return (
      <p ref={status} tabIndex={-1} className="flex items-center gap-2 font-medium">
        <CircleCheck aria-hidden="true" className="size-5 shrink-0 text-success" />
        {t('done')}
      </p>
    );
  }
  return (
    <form
      action={action}
      onSubmit={() => {
        pressed.current = true;
      }}
      className="flex flex-wrap items-center gap-x-4 gap-y-3"
    >
      <input type="hidden" name="lesson" value={lessonId} />
      {mayComplete && (
        <Button type="submit" loading={pending}>
          {t('mark')}
        </Button>
      )}
      {note && <p className="min-w-0 flex-1 basis-60 text-muted-foreground text-sm">{note}</p>}
      {refusal && <RefusalCallout refusal={refusal} className="w-full" />}
    </form>
  );
}
