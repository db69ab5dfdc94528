'use client';

import { Check } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useLocale } from 'next-intl';
import { popoverRow } from '@/components/ui/popover-row.ts';
import { localeNames, locales } from '@/i18n/locales.ts';
import { Link, usePathname } from '@/i18n/navigation.ts';

/** This page in the other languages, each under its own name. What was searched, or a sign-in under way, comes along. */
export function LanguageLinks() {
  const pathname = usePathname();
  const query = Object.fromEntries(useSearchParams());
  const current = useLocale();
  return (
    <ul>
      {locales.map((locale) => (
        <li key={locale}>
          <Link
            href={{ pathname, query }}
            locale={locale}
            lang={locale}
            hrefLang={locale}
            aria-current={locale === current ? 'true' : undefined}
            className={popoverRow}
            prefetch={false}
          >
            <span className="flex-1">{localeNames[locale]}</span>
            {locale === current && <Check aria-hidden="true" />}
          </Link>
        </li>
      ))}
    </ul>
  );
}
