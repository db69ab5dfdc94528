import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '@/design/cn.ts';
import { controlClasses } from './input.tsx';

/** The browser's own select in our clothes: works without JavaScript, with every phone's picker and every screen reader. */
export function Select({ className, children, ...props }: ComponentProps<'select'>) {
  return (
    <span className="relative block">
      <select className={cn(controlClasses, 'h-10 appearance-none ps-3 pe-9 disabled:bg-muted', className)} {...props}>
        {children}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute end-3 top-3 size-4 text-muted-foreground"
      />
    </span>
  );
}
