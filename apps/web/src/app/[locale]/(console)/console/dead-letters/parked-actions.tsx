'use client';

import { Braces, RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { CodeBlock } from '@/components/ui/code-block.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { type Replayed, replayParked } from './actions.ts';

type ParkedActionsProps = {
  id: string;
  context: string;
  kind: 'event' | 'job';
  name: string;
  error: string;
  /** Pretty-printed. */
  payload: string;
};

/** Looks into a parked message, and tries it again. */
export function ParkedActions({ id, context, kind, name, error, payload }: ParkedActionsProps) {
  const t = useTranslations('console.parked');
  const [busy, start] = useTransition();
  const [result, setResult] = useState<Replayed | null>(null);
  const replay = () =>
    start(async () => {
      const answer = await replayParked({ id, context, kind });
      setResult(answer);
      if (answer.error) toast({ kind: 'destructive', message: t('failedAgain', { name, error: answer.error }) });
      else toast({ message: t('replayed', { name, count: answer.handled }) });
    });
  return (
    <span className="flex justify-end gap-1">
      <Dialog
        className="max-w-2xl"
        title={name}
        description={t('payloadOf', { context, id })}
        trigger={
          <Button size="sm" variant="ghost" aria-label={t('showPayloadOf', { name })}>
            <Braces aria-hidden="true" />
            {t('showPayload')}
          </Button>
        }
        footer={
          <Button loading={busy} onClick={replay}>
            <RotateCw aria-hidden="true" />
            {t('replay')}
          </Button>
        }
      >
        <div className="space-y-4">
          <Callout kind="destructive" title={t('lastError')}>
            <span className="wrap-anywhere font-mono text-xs">{result?.error ?? error}</span>
          </Callout>
          <CodeBlock code={payload} language="json" />
        </div>
      </Dialog>
      <Button size="sm" variant="outline" loading={busy} onClick={replay} aria-label={t('replayOf', { name })}>
        <RotateCw aria-hidden="true" />
        {t('replay')}
      </Button>
    </span>
  );
}
