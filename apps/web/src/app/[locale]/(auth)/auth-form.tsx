import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';

/** Codes of identity that these pages have words for; any other reads as `unknown`. */
const knownErrors = [
  'invalid_credentials',
  'too_many_attempts',
  'email_taken',
  'invalid_email',
  'password_too_short',
  'password_refused',
  'name_required',
  'account_disabled',
  'link_not_valid',
  'interaction_not_found',
] as const;
type KnownError = (typeof knownErrors)[number];

/** The field an error belongs to; others stand only in the summary. */
const fieldOf: Partial<Record<KnownError, string>> = {
  email_taken: 'email',
  invalid_email: 'email',
  password_too_short: 'password',
  password_refused: 'password',
  name_required: 'name',
};

export type AuthError = { field: string | null; message: string };

/** Reads `?error=code,code` into texts. */
export async function authErrors(codes: string | undefined): Promise<AuthError[]> {
  if (!codes) return [];
  const t = await getTranslations('auth.errors');
  return codes.split(',').map((code) => {
    const known = knownErrors.find((one) => one === code);
    return { field: (known && fieldOf[known]) ?? null, message: t(known ?? 'unknown') };
  });
}

/** Title, one sentence, and what went wrong last time. */
export async function AuthHeading({
  title,
  children,
  errors = [],
  at = '',
}: {
  title: string;
  children?: ReactNode;
  errors?: AuthError[];
  /** When that was, where the page is not loaded anew: refused again for the same reason is another refusal. */
  at?: string | undefined;
}) {
  const t = await getTranslations('common');
  return (
    <div className="mb-8">
      <h1 className="text-3xl">{unbroken(title)}</h1>
      {children && <p className="mt-2 text-muted-foreground">{children}</p>}
      {errors.length > 0 && (
        <div className="mt-6">
          <ErrorSummary
            key={[at, ...errors.map(({ message }) => message)].join(' ')}
            title={t('formProblem')}
            errors={errors.map(({ field, message }) => ({ message, ...(field ? { id: field } : {}) }))}
          />
        </div>
      )}
    </div>
  );
}

/** A title whose "e-mail" stays on one line: the place after one letter is no place to end it. */
function unbroken(title: string): ReactNode[] {
  return title.split(/(?<!\p{L})(\p{L}-\p{L}+)/u).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span key={part} className="whitespace-nowrap">
        {part}
      </span>
    ),
  );
}

type FieldsProps = {
  errors: AuthError[];
  fields: readonly ('name' | 'email' | 'password' | 'newPassword')[];
  email?: string;
  name?: string;
};

/** The fields of getting in, with the right keyboard and the right help from password managers. */
export async function AuthFields({ errors, fields, email, name }: FieldsProps) {
  const t = await getTranslations('auth');
  const of = (field: string) => errors.find((error) => error.field === field)?.message;
  return (
    <>
      {fields.includes('name') && (
        <Field id="name" label={t('name')} help={t('nameHelp')} error={of('name')} required>
          {(control) => <Input name="name" autoComplete="name" maxLength={200} defaultValue={name} {...control} />}
        </Field>
      )}
      {fields.includes('email') && (
        <Field id="email" label={t('email')} error={of('email')} required>
          {(control) => (
            <Input
              name="email"
              type="email"
              inputMode="email"
              autoComplete={fields.includes('password') ? 'username' : 'email'}
              autoCapitalize="none"
              spellCheck={false}
              maxLength={254}
              defaultValue={email}
              {...control}
            />
          )}
        </Field>
      )}
      {fields.includes('password') && (
        <Field id="password" label={t('password')} error={of('password')} required>
          {(control) => (
            <Input name="password" type="password" autoComplete="current-password" maxLength={256} {...control} />
          )}
        </Field>
      )}
      {fields.includes('newPassword') && (
        <Field
          id="password"
          label={t(fields.includes('name') ? 'password' : 'newPassword')}
          help={t('passwordHelp')}
          error={of('password')}
          required
        >
          {(control) => (
            <Input
              name="password"
              type="password"
              autoComplete="new-password"
              minLength={8}
              maxLength={256}
              {...control}
            />
          )}
        </Field>
      )}
    </>
  );
}
