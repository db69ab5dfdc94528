import 'server-only';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { type AppLocale, defaultLocale, locales } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { publicOrigin } from '@/session/environment.ts';

/** Origin people see, without a trailing slash. */
export async function siteOrigin(): Promise<string> {
  const incoming = await headers();
  return publicOrigin({ headers: incoming, url: `http://${incoming.get('host') ?? 'localhost'}` });
}

/**
 * Canonical address and language alternates of a page, for its metadata.
 *
 * @param options.path path without locale
 * @param options.available languages the thing itself exists in; all of ours by default. A page in another one names the
 *   first of these as its original.
 */
export async function pageAddresses(options: {
  path: string;
  locale: AppLocale;
  available?: readonly AppLocale[];
}): Promise<Pick<Metadata, 'alternates' | 'metadataBase'>> {
  const { path, locale } = options;
  const available = options.available?.length ? options.available : locales;
  const origin = await siteOrigin();
  const address = (one: AppLocale) => `${origin}${getPathname({ href: path, locale: one })}`;
  const original = available.includes(locale) ? locale : (available[0] ?? defaultLocale);
  const fallback = available.includes(defaultLocale) ? defaultLocale : original;
  return {
    metadataBase: new URL(origin),
    alternates: {
      canonical: address(original),
      languages: {
        ...Object.fromEntries(available.map((one) => [one, address(one)])),
        'x-default': address(fallback),
      },
    },
  };
}
