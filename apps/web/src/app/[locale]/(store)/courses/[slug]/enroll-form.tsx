'use client';

import { useTranslations } from 'next-intl';
import { useActionState, useEffect, useRef } from 'react';
import { RefusalCallout } from '@/components/forms/refusal.tsx';
import { Button } from '@/components/ui/button.tsx';
import type { AppLocale } from '@/i18n/locales.ts';
import { enroll } from './enroll.ts';

type Props = {
  courseId: string;
  slug: string;
  locale: AppLocale;
  /** The person pressed Enroll before signing in: do it now, once. */
  goOn: boolean;
  /** What the button says instead of Enroll. */
  label?: string;
};

/** The button that enrolls; works without JavaScript. */
export function EnrollForm({ courseId, slug, locale, goOn, label }: Props) {
  const t = useTranslations('course');
  const [state, action, pending] = useActionState(enroll, null);
  const form = useRef<HTMLFormElement>(null);
  const sent = useRef(false);
  useEffect(() => {
    if (!goOn || sent.current) return;
    sent.current = true;
    form.current?.requestSubmit();
  }, [goOn]);
  return (
    <form ref={form} action={action} className="space-y-3">
      <input type="hidden" name="course" value={courseId} />
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="locale" value={locale} />
      <Button type="submit" size="lg" loading={pending} className="w-full">
        {label ?? t('enroll')}
      </Button>
      {state?.problem && <RefusalCallout refusal={state.problem} />}
    </form>
  );
}
