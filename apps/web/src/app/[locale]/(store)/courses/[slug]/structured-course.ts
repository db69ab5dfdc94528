import type { AppLocale } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';
import type { Course } from './course-data.ts';

/** The course for search engines: schema.org `Course` as JSON-LD, safe inside a script element (`<` is escaped). */
export function structuredCourse(course: Course, origin: string, locale: AppLocale): string {
  const url = `${origin}${getPathname({ href: `/courses/${course.slug}`, locale })}`;
  const digits = course.price
    ? (new Intl.NumberFormat('en', { style: 'currency', currency: course.price.currency }).resolvedOptions()
        .maximumFractionDigits ?? 2)
    : 0;
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Course',
    name: course.title,
    description: course.summary,
    url,
    inLanguage: course.shownIn,
    availableLanguage: course.languages,
    image: `${origin}${course.coverUrl ?? `/og/courses/${encodeURIComponent(course.slug)}.png`}`,
    provider: { '@type': 'Organization', name: 'Stoa', url: origin },
    ...(course.level === 'all' ? {} : { educationalLevel: course.level }),
    ...(course.outcomes.length > 0 ? { teaches: course.outcomes } : {}),
    ...(course.publishedAt ? { datePublished: course.publishedAt } : {}),
    dateModified: course.updatedAt,
    offers: {
      '@type': 'Offer',
      category: course.price ? 'Paid' : 'Free',
      price: course.price ? (course.price.amount / 10 ** digits).toFixed(digits) : '0',
      priceCurrency: course.price?.currency ?? 'USD',
      url,
    },
    hasCourseInstance: {
      '@type': 'CourseInstance',
      courseMode: 'Online',
      ...(course.durationSeconds > 0 ? { courseWorkload: isoDuration(course.durationSeconds) } : {}),
      instructor: course.instructors.map(({ name }) => ({ '@type': 'Person', name })),
    },
  };
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

/** ISO 8601 duration in whole minutes. */
function isoDuration(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return `PT${minutes >= 60 ? `${Math.floor(minutes / 60)}H` : ''}${minutes % 60 > 0 ? `${minutes % 60}M` : ''}`;
}
