import { type Ctx, hasRole, type Queries, statement } from '@stoa/kernel';
import { errors } from './errors.ts';
import type { CourseRow, LessonRow, OutlineRow } from './tables.ts';

const columns = `id, slug, title, summary, description, language, level, category, outcomes, price_amount, price_currency,
  cover_asset_id, translations, languages, state, version, instructor_id, instructor_name, lesson_count, duration_seconds,
  published_at, updated_at`;

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
          coalesce(l.translations -> $2 ->> 'title', l.title) as title, l.path, l.kind, l.duration_seconds, l.completion,
          l.graded, l.preview, l.asset_ids
   from lessons l join modules m on m.id = l.module_id
   where l.course_id = $1 order by m.position, l.position`,
);
export const findLesson = statement<[id: string, language: string], LessonRow>(
  'courses.find_lesson',
  `select l.id, l.course_id, l.module_id, coalesce(m.translations -> $2 ->> 'title', m.title) as module_title, l.title,
          l.path, l.kind, l.duration_seconds, l.completion, l.graded, l.preview, l.asset_ids, l.content, l.translations,
          l.version
   from lessons l join modules m on m.id = l.module_id where l.id = $1`,
);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True if the person may change the course: its instructor, an administrator, or the platform itself. */
export function mayEdit(ctx: Ctx, course: { instructor_id: string }): boolean {
  return hasRole(ctx, 'admin') || (ctx.actor.kind === 'user' && ctx.actor.userId === course.instructor_id);
}

/**
 * The course with an id or slug, if the person may see it: published ones everybody, others whoever may edit them.
 * @throws course_not_found
 */
export async function seeCourse(db: Queries, idOrSlug: string, ctx: Ctx): Promise<CourseRow> {
  const row = uuid.test(idOrSlug)
    ? await db.row(findCourseById, [idOrSlug])
    : await db.row(findCourseBySlug, [idOrSlug.toLowerCase()]);
  if (!row) throw errors.course_not_found();
  if (row.state === 'draft' && !mayEdit(ctx, row)) throw errors.course_not_found();
  return row;
}

/**
 * The course, if the person may change it. Somebody else's draft does not exist for them.
 * @throws course_not_found
 */
export async function editCourse(db: Queries, id: string, ctx: Ctx): Promise<CourseRow> {
  const row = await db.row(findCourseById, [id]);
  if (!row || !mayEdit(ctx, row)) throw errors.course_not_found();
  return row;
}
