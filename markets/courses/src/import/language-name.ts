/** The name of a language in that language, as people look for it in a list of captions: `português (Brasil)`. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1, 100);
}
