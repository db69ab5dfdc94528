import type { MetadataRoute } from 'next';
import { api, orThrow } from '@/api/client.ts';
import { type AppLocale, defaultLocale, isAppLocale, locales } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { siteOrigin } from '@/seo/addresses.ts';

export const dynamic = 'force-dynamic';

/** Most addresses a sitemap may have (sitemaps.org protocol). */
const most = 50_000;

/** The public pages: home, lists, verification, and every course and bundle for everybody in the languages it exists in. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const origin = await siteOrigin();
  const entry = (path: string, available: readonly AppLocale[]): MetadataRoute.Sitemap[number] => {
    const at = (locale: AppLocale) => `${origin}${getPathname({ href: path, locale })}`;
    const original = available.includes(defaultLocale) ? defaultLocale : (available[0] ?? defaultLocale);
    return {
      url: at(original),
      alternates: { languages: Object.fromEntries(available.map((locale) => [locale, at(locale)])) },
    };
  };
  const entries = ['/', '/courses', '/bundles', '/memberships', '/certificates/verify'].map((path) =>
    entry(path, locales),
  );
  const client = await api();
  let cursor: string | undefined;
  do {
    const page = orThrow(
      await client.GET('/api/courses', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }),
    );
    for (const course of page.items) {
      entries.push(
        entry(`/courses/${encodeURIComponent(course.slug)}`, [...new Set(course.languages.filter(isAppLocale))]),
      );
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor && entries.length < most);
  let after: string | undefined;
  do {
    const page = orThrow(
      await client.GET('/api/bundles', { params: { query: { limit: 100, ...(after ? { cursor: after } : {}) } } }),
    );
    for (const bundle of page.items)
      entries.push(entry(`/bundles/${encodeURIComponent(bundle.slug)}`, bundle.languages.filter(isAppLocale)));
    after = page.nextCursor ?? undefined;
  } while (after && entries.length < most);
  const memberships = orThrow(await client.GET('/api/memberships', { params: { query: { limit: 100 } } }));
  for (const { slug } of memberships.items) entries.push(entry(`/memberships/${encodeURIComponent(slug)}`, locales));
  return entries.slice(0, most);
}
