'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { assignSeat, inviteAgain, takeBackSeat } from './actions.ts';

type AssignProps = { orderId: string; token: string | undefined; line: string; taken: number };

/** Gives one of the bought seats to an address. */
export function AssignSeatForm({ orderId, token, line, taken }: AssignProps) {
  const t = useTranslations('buying.seats');
  const [state, assign, busy] = useActionState(assignSeat, fresh);
  const typed = state.kind === 'refused' ? state.typed : {};
  const errors = state.kind === 'refused' ? state.fields : {};
  const id = `seat-${line}`;
  return (
    <form action={assign} className="space-y-3">
      <FormFeedback state={state} doneMessage={t('assigned')} fieldIds={{ email: id }} />
      <input type="hidden" name="order" value={orderId} />
      {token && <input type="hidden" name="token" value={token} />}
      <input type="hidden" name="line" value={line} />
      <input type="hidden" name="before" value={taken} />
      <input type="hidden" name="retry" value={state.kind === 'refused' ? state.at : ''} />
      <Field id={id} label={t('email')} error={errors.email} required>
        {(control) => (
          <span className="flex gap-2">
            <Input
              key={taken}
              name="email"
              type="email"
              inputMode="email"
              autoComplete="off"
              maxLength={254}
              defaultValue={typed.email}
              className="min-w-0"
              {...control}
            />
            <Button type="submit" loading={busy}>
              {t('assign')}
            </Button>
          </span>
        )}
      </Field>
    </form>
  );
}

type SeatFormProps = { orderId: string; token: string | undefined; seat: string; email: string };

/** Writes to the person of a seat once more. */
export function InviteAgainForm({ orderId, token, seat, email }: SeatFormProps) {
  const t = useTranslations('buying.seats');
  const [state, invite, busy] = useActionState(inviteAgain, fresh);
  return (
    <form action={invite}>
      <FormFeedback state={state} doneMessage={t('invitedAgain', { email })} />
      <input type="hidden" name="order" value={orderId} />
      {token && <input type="hidden" name="token" value={token} />}
      <input type="hidden" name="seat" value={seat} />
      <Button type="submit" variant="ghost" size="sm" loading={busy} aria-label={t('inviteAgainOf', { email })}>
        {t('inviteAgain')}
      </Button>
    </form>
  );
}

/** Takes a seat back. */
export function TakeBackForm({ orderId, token, seat, email }: SeatFormProps) {
  const t = useTranslations('buying.seats');
  const [state, take, busy] = useActionState(takeBackSeat, fresh);
  return (
    <form action={take}>
      <FormFeedback state={state} doneMessage={t('takenBack', { email })} />
      <input type="hidden" name="order" value={orderId} />
      {token && <input type="hidden" name="token" value={token} />}
      <input type="hidden" name="seat" value={seat} />
      <Button type="submit" variant="ghost" size="sm" loading={busy} aria-label={t('takeBackOf', { email })}>
        {t('takeBack')}
      </Button>
    </form>
  );
}
