import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';

type FilterLinksProps = {
  /** What is chosen here, read aloud. */
  label: string;
  current: string | undefined;
  /** The link that takes the filter away, where the list can do without it. */
  all?: { href: string; label: string };
  options: { value: string; href: string; label: string }[];
};

/** One filter of a list as links: the address says what is shown, so it can be kept and sent. */
export function FilterLinks({ label, current, all, options }: FilterLinksProps) {
  const links = [...(all ? [{ ...all, value: undefined }] : []), ...options];
  return (
    <nav aria-label={label} className="mb-4">
      <ul className="flex flex-wrap gap-1">
        {links.map((link) => (
          <li key={link.href}>
            <Link
              href={link.href}
              aria-current={link.value === current ? 'true' : undefined}
              className={cn(
                'inline-flex h-8 items-center rounded-md border border-transparent px-3 text-muted-foreground text-sm hover:bg-accent hover:text-foreground',
                'aria-[current=true]:border-border aria-[current=true]:bg-card aria-[current=true]:font-medium aria-[current=true]:text-foreground',
              )}
            >
              {link.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
