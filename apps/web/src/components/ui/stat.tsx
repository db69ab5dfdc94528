import type { ReactNode } from 'react';
import { cn } from '@/design/cn.ts';

/** One figure with its name. Put several in a `dl`: `<dl className="grid gap-4 sm:grid-cols-3"><Stat .../></dl>`. */
export function Stat({
  label,
  value,
  note,
  className,
}: {
  label: ReactNode;
  value: ReactNode;
  note?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cn('rounded-lg border bg-card p-4', className)}>
      <dt className="text-muted-foreground text-sm">{label}</dt>
      <dd className="tabular mt-1 font-display text-2xl">{value}</dd>
      {note && <dd className="mt-1 text-muted-foreground text-xs">{note}</dd>}
    </div>
  );
}
