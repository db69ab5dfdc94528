'use client';

import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { toProblem } from '@/api/problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';

/** Gathers what is held about the person and hands it over as a file. */
export function ExportButton() {
  const t = useTranslations('account.export');
  const locale = useLocale();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await fetch('/bff/api/users/me/export', {
        method: 'POST',
        headers: { 'x-stoa-locale': locale },
      });
      const body: unknown = await answer.json();
      if (!answer.ok) {
        const refusal = toProblem(answer.status, body);
        setProblem(refusal.detail || refusal.title || t('failed'));
        return;
      }
      const url = URL.createObjectURL(new Blob([JSON.stringify(body, null, 2)], { type: 'application/json' }));
      const link = document.createElement('a');
      link.href = url;
      link.download = `stoa-${new Date().toISOString().slice(0, 10)}.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    } catch {
      setProblem(t('failed'));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="space-y-3">
      <Button variant="outline" loading={busy} onClick={() => void save()}>
        <Download aria-hidden="true" />
        {t('download')}
      </Button>
      {problem && (
        <Callout kind="destructive" live>
          {problem}
        </Callout>
      )}
    </div>
  );
}
