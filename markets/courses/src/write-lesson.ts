import { type Ctx, type Deps, kernelErrors, statement, type Transaction } from '@stoa/kernel';
import { checkDocument } from './check-document.ts';
import { errors } from './errors.ts';
import { editCourse, editLesson } from './find-course.ts';
import { mediaSecondsIn } from './media-seconds.ts';
import { announceCourse } from './publish-course.ts';
import { RetireProblems } from './retire-problems.ts';
import { assetsIn } from './rewrite-document.ts';
import { storableJson } from './storable-json.ts';
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
    mediaSeconds: number,
  ],
  never
>(
  'courses.insert_lesson',
  `insert into lessons (id, course_id, module_id, position, title, kind, duration_seconds, content, completion, preview, asset_ids, media_seconds)
   values ($1, $2, $3, (select coalesce(max(position), 0) + 1 from lessons where course_id = $2), $4, $5, $6, $7, $8, $9, $10, $11)
   on conflict (id) do nothing`,
);
const updateLesson = statement<
  [
    id: string,
    title: string,
    kind: string,
    duration: number,
    content: string,
    completion: string,
    preview: boolean,
    assets: string[],
    mediaSeconds: number,
  ],
  never
>(
  'courses.update_lesson',
  `update lessons set title = $2, kind = $3, duration_seconds = $4, content = $5, completion = $6, preview = $7,
     asset_ids = $8, media_seconds = $9, version = version + 1, updated_at = now()
   where id = $1`,
);
const deleteLesson = statement<[id: string], never>('courses.delete_lesson', 'delete from lessons where id = $1');
const dropEmptyModule = statement<[id: string], never>(
  'courses.drop_empty_module',
  'delete from modules m where id = $1 and source_key is null and not exists (select 1 from lessons where module_id = m.id)',
);
/** Raises the version of the course and counts what is in it: the last write of every change of lessons. */
export const countLessons = statement<[courseId: string], never>(
  'courses.count_lessons',
  `update courses set version = version + 1, updated_at = now(),
     lesson_count = (select count(*) from lessons where course_id = $1),
     duration_seconds = (select coalesce(sum(duration_seconds), 0) from lessons where course_id = $1)
   where id = $1`,
);

type Own = Pick<Deps, 'db' | 'ids' | 'jobs'>;

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
    const id = ctx.requestId ?? ids.id();
    await db.transaction(async (tx) => {
      await editCourse(tx, courseId, ctx);
      const content = checkDocument(input.content ?? { type: 'doc', content: [] }, { at: '/content', ctx });
      const added = await tx.run(insertLesson, [
        id,
        courseId,
        await moduleOf(tx, { courseId, title: input.module, ids }),
        input.title,
        input.kind ?? 'text',
        input.durationSeconds ?? 0,
        storableJson(content),
        input.completion ?? 'viewed',
        input.preview ?? false,
        assetsIn(content),
        mediaSecondsIn(content),
      ]);
      if (added === 0) return;
      await tx.run(countLessons, [courseId]);
      await announceCourse(tx, courseId, { ctx, ids });
    });
    return { id };
  };
}

async function moduleOf(
  tx: Transaction,
  { courseId, title, ids }: { courseId: string; title: string; ids: Own['ids'] },
): Promise<string> {
  const known = await tx.row(findModule, [courseId, title]);
  if (known) return known.id;
  const id = ids.id();
  await tx.run(insertModule, [id, courseId, title]);
  return id;
}

/**
 * Changes a lesson; with `version` (from If-Match) it refuses when someone else changed it meanwhile.
 * @throws lesson_not_found, edit_conflict, invalid_document
 */
export function changeLesson({ db, ids }: Own) {
  return async (id: string, input: LessonInput & { version?: number | undefined }, ctx: Ctx): Promise<void> => {
    await db.transaction(async (tx) => {
      const { lesson } = await editLesson(tx, id, ctx);
      if (input.version !== undefined && input.version !== lesson.version) throw kernelErrors.edit_conflict();
      const content =
        input.content === undefined ? lesson.content : checkDocument(input.content, { at: '/content', ctx });
      const translated = Object.values(lesson.translations).map((texts) => texts.content);
      await tx.run(updateLesson, [
        id,
        input.title ?? lesson.title,
        input.kind ?? lesson.kind,
        input.durationSeconds ?? lesson.duration_seconds,
        storableJson(content),
        input.completion ?? lesson.completion,
        input.preview ?? lesson.preview,
        [...new Set([content, ...translated].flatMap(assetsIn))],
        mediaSecondsIn(content),
      ]);
      await tx.run(countLessons, [lesson.course_id]);
      await announceCourse(tx, lesson.course_id, { ctx, ids });
    });
  };
}

/**
 * Removes a lesson from its course, with its module if that is empty then, and retires its problems. A published
 * course keeps at least one lesson.
 * @throws lesson_not_found, course_not_ready
 */
export function removeLesson({ db, ids, jobs }: Own) {
  return async (id: string, ctx: Ctx): Promise<void> => {
    await db.transaction(async (tx) => {
      const { lesson, course } = await editLesson(tx, id, ctx);
      if (course.state === 'published' && course.lesson_count <= 1) throw errors.course_not_ready();
      await tx.run(deleteLesson, [id]);
      await tx.run(dropEmptyModule, [lesson.module_id]);
      await tx.run(countLessons, [course.id]);
      await announceCourse(tx, course.id, { ctx, ids });
      await jobs.send(RetireProblems, { courseId: course.id, lessonIds: [id] }, ctx, { tx });
    });
  };
}
