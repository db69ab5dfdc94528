import { type Ctx, hasRole, type Queries, statement, type Transaction } from '@stoa/kernel';
import { refuseErasedActor } from './erased-people.ts';
import { errors } from './errors.ts';
import type { CourseRow, LessonRow, OutlineRow } from './tables.ts';

const columns = `id, slug, title, summary, description, language, level, category, outcomes, price_amount, price_currency,
  instalment_parts, instalment_surcharge,
  cover_asset_id, translations, languages, state, version, instructor_id, instructor_name, lesson_count, duration_seconds,
  published_at, updated_at`;

const lessonColumns = `id, course_id, module_id, title, path, kind, duration_seconds, media_seconds, completion, graded, preview, asset_ids,
  content, translations, version`;

export const findCourseById = statement<[id: string], CourseRow>(
  'courses.find_course_by_id',
  `select ${columns} from courses where id = $1`,
);
const findCourseBySlug = statement<[slug: string], CourseRow>(
  'courses.find_course_by_slug',
  `select ${columns} from courses where slug = $1`,
);
export const listOutline = statement<[courseId: string, language: string], OutlineRow>(
  'courses.list_outline',
  `select l.id, l.module_id, coalesce(m.translations -> $2 ->> 'title', m.title) as module_title,
          coalesce(l.translations -> $2 ->> 'title', l.title) as title, l.path, l.kind, l.duration_seconds,
          l.media_seconds, l.completion, l.graded, l.preview, l.asset_ids
   from lessons l join modules m on m.id = l.module_id
   where l.course_id = $1 order by m.position, l.position`,
);
export const findLesson = statement<[id: string], LessonRow>(
  'courses.find_lesson',
  `select ${lessonColumns} from lessons where id = $1`,
);
/** What has to be asked each time about a course: whether somebody may see it, and at which revision it is. */
export type CourseRevision = { id: string; revision: string; instructor_id: string; published_at: string | null };

const revisionColumns = `id, xmin::text || '.' || version as revision, instructor_id, published_at`;
const findRevisionById = statement<[id: string], CourseRevision>(
  'courses.find_revision_by_id',
  `select ${revisionColumns} from courses where id = $1`,
);
const findRevisionBySlug = statement<[slug: string], CourseRevision>(
  'courses.find_revision_by_slug',
  `select ${revisionColumns} from courses where slug = $1`,
);
const lockCourse = statement<[id: string], CourseRow>(
  'courses.lock_course',
  `select ${columns} from courses where id = $1 for no key update`,
);
const lockLesson = statement<[id: string], LessonRow>(
  'courses.lock_lesson',
  `select ${lessonColumns} from lessons where id = $1 for update`,
);

const findModule = statement<[id: string], { course_id: string }>(
  'courses.find_module',
  'select course_id from modules where id = $1',
);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True if the person may change the course: its instructor, an administrator, or the platform itself. */
export function mayEdit(ctx: Ctx, course: { instructor_id: string }): boolean {
  return hasRole(ctx, 'admin') || (ctx.actor.kind === 'user' && ctx.actor.userId === course.instructor_id);
}

/**
 * True if the course exists for this person. Everybody may see what was published once, also after it left the
 * catalogue (people are enrolled in it and links point to it); anything else only whoever may edit it.
 */
export function maySee(ctx: Ctx, course: { instructor_id: string; published_at: string | null }): boolean {
  return course.published_at !== null || mayEdit(ctx, course);
}

/**
 * The course with an id or slug, if it exists for this person.
 * @throws course_not_found
 */
export async function seeCourse(db: Queries, idOrSlug: string, ctx: Ctx): Promise<CourseRow> {
  const row =
    (uuid.test(idOrSlug) ? await db.row(findCourseById, [idOrSlug]) : undefined) ??
    (await db.row(findCourseBySlug, [idOrSlug.toLowerCase()]));
  if (!row || !maySee(ctx, row)) throw errors.course_not_found();
  return row;
}

/**
 * The revision of the course with an id or slug, if it exists for this person: what `KeptAnswers` are kept under.
 * @throws course_not_found
 */
export async function seeRevision(db: Queries, idOrSlug: string, ctx: Ctx): Promise<CourseRevision> {
  const row =
    (uuid.test(idOrSlug) ? await db.row(findRevisionById, [idOrSlug]) : undefined) ??
    (await db.row(findRevisionBySlug, [idOrSlug.toLowerCase()]));
  if (!row || !maySee(ctx, row)) throw errors.course_not_found();
  return row;
}

/**
 * The course, locked until the transaction ends, if the person may change it. Every change of a course and of what is
 * in it starts here, so that changes, and the events about them, come one after the other. Somebody else's course is
 * not found.
 * @throws course_not_found; invalid_token once the account of whoever asks is gone
 */
export async function editCourse(tx: Transaction, id: string, ctx: Ctx): Promise<CourseRow> {
  await refuseErasedActor(tx, ctx);
  const row = await tx.row(lockCourse, [id]);
  if (!row || !mayEdit(ctx, row)) throw errors.course_not_found();
  return row;
}

/**
 * Nothing, if the person may change the course: for what has to be done before it is locked. Whoever changes it then
 * still starts with `editCourse`.
 * @throws course_not_found
 */
export async function checkMayEdit(db: Queries, id: string, ctx: Ctx): Promise<void> {
  const row = await db.row(findRevisionById, [id]);
  if (!row || !mayEdit(ctx, row)) throw errors.course_not_found();
}

/**
 * The lesson as it is now, if the person may change it: for what has to be done before it is locked. Whoever changes it
 * then still starts with `editLesson`.
 * @throws lesson_not_found
 */
export async function findOwnLesson(db: Queries, id: string, ctx: Ctx): Promise<LessonRow> {
  const lesson = await db.row(findLesson, [id]);
  const course = lesson && (await db.row(findCourseById, [lesson.course_id]));
  if (!lesson || !course || !mayEdit(ctx, course)) throw errors.lesson_not_found();
  return lesson;
}

/**
 * The lesson with its course, both locked, if the person may change them.
 * @throws lesson_not_found
 */
export async function editLesson(
  tx: Transaction,
  id: string,
  ctx: Ctx,
): Promise<{ lesson: LessonRow; course: CourseRow }> {
  const found = await tx.row(findLesson, [id]);
  // The course first, as everywhere: two orders of locking would wait for each other.
  const course = found && (await tx.row(lockCourse, [found.course_id]));
  const lesson = course && (await tx.row(lockLesson, [id]));
  if (!lesson || !course || !mayEdit(ctx, course)) throw errors.lesson_not_found();
  return { lesson, course };
}

/**
 * The course of a module, locked, if the person may change it. A module may be gone by then: who changes it looks again.
 * @throws module_not_found
 */
export async function editModule(tx: Transaction, id: string, ctx: Ctx): Promise<CourseRow> {
  const found = await tx.row(findModule, [id]);
  const course = found && (await tx.row(lockCourse, [found.course_id]));
  if (!course || !mayEdit(ctx, course)) throw errors.module_not_found();
  return course;
}
