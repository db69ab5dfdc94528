'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useActionState, useState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/choice.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { addWebhook } from './actions.ts';
import { SecretShown } from './secret-shown.tsx';

const fieldIds = { url: 'webhook-url', description: 'webhook-description' };

/** Asks for an address and its events, then shows the secret that was made. */
export function AddWebhook({ offered }: { offered: string[] }) {
  const t = useTranslations('console.webhooks');
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={t('addTitle')}
      description={t('addText')}
      trigger={
        <Button>
          <Plus aria-hidden="true" />
          {t('add')}
        </Button>
      }
    >
      {open && <AddForm offered={offered} />}
    </Dialog>
  );
}

function AddForm({ offered }: { offered: string[] }) {
  const t = useTranslations('console.webhooks');
  const [{ form, secret }, add, busy] = useActionState(addWebhook, { form: fresh, secret: null });
  const typed = form.kind === 'refused' ? form.typed : {};
  const errors = form.kind === 'refused' ? form.fields : {};
  if (secret) return <SecretShown secret={secret} />;
  return (
    <form action={add} className="space-y-5">
      <FormFeedback state={form} doneMessage={t('added')} fieldIds={fieldIds} />
      <Field id={fieldIds.url} label={t('address')} help={t('addressHelp')} error={errors.url} required>
        {(control) => (
          <Input
            name="url"
            type="url"
            inputMode="url"
            maxLength={2000}
            defaultValue={typed.url ?? 'https://'}
            {...control}
          />
        )}
      </Field>
      <Field id={fieldIds.description} label={t('description')} error={errors.description}>
        {(control) => <Input name="description" maxLength={200} defaultValue={typed.description ?? ''} {...control} />}
      </Field>
      <fieldset>
        <legend className="font-medium text-sm">{t('events')}</legend>
        <p className="mt-1 mb-3 text-muted-foreground text-sm">{t('eventsHelp')}</p>
        <div className="grid gap-2">
          {offered.map((event) => (
            <Checkbox
              key={event}
              name="events"
              value={event}
              label={<span className="break-all font-mono font-normal text-xs">{event}</span>}
            />
          ))}
        </div>
      </fieldset>
      <Button type="submit" loading={busy}>
        {t('add')}
      </Button>
    </form>
  );
}
