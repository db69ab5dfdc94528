import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/design/cn.ts';

/*
 * Checkbox, radio and switch are native inputs, drawn with CSS. They submit with a plain form, and (unlike the radix
 * ones) need no style attribute in the served page, which our content security policy refuses.
 */

type ChoiceProps = Omit<ComponentProps<'input'>, 'type' | 'children'> & { label: ReactNode; help?: ReactNode };

function Choice({
  control,
  label,
  help,
  className,
}: {
  control: ReactNode;
  label: ReactNode;
  help?: ReactNode;
  className?: string | undefined;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is handed in and stands inside
    <label
      className={cn(
        'flex items-start gap-3 text-sm has-disabled:cursor-not-allowed has-disabled:opacity-60',
        className,
      )}
    >
      {control}
      <span className="pt-px">
        <span className="font-medium">{label}</span>
        {help && <span className="mt-0.5 block text-muted-foreground">{help}</span>}
      </span>
    </label>
  );
}

const box =
  'peer size-[1.125rem] shrink-0 appearance-none border border-input bg-card transition-colors checked:border-primary checked:bg-primary aria-invalid:border-destructive';
// Not for radios: `:indeterminate` matches every radio of a group in which none is chosen.
const partly = 'indeterminate:border-primary indeterminate:bg-primary';

/** One thing to agree to or turn on when a form is sent. */
export function Checkbox({ label, help, className, ...props }: ChoiceProps) {
  return (
    <Choice
      label={label}
      help={help}
      className={className}
      control={
        <span className="relative mt-px grid place-items-center">
          <input type="checkbox" className={cn(box, partly, 'rounded-sm')} {...props} />
          <svg
            viewBox="0 0 12 12"
            aria-hidden="true"
            className="pointer-events-none absolute size-3 text-primary-foreground opacity-0 peer-checked:opacity-100"
          >
            <path
              d="M2 6.5 4.75 9.25 10 3.5"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.75"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </svg>
          <svg
            viewBox="0 0 12 12"
            aria-hidden="true"
            className="pointer-events-none absolute size-3 text-primary-foreground opacity-0 peer-indeterminate:opacity-100"
          >
            <path d="M2.5 6h7" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
          </svg>
        </span>
      }
    />
  );
}

/** One of several. Put them in a `RadioGroup`; equal `name`s exclude each other. */
export function Radio({ label, help, className, ...props }: ChoiceProps) {
  return (
    <Choice
      label={label}
      help={help}
      className={className}
      control={
        <span className="relative mt-px grid place-items-center">
          <input type="radio" className={cn(box, 'rounded-full')} {...props} />
          <span className="pointer-events-none absolute size-1.5 rounded-full bg-primary-foreground opacity-0 peer-checked:opacity-100" />
        </span>
      }
    />
  );
}

/** Something that takes effect at once. */
export function Switch({ label, help, className, ...props }: ChoiceProps) {
  return (
    <Choice
      label={label}
      help={help}
      className={className}
      control={
        <span className="relative inline-flex">
          <input
            type="checkbox"
            // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its own state
            role="switch"
            className="peer h-5 w-9 shrink-0 appearance-none rounded-full border border-input bg-input/30 transition-colors checked:border-primary checked:bg-primary"
            {...props}
          />
          <span className="pointer-events-none absolute start-[3px] top-[3px] size-3.5 rounded-full bg-foreground transition-transform peer-checked:translate-x-4 peer-checked:bg-primary-foreground rtl:peer-checked:-translate-x-4" />
        </span>
      }
    />
  );
}

/** A question with its choices: `legend` is the question. */
export function RadioGroup({
  legend,
  help,
  error,
  id,
  children,
  className,
}: {
  legend: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  id?: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={cn('space-y-3', className)}
      aria-invalid={error ? true : undefined}
      aria-describedby={error && id ? `${id}-error` : undefined}
    >
      <legend className="mb-1 font-medium text-sm">{legend}</legend>
      {help && <p className="text-muted-foreground text-sm">{help}</p>}
      {children}
      {error && (
        <p id={id && `${id}-error`} className="text-destructive text-sm">
          {error}
        </p>
      )}
    </fieldset>
  );
}
