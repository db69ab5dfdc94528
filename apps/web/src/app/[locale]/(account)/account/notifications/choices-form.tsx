'use client';

import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { startTransition, useActionState } from 'react';
import type { paths } from '@/api/schema.d.ts';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { saveChoices } from './actions.ts';

type Choice =
  paths['/api/notifications/preferences']['get']['responses'][200]['content']['application/json']['items'][number];

const channels = ['email', 'sms', 'push', 'inapp'] as const;

/** Every kind of message by channel. What protects the account is shown, locked. */
export function ChoicesForm({ items }: { items: Choice[] }) {
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
      className="max-w-2xl space-y-5"
    >
      <FormFeedback state={state} doneMessage={tCommon('saved')} />
      <Table caption={t('table')}>
        <TableHead>
          <TableRow>
            <TableHeader>{t('message')}</TableHeader>
            {channels.map((channel) => (
              <TableHeader key={channel} className="text-center">
                {t(`channel.${channel}`)}
              </TableHeader>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {kinds.map(([kind, name]) => (
            <TableRow key={kind}>
              <TableHeader scope="row" className="h-12 whitespace-normal text-foreground text-sm">
                {name}
              </TableHeader>
              {channels.map((channel) => {
                const choice = items.find((item) => item.kind === kind && item.channel === channel);
                const label = t('choice', { message: name, channel: t(`channel.${channel}`) });
                return (
                  <TableCell key={channel} className="text-center">
                    {choice === undefined ? (
                      <span className="text-muted-foreground">
                        <span aria-hidden="true">–</span>
                        <span className="sr-only">{t('notOffered')}</span>
                      </span>
                    ) : choice.locked ? (
                      <span className="inline-flex items-center gap-1.5 text-muted-foreground text-xs">
                        <Lock aria-hidden="true" className="size-3.5" />
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
      <Button type="submit" loading={busy}>
        {tCommon('save')}
      </Button>
    </form>
  );
}
