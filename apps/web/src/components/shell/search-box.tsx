import { Search } from 'lucide-react';
import { getLocale, getTranslations } from 'next-intl/server';
import { InputWithLead } from '@/components/ui/input.tsx';
import { getPathname } from '@/i18n/navigation.ts';

/** Search of the catalogue: a form that leads to `/courses?q=`, with or without JavaScript. `/` focuses it. */
export async function SearchBox({
  className,
  id,
  defaultValue,
}: {
  className?: string;
  id: string;
  defaultValue?: string;
}) {
  const t = await getTranslations('common');
  const action = getPathname({ href: '/courses', locale: await getLocale() });
  return (
    <search className={className}>
      <form action={action}>
        <label htmlFor={id} className="sr-only">
          {t('searchCourses')}
        </label>
        <InputWithLead
          id={id}
          name="q"
          type="search"
          enterKeyHint="search"
          autoComplete="off"
          defaultValue={defaultValue}
          placeholder={t('searchPlaceholder')}
          lead={<Search aria-hidden="true" />}
          data-search
        />
      </form>
    </search>
  );
}
