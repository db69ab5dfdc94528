import type { ReactNode } from 'react';
import { Link } from '@/i18n/navigation.ts';
import { buttonClasses } from './button.tsx';

/** The next page of a list, as a link: works without JavaScript, in a new tab, and for search engines. Draw it only when the API gave a `nextCursor`. */
export function LoadMore({ href, children, shown }: { href: string; children: ReactNode; shown?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 pt-8">
      {shown && <p className="tabular text-muted-foreground text-sm">{shown}</p>}
      <Link href={href} scroll={false} rel="next" className={buttonClasses({ variant: 'outline' })}>
        {children}
      </Link>
    </div>
  );
}
