'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import type { Room } from './rooms.ts';

const CommandPalette = lazy(() => import('./command-palette.tsx'));
const ShortcutsDialog = lazy(() => import('./shortcuts-dialog.tsx'));

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/**
 * Ctrl/Cmd+K opens the command palette, `?` the list of shortcuts, `/` goes to the search box. What they open is loaded
 * when it is first asked for. `rooms` are those the palette offers.
 */
export function Keyboard({ rooms }: { rooms: readonly Room[] }) {
  const [open, setOpen] = useState<'palette' | 'shortcuts' | null>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        setOpen('palette');
        return;
      }
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '?') setOpen('shortcuts');
      if (event.key === '/') {
        const box = document.querySelector<HTMLInputElement>('input[data-search]');
        if (!box?.checkVisibility()) return;
        event.preventDefault();
        box.focus();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  const close = () => setOpen(null);
  return (
    <Suspense>
      {open === 'palette' && <CommandPalette rooms={rooms} onClose={close} />}
      {open === 'shortcuts' && <ShortcutsDialog onClose={close} />}
    </Suspense>
  );
}
