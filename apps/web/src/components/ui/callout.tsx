import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/design/cn.ts';

const kinds = {
  info: { Icon: Info, classes: 'border-info/30 bg-info-soft', icon: 'text-info' },
  success: { Icon: CircleCheck, classes: 'border-success/30 bg-success-soft', icon: 'text-success' },
  warning: { Icon: TriangleAlert, classes: 'border-warning/35 bg-warning-soft', icon: 'text-warning' },
  destructive: { Icon: CircleAlert, classes: 'border-destructive/35 bg-destructive-soft', icon: 'text-destructive' },
} as const;

type CalloutProps = {
  kind?: keyof typeof kinds;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** Set for something that appears while the person is on the page. */
  live?: boolean;
  className?: string;
};

/** A message inside the page: what happened, and what to do. */
export function Callout({ kind = 'info', title, children, action, live = false, className }: CalloutProps) {
  const { Icon, classes, icon } = kinds[kind];
  return (
    <div
      role={live ? (kind === 'destructive' ? 'alert' : 'status') : undefined}
      className={cn('flex gap-3 rounded-lg border p-4 text-foreground text-sm', classes, className)}
    >
      <Icon aria-hidden="true" className={cn('mt-0.5 size-4 shrink-0', icon)} />
      <div className="min-w-0 flex-1 space-y-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div>{children}</div>}
        {action && <div className="pt-2">{action}</div>}
      </div>
    </div>
  );
}
