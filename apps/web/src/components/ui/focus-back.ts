'use client';

import { useRef } from 'react';

/**
 * Gives the focus back to where it was before a window opened, for one that no trigger opened: by a key, or by what
 * happens on the page. Radix gives it to the trigger alone.
 */
export function useFocusBack() {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (before.current instanceof HTMLElement) before.current.focus();
    },
  };
}
