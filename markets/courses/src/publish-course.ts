import { CourseArchived, CoursePublished } from '@stoa/contracts';
import { type Ctx, crashPoint, type Deps, emit, statement, type Transaction } from '@stoa/kernel';
import { errors } from './errors.ts';
import { editCourse, findCourseById, listOutline } from './find-course.ts';
import { priceOf } from './show-course.ts';
import type { CourseRow, OutlineRow } from './tables.ts';

const setPublished = statement<[id: string], never>(
  'courses.set_published',
  `update courses set state = 'published', version = version + 1, published_at = coalesce(published_at, now()), updated_at = now()
   where id = $1`,
);
const setArchived = statement<[id: string], never>(
  'courses.set_archived',
  `update courses set state = 'archived', version = version + 1, updated_at = now() where id = $1`,
);

const afterCommit = crashPoint('courses.publish.after_commit');
const beforeCommit = crashPoint('courses.publish.before_commit');

type Own = Pick<Deps, 'db' | 'ids'>;

/**
 * Puts a course into the catalogue and tells everyone its outline. Publishing a published course changes nothing.
 * @throws course_not_found, course_not_ready
 */
export function publishCourse({ db, ids }: Own) {
  return async (id: string, ctx: Ctx): Promise<void> => {
    await db.transaction(async (tx) => {
      const course = await editCourse(tx, id, ctx);
      if (course.state === 'published') return;
      if (!course.summary || course.lesson_count === 0) throw errors.course_not_ready();
      await tx.run(setPublished, [id]);
      await announceCourse(tx, id, { ctx, ids });
      beforeCommit();
    });
    afterCommit();
  };
}

/**
 * Takes a course out of the catalogue. People who are enrolled keep it; nobody new can enroll. Archiving an archived
 * course changes nothing, and nobody is told about one that never was in the catalogue.
 * @throws course_not_found
 */
export function archiveCourse({ db, ids }: Own) {
  return async (id: string, ctx: Ctx): Promise<void> => {
    await db.transaction(async (tx) => {
      const course = await editCourse(tx, id, ctx);
      if (course.state === 'archived') return;
      await tx.run(setArchived, [id]);
      await announceCourse(tx, id, { ctx, ids });
    });
  };
}

/**
 * Says how a course looks now that was ever in the catalogue: after publishing, after archiving, and after every change
 * since, because whoever is enrolled in an archived course goes on with what is there now. The caller has raised the
 * course's version in this transaction.
 * @returns the course as it is now
 */
export async function announceCourse(
  tx: Transaction,
  id: string,
  { ctx, ids }: { ctx: Ctx; ids: Own['ids'] },
): Promise<CourseRow> {
  const course = await tx.row(findCourseById, [id]);
  if (!course) throw errors.course_not_found();
  if (course.published_at === null) return course;
  const lessons = (await tx.rows(listOutline, [id, course.language])).map(outlineLesson);
  const about = { aggregate: id, version: course.version };
  const data = { course: courseFacts(course), lessons };
  if (course.state === 'archived') {
    await emit(tx, ctx, ids, { event: CourseArchived, ...about, data: { courseId: id, ...data } });
  } else await emit(tx, ctx, ids, { event: CoursePublished, ...about, data });
  return course;
}

/** A course as other contexts know it. */
export function courseFacts(course: CourseRow) {
  const price = priceOf(course);
  return {
    id: course.id,
    slug: course.slug,
    title: course.title,
    language: course.language,
    ...(price ? { price: { amount: BigInt(price.amount), currency: price.currency } } : {}),
    instructorId: course.instructor_id,
    instructorName: course.instructor_name,
    state: course.state,
    version: course.version,
    titles: Object.fromEntries(
      Object.entries(course.translations).flatMap(([language, texts]) =>
        texts.title ? [[language, texts.title]] : [],
      ),
    ),
    durationSeconds: course.duration_seconds,
  };
}

/** A lesson as other contexts know it. */
export function outlineLesson(row: Omit<OutlineRow, 'module_title'>) {
  return {
    id: row.id,
    title: row.title,
    kind: row.kind,
    durationSeconds: row.duration_seconds,
    mediaSeconds: row.media_seconds,
    moduleId: row.module_id,
    completion: row.completion,
    preview: row.preview,
    assetIds: row.asset_ids,
  };
}
