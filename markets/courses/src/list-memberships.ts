import type { EnrollmentService } from '@stoa/contracts';
import { type Client, type Ctx, type Deps, statement, toPage } from '@stoa/kernel';
import { seeCourse } from './find-course.ts';
import {
  includedCourses,
  includes,
  type MembershipRow,
  mayEditMembership,
  membershipColumns,
  seeMembership,
  showListedMembership,
  showMembership,
} from './membership-tables.ts';
import { placeInList, readPlace } from './page-cursor.ts';
import { showListedCourse } from './show-course.ts';
import type { CourseListRow } from './tables.ts';

type Sorted = MembershipRow & { sort_key: string };
const listOffered = statement<[limit: number, after: string | null, afterId: string | null], Sorted>(
  'courses.list_memberships',
  `select ${membershipColumns}, m.published_at as sort_key from memberships m
   where m.state = 'published' and ($2::timestamptz is null or (m.published_at, m.id) < ($2, $3::uuid))
   order by m.published_at desc, m.id desc limit $1`,
);
const listOwn = statement<
  [limit: number, after: string | null, afterId: string | null, sellerId: string, house: boolean],
  Sorted
>(
  'courses.list_own_memberships',
  `select ${membershipColumns}, m.updated_at as sort_key from memberships m
   where (m.seller_id = $4 or ($5 and m.seller_id is null))
     and ($2::timestamptz is null or (m.updated_at, m.id) < ($2, $3::uuid))
   order by m.updated_at desc, m.id desc limit $1`,
);
const listOfCourse = statement<[courseId: string], MembershipRow>(
  'courses.list_memberships_of_course',
  `select ${membershipColumns} from memberships m join courses c on c.id = $1 and ${includes}
   where m.published_at is not null and c.price_amount is not null
   order by (select min(p.amount) from membership_plans p where p.membership_id = m.id and p.offered), m.id limit 20`,
);
const listByIds = statement<[ids: string[]], MembershipRow>(
  'courses.list_memberships_by_ids',
  `select ${membershipColumns} from memberships m where m.id = any($1::uuid[]) order by m.name, m.id`,
);
const listCourses = statement<
  [locale: string, limit: number, membershipId: string, after: string | null, afterId: string | null],
  CourseListRow
>(
  'courses.list_courses_of_membership',
  `select c.id, c.slug, c.title, c.summary, c.language, c.level, c.category, c.price_amount, c.price_currency, c.cover_asset_id,
     c.languages, c.state, c.instructor_id, c.instructor_name, c.lesson_count, c.duration_seconds,
     c.translations -> $1::text ->> 'title' as local_title, c.translations -> $1::text ->> 'summary' as local_summary,
     c.published_at as sort_key
   from memberships m join courses c on c.state = 'published' and ${includes}
   where m.id = $3 and ($4::timestamptz is null or (c.published_at, c.id) < ($4, $5::uuid))
   order by c.published_at desc, c.id desc limit $2`,
);

type Own = Pick<Deps, 'db'>;
type Asks = Own & { calls: { enrollment: Pick<Client<typeof EnrollmentService>, 'getMemberships'> } };
type PageOf = { limit: number; cursor?: string | undefined };

/** Memberships that are offered, newest first. @throws validation_failed for a cursor of another list */
export function listMemberships({ db }: Own) {
  return async (page: PageOf, ctx: Ctx) => {
    const [at, id] = readPlace(page.cursor, 'memberships') ?? [null, null];
    const rows = await db.rows(listOffered, [page.limit + 1, at, id]);
    return toPage(rows, {
      limit: page.limit,
      key: (row) => placeInList('memberships', [row.sort_key, row.id]),
      item: (row) => showListedMembership(row, ctx.locale),
    });
  };
}

/**
 * The memberships a person sells, in every state, last changed first; for administrators with those of the house.
 * @throws validation_failed for a cursor of another list
 */
export function listOwnMemberships({ db }: Own) {
  return async (page: PageOf & { userId: string; house: boolean }, ctx: Ctx) => {
    const [at, id] = readPlace(page.cursor, 'own-memberships') ?? [null, null];
    const rows = await db.rows(listOwn, [page.limit + 1, at, id, page.userId, page.house]);
    return toPage(rows, {
      limit: page.limit,
      key: (row) => placeInList('own-memberships', [row.sort_key, row.id]),
      item: (row) => showListedMembership(row, ctx.locale),
    });
  };
}

/** The memberships that are open to the person now, by name, also those that are no longer offered. */
export function listHeldMemberships(own: Asks) {
  return async (ctx: Ctx) => {
    const open = (await heldBy(own, ctx)).filter((one) => one.open);
    if (open.length === 0) return { items: [] };
    const rows = await own.db.rows(listByIds, [open.map((one) => one.membershipId)]);
    return { items: rows.map((row) => showListedMembership(row, ctx.locale)) };
  };
}

/** A membership with whether the person has it; its list of courses only for whoever may change it. @throws membership_not_found */
export function openMembership(own: Asks) {
  return async (named: string, ctx: Ctx) => {
    const row = await seeMembership(own.db, named, ctx);
    const held = (await heldBy(own, ctx)).find((one) => one.membershipId === row.id && one.open);
    return {
      ...showMembership(row, ctx.locale),
      courseIds: mayEditMembership(ctx, row) ? await includedCourses(own.db, row.id) : null,
      held: held ? { planId: held.planId, subscriptionId: held.subscriptionId } : null,
    };
  };
}

/** The courses of the catalogue that a membership includes, newest first. @throws membership_not_found, validation_failed */
export function listMembershipCourses({ db }: Own) {
  return async (page: PageOf & { membership: string }, ctx: Ctx) => {
    const { id: membershipId } = await seeMembership(db, page.membership, ctx);
    const [at, id] = readPlace(page.cursor, 'membership-courses') ?? [null, null];
    const rows = await db.rows(listCourses, [ctx.locale, page.limit + 1, membershipId, at, id]);
    return toPage(rows, {
      limit: page.limit,
      key: (row) => placeInList('membership-courses', [row.sort_key, row.id]),
      item: showListedCourse,
    });
  };
}

/**
 * The memberships that include a course which costs something: those the person has, and those that are offered, the
 * cheapest first. A course that is free needs none.
 * @throws course_not_found
 */
export function listMembershipsOfCourse(own: Asks) {
  return async (idOrSlug: string, ctx: Ctx) => {
    const course = await seeCourse(own.db, idOrSlug, ctx);
    const [rows, held] = await Promise.all([own.db.rows(listOfCourse, [course.id]), heldBy(own, ctx)]);
    const open = new Set(held.filter((one) => one.open).map((one) => one.membershipId));
    const items = rows
      .filter((row) => row.state === 'published' || open.has(row.id))
      .map((row) => ({ ...showListedMembership(row, ctx.locale), held: open.has(row.id) }));
    return { items: items.toSorted((a, b) => Number(b.held) - Number(a.held)) };
  };
}

/** What the person has and has had; nothing for strangers. */
async function heldBy({ calls }: Pick<Asks, 'calls'>, ctx: Ctx) {
  if (ctx.actor.kind !== 'user') return [];
  return (await calls.enrollment.getMemberships({ userId: ctx.actor.userId }, ctx)).memberships;
}
