'use client';

import { CircleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';

type ErrorSummaryProps = {
  title: ReactNode;
  /** Each leads to its field, if it has one. None where the title says it all. */
  errors: { id?: string; message: string }[];
  /** What can be done about it. */
  children?: ReactNode;
};

const nothingChanges = () => () => undefined;

/**
 * What went wrong in a form, above it, each line leading to its field. Takes the focus when it appears, with or without
 * JavaScript. One that is refused again needs another `key`: it has to be heard again.
 */
export function ErrorSummary({ title, errors, children }: ErrorSummaryProps) {
  const titleId = useId();
  const box = useRef<HTMLDivElement>(null);
  const isWakingUp = useSyncExternalStore(
    nothingChanges,
    () => false,
    () => true,
  );
  const [cameWithPage] = useState(isWakingUp);
  useEffect(() => {
    // The browser gave it the focus as the page came (`autoFocus`), and whoever has gone on since is left alone.
    if (cameWithPage) return;
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [cameWithPage]);
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: a refused form must say so where the reader is (WCAG 3.3.1)
      autoFocus
      aria-labelledby={titleId}
      className="scroll-my-4 rounded-lg border border-destructive/40 bg-destructive-soft p-4 text-destructive-soft-foreground text-sm"
    >
      <p id={titleId} className="flex items-start gap-2 font-medium">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        <span>{title}</span>
      </p>
      {errors.length > 0 && (
        <ul className="mt-2 list-disc space-y-1 ps-10">
          {errors.map(({ id, message }) => (
            <li key={`${id}${message}`}>
              {id ? (
                <a href={`#${id}`} className="underline underline-offset-4">
                  {message}
                </a>
              ) : (
                message
              )}
            </li>
          ))}
        </ul>
      )}
      {children && <div className="mt-2 ps-6">{children}</div>}
    </div>
  );
}
