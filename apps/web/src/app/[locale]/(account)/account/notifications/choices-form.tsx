'use client';

import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { startTransition, useActionState } from 'react';
import type { paths } from '@/api/schema.d.ts';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/choice.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { cn } from '@/design/cn.ts';
import { saveChoices } from './actions.ts';

type Preferences = paths['/api/notifications/preferences']['get']['responses'][200]['content']['application/json'];

const fieldIds = { quietHours: 'quiet-from' };
// Every channel is to be seen at 320 px, in Spanish too.
const narrow = { name: 'px-2 sm:px-4', channel: 'px-1 text-center sm:px-4' };
const digests = ['daily', 'weekly', 'none'] as const;

/** Every kind of message by channel, quiet hours and digest. What protects the account is shown, locked. */
export function ChoicesForm({ preferences, smsOffered }: { preferences: Preferences; smsOffered: boolean }) {
  const { items, quietHours, digest, timeZone } = preferences;
  const channels = smsOffered ? (['email', 'sms', 'push', 'inapp'] as const) : (['email', 'push', 'inapp'] as const);
  const t = useTranslations('account.choices');
  const tCommon = useTranslations('common');
  const [state, save, busy] = useActionState(saveChoices, fresh);
  const kinds = [...new Map(items.map((item) => [item.kind, item.name]))];
  return (
    <form
      action={save}
      onSubmit={(event) => {
        // With scripts the form is sent by hand: React would untick everything after its action.
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        startTransition(() => save(data));
      }}
      className="max-w-2xl space-y-6"
    >
      <FormFeedback state={state} doneMessage={tCommon('saved')} fieldIds={fieldIds} />
      <Table caption={t('table')}>
        <TableHead>
          <TableRow>
            <TableHeader className={narrow.name}>{t('message')}</TableHeader>
            {channels.map((channel) => (
              <TableHeader key={channel} className={narrow.channel}>
                {t(`channel.${channel}`)}
              </TableHeader>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {kinds.map(([kind, name]) => (
            <TableRow key={kind}>
              <TableHeader
                scope="row"
                className={cn(
                  'wrap-anywhere h-12 hyphens-auto whitespace-normal py-2 text-foreground text-sm',
                  narrow.name,
                )}
              >
                {name}
              </TableHeader>
              {channels.map((channel) => {
                const choice = items.find((item) => item.kind === kind && item.channel === channel);
                const label = t('choice', { message: name, channel: t(`channel.${channel}`) });
                return (
                  <TableCell key={channel} className={narrow.channel}>
                    {choice === undefined ? (
                      <span className="text-muted-foreground">
                        <span aria-hidden="true">–</span>
                        <span className="sr-only">{t('notOffered')}</span>
                      </span>
                    ) : choice.locked ? (
                      <span className="inline-flex items-center gap-1.5 text-muted-foreground text-xs">
                        <Lock aria-hidden="true" className="hidden size-3.5 sm:block" />
                        {t('always')}
                      </span>
                    ) : (
                      <input
                        type="checkbox"
                        name="on"
                        value={`${kind} ${channel}`}
                        aria-label={label}
                        defaultChecked={choice.enabled}
                        className="size-[1.125rem] accent-primary align-middle"
                      />
                    )}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <fieldset className="space-y-4">
        <legend className="mb-3 font-medium text-sm">{t('quiet.title')}</legend>
        <Checkbox
          name="quiet"
          label={t('quiet.on')}
          help={t('quiet.help', { timeZone })}
          defaultChecked={quietHours !== null}
        />
        <div className="grid max-w-xs grid-cols-2 gap-4">
          <Field
            id={fieldIds.quietHours}
            label={t('quiet.from')}
            error={state.kind === 'refused' && state.code === 'quiet_hours_empty' ? state.message : undefined}
          >
            {(control) => <Input name="from" type="time" defaultValue={quietHours?.from ?? '22:00'} {...control} />}
          </Field>
          <Field label={t('quiet.to')}>
            {(control) => <Input name="to" type="time" defaultValue={quietHours?.to ?? '07:00'} {...control} />}
          </Field>
        </div>
      </fieldset>
      {items.some((item) => item.digestible) && (
        <Field className="max-w-xs" label={t('digest.title')} help={t('digest.help')}>
          {(control) => (
            <Select name="digest" defaultValue={digest} {...control}>
              {digests.map((value) => (
                <option key={value} value={value}>
                  {t(`digest.${value}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Button type="submit" loading={busy}>
        {tCommon('save')}
      </Button>
    </form>
  );
}
