import { defineRouting } from 'next-intl/routing';
import { defaultLocale, locales } from './locales.ts';

/** Locale in the path: none for English, `/pt-BR/...` and `/es/...` for the others. */
export const routing = defineRouting({
  locales,
  defaultLocale,
  localePrefix: 'as-needed',
  localeCookie: { name: 'stoa_locale', maxAge: 60 * 60 * 24 * 365, sameSite: 'lax' },
  // Alternate links are written by each page's metadata, which knows in which languages the thing itself exists.
  alternateLinks: false,
});
