import { cn } from '@/design/cn.ts';

/** A colonnade with one column still to be set: the picture of an empty list. */
export function EmptyColonnade({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 112 64" aria-hidden="true" className={cn('text-input', className)}>
      <g fill="none" stroke="currentColor" strokeWidth="1.5">
        <path d="M6 8h100M10 13h92M10 58h92M4 63h104" />
        <path d="M19 17v37M25 17v37M16 17h12M16 54h12M41 17v37M47 17v37M38 17h12M38 54h12M85 17v37M91 17v37M82 17h12M82 54h12" />
        <path d="M63 17v37M69 17v37M60 17h12M60 54h12" strokeDasharray="2 3" className="stroke-primary" />
      </g>
    </svg>
  );
}
