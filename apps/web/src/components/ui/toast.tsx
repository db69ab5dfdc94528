'use client';

import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { cn } from '@/design/cn.ts';

type Toast = {
  id: number;
  kind: 'info' | 'success' | 'destructive';
  message: string;
  action?: { label: string; run: () => void };
};

let toasts: Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();
const none: Toast[] = [];

function publish(next: Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Milliseconds a message stays. One with an action, or about a failure, stays until closed (WCAG 2.2.1). */
const stayMs = 6000;

/**
 * Tells the person that something they did has happened, from any client code: `toast({ message: t('saved') })`.
 * With `action` it is the place for Undo. Never for an error of a form: that belongs beside the field.
 */
export function toast(options: { message: string; kind?: Toast['kind']; action?: Toast['action'] }): void {
  const { message, kind = 'success', action } = options;
  const id = nextId++;
  publish([...toasts.slice(-2), { id, kind, message, ...(action ? { action } : {}) }]);
  if (!action && kind !== 'destructive') setTimeout(() => dismiss(id), stayMs);
}

function dismiss(id: number): void {
  publish(toasts.filter((one) => one.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const icons = { info: Info, success: CircleCheck, destructive: CircleAlert };
const colors = { info: 'text-info', success: 'text-success', destructive: 'text-destructive' };

/** Where toasts appear; the root layout has it once. A region that is always there, so that screen readers hear additions. */
export function Toaster() {
  const t = useTranslations('common');
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => none,
  );
  return (
    <section
      aria-label={t('notifications')}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-[60] flex flex-col items-center gap-2 sm:items-end"
      data-noprint
    >
      {shown.map(({ id, kind, message, action }) => {
        const Icon = icons[kind];
        return (
          <div
            key={id}
            className="slide-in-from-bottom-2 fade-in-0 pointer-events-auto flex w-full max-w-sm animate-in items-start gap-3 rounded-lg border bg-popover p-3 ps-4 text-popover-foreground text-sm shadow-overlay duration-200"
          >
            <Icon aria-hidden="true" className={cn('mt-1 size-4 shrink-0', colors[kind])} />
            <p className="min-w-0 flex-1 py-0.5">{message}</p>
            {action && (
              <button
                type="button"
                className="h-7 rounded-md px-2 font-medium text-primary hover:bg-accent"
                onClick={() => {
                  action.run();
                  dismiss(id);
                }}
              >
                {action.label}
              </button>
            )}
            <button
              type="button"
              aria-label={t('close')}
              className="grid size-7 shrink-0 place-items-center rounded-md text-muted-foreground hover:bg-accent"
              onClick={() => dismiss(id)}
            >
              <X aria-hidden="true" className="size-4" />
            </button>
          </div>
        );
      })}
    </section>
  );
}
