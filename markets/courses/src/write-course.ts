import type { Document } from '@stoa/contracts/document';
import {
  type Ctx,
  type Deps,
  kernelErrors,
  requireRole,
  requireUser,
  statement,
  violatedConstraint,
} from '@stoa/kernel';
import { errors } from './errors.ts';
import { editCourse, findCourseById } from './find-course.ts';
import { announceCourse } from './publish-course.ts';
import { searchable, showCourse, slugOf } from './show-course.ts';
import type { CourseRow } from './tables.ts';

export type CourseInput = {
  title?: string | undefined;
  slug?: string | undefined;
  summary?: string | undefined;
  description?: Document | undefined;
  language?: string | undefined;
  level?: CourseRow['level'] | undefined;
  category?: string | null | undefined;
  outcomes?: string[] | undefined;
  price?: { amount: number; currency: string } | null | undefined;
};

const insertCourse = statement<
  [
    id: string,
    slug: string,
    title: string,
    summary: string,
    description: string,
    language: string,
    level: string,
    category: string | null,
    outcomes: string,
    amount: number | null,
    currency: string | null,
    instructorId: string,
    instructorName: string,
    search: string,
  ],
  never
>(
  'courses.insert_course',
  `insert into courses (id, slug, title, summary, description, language, level, category, outcomes, price_amount,
     price_currency, instructor_id, instructor_name, search_text)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (id) do nothing`,
);
const updateCourse = statement<
  [
    id: string,
    version: number,
    slug: string,
    title: string,
    summary: string,
    description: string,
    language: string,
    level: string,
    category: string | null,
    outcomes: string,
    amount: number | null,
    currency: string | null,
    search: string,
  ],
  never
>(
  'courses.update_course',
  `update courses set slug = $3, title = $4, summary = $5, description = $6, language = $7, level = $8, category = $9,
     outcomes = $10, price_amount = $11, price_currency = $12, search_text = $13, version = version + 1, updated_at = now()
   where id = $1 and version = $2`,
);
const slugExists = statement<[slug: string], { id: string }>(
  'courses.slug_owner',
  'select id from courses where slug = $1',
);

type Own = Pick<Deps, 'db' | 'ids'>;

/**
 * Starts a course as a draft of the person who asks.
 * @throws not_allowed, course_slug_taken, category_not_found
 */
export function createCourse({ db, ids }: Own) {
  return async (input: CourseInput & { title: string; language: string }, ctx: Ctx) => {
    requireRole(ctx, 'instructor');
    const user = requireUser(ctx);
    const id = ctx.requestId ?? ids.id();
    const slug = input.slug ?? (await freeSlug(db, slugOf(input.title)));
    await withTranslatedConstraints(() =>
      db.run(insertCourse, [
        id,
        slug,
        input.title,
        input.summary ?? '',
        JSON.stringify(input.description ?? { type: 'doc', content: [] }),
        input.language,
        input.level ?? 'all',
        input.category ?? null,
        JSON.stringify(input.outcomes ?? []),
        input.price?.amount ?? null,
        input.price?.currency ?? null,
        user.userId,
        user.name,
        searchable(input.title, input.summary ?? '', user.name),
      ]),
    );
    const course = await db.row(findCourseById, [id]);
    if (!course) throw errors.course_not_found();
    return showCourse(course, ctx.locale);
  };
}

/**
 * Changes some fields of a course. With `version` (from If-Match) it refuses when someone else changed it meanwhile.
 * @throws course_not_found, edit_conflict, course_slug_taken, category_not_found
 */
export function changeCourse({ db, ids }: Own) {
  return async (id: string, input: CourseInput & { version?: number | undefined }, ctx: Ctx) => {
    const course = await editCourse(db, id, ctx);
    if (input.version !== undefined && input.version !== course.version) throw kernelErrors.edit_conflict();
    const price = input.price === undefined ? undefined : input.price;
    const title = input.title ?? course.title;
    const summary = input.summary ?? course.summary;
    await withTranslatedConstraints(() =>
      db.transaction(async (tx) => {
        const changed = await tx.run(updateCourse, [
          id,
          course.version,
          input.slug ?? course.slug,
          title,
          summary,
          JSON.stringify(input.description ?? course.description),
          input.language ?? course.language,
          input.level ?? course.level,
          input.category === undefined ? course.category : input.category,
          JSON.stringify(input.outcomes ?? course.outcomes),
          price === undefined ? course.price_amount : (price?.amount ?? null),
          price === undefined ? course.price_currency : (price?.currency ?? null),
          searchable(title, summary, course.instructor_name, ...translatedTexts(course)),
        ]);
        if (changed === 0) throw kernelErrors.edit_conflict();
        await announceCourse(tx, id, ctx, ids);
      }),
    );
    const after = await db.row(findCourseById, [id]);
    if (!after) throw errors.course_not_found();
    return showCourse(after, ctx.locale);
  };
}

function translatedTexts(course: CourseRow): string[] {
  return Object.values(course.translations).flatMap((texts) => [texts.title ?? '', texts.summary ?? '']);
}

/** The slug, or the first of slug-2, slug-3 … that is free. Two that race are settled by the unique index. */
export async function freeSlug(db: Pick<Own['db'], 'row'>, wanted: string, own?: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? wanted : `${wanted}-${n}`;
    const owner = await db.row(slugExists, [slug]);
    if (!owner || owner.id === own) return slug;
  }
}

async function withTranslatedConstraints<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'courses_slug_key') throw errors.course_slug_taken();
    if (constraint === 'courses_category_fkey') throw errors.category_not_found();
    throw error;
  }
}
