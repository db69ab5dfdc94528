'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { longestMessage } from '@/buying/cart.ts';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input, Textarea } from '@/components/ui/input.tsx';
import { addGift } from '../../../cart/actions.ts';

const fieldIds = { email: 'gift-email', name: 'gift-name', message: 'gift-message' };

/** Who gets the gift, from whom, with which words. */
export function GiftForm({ sku, coupon, name }: { sku: string; coupon: string; name: string }) {
  const t = useTranslations('buying.gift');
  const tCommon = useTranslations('common');
  const [state, add, busy] = useActionState(addGift, fresh);
  const typed = state.kind === 'refused' ? state.typed : {};
  const errors = state.kind === 'refused' ? state.fields : {};
  return (
    <form action={add} noValidate className="space-y-5">
      <FormFeedback state={state} doneMessage="" fieldIds={fieldIds} />
      <input type="hidden" name="sku" value={sku} />
      <input type="hidden" name="coupon" value={coupon} />
      <Field id={fieldIds.email} label={t('email')} help={t('emailHelp')} error={errors.email} required>
        {(control) => (
          <Input
            name="email"
            type="email"
            inputMode="email"
            autoComplete="off"
            maxLength={254}
            defaultValue={typed.email}
            {...control}
          />
        )}
      </Field>
      <Field id={fieldIds.name} label={t('from')} hint={tCommon('optional')} help={t('fromHelp')}>
        {(control) => (
          <Input name="name" autoComplete="name" maxLength={100} defaultValue={typed.name ?? name} {...control} />
        )}
      </Field>
      <Field id={fieldIds.message} label={t('message')} hint={tCommon('optional')} error={errors.message}>
        {(control) => (
          <Textarea name="message" rows={4} maxLength={longestMessage} defaultValue={typed.message} {...control} />
        )}
      </Field>
      <Button type="submit" size="lg" loading={busy}>
        {t('add')}
      </Button>
    </form>
  );
}
