import type { ApiProblem } from './problem.ts';

/** What a list is narrowed to by its address. */
export type ListQuery = Record<string, string | undefined>;

/** Address of a list with its filters and, maybe, a place in it. */
export function listHref(path: string, query: ListQuery): string {
  const search = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return search.size > 0 ? `${path}?${search}` : path;
}

/** The list's address without what the API refused of it; null when the refusal is about something else. */
export function hrefWithoutRefused(
  path: string,
  query: ListQuery,
  { status, errors }: Pick<ApiProblem, 'status' | 'errors'>,
): string | null {
  if (status !== 400 && status !== 422) return null;
  const pointers = errors.map(({ pointer }) => pointer);
  const asked = Object.entries(query).filter(([, value]) => value !== undefined);
  const kept = asked.filter(([name]) => !pointers.includes(`/${name}`));
  return kept.length < asked.length ? listHref(path, Object.fromEntries(kept)) : null;
}
