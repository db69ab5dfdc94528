/** What the catalogue is asked for, from the address. Values the API does not know are left out rather than refused. */
export type CatalogueQuery = {
  q?: string | undefined;
  category?: string | undefined;
  level?: Level | undefined;
  language?: string | undefined;
  price?: Price | undefined;
  cursor?: string | undefined;
};

export const levels = ['all', 'beginner', 'intermediate', 'advanced'] as const;
export type Level = (typeof levels)[number];
export const prices = ['free', 'paid'] as const;
type Price = (typeof prices)[number];
export const filterNames = ['q', 'category', 'level', 'language', 'price'] as const;

type SearchParams = Record<string, string | string[] | undefined>;

/** Reads the address. A parameter given twice counts once; one that is empty, too long or unknown counts as absent. */
export function readQuery(params: SearchParams): CatalogueQuery {
  const one = (name: string, limit: number) => {
    const value = params[name];
    const first = (Array.isArray(value) ? value[0] : value)?.trim();
    return first && first.length <= limit ? first : undefined;
  };
  const language = one('language', 35);
  return {
    q: one('q', 200),
    category: one('category', 50),
    level: levels.find((level) => level === one('level', 20)),
    language: language && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? language : undefined,
    price: prices.find((price) => price === one('price', 10)),
    cursor: one('cursor', 1000),
  };
}

/** The query as the API takes it: only what is there. */
export function toApiQuery({ q, category, level, language, price, cursor }: CatalogueQuery) {
  return {
    ...(q ? { q } : {}),
    ...(category ? { category } : {}),
    ...(level ? { level } : {}),
    ...(language ? { language } : {}),
    ...(price ? { price } : {}),
    ...(cursor ? { cursor } : {}),
  };
}

/** Path of the catalogue for a query, without locale. */
export function toHref(query: CatalogueQuery): string {
  const search = new URLSearchParams();
  for (const name of [...filterNames, 'cursor'] as const) {
    const value = query[name];
    if (value) search.set(name, value);
  }
  return search.size > 0 ? `/courses?${search}` : '/courses';
}

/** True when the list is narrowed in any way. */
export function hasFilters(query: CatalogueQuery): boolean {
  return filterNames.some((name) => query[name] !== undefined);
}
