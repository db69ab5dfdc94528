import type { AppLocale } from './locales.ts';
import type { messages } from './messages.en.ts';

type Catalogue = typeof messages;

/**
 * Every area of one language. The imports are spelled out so that the bundler makes one chunk per language and only
 * the language asked for is ever read.
 */
export async function loadMessages(locale: AppLocale): Promise<Catalogue> {
  return loaders[locale]();
}

const loaders: Record<AppLocale, () => Promise<Catalogue>> = {
  en: async () => (await import('./messages.en.ts')).messages,
  'pt-BR': async () => (await import('./messages.pt-BR.ts')).messages,
  es: async () => (await import('./messages.es.ts')).messages,
};
