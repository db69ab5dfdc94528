import { type Locale, parseLocale } from '@stoa/kernel';

/** The language asked for, else that of the terminal (POSIX: LC_ALL, LC_MESSAGES, LANG), else English. */
export function localeOf(lang: string | undefined, environment: NodeJS.ProcessEnv): Locale {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  return parseLocale((lang || LC_ALL || LC_MESSAGES || LANG || 'en').replace('_', '-').replace(/[.@].*$/, '')) ?? 'en';
}
