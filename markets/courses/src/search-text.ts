/** Lower case without accents, so that a search for `redacao` finds `Redação`. At most 20 000 characters. */
export function searchable(...texts: readonly string[]): string {
  return texts
    .join(' ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 20_000);
}

/** What the catalogue's search looks in: title and summary in every language, and who teaches. */
export function searchTextOf(course: {
  title: string;
  summary: string;
  instructorName: string;
  translations: Readonly<Record<string, { title?: string | undefined; summary?: string | undefined }>>;
}): string {
  const translated = Object.values(course.translations).flatMap(({ title, summary }) => [title ?? '', summary ?? '']);
  return searchable(course.title, course.summary, course.instructorName, ...translated);
}
