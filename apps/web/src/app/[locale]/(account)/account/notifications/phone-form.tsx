'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Section } from '../section.tsx';
import { askForCode, confirmCode, removePhone } from './actions.ts';

const fieldIds = { number: 'phone-number', code: 'phone-code' };

/** The person's number: given, confirmed with the code that was sent to it, or taken away. */
export function PhoneForm({ number, verified }: { number: string | null; verified: boolean }) {
  const t = useTranslations('account.phone');
  const [asked, ask, asking] = useActionState(askForCode, fresh);
  const [confirmed, confirm, confirming] = useActionState(confirmCode, fresh);
  const [, remove, removing] = useActionState(removePhone, fresh);
  const typed = asked.kind === 'refused' ? asked.typed.number : undefined;
  const errors = asked.kind === 'refused' ? asked.fields : {};
  const codeErrors = confirmed.kind === 'refused' ? confirmed.fields : {};
  return (
    <Section id="phone" title={t('title')} text={t('text')}>
      {number && (
        <div className="mb-5 flex flex-wrap items-center gap-3 text-sm">
          <span className="tabular font-medium">{number}</span>
          <Badge tone={verified ? 'success' : 'warning'}>{verified ? t('verified') : t('waiting')}</Badge>
          <form action={remove}>
            <Button type="submit" size="sm" variant="ghost" loading={removing}>
              {t('remove')}
            </Button>
          </form>
        </div>
      )}
      {number && !verified && (
        <form action={confirm} className="mb-6 max-w-xs space-y-4">
          <FormFeedback state={confirmed} doneMessage={t('confirmed')} fieldIds={fieldIds} />
          <Field id={fieldIds.code} label={t('code')} help={t('codeHelp')} error={codeErrors.code} required>
            {(control) => (
              <Input name="code" inputMode="numeric" autoComplete="one-time-code" maxLength={6} {...control} />
            )}
          </Field>
          <Button type="submit" loading={confirming}>
            {t('confirm')}
          </Button>
        </form>
      )}
      {!verified && (
        <form action={ask} className="max-w-xs space-y-4">
          <FormFeedback state={asked} doneMessage={t('sent')} fieldIds={fieldIds} />
          <Field id={fieldIds.number} label={t('number')} help={t('numberHelp')} error={errors.number} required>
            {(control) => (
              <Input
                name="number"
                type="tel"
                inputMode="tel"
                autoComplete="tel"
                maxLength={24}
                defaultValue={typed ?? number ?? ''}
                {...control}
              />
            )}
          </Field>
          <Button type="submit" variant={number ? 'outline' : 'primary'} loading={asking}>
            {number ? t('sendAgain') : t('send')}
          </Button>
        </form>
      )}
    </Section>
  );
}
