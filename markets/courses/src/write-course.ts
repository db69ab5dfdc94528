import type { MediaService } from '@stoa/contracts';
import {
  type Client,
  type Ctx,
  type Deps,
  kernelErrors,
  requireRole,
  requireUser,
  statement,
  violatedConstraint,
} from '@stoa/kernel';
import { checkDocument } from './check-document.ts';
import { freeSlug, isReservedSlug, slugOf } from './course-slug.ts';
import { refuseErased } from './erased-people.ts';
import { errors } from './errors.ts';
import { editCourse, findCourseById } from './find-course.ts';
import { holdFiles } from './hold-files.ts';
import { announceCourse } from './publish-course.ts';
import { searchTextOf } from './search-text.ts';
import { showCourse } from './show-course.ts';
import { storableJson } from './storable-json.ts';
import type { CourseRow } from './tables.ts';

export type CourseInput = {
  title?: string | undefined;
  slug?: string | undefined;
  summary?: string | undefined;
  description?: unknown;
  language?: string | undefined;
  level?: CourseRow['level'] | undefined;
  category?: string | null | undefined;
  outcomes?: string[] | undefined;
  price?: { amount: number; currency: string } | null | undefined;
  /** Also paid in so many monthly parts, for so many ten-thousandths of the price more. */
  instalments?: { parts: number; surcharge: number } | null | undefined;
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
    instalmentParts: number | null,
    instalmentSurcharge: number,
  ],
  never
>(
  'courses.insert_course',
  `insert into courses (id, slug, title, summary, description, language, level, category, outcomes, price_amount,
     price_currency, instructor_id, instructor_name, search_text, instalment_parts, instalment_surcharge)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict (id) do nothing`,
);
const updateCourse = statement<
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
    search: string,
    instalmentParts: number | null,
    instalmentSurcharge: number,
  ],
  never
>(
  'courses.update_course',
  `update courses set slug = $2, title = $3, summary = $4, description = $5, language = $6, level = $7, category = $8,
     outcomes = $9, price_amount = $10, price_currency = $11, search_text = $12, instalment_parts = $13,
     instalment_surcharge = $14, version = version + 1, updated_at = now()
   where id = $1`,
);

type Own = Pick<Deps, 'db' | 'ids'> & { calls: { media: Client<typeof MediaService> } };

/**
 * Starts a course as a draft of the person who asks.
 * @throws not_allowed, course_slug_taken, category_not_found, invalid_document, instalments_without_price; invalid_token once
 *   the account is gone
 */
export function createCourse({ db, ids, calls }: Own) {
  return async (input: CourseInput & { title: string; language: string }, ctx: Ctx) => {
    requireRole(ctx, 'instructor');
    const user = requireUser(ctx);
    if (input.slug && isReservedSlug(input.slug)) throw errors.course_slug_taken();
    if (input.instalments && !input.price) throw errors.instalments_without_price();
    const id = ctx.requestId ?? ids.id();
    const summary = input.summary ?? '';
    const description = (await readDescription({ calls }, input, ctx)) ?? { type: 'doc', content: [] };
    const insert = (slug: string) =>
      db.transaction(async (tx) => {
        await refuseErased(tx, user.userId);
        return tx.run(insertCourse, [
          id,
          slug,
          input.title,
          summary,
          storableJson(description),
          input.language,
          input.level ?? 'all',
          input.category ?? null,
          storableJson(input.outcomes ?? []),
          input.price?.amount ?? null,
          input.price?.currency ?? null,
          user.userId,
          user.name,
          searchTextOf({ title: input.title, summary, instructorName: user.name, translations: {} }),
          input.instalments?.parts ?? null,
          input.instalments?.surcharge ?? 0,
        ]);
      });
    await withNamedConstraints(async () => {
      if (input.slug) return insert(input.slug);
      // Nobody asked for this slug, so losing a race for it is no reason to refuse.
      for (let tries = 1; ; tries += 1) {
        try {
          return await insert(await freeSlug(db, slugOf(input.title)));
        } catch (error) {
          if (tries >= 5 || violatedConstraint(error) !== 'courses_slug_key') throw error;
        }
      }
    });
    const course = await db.row(findCourseById, [id]);
    if (!course) throw errors.course_not_found();
    return showCourse(course, ctx.locale);
  };
}

/**
 * Changes some fields of a course. With `version` (from If-Match) it refuses when someone else changed it meanwhile.
 * @throws course_not_found, edit_conflict, course_slug_taken, category_not_found, invalid_document,
 *   instalments_without_price
 */
export function changeCourse({ db, ids, calls }: Own) {
  return async (id: string, input: CourseInput & { version?: number | undefined }, ctx: Ctx) => {
    const description = await readDescription({ calls }, input, ctx);
    const changed = await withNamedConstraints(() =>
      db.transaction(async (tx) => {
        const course = await editCourse(tx, id, ctx);
        if (input.version !== undefined && input.version !== course.version) throw kernelErrors.edit_conflict();
        if (input.slug && input.slug !== course.slug && isReservedSlug(input.slug)) throw errors.course_slug_taken();
        const title = input.title ?? course.title;
        const summary = input.summary ?? course.summary;
        // A published course stays one that could be published.
        if (!summary && course.state === 'published') throw errors.course_not_ready();
        const price =
          input.price === undefined
            ? { amount: course.price_amount, currency: course.price_currency }
            : (input.price ?? { amount: null, currency: null });
        if (input.instalments && price.amount === null) throw errors.instalments_without_price();
        // A course that becomes free is not paid in parts either.
        const instalments =
          price.amount === null
            ? null
            : input.instalments === undefined
              ? { parts: course.instalment_parts, surcharge: course.instalment_surcharge }
              : input.instalments;
        await tx.run(updateCourse, [
          id,
          input.slug ?? course.slug,
          title,
          summary,
          storableJson(description ?? course.description),
          input.language ?? course.language,
          input.level ?? course.level,
          input.category === undefined ? course.category : input.category,
          storableJson(input.outcomes ?? course.outcomes),
          price.amount,
          price.currency,
          searchTextOf({ title, summary, instructorName: course.instructor_name, translations: course.translations }),
          instalments?.parts ?? null,
          instalments?.surcharge ?? 0,
        ]);
        return announceCourse(tx, id, { ctx, ids });
      }),
    );
    return showCourse(changed, ctx.locale);
  };
}

async function readDescription(own: Pick<Own, 'calls'>, input: CourseInput, ctx: Ctx) {
  if (input.description === undefined) return undefined;
  const description = checkDocument(input.description, { at: '/description', ctx });
  await holdFiles(own, [description], ctx);
  return description;
}

async function withNamedConstraints<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'courses_slug_key') throw errors.course_slug_taken();
    if (constraint === 'courses_category_fkey') throw errors.category_not_found();
    throw error;
  }
}
