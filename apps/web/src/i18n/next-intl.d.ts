import type { AppLocale } from './locales.ts';
import type { messages } from './messages.en.ts';

declare module 'next-intl' {
  interface AppConfig {
    Locale: AppLocale;
    Messages: typeof messages;
  }
}
