'use client';

import { PanelLeft } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { usePathname } from '@/i18n/navigation.ts';

/** Opens the outline on narrow screens; the browser's own popover, so it works before and without JavaScript. */
export function OutlineButton({ panelId, children }: { panelId: string; children: ReactNode }) {
  return (
    <button
      type="button"
      popoverTarget={panelId}
      className="inline-flex h-9 shrink-0 items-center gap-2 rounded-md border bg-card px-3 font-medium text-sm hover:bg-accent"
    >
      <PanelLeft aria-hidden="true" className="size-4" />
      {children}
    </button>
  );
}

/**
 * The outline: a column that scrolls by itself on wide screens, a drawer on narrow ones. One element, because a copy
 * for each would double a page of three hundred lessons. Goes away when a lesson was chosen.
 */
export function OutlinePanel({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  const panel = useRef<HTMLElement>(null);
  const pathname = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what happens here happens because the lesson changed
  useEffect(() => {
    const element = panel.current;
    if (element?.matches(':popover-open')) element.hidePopover();
    const current = element?.querySelector('[aria-current="page"]');
    if (!element || !current) return;
    // Only the panel scrolls, never the page under the reader.
    const row = current.getBoundingClientRect();
    const frame = element.getBoundingClientRect();
    if (row.top < frame.top || row.bottom > frame.bottom) {
      element.scrollTop += row.top - frame.top - frame.height / 3;
    }
  }, [pathname]);
  return (
    <nav
      ref={panel}
      id={id}
      popover="auto"
      aria-label={label}
      data-noprint
      className="fixed inset-y-0 start-0 end-auto m-0 h-dvh max-h-none scroll-pb-12 w-[min(22rem,calc(100vw-3rem))] overflow-y-auto overscroll-contain border-y-0 border-e bg-background p-0 text-foreground shadow-overlay backdrop:bg-[oklch(18%_0.01_70/0.5)] lg:sticky lg:top-16 lg:block lg:h-[calc(100dvh-4rem)] lg:w-auto lg:border-s-0 lg:bg-muted/40 lg:shadow-none"
    >
      {children}
    </nav>
  );
}
