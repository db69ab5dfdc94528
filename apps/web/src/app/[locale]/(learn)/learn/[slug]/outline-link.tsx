'use client';

import { useLinkStatus } from 'next/link';
import type { ReactNode } from 'react';
import { Spinner } from '@/components/ui/spinner.tsx';
import { Link, usePathname } from '@/i18n/navigation.ts';

/** A lesson of the outline that knows when it is the one that is open. Not prefetched: an outline has hundreds. */
export function OutlineLink({ href, children }: { href: string; children: ReactNode }) {
  const here = usePathname() === href;
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={here ? 'page' : undefined}
      className="flex min-h-10 items-start gap-3 border-transparent border-s-2 px-4 py-2.5 text-sm leading-5 hover:bg-accent focus-visible:-outline-offset-2 aria-[current=page]:border-primary aria-[current=page]:bg-primary-soft aria-[current=page]:font-medium aria-[current=page]:text-primary-soft-foreground lg:px-5"
    >
      {children}
      <Pending />
    </Link>
  );
}

/** Turns while the lesson is on its way. */
function Pending() {
  const { pending } = useLinkStatus();
  return pending ? <Spinner className="mt-0.5 size-4 shrink-0" /> : null;
}
