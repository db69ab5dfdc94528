'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { switchCoupon } from './actions.ts';

/** Switches a coupon on or off. It can be switched back at once, so nothing is asked. */
export function SwitchCoupon({ coupon, code, active }: { coupon: string; code: string; active: boolean }) {
  const t = useTranslations('sales.coupons');
  const [state, act, busy] = useActionState(switchCoupon, fresh);
  return (
    <form action={act} className="flex justify-end">
      <input type="hidden" name="coupon" value={coupon} />
      <input type="hidden" name="active" value={String(!active)} />
      {/* Read after the list was drawn again: `active` is then what it has become. */}
      <FormFeedback state={state} doneMessage={active ? t('switchedOn', { code }) : t('switchedOff', { code })} />
      <Button
        type="submit"
        size="sm"
        variant={active ? 'ghost' : 'outline'}
        loading={busy}
        aria-label={active ? t('switchOffOf', { code }) : t('switchOnOf', { code })}
      >
        {active ? t('switchOff') : t('switchOn')}
      </Button>
    </form>
  );
}
