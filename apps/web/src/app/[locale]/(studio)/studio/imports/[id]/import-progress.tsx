'use client';

import { Check, Circle, CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { Spinner } from '@/components/ui/spinner.tsx';
import { cn } from '@/design/cn.ts';
import { Link, useRouter } from '@/i18n/navigation.ts';
import { type ImportDetail, knownErrors, stageOf, stages } from '../import-view.ts';
import { LossReport } from './loss-report.tsx';

const firstWaitMs = 1_000;
const longestWaitMs = 10_000;

const isOver = (item: ImportDetail) => item.state === 'succeeded' || item.state === 'failed';

/**
 * Follows an import: asks every second, more rarely while nothing changes or the network is away, not at all while
 * nobody looks. Ends with the loss report.
 */
function useImport(initial: ImportDetail): { item: ImportDetail; offline: boolean } {
  const [item, setItem] = useState(initial);
  const [offline, setOffline] = useState(false);
  const over = isOver(item);
  const router = useRouter();
  useEffect(() => {
    if (over) return;
    let waitMs = firstWaitMs;
    let last = '';
    let timer: ReturnType<typeof setTimeout>;
    const gone = new AbortController();
    const ask = async () => {
      if (!document.hidden) {
        try {
          const answer = await fetch(`/bff/api/courses/imports/${initial.id}`, { signal: gone.signal });
          if (!answer.ok) throw new Error(`the import answered ${answer.status}`);
          const next: ImportDetail = await answer.json();
          setOffline(false);
          const now = `${next.state} ${next.stage} ${next.progress.done}`;
          waitMs = now === last ? Math.min(waitMs * 1.5, longestWaitMs) : firstWaitMs;
          last = now;
          setItem(next);
          if (isOver(next)) {
            // The page knows the titles of lessons that are there only now.
            router.refresh();
            return;
          }
        } catch {
          if (gone.signal.aborted) return;
          setOffline(true);
          waitMs = Math.min(waitMs * 2, longestWaitMs);
        }
      }
      timer = setTimeout(ask, waitMs);
    };
    timer = setTimeout(ask, firstWaitMs);
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
  }, [over, initial.id, router]);
  return { item, offline };
}

/** How an import is going, and what came of it. */
export function ImportProgress({ initial, titles }: { initial: ImportDetail; titles: Record<string, string> }) {
  const t = useTranslations('studio.imports');
  const { item, offline } = useImport(initial);
  const [wasDoneBefore] = useState(initial.state === 'succeeded');
  const stage = stageOf(item);
  const reached = stages.indexOf(stage);
  const { done, total } = item.progress;
  const percent = item.state === 'succeeded' ? 100 : total > 0 ? (done / total) * 100 : null;
  const error = item.error && (knownErrors.find((known) => known === item.error?.code) ?? 'unknown');
  return (
    <div className="space-y-6">
      <section aria-label={t('progress')} className="rounded-lg border bg-card p-4 sm:p-5">
        <ol className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
          {stages.map((name, index) => {
            const here = name === stage && item.state !== 'succeeded';
            const past = index < reached || item.state === 'succeeded';
            return (
              <li
                key={name}
                aria-current={here ? 'step' : undefined}
                className={cn(
                  'flex items-center gap-2',
                  here ? 'font-semibold' : past ? 'text-foreground' : 'text-muted-foreground',
                )}
              >
                {past ? (
                  <Check aria-hidden="true" className="size-4 text-success" />
                ) : here && item.state === 'failed' ? (
                  <CircleAlert aria-hidden="true" className="size-4 text-destructive" />
                ) : here ? (
                  <Spinner />
                ) : (
                  <Circle aria-hidden="true" className="size-4" />
                )}
                {t(`stage.${name}`)}
                {past && <span className="sr-only">{t('stagePast')}</span>}
              </li>
            );
          })}
        </ol>
        {!isOver(item) && (
          <>
            <Progress
              className="mt-4"
              value={percent}
              label={t('progress')}
              {...(total > 0 ? { valueText: t('of', { done, total }) } : {})}
            />
            <p className="tabular mt-2 text-muted-foreground text-sm">
              {total > 0 ? t('of', { done, total }) : t('keepsGoing')}
            </p>
          </>
        )}
        <p aria-live="polite" className="sr-only">
          {t(`stage.${stage}`)}
        </p>
      </section>
      {offline && (
        <Callout kind="warning" live title={t('lostSight')}>
          {t('lostSightText')}
        </Callout>
      )}
      {item.state === 'failed' && (
        <Callout
          kind="destructive"
          live
          title={t(`errors.${error ?? 'unknown'}.title`)}
          action={
            <Link href="/studio/imports" className={buttonClasses({ variant: 'outline', size: 'sm' })}>
              {t('anotherFile')}
            </Link>
          }
        >
          <p>{t(`errors.${error ?? 'unknown'}.text`)}</p>
          {item.error?.detail && (
            <p className="wrap-anywhere mt-2 font-mono text-xs">
              {item.error.code}: {item.error.detail}
            </p>
          )}
        </Callout>
      )}
      {item.state === 'succeeded' && (
        <>
          {!wasDoneBefore && <Callout kind="success" live title={t('finished')} />}
          <LossReport item={item} titles={titles} />
        </>
      )}
    </div>
  );
}
