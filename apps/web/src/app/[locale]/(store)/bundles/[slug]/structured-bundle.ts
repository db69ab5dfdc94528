import type { AppLocale } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';
import type { Bundle } from './bundle-data.ts';

/**
 * The bundle for search engines: a schema.org `Product` whose offer includes its courses, as JSON-LD, safe inside a script
 * element (`<` is escaped).
 */
export function structuredBundle(bundle: Bundle, origin: string, locale: AppLocale): string {
  const at = (path: string) => `${origin}${getPathname({ href: path, locale })}`;
  const { currency } = bundle.price;
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const [first] = bundle.courses;
  const picture = bundle.coverUrl ?? first?.coverUrl ?? (first && `/og/courses/${encodeURIComponent(first.slug)}.png`);
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: bundle.title,
    description: bundle.summary || bundle.courses.map(({ title }) => title).join(', '),
    url: at(`/bundles/${bundle.slug}`),
    ...(picture ? { image: `${origin}${picture}` } : {}),
    category: 'Online courses',
    offers: {
      '@type': 'Offer',
      price: (bundle.price.amount / 10 ** digits).toFixed(digits),
      priceCurrency: currency,
      url: at(`/bundles/${bundle.slug}`),
      availability: bundle.state === 'published' ? 'https://schema.org/InStock' : 'https://schema.org/Discontinued',
      seller: bundle.instructors.map(({ name }) => ({ '@type': 'Person', name })),
      includesObject: bundle.courses.map((course) => ({
        '@type': 'TypeAndQuantityNode',
        amountOfThisGood: 1,
        typeOfGood: {
          '@type': 'Course',
          name: course.title,
          description: course.summary || course.title,
          url: at(`/courses/${course.slug}`),
          inLanguage: course.language,
          provider: { '@type': 'Organization', name: 'Stoa', url: origin },
        },
      })),
    },
  };
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
