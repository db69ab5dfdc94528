import { localizeDocument } from '@stoa/contracts/document-notes';
import { type Ctx, constantAnswer, type Database, inParts, type Locale } from '@stoa/kernel';
import { errors } from './errors.ts';
import { findCourseById, seeRevision } from './find-course.ts';
import { keepAnswers } from './kept-answers.ts';
import type { CourseListRow, CourseRow } from './tables.ts';

/**
 * The language of a course closest to what the person reads: exact, then same primary language, then the course's own.
 */
export function pickLanguage(wanted: string, available: readonly string[], own: string): string {
  if (wanted === own || available.includes(wanted)) return wanted;
  const primary = (tag: string) => tag.split('-')[0];
  if (primary(own) === primary(wanted)) return own;
  return available.find((tag) => primary(tag) === primary(wanted)) ?? own;
}

/** A course as lists show it. `rating` is null as long as nobody can review a course. */
export function showListedCourse(row: CourseListRow) {
  return {
    id: row.id,
    slug: row.slug,
    title: row.local_title ?? row.title,
    summary: row.local_summary ?? row.summary,
    language: row.language,
    languages: [...new Set([row.language, ...row.languages])],
    level: row.level,
    category: row.category,
    price: priceOf(row),
    instructors: [{ id: row.instructor_id, name: row.instructor_name }],
    lessonCount: row.lesson_count,
    durationSeconds: row.duration_seconds,
    coverUrl: row.cover_asset_id ? `/api/media/${row.cover_asset_id}` : null,
    rating: null,
    state: row.state,
  };
}

/** The whole course without its lessons, in the language closest to the reader's. */
export function showCourse(row: CourseRow, locale: Locale) {
  const language = pickLanguage(locale, row.languages, row.language);
  const local = row.translations[language] ?? {};
  return {
    ...showListedCourse({
      ...row,
      local_title: local.title ?? null,
      local_summary: local.summary ?? null,
      sort_key: '',
    }),
    shownIn: language,
    description: localizeDocument(local.description ?? row.description, locale),
    outcomes: local.outcomes ?? row.outcomes,
    instalments: instalmentsOf(row),
    version: row.version,
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
  };
}

/**
 * The course with an id or slug as `showCourse` shows it, kept per course and language (see `KeptAnswers`).
 * @throws course_not_found
 */
export function openCourse({ db }: { db: Database }) {
  const kept = keepAnswers<ReturnType<typeof showCourse>>(1000);
  return async (idOrSlug: string, ctx: Ctx) => {
    const { id, revision } = await seeRevision(db, idOrSlug, ctx);
    return kept.of(`${id} ${ctx.locale}`, revision, async () => {
      const row = await db.row(findCourseById, [id]);
      if (!row) throw errors.course_not_found();
      return constantAnswer(showCourse(row, ctx.locale));
    });
  };
}

/** What the course costs in monthly parts, before coupons and taxes that are added; null when it is paid at once. */
export function instalmentsOf(row: CourseRow): {
  parts: number;
  surcharge: number;
  amounts: { amount: number; currency: string }[];
  total: { amount: number; currency: string };
} | null {
  const price = priceOf(row);
  if (price === null || row.instalment_parts === null || price.amount < row.instalment_parts) return null;
  const terms = { parts: row.instalment_parts, surcharge: row.instalment_surcharge };
  const amounts = inParts(price, terms);
  const total = { amount: amounts.reduce((sum, { amount }) => sum + amount, 0), currency: price.currency };
  return { ...terms, amounts, total };
}

/** What the course costs, in minor units; null when it is free. */
export function priceOf(row: {
  price_amount: number | null;
  price_currency: string | null;
}): { amount: number; currency: string } | null {
  return row.price_amount === null || row.price_currency === null
    ? null
    : { amount: row.price_amount, currency: row.price_currency };
}
