import type { AppLocale } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';

/**
 * A place on the first page of the reference, for a link that loads it. Next's own links keep the fragment that a page was
 * loaded with and put the next one behind it (vercel/next.js#95551, #96737).
 */
export function addressOfAnchor(anchor: string, locale: AppLocale): string {
  return `${getPathname({ href: '/api-docs', locale })}#${anchor}`;
}
