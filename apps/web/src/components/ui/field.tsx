import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { cn } from '@/design/cn.ts';

/** What a control gets from its field, so that label, help and error belong to it for everyone. */
export type FieldControl = {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  required?: true;
};

type FieldProps = {
  label: ReactNode;
  /** Text beside the label of a field one may leave empty, usually `t('common.optional')`. */
  hint?: ReactNode;
  help?: ReactNode;
  error?: ReactNode;
  required?: boolean;
  /** Anchor of the error summary; give the same id there. */
  id?: string;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

/**
 * Label above, help below, error beside. The control comes from a function:
 *
 *     <Field label={t('email')} error={errors.email}>{(control) => <Input name="email" type="email" {...control} />}</Field>
 */
export function Field({ label, hint, help, error, required = false, id: givenId, className, children }: FieldProps) {
  const generatedId = useId();
  const id = givenId ?? generatedId;
  const described = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={cn('space-y-1.5', className)}>
      <label htmlFor={id} className="flex items-baseline justify-between gap-2 font-medium text-sm">
        <span>{label}</span>
        {hint && <span className="font-normal text-muted-foreground text-xs">{hint}</span>}
      </label>
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
        ...(required ? { required: true } : {}),
      })}
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-destructive text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
      {help && (
        <p id={`${id}-help`} className="text-muted-foreground text-sm">
          {help}
        </p>
      )}
    </div>
  );
}
