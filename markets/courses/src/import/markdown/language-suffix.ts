/** Short suffixes that repositories use for a whole language, and the tag Stoa stores instead. */
export type LanguageAliases = Record<string, string>;

/**
 * `pt` and `br` mean Brazilian Portuguese: the repositories that use this layout name Portuguese from Portugal
 * `pt-PT` when they have it. A source where that is not so passes its own map.
 */
export const defaultLanguageAliases: LanguageAliases = { pt: 'pt-BR', br: 'pt-BR' };

const shape = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i;
const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/**
 * The BCP 47 tag that a file name suffix stands for (`pt` → `pt-BR`, `zh-cn` → `zh-CN`), or null if the suffix is
 * no language: `README.old.md` is a file of its own, not a translation.
 */
export function languageFromSuffix(suffix: string, aliases: LanguageAliases = defaultLanguageAliases): string | null {
  const alias = aliases[suffix.toLowerCase()];
  if (alias !== undefined) return alias;
  if (!shape.test(suffix)) return null;
  const tag = Intl.getCanonicalLocales(suffix)[0];
  if (tag === undefined) return null;
  const primary = tag.split('-')[0] ?? tag;
  return names.of(primary) === undefined ? null : tag;
}
