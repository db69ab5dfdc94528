import { ChevronRight } from 'lucide-react';
import { Link } from '@/i18n/navigation.ts';

type Item = {
  label: string;
  href?: string;
  /** Language of the label where it is another one than the page's. */
  lang?: string;
};

/** Where this page is. The last entry is the page itself and has no `href`. */
export function Breadcrumb({ label, items }: { label: string; items: Item[] }) {
  return (
    <nav aria-label={label}>
      <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-muted-foreground text-sm">
        {items.map((item, index) => (
          <li key={item.label} lang={item.lang} className="flex min-w-0 items-center gap-1.5">
            {index > 0 && <ChevronRight aria-hidden="true" className="size-3.5 shrink-0 rtl:rotate-180" />}
            {item.href ? (
              <Link href={item.href} className="truncate underline-offset-4 hover:text-foreground hover:underline">
                {item.label}
              </Link>
            ) : (
              <span aria-current="page" className="truncate text-foreground">
                {item.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
