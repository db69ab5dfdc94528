'use client';

import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { applyCoupon } from './actions.ts';

type CouponFormProps = {
  code: string;
  applied: boolean;
  /** Why it does nothing, in the person's language. */
  problem: string | null;
};

/** A coupon and what became of it, beside the field. */
export function CouponForm({ code, applied, problem }: CouponFormProps) {
  const t = useTranslations('buying.coupon');
  const [, apply, busy] = useActionState(applyCoupon, fresh);
  if (applied) {
    return (
      <form action={apply} className="flex items-center justify-between gap-3 text-sm">
        <p role="status" className="flex min-w-0 items-center gap-2">
          <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-success" />
          <span className="wrap-anywhere">{t('applied', { code })}</span>
        </p>
        <input type="hidden" name="coupon" value="" />
        <Button type="submit" variant="ghost" size="sm" loading={busy}>
          {t('takeOff')}
        </Button>
      </form>
    );
  }
  return (
    <details open={code !== ''} className="group text-sm">
      <summary className="inline-flex min-h-6 items-center text-primary underline decoration-1 underline-offset-4 hover:decoration-2">
        {t('have')}
      </summary>
      <form action={apply} className="mt-3">
        <Field id="coupon" label={t('label')} error={problem ?? undefined}>
          {(control) => (
            <span className="flex gap-2">
              <Input
                key={code}
                name="coupon"
                defaultValue={code}
                maxLength={40}
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                className="min-w-0 uppercase"
                {...control}
              />
              <Button type="submit" variant="outline" loading={busy}>
                {t('apply')}
              </Button>
            </span>
          )}
        </Field>
      </form>
    </details>
  );
}
