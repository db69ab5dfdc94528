'use client';

import { type ReactNode, useId, useRef } from 'react';
import { cn } from '@/design/cn.ts';

type PopoverMenuProps = {
  trigger: ReactNode;
  /** Read aloud for the button; the trigger's own text, if it has any, must be part of it. */
  label: string;
  triggerClassName?: string;
  className?: string;
  children: ReactNode;
};

/**
 * A panel of links under a button of the header. It is the browser's own popover: opens without JavaScript, closes with
 * Escape or a click outside. Following a link inside closes it too, since the page does not reload.
 */
export function PopoverMenu({ trigger, label, triggerClassName, className, children }: PopoverMenuProps) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  return (
    <>
      <button type="button" popoverTarget={id} aria-label={label} title={label} className={triggerClassName}>
        {trigger}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: listens for the links inside, which are themselves operable */}
      <div
        ref={panel}
        id={id}
        popover="auto"
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest('a')) panel.current?.hidePopover();
        }}
        className={cn(
          'fixed inset-auto end-4 top-16 m-0 w-60 max-w-[calc(100vw-2rem)] rounded-lg border bg-popover p-1.5 text-popover-foreground text-sm shadow-overlay md:end-[max(2rem,calc((100vw-76rem)/2+2rem))]',
          className,
        )}
      >
        {children}
      </div>
    </>
  );
}
