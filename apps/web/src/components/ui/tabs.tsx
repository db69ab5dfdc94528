'use client';

import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { cn } from '@/design/cn.ts';

type Tab = { id: string; label: ReactNode; content: ReactNode };

/**
 * Tabs by the ARIA pattern with automatic activation: arrows, Home and End move. Every panel is in the page, the others
 * hidden. Ours and not radix's because those write style attributes into the served page.
 */
export function Tabs({
  tabs,
  label,
  initial,
  className,
}: {
  tabs: Tab[];
  label: string;
  initial?: string;
  className?: string;
}) {
  const base = useId();
  const [active, setActive] = useState(initial ?? tabs[0]?.id);
  const list = useRef<HTMLDivElement>(null);

  const move = (event: KeyboardEvent) => {
    const current = tabs.findIndex((tab) => tab.id === active);
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const target =
      event.key === forward
        ? (current + 1) % tabs.length
        : event.key === backward
          ? (current - 1 + tabs.length) % tabs.length
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? tabs.length - 1
              : -1;
    const tab = tabs[target];
    if (!tab) return;
    event.preventDefault();
    setActive(tab.id);
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(`${base}-${tab.id}`)}`)?.focus();
  };

  return (
    <div className={className}>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={move}
        className="scroll-x flex gap-1 border-b"
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${base}-${tab.id}`}
            aria-selected={tab.id === active}
            aria-controls={`${base}-${tab.id}-panel`}
            tabIndex={tab.id === active ? 0 : -1}
            onClick={() => setActive(tab.id)}
            className={cn(
              '-mb-px h-10 shrink-0 border-transparent border-b-2 px-3 font-medium text-muted-foreground text-sm transition-colors hover:text-foreground focus-visible:-outline-offset-2',
              'aria-selected:border-primary aria-selected:text-foreground',
            )}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.id}
          role="tabpanel"
          id={`${base}-${tab.id}-panel`}
          aria-labelledby={`${base}-${tab.id}`}
          hidden={tab.id !== active}
          className="pt-5"
        >
          {tab.content}
        </div>
      ))}
    </div>
  );
}
