/** Languages the interface is written in. BCP 47 tags, also accepted by the API in `Accept-Language`. */
export const locales = ['en', 'pt-BR', 'es'] as const;
export type AppLocale = (typeof locales)[number];
export const defaultLocale: AppLocale = 'en';

/** Each language under its own name, as its speakers write it. */
export const localeNames: Record<AppLocale, string> = { en: 'English', 'pt-BR': 'Português (Brasil)', es: 'Español' };

/** True when `value` is one of our locales (exact tag). */
export function isAppLocale(value: unknown): value is AppLocale {
  return typeof value === 'string' && locales.some((locale) => locale === value);
}

/**
 * Message areas: one JSON file per language and area in `messages/<locale>/<area>.json`, so that several people can
 * work at once. The area's name is the first part of every key: `useTranslations('catalogue')`.
 */
export const areas = [
  'common',
  'home',
  'catalogue',
  'course',
  'buying',
  'memberships',
  'instalments',
  'player',
  'learning',
  'account',
  'auth',
  'studio',
  'console',
  'design',
  'errors',
  'reference',
  'sales',
] as const;
export type Area = (typeof areas)[number];
