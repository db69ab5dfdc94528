import { cn } from '@/design/cn.ts';

type ProgressProps = {
  /** 0 to 100; `null` while the amount is unknown. */
  value: number | null;
  /** What is progressing, read aloud. */
  label: string;
  /** Shown instead of `42%`, for example `3 of 8 lessons`. */
  valueText?: string;
  className?: string;
};

/** A bar. Drawn as SVG, since a width in a style attribute would be refused by our content security policy. */
export function Progress({ value, label, valueText, className }: ProgressProps) {
  const width = value === null ? 30 : Math.min(100, Math.max(0, value));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === null ? undefined : Math.round(width)}
      aria-valuetext={valueText}
      className={cn('h-1.5 w-full overflow-hidden rounded-full bg-secondary', className)}
    >
      <svg aria-hidden="true" className="block h-full w-full">
        <rect
          width={`${width}%`}
          height="100%"
          rx="3"
          className={cn('fill-primary', value === null && 'animate-pulse', value === 100 && 'fill-success')}
        />
      </svg>
    </div>
  );
}

/** A small ring for dense places; the number stands beside it. */
export function ProgressRing({ value, label, className }: { value: number; label: string; className?: string }) {
  const length = 2 * Math.PI * 6.5;
  const done = Math.min(100, Math.max(0, value)) / 100;
  return (
    <svg viewBox="0 0 16 16" role="img" aria-label={label} className={cn('size-4 -rotate-90', className)}>
      <circle cx="8" cy="8" r="6.5" fill="none" strokeWidth="2" className="stroke-border" />
      {done > 0 && (
        <circle
          cx="8"
          cy="8"
          r="6.5"
          fill="none"
          strokeWidth="2"
          strokeLinecap="round"
          strokeDasharray={`${(length * done).toFixed(2)} ${length.toFixed(2)}`}
          className={done === 1 ? 'stroke-success' : 'stroke-primary'}
        />
      )}
    </svg>
  );
}
