'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { usePathname } from '@/i18n/navigation.ts';

type Props = { paths: string[]; summary: ReactNode; children: ReactNode };

/** One module of the outline. Open when the lesson on screen is in it; what somebody opened or closed stays so. */
export function OutlineModuleFrame({ paths, summary, children }: Props) {
  const pathname = usePathname();
  const here = paths.includes(pathname);
  const details = useRef<HTMLDetailsElement>(null);
  const first = useRef(here);
  useEffect(() => {
    if (here && details.current) details.current.open = true;
  }, [here]);
  return (
    <details ref={details} open={first.current} className="group">
      <summary className="flex min-h-12 items-center gap-3 px-4 py-2.5 font-semibold text-sm hover:bg-accent focus-visible:-outline-offset-2 lg:px-5">
        {summary}
      </summary>
      <div className="pb-2">{children}</div>
    </details>
  );
}
