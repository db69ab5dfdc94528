import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/design/cn.ts';

type TableProps = ComponentProps<'table'> & {
  /** Read aloud before the table; also names the scrolling region. */
  caption: string;
  /** Rows of 36 px instead of 48 px. */
  dense?: boolean;
  /** Largest height class (for example `max-h-96`), above which the header stays while rows scroll. */
  maxHeight?: string;
  children: ReactNode;
};

/** A table that scrolls inside its own frame; the header sticks. The frame takes focus so that keys can scroll it. */
export function Table({ caption, dense = false, maxHeight, className, children, ...props }: TableProps) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className={cn('scroll-x relative rounded-lg border bg-card', maxHeight && 'overflow-y-auto', maxHeight)}
    >
      <table
        data-dense={dense || undefined}
        className={cn('group/table w-full border-separate border-spacing-0 text-sm', className)}
        {...props}
      >
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

export function TableHead({ className, ...props }: ComponentProps<'thead'>) {
  return <thead className={cn('sticky top-0 z-10 bg-muted', className)} {...props} />;
}

export function TableBody({ className, ...props }: ComponentProps<'tbody'>) {
  return <tbody className={cn('[&>tr:last-child>*]:border-b-0', className)} {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return <tr className={cn('transition-colors [tbody>&]:hover:bg-accent/60', className)} {...props} />;
}

export function TableHeader({ className, scope = 'col', ...props }: ComponentProps<'th'>) {
  return (
    <th
      scope={scope}
      className={cn(
        'h-9 whitespace-nowrap border-b px-4 text-start font-medium text-muted-foreground text-xs group-data-dense/table:px-3',
        className,
      )}
      {...props}
    />
  );
}

export function TableCell({ className, ...props }: ComponentProps<'td'>) {
  return (
    <td
      className={cn(
        'h-12 border-b px-4 py-1.5 align-middle group-data-dense/table:h-9 group-data-dense/table:px-3 group-data-dense/table:py-1',
        className,
      )}
      {...props}
    />
  );
}
