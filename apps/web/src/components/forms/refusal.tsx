'use client';

import { useTranslations } from 'next-intl';
import { Callout } from '@/components/ui/callout.tsx';
import { TraceId } from '@/components/ui/trace-id.tsx';
import type { WayOn } from './form-state.ts';

/** A link to sign in, from where one comes back to this page, or what to tell support. */
export function RefusalWayOn({ signIn, traceId }: WayOn) {
  const t = useTranslations('common');
  if (signIn) {
    return (
      <a href="/auth/sign-in" className="font-medium underline underline-offset-4">
        {t('signIn')}
      </a>
    );
  }
  // In the colour of what it stands on.
  return traceId && <TraceId id={traceId} className="text-inherit [&_button]:text-inherit" />;
}

/** Why something small was not done, beside the button that asked for it. Forms with fields have `FormFeedback`. */
export function RefusalCallout({ refusal, className }: { refusal: WayOn & { title: string }; className?: string }) {
  const { title, signIn, traceId } = refusal;
  return (
    <Callout kind="destructive" title={title} live {...(className ? { className } : {})}>
      {(signIn || traceId) && <RefusalWayOn signIn={signIn} traceId={traceId} />}
    </Callout>
  );
}
