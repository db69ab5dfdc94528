'use client';

import { useTranslations } from 'next-intl';
import { useActionState, useEffect, useState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { localeNames, locales } from '@/i18n/locales.ts';
import { saveProfile } from './actions.ts';
import type { TimeZone } from './time-zones.ts';

type ProfileFormProps = {
  name: string;
  locale: string;
  timeZone: string;
  /** IANA names the server knows, with their offset now: `America/Sao_Paulo (GMT-3)`. */
  zones: readonly TimeZone[];
};

const fieldIds = { name: 'profile-name', locale: 'profile-locale', timeZone: 'profile-zone' };

/** Name, language and time zone. */
export function ProfileForm({ name, locale, timeZone, zones }: ProfileFormProps) {
  const t = useTranslations('account.profile');
  const tCommon = useTranslations('common');
  const [state, save, busy] = useActionState(saveProfile, fresh);
  const typed = state.kind === 'refused' ? state.typed : {};
  const errors = state.kind === 'refused' ? state.fields : {};
  const [zone, setZone] = useState(timeZone);
  const [here, setHere] = useState<string | null>(null);
  useEffect(() => setHere(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  const offered = here !== null && here !== zone && zones.some((one) => one.name === here) ? here : null;
  return (
    <form action={save} className="space-y-5">
      <FormFeedback state={state} doneMessage={tCommon('saved')} fieldIds={fieldIds} />
      <Field id={fieldIds.name} label={t('name')} help={t('nameHelp')} error={errors.name} required>
        {(control) => (
          <Input name="name" autoComplete="name" maxLength={100} defaultValue={typed.name ?? name} {...control} />
        )}
      </Field>
      <Field id={fieldIds.locale} label={t('language')} help={t('languageHelp')} error={errors.locale}>
        {(control) => (
          // The key keeps what was chosen when React empties the form after its action.
          <Select key={`${locale} ${typed.locale}`} name="locale" defaultValue={typed.locale ?? locale} {...control}>
            {locales.map((one) => (
              <option key={one} value={one} lang={one}>
                {localeNames[one]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="space-y-2">
        <Field id={fieldIds.timeZone} label={t('timeZone')} help={t('timeZoneHelp')} error={errors.timeZone}>
          {(control) => (
            <Select name="timeZone" value={zone} onChange={(event) => setZone(event.currentTarget.value)} {...control}>
              {zones.every((one) => one.name !== zone) && <option value={zone}>{zone}</option>}
              {zones.map((one) => (
                <option key={one.name} value={one.name}>
                  {one.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {offered && (
          <Button variant="link" onClick={() => setZone(offered)}>
            {t('useThisZone', { zone: offered })}
          </Button>
        )}
      </div>
      <Button type="submit" loading={busy}>
        {tCommon('save')}
      </Button>
    </form>
  );
}
