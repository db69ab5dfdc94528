'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from '@/design/cn.ts';
import { Button } from './button.tsx';
import { TraceId } from './trace-id.tsx';

type ErrorStateProps = {
  title: ReactNode;
  /** What the person can do now. */
  children?: ReactNode;
  /** Copied for support; shown only when there is one. */
  traceId?: string | null | undefined;
  onRetry?: () => void;
  action?: ReactNode;
  className?: string;
};

/** A part of a page that could not be shown: what happened, what to do, and the trace id to hand to support. */
export function ErrorState({ title, children, traceId, onRetry, action, className }: ErrorStateProps) {
  const t = useTranslations('common');
  return (
    <div
      role="alert"
      className={cn(
        'flex flex-col items-center rounded-lg border border-destructive/30 px-6 py-10 text-center',
        className,
      )}
    >
      <span className="mb-4 grid size-10 place-items-center rounded-full bg-destructive-soft text-destructive">
        <CircleAlert aria-hidden="true" className="size-5" />
      </span>
      <p className="font-display text-xl">{title}</p>
      {children && <div className="mt-1.5 max-w-md text-muted-foreground text-sm">{children}</div>}
      {(onRetry || action) && (
        <div className="mt-5 flex flex-wrap justify-center gap-3">
          {onRetry && (
            <Button variant="outline" onClick={onRetry}>
              {t('tryAgain')}
            </Button>
          )}
          {action}
        </div>
      )}
      {traceId && <TraceId id={traceId} className="mt-5 justify-center" />}
    </div>
  );
}
