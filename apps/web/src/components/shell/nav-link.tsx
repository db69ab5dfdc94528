'use client';

import { useLinkStatus } from 'next/link';
import type { ReactNode } from 'react';
import { Spinner } from '@/components/ui/spinner.tsx';
import { cn } from '@/design/cn.ts';
import { Link, usePathname } from '@/i18n/navigation.ts';

type NavLinkProps = { href: string; children: ReactNode; exact?: boolean; className?: string };

/** A link of a navigation that knows when its page, or one below it, is open. */
export function NavLink({ href, children, exact = false, className }: NavLinkProps) {
  const pathname = usePathname();
  const here = pathname === href || (!exact && pathname.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      aria-current={here ? 'page' : undefined}
      className={cn(
        'inline-flex h-9 items-center gap-2.5 rounded-md px-3 font-medium text-muted-foreground text-sm transition-colors hover:bg-accent hover:text-foreground',
        'aria-[current=page]:text-foreground [&_svg]:size-4 [&_svg]:shrink-0',
        className,
      )}
    >
      {children}
      <Pending />
    </Link>
  );
}

/** Turns while the page is on its way: pages come whole, so that they do without scripts too. */
function Pending() {
  const { pending } = useLinkStatus();
  return pending ? <Spinner className="ms-auto" /> : null;
}
