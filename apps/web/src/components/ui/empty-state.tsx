import type { ReactNode } from 'react';
import { cn } from '@/design/cn.ts';
import { EmptyColonnade } from '../brand/empty-colonnade.tsx';

type EmptyStateProps = {
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  headingLevel?: 2 | 3;
  className?: string;
};

/** A list with nothing in it: says why, and offers the next useful thing to do. */
export function EmptyState({ title, children, action, headingLevel = 2, className }: EmptyStateProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <div className={cn('flex flex-col items-center rounded-lg border border-dashed px-6 py-12 text-center', className)}>
      <EmptyColonnade className="mb-5 h-16 w-28" />
      <Heading className="font-display text-xl">{title}</Heading>
      {children && <div className="mt-1.5 max-w-md text-muted-foreground text-sm">{children}</div>}
      {action && <div className="mt-5 flex flex-wrap justify-center gap-3">{action}</div>}
    </div>
  );
}
