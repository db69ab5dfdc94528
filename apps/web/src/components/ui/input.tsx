import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/design/cn.ts';

/** Look shared by everything one types or picks in. 16 px text on phones, so that iOS does not zoom in. */
export const controlClasses = cn(
  'w-full rounded-md border border-input/70 bg-card text-base text-foreground md:text-sm',
  'placeholder:text-muted-foreground',
  'transition-colors hover:border-input focus-visible:border-ring focus-visible:outline-offset-0',
  'disabled:cursor-not-allowed disabled:bg-muted disabled:opacity-60 [&[readonly]]:bg-muted',
  'aria-invalid:border-destructive aria-invalid:focus-visible:outline-destructive',
);

/** A line of text. Put it in a `Field`. */
export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  return <input type={type} className={cn(controlClasses, 'h-10 px-3', className)} {...props} />;
}

/** An input with something fixed before it (an icon, a currency). */
export function InputWithLead({ lead, className, ...props }: ComponentProps<'input'> & { lead: ReactNode }) {
  return (
    <span className="relative block">
      <span className="pointer-events-none absolute inset-y-0 start-0 grid w-10 place-items-center text-muted-foreground [&_svg]:size-4">
        {lead}
      </span>
      <Input className={cn('ps-10', className)} {...props} />
    </span>
  );
}

/** Several lines of text; grows with what is typed where the browser can. */
export function Textarea({ className, rows = 4, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={rows}
      className={cn(controlClasses, 'field-sizing-content min-h-24 px-3 py-2 leading-6', className)}
      {...props}
    />
  );
}
