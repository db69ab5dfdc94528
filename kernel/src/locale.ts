/** The languages Stoa speaks. The first is the fallback. */
export const locales = ['en', 'pt-BR', 'es'] as const;
export type Locale = (typeof locales)[number];

/** A text in every language; the compiler refuses a missing one. */
export type Text = Record<Locale, string>;

/**
 * Picks the best supported locale from an Accept-Language header (RFC 9110, 12.5.4). `pt-PT` and `pt` get pt-BR.
 */
export function negotiateLocale(header: string | undefined): Locale {
  if (!header) return 'en';
  const ranges = header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='));
      return { tag: tag.toLowerCase(), quality: quality ? Number(quality.slice(2)) || 0 : 1 };
    })
    .filter((range) => range.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of ranges) {
    const locale = parseLocale(tag);
    if (locale) return locale;
  }
  return 'en';
}

/** The supported locale for a BCP 47 tag, by its primary language; undefined if there is none. */
export function parseLocale(tag: string): Locale | undefined {
  const primary = tag.toLowerCase().split('-')[0];
  return locales.find((locale) => locale.toLowerCase().split('-')[0] === primary);
}
