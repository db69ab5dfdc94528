'use client';

import { RefreshCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Switch } from '@/components/ui/choice.tsx';

const everyMs = 5_000;

/** Draws the page again every five seconds while somebody looks at it; can be paused (WCAG 2.2.2). */
export function AutoRefresh() {
  const t = useTranslations('console.refresh');
  const router = useRouter();
  const [on, setOn] = useState(true);
  const [busy, start] = useTransition();
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [on, router]);
  return (
    <>
      <Switch label={t('live')} checked={on} onChange={(event) => setOn(event.currentTarget.checked)} />
      <Button variant="outline" size="sm" loading={busy} onClick={() => start(() => router.refresh())}>
        <RefreshCw aria-hidden="true" />
        {t('now')}
      </Button>
    </>
  );
}
