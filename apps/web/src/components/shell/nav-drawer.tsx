'use client';

import { Menu, X } from 'lucide-react';
import { type ReactNode, useId, useRef } from 'react';
import { buttonClasses } from '@/components/ui/button.tsx';
import { cn } from '@/design/cn.ts';

const square = cn(buttonClasses({ variant: 'ghost' }), 'size-10 p-0 [&_svg]:size-[1.125rem]');

/**
 * The navigation of small screens, from the edge: the browser's own popover, so it opens without JavaScript and closes
 * with Escape or a tap beside it. Following a link closes it too, since the page does not reload.
 */
export function NavDrawer({
  label,
  closeLabel,
  title,
  children,
}: {
  label: string;
  closeLabel: string;
  title: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  return (
    <>
      <button type="button" popoverTarget={id} aria-label={label} className={cn(square, 'lg:hidden')}>
        <Menu aria-hidden="true" />
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: listens for the links inside, which are themselves operable */}
      <div
        ref={panel}
        id={id}
        popover="auto"
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest('a')) panel.current?.hidePopover();
        }}
        className="fixed inset-y-0 start-auto end-0 m-0 h-dvh max-h-none w-80 max-w-[88vw] overflow-y-auto overscroll-contain border-s bg-popover p-4 text-popover-foreground shadow-overlay backdrop:bg-[oklch(18%_0.01_70/0.5)]"
      >
        <div className="mb-4 flex h-8 items-center justify-between">
          {title}
          <button
            type="button"
            popoverTarget={id}
            popoverTargetAction="hide"
            aria-label={closeLabel}
            className={square}
          >
            <X aria-hidden="true" />
          </button>
        </div>
        {children}
      </div>
    </>
  );
}
