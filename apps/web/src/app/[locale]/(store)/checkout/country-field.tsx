'use client';

import { useTranslations } from 'next-intl';
import type { TransitionStartFunction } from 'react';
import { Field } from '@/components/ui/field.tsx';
import { Select } from '@/components/ui/select.tsx';
import { chooseCountry } from '../cart/actions.ts';

type CountryFieldProps = {
  id: string;
  countries: { code: string; name: string }[];
  country: string;
  error: string | undefined;
  /** Runs the change: until it is done, what the page says it costs is of the country before. */
  update: TransitionStartFunction;
};

/** The buyer's country, which decides the taxes. With scripts the page follows at once. */
export function CountryField({ id, countries, country, error, update }: CountryFieldProps) {
  const t = useTranslations('buying.checkout');
  return (
    <Field id={id} label={t('country')} help={t('countryHelp')} error={error} className="sm:max-w-[calc(50%-0.5rem)]">
      {(control) => (
        <Select
          // The key keeps what was chosen when React empties the form after its action.
          key={country}
          name="country"
          autoComplete="country"
          defaultValue={country}
          onChange={(event) => {
            const { value } = event.currentTarget;
            update(() => chooseCountry(value));
          }}
          {...control}
        >
          <option value="">{t('countryNone')}</option>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
