import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/design/cn.ts';
import { Spinner } from './spinner.tsx';

/** Classes of a button, for things that look like one and are a link: `<Link className={buttonClasses({ size: 'lg' })}>`. */
export const buttonClasses = cva(
  [
    'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md border font-medium',
    'transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:opacity-50',
    '[&_svg]:pointer-events-none [&_svg]:shrink-0',
  ],
  {
    variants: {
      variant: {
        primary:
          'border-transparent bg-primary text-primary-foreground hover:enabled:bg-primary-hover [a&]:hover:bg-primary-hover',
        secondary: 'border-transparent bg-secondary text-secondary-foreground hover:bg-border',
        outline: 'border-input/60 bg-card text-foreground hover:border-input hover:bg-accent',
        ghost: 'border-transparent text-foreground hover:bg-accent',
        destructive: 'border-transparent bg-destructive text-destructive-foreground hover:opacity-90',
        link: 'h-auto border-transparent px-0 text-primary underline decoration-1 underline-offset-4 hover:decoration-2',
      },
      size: {
        sm: 'h-8 px-3 text-sm [&_svg]:size-4',
        md: 'h-10 px-4 text-sm [&_svg]:size-4',
        lg: 'h-12 px-6 text-base [&_svg]:size-5',
      },
    },
    compoundVariants: [{ variant: 'link', className: 'h-auto! px-0!' }],
    defaultVariants: { variant: 'primary', size: 'md' },
  },
);

export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonClasses> & {
    /** Keeps the width, shows a spinner, refuses clicks and tells assistive technology. */
    loading?: boolean;
  };

/** A button. `type` is `button` unless said otherwise, so that none submits a form by accident. */
export function Button({
  variant,
  size,
  loading = false,
  className,
  children,
  disabled,
  type = 'button',
  ...props
}: ButtonProps) {
  return (
    <button
      type={type}
      className={cn(buttonClasses({ variant, size }), loading && 'relative', className)}
      disabled={disabled || loading}
      aria-busy={loading || undefined}
      {...props}
    >
      {loading && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
      <span className={cn('inline-flex items-center gap-2', loading && 'opacity-0')}>{children}</span>
    </button>
  );
}

export type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label'> & {
  /** What it does; read aloud and shown on hover. */
  label: string;
  size?: 'sm' | 'md';
  variant?: 'ghost' | 'outline';
  children: ReactNode;
};

/** A square button with only an icon. 40 px, or 32 px in dense screens (both above the 24 px of WCAG 2.5.8). */
export function IconButton({ label, size = 'md', variant = 'ghost', className, children, ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cn(
        buttonClasses({ variant, size }),
        'p-0',
        size === 'sm' ? 'size-8' : 'size-10 [&_svg]:size-[1.125rem]',
        className,
      )}
      {...props}
    >
      {children}
    </button>
  );
}
