import { Document } from '@stoa/contracts/document';
import { type Ctx, type Deps, type FieldError, kernelErrors, statement } from '@stoa/kernel';
import { errors } from './errors.ts';
import { editCourse, findLesson } from './find-course.ts';
import { announceCourse } from './publish-course.ts';
import { assetsIn } from './rewrite-document.ts';
import type { LessonRow } from './tables.ts';

export type LessonInput = {
  title?: string | undefined;
  kind?: LessonRow['kind'] | undefined;
  durationSeconds?: number | undefined;
  content?: unknown;
  completion?: LessonRow['completion'] | undefined;
  preview?: boolean | undefined;
};

const findModule = statement<[courseId: string, title: string], { id: string }>(
  'courses.find_module_by_title',
  'select id from modules where course_id = $1 and title = $2 order by position limit 1',
);
const insertModule = statement<[id: string, courseId: string, title: string], never>(
  'courses.insert_module',
  `insert into modules (id, course_id, position, title)
   values ($1, $2, (select coalesce(max(position), 0) + 1 from modules where course_id = $2), $3)`,
);
const lockCourse = statement<[id: string], { id: string }>(
  'courses.lock_course',
  'select id from courses where id = $1 for update',
);
const insertLesson = statement<
  [
    id: string,
    courseId: string,
    moduleId: string,
    title: string,
    kind: string,
    duration: number,
    content: string,
    completion: string,
    preview: boolean,
    assets: string[],
  ],
  never
>(
  'courses.insert_lesson',
  `insert into lessons (id, course_id, module_id, position, title, kind, duration_seconds, content, completion, preview, asset_ids)
   values ($1, $2, $3, (select coalesce(max(position), 0) + 1 from lessons where course_id = $2), $4, $5, $6, $7, $8, $9, $10)
   on conflict (id) do nothing`,
);
const updateLesson = statement<
  [
    id: string,
    version: number,
    title: string,
    kind: string,
    duration: number,
    content: string,
    completion: string,
    preview: boolean,
    assets: string[],
  ],
  never
>(
  'courses.update_lesson',
  `update lessons set title = $3, kind = $4, duration_seconds = $5, content = $6, completion = $7, preview = $8,
     asset_ids = $9, version = version + 1, updated_at = now()
   where id = $1 and version = $2`,
);
const deleteLesson = statement<[id: string], never>('courses.delete_lesson', 'delete from lessons where id = $1');
export const countLessons = statement<[courseId: string], never>(
  'courses.count_lessons',
  `update courses set version = version + 1, updated_at = now(),
     lesson_count = (select count(*) from lessons where course_id = $1),
     duration_seconds = (select coalesce(sum(duration_seconds), 0) from lessons where course_id = $1)
   where id = $1`,
);

type Own = Pick<Deps, 'db' | 'ids'>;

/**
 * Adds a lesson at the end of a module, which is made if the course has none of that title.
 * @throws course_not_found, invalid_document
 */
export function addLesson({ db, ids }: Own) {
  return async (
    courseId: string,
    input: LessonInput & { title: string; module: string },
    ctx: Ctx,
  ): Promise<{ id: string }> => {
    await editCourse(db, courseId, ctx);
    const content = checkDocument(input.content ?? { type: 'doc', content: [] });
    const id = ctx.requestId ?? ids.id();
    await db.transaction(async (tx) => {
      await tx.row(lockCourse, [courseId]);
      let module = await tx.row(findModule, [courseId, input.module]);
      if (!module) {
        module = { id: ids.id() };
        await tx.run(insertModule, [module.id, courseId, input.module]);
      }
      await tx.run(insertLesson, [
        id,
        courseId,
        module.id,
        input.title,
        input.kind ?? 'text',
        input.durationSeconds ?? 0,
        JSON.stringify(content),
        input.completion ?? 'viewed',
        input.preview ?? false,
        assetsIn(content),
      ]);
      await tx.run(countLessons, [courseId]);
      await announceCourse(tx, courseId, ctx, ids);
    });
    return { id };
  };
}

/**
 * Changes a lesson; with `version` (from If-Match) it refuses when someone else changed it meanwhile.
 * @throws lesson_not_found, edit_conflict, invalid_document
 */
export function changeLesson({ db, ids }: Own) {
  return async (id: string, input: LessonInput & { version?: number | undefined }, ctx: Ctx): Promise<void> => {
    const lesson = await ownLesson(db, id, ctx);
    if (input.version !== undefined && input.version !== lesson.version) throw kernelErrors.edit_conflict();
    const content = input.content === undefined ? lesson.content : checkDocument(input.content);
    await db.transaction(async (tx) => {
      const changed = await tx.run(updateLesson, [
        id,
        lesson.version,
        input.title ?? lesson.title,
        input.kind ?? lesson.kind,
        input.durationSeconds ?? lesson.duration_seconds,
        JSON.stringify(content),
        input.completion ?? lesson.completion,
        input.preview ?? lesson.preview,
        [...new Set([...assetsIn(content), ...Object.values(lesson.translations).flatMap((t) => assetsIn(t.content))])],
      ]);
      if (changed === 0) throw kernelErrors.edit_conflict();
      await tx.run(countLessons, [lesson.course_id]);
      await announceCourse(tx, lesson.course_id, ctx, ids);
    });
  };
}

/**
 * Removes a lesson from its course.
 * @throws lesson_not_found
 */
export function removeLesson({ db, ids }: Own) {
  return async (id: string, ctx: Ctx): Promise<void> => {
    const lesson = await ownLesson(db, id, ctx);
    await db.transaction(async (tx) => {
      await tx.run(deleteLesson, [id]);
      await tx.run(countLessons, [lesson.course_id]);
      await announceCourse(tx, lesson.course_id, ctx, ids);
    });
  };
}

async function ownLesson(db: Own['db'], id: string, ctx: Ctx): Promise<LessonRow> {
  const lesson = await db.row(findLesson, [id, ctx.locale]);
  if (!lesson) throw errors.lesson_not_found();
  await editCourse(db, lesson.course_id, ctx).catch(() => {
    throw errors.lesson_not_found();
  });
  return lesson;
}

/**
 * The content as a document, or a refusal that names each wrong place.
 * @throws invalid_document
 */
export function checkDocument(content: unknown): Document {
  const result = Document.safeParse(content);
  if (result.success) return result.data;
  const fields: FieldError[] = result.error.issues.slice(0, 20).map((issue) => ({
    pointer: `/content/${issue.path.join('/')}`,
    code: 'invalid',
    message: issue.message,
  }));
  throw errors.invalid_document({ errors: fields });
}
