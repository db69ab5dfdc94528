import { cn } from '@/design/cn.ts';

/** The colonnade: four columns under one line, one stroke weight, drawn on a 16 px grid. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={cn('size-5', className)}>
      <path
        d="M1 2.75h14M2.75 5.5V15M6.25 5.5V15M9.75 5.5V15M13.25 5.5V15"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
    </svg>
  );
}

/** Mark and name. Put it in a link to the home page with the name as its text. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span
      className={cn(
        'inline-flex items-center gap-2 font-display text-[1.375rem] leading-none tracking-tight',
        className,
      )}
    >
      <Mark className="size-[1.125rem] text-primary" />
      <span className="font-medium">Stoa</span>
    </span>
  );
}
