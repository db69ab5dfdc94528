import { type Ctx, type Database, requireUser, statement, toPage } from '@stoa/kernel';
import { refuseErased } from './erased-people.ts';
import { errors } from './errors.ts';
import { seeCourse } from './find-course.ts';
import { listColumns } from './list-courses.ts';
import { placeInList, readPlace } from './page-cursor.ts';
import { priceOf, showListedCourse } from './show-course.ts';
import type { CourseListRow } from './tables.ts';

type Money = { amount: number; currency: string };
type WishRow = CourseListRow & { saved_amount: number | null; saved_currency: string | null };
/** How many courses one person keeps: more is a catalogue, not a wish list. */
export const mostWishes = 200;

const columns = `${listColumns}, saved_amount, saved_currency, saved_at as sort_key`;
const list = statement<[locale: string, limit: number, userId: string], WishRow>(
  'courses.list_wishes',
  `select ${columns} from wishes join courses on id = course_id
   where user_id = $3 order by saved_at desc, course_id desc limit $2`,
);
const listAfter = statement<[locale: string, limit: number, userId: string, after: string, id: string], WishRow>(
  'courses.list_wishes_after',
  `select ${columns} from wishes join courses on id = course_id
   where user_id = $3 and (saved_at, course_id) < ($4::timestamptz, $5::uuid)
   order by saved_at desc, course_id desc limit $2`,
);
const listIds = statement<[userId: string], { course_id: string }>(
  'courses.list_wish_ids',
  'select course_id from wishes where user_id = $1 order by saved_at desc, course_id desc',
);
const keep = statement<
  [userId: string, courseId: string, amount: number | null, currency: string | null, at: string | null, most: number],
  { course_id: string }
>(
  'courses.keep_wish',
  // What is kept already stays as it was saved. A browser's memory of when is believed for the past, not for the future.
  `insert into wishes (user_id, course_id, saved_amount, saved_currency, saved_at)
   select $1, $2, $3, $4, least(coalesce($5::timestamptz, now()), now())
   where not is_erased($1) and ((select count(*) from wishes where user_id = $1) < $6
     or exists (select 1 from wishes where user_id = $1 and course_id = $2))
   on conflict (user_id, course_id) do update set saved_at = wishes.saved_at returning course_id`,
);
const drop = statement<[userId: string, courseId: string], never>(
  'courses.drop_wish',
  'delete from wishes where user_id = $1 and course_id = $2',
);
export const forgetWishes = statement<[userId: string], never>(
  'courses.forget_wishes',
  'delete from wishes where user_id = $1',
);
const knownCourses = statement<
  [ids: string[]],
  { id: string; price_amount: number | null; price_currency: string | null }
>(
  'courses.find_courses_to_wish',
  'select id, price_amount, price_currency from courses where id = any($1::uuid[]) and published_at is not null',
);

/**
 * The courses a person keeps for later, kept last first, with the price of then beside the one of now.
 * @throws not_signed_in, validation_failed for a cursor of another list
 */
export function listWishes({ db }: { db: Database }) {
  return async (page: { limit: number; cursor?: string | undefined }, ctx: Ctx) => {
    const { userId } = requireUser(ctx);
    const after = readPlace(page.cursor, 'wishes');
    const rows = after
      ? await db.rows(listAfter, [ctx.locale, page.limit + 1, userId, ...after])
      : await db.rows(list, [ctx.locale, page.limit + 1, userId]);
    return toPage(rows, {
      limit: page.limit,
      key: (row) => placeInList('wishes', [row.sort_key, row.id]),
      item: (row) => ({
        course: showListedCourse(row),
        savedAt: row.sort_key,
        savedPrice: priceOf({ price_amount: row.saved_amount, price_currency: row.saved_currency }),
      }),
    });
  };
}

/** Only which courses they are: what a page full of courses marks. @throws not_signed_in */
export function listWishIds({ db }: { db: Database }) {
  return async (ctx: Ctx): Promise<{ courseIds: string[] }> => {
    const rows = await db.rows(listIds, [requireUser(ctx).userId]);
    return { courseIds: rows.map((row) => row.course_id) };
  };
}

/**
 * Keeps a course for later at the price of this moment. One that is kept already stays as it is.
 * @throws not_signed_in, course_not_found, wish_list_full; invalid_token once the account is gone
 */
export function keepWish({ db }: { db: Database }) {
  return async (courseId: string, ctx: Ctx): Promise<void> => {
    const { userId } = requireUser(ctx);
    const course = await seeCourse(db, courseId, ctx);
    if (course.published_at === null) throw errors.course_not_found();
    const { price_amount, price_currency } = course;
    if (await db.row(keep, [userId, course.id, price_amount, price_currency, null, mostWishes])) return;
    await refuseErased(db, userId);
    throw errors.wish_list_full({ params: { most: mostWishes } });
  };
}

/** Forgets a course. Repeatable. @throws not_signed_in */
export function dropWish({ db }: { db: Database }) {
  return async (courseId: string, ctx: Ctx): Promise<void> => {
    await db.run(drop, [requireUser(ctx).userId, courseId]);
  };
}

/** A wish as the browser of a guest remembers it. */
type RememberedWish = { courseId: string; savedAt?: string | undefined; savedPrice?: Money | null | undefined };

/**
 * Takes over what a browser kept for somebody before they signed in. Courses that do not exist and those for which
 * there is no room are left out; nothing that is kept already changes.
 * @throws not_signed_in; invalid_token once the account is gone
 */
export function mergeWishes({ db }: { db: Database }) {
  return async (wishes: readonly RememberedWish[], ctx: Ctx): Promise<{ courseIds: string[] }> => {
    const { userId } = requireUser(ctx);
    await refuseErased(db, userId);
    const rows = await db.rows(knownCourses, [wishes.map(({ courseId }) => courseId)]);
    const known = new Map(rows.map((row) => [row.id, row]));
    for (const wish of wishes) {
      const course = known.get(wish.courseId);
      if (!course) continue;
      const price = wish.savedPrice === undefined ? priceOf(course) : wish.savedPrice;
      await db.row(keep, [
        userId,
        course.id,
        price?.amount ?? null,
        price?.currency ?? null,
        wish.savedAt ?? null,
        mostWishes,
      ]);
    }
    return listWishIds({ db })(ctx);
  };
}
