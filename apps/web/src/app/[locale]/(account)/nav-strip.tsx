'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { usePathname } from '@/i18n/navigation.ts';

/** A navigation that is a strip where it does not fit: what is open is brought into sight, now and after each change of page. */
export function NavStrip({ label, children }: { label: string; children: ReactNode }) {
  const strip = useRef<HTMLElement>(null);
  const pathname = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what happens here happens because another page is open
  useEffect(() => {
    const current = strip.current?.querySelector('[aria-current="page"]');
    if (!strip.current || !current) return;
    // Only the strip scrolls, never the page under the reader.
    const item = current.getBoundingClientRect();
    const frame = strip.current.getBoundingClientRect();
    if (item.left >= frame.left && item.right <= frame.right) return;
    strip.current.scrollLeft += item.left + item.width / 2 - (frame.left + frame.width / 2);
  }, [pathname]);
  return (
    <nav ref={strip} aria-label={label} data-shell className="scroll-x">
      {children}
    </nav>
  );
}
