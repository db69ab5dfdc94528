import { Search } from 'lucide-react';
import { getLocale, getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button.tsx';
import { InputWithLead } from '@/components/ui/input.tsx';
import { getPathname } from '@/i18n/navigation.ts';

type ListSearchProps = {
  path: string;
  /** Name and example of what can be looked for. */
  label: string;
  q: string | undefined;
  /** Other filters that stay. */
  keep?: Record<string, string | undefined>;
};

/** A search over a list, as a plain form: the result has an address. */
export async function ListSearch({ path, label, q, keep = {} }: ListSearchProps) {
  const t = await getTranslations('common');
  return (
    <search>
      <form action={getPathname({ href: path, locale: await getLocale() })} className="mb-4 flex max-w-lg gap-2">
        <div className="min-w-0 flex-1">
          <InputWithLead
            lead={<Search aria-hidden="true" />}
            type="search"
            name="q"
            aria-label={label}
            placeholder={label}
            defaultValue={q}
            maxLength={200}
          />
        </div>
        {Object.entries(keep).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
        <Button type="submit" variant="outline">
          {t('search')}
        </Button>
      </form>
    </search>
  );
}
