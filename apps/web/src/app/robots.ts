import type { MetadataRoute } from 'next';
import { siteOrigin } from '@/seo/addresses.ts';

export const dynamic = 'force-dynamic';

/** Search engines may read the shop window; a person's own rooms hold nothing for them. */
export default async function robots(): Promise<MetadataRoute.Robots> {
  // Learning pages say themselves whether they may be listed: preview lessons are part of the shop window.
  const rooms = [
    '/account',
    '/cart',
    '/checkout',
    '/orders/',
    '/gifts/',
    '/seats/',
    '/studio',
    '/console',
    '/auth/',
    '/bff/',
    '/api/',
    '/oidc/',
    '/design',
  ];
  return {
    rules: {
      userAgent: '*',
      allow: '/',
      disallow: rooms,
    },
    sitemap: `${await siteOrigin()}/sitemap.xml`,
  };
}
