'use client';

import { CreditCard, FlaskConical, type LucideIcon, QrCode, Wallet } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { cn } from '@/design/cn.ts';
import { formatDocument, formatPhone } from './person-fields.ts';

/** A way to pay as the API lists it. */
export type ProviderOption = {
  name: string;
  available: boolean;
  unavailable: string | null;
  presents: 'redirect' | 'qr_code' | null;
  needs: ('document' | 'phone' | 'name')[];
  keepsMethod: boolean;
};

const known = ['stripe', 'paypal', 'picpay', 'pix', 'sandbox', 'sandbox-code'] as const;
const reasons = [
  'switched_off',
  'not_configured',
  'currency_not_supported',
  'amount_too_small',
  'cannot_renew',
] as const;
const icons: Record<string, LucideIcon> = {
  stripe: CreditCard,
  paypal: Wallet,
  picpay: QrCode,
  pix: QrCode,
  sandbox: FlaskConical,
  'sandbox-code': QrCode,
};
const autoComplete = { document: 'off', phone: 'tel', name: 'name' } as const;
const formats = { document: formatDocument, phone: formatPhone, name: (typed: string) => typed };

type ProviderChoiceProps = {
  providers: ProviderOption[];
  typed: Record<string, string>;
  errors: Record<string, string>;
  /** What is known of the person, for fields that are empty. */
  name?: string;
  /** What is paid renews itself: those that keep the method come first, and the others say that they pay once. */
  renews?: boolean;
};

/** Name of a way to pay, in words. */
export function useProviderName(): (name: string) => string {
  const t = useTranslations('buying.provider');
  return (name) => {
    const one = known.find((given) => given === name);
    return one ? t(`${one}.name`) : name;
  };
}

/**
 * Ways to pay. What one needs to be told opens below it once it is chosen, by style sheet alone, so that it works without
 * scripts. Those that cannot be used say why.
 */
export function ProviderChoice({ providers, typed, errors, name = '', renews = false }: ProviderChoiceProps) {
  const t = useTranslations('buying.provider');
  const nameOf = useProviderName();
  const usable = providers
    .filter(({ available }) => available)
    .toSorted((one, other) => (renews ? Number(other.keepsMethod) - Number(one.keepsMethod) : 0));
  const others = providers.filter(({ available }) => !available);
  const chosen = usable.some((one) => one.name === typed.provider) ? typed.provider : usable[0]?.name;
  return (
    <fieldset id="provider" tabIndex={-1} className="space-y-3">
      <legend className="sr-only">{t('legend')}</legend>
      {errors.provider && <p className="text-destructive text-sm">{errors.provider}</p>}
      {usable.map((one) => {
        const Icon = icons[one.name] ?? CreditCard;
        const text = known.find((given) => given === one.name);
        return (
          <div
            key={`${one.name} ${chosen}`}
            className="group/way rounded-lg border bg-card transition-colors has-checked:border-primary has-checked:bg-primary-soft/40"
          >
            <label className="flex items-start gap-3 p-4">
              <span className="relative mt-0.5 grid place-items-center">
                <input
                  type="radio"
                  name="provider"
                  value={one.name}
                  defaultChecked={one.name === chosen}
                  required
                  className="peer size-[1.125rem] appearance-none rounded-full border border-input bg-card checked:border-primary checked:bg-primary"
                />
                <span className="pointer-events-none absolute size-1.5 rounded-full bg-primary-foreground opacity-0 peer-checked:opacity-100" />
              </span>
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{nameOf(one.name)}</span>
                {text && <span className="mt-0.5 block text-muted-foreground text-sm">{t(`${text}.text`)}</span>}
                {renews && !one.keepsMethod && <span className="mt-1 block text-sm">{t('onceOnly')}</span>}
              </span>
              <Icon aria-hidden="true" className="size-5 shrink-0 text-muted-foreground" />
            </label>
            {one.needs.length > 0 && (
              <div className="hidden gap-4 px-4 pb-4 group-has-checked/way:grid sm:grid-cols-2 sm:ps-[2.875rem]">
                {one.needs.map((need) => {
                  const field = `${one.name}-${need}`;
                  return (
                    <Field
                      key={need}
                      id={field}
                      label={t(`needs.${need}`)}
                      error={errors[field]}
                      className={cn(need === 'name' && 'sm:col-span-2')}
                    >
                      {(control) => (
                        <Input
                          name={field}
                          inputMode={need === 'document' ? 'numeric' : need === 'phone' ? 'tel' : 'text'}
                          autoComplete={autoComplete[need]}
                          maxLength={need === 'name' ? 100 : 24}
                          defaultValue={typed[field] ?? (need === 'name' ? name : '')}
                          onChange={(event) => {
                            // Only at its end: a caret in the middle must stay where it is.
                            const { currentTarget: input } = event;
                            if (input.selectionStart === input.value.length) input.value = formats[need](input.value);
                          }}
                          {...control}
                        />
                      )}
                    </Field>
                  );
                })}
              </div>
            )}
          </div>
        );
      })}
      {others.length > 0 && (
        <details className="text-sm">
          <summary className="inline-flex min-h-6 items-center text-muted-foreground underline decoration-1 underline-offset-4 hover:text-foreground">
            {t('others', { count: others.length })}
          </summary>
          <ul className="mt-3 space-y-2">
            {others.map((one) => {
              const reason = reasons.find((given) => given === one.unavailable);
              return (
                <li
                  key={one.name}
                  className="flex flex-wrap justify-between gap-x-4 gap-y-1 rounded-lg border px-4 py-2.5"
                >
                  <span className="font-medium">{nameOf(one.name)}</span>
                  <span className="text-muted-foreground">{reason ? t(`why.${reason}`) : t('why.other')}</span>
                </li>
              );
            })}
          </ul>
        </details>
      )}
    </fieldset>
  );
}

/** Ids of the provider's fields by their names, for the summary of what is wrong. */
export function providerFieldIds(providers: ProviderOption[]): Record<string, string> {
  const ids = providers.flatMap(({ name, needs }) => needs.map((need) => [`${name}-${need}`, `${name}-${need}`]));
  return { provider: 'provider', ...Object.fromEntries(ids) };
}
