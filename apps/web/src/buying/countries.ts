/** Codes that ICU knows and that are not a country somebody lives in, or no longer one. */
const notCountries = new Set([
  'EU',
  'EZ',
  'UN',
  'QO',
  'ZZ',
  'XA',
  'XB',
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'IC',
  'TA',
  'BV',
  'HM',
  'AQ',
]);

/** Countries with their names in a language, sorted as its readers sort. */
export function countriesOf(locale: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      // A code that was replaced canonicalizes to its successor.
      if (notCountries.has(code) || new Intl.Locale(`und-${code}`).region !== code) return [];
      const name = names.of(code);
      return name ? [{ code, name }] : [];
    })
    .sort((one, other) => one.name.localeCompare(other.name, locale));
}

/** Where a reader of a language most likely is, as a first guess that they can change. */
export function likelyCountry(locale: string): string {
  return locale === 'pt-BR' ? 'BR' : '';
}
