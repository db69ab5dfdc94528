import { cn } from '@/design/cn.ts';

/** A still-empty piece of a page, in the shape of what comes. Wrap a group in `LoadingRegion`. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn('animate-pulse rounded-md bg-secondary', className)} />;
}

/** Says once, for people who cannot see the shapes, that something is coming. */
export function LoadingRegion({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: React.ReactNode;
}) {
  return (
    <div role="status" aria-busy="true" className={className}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}
