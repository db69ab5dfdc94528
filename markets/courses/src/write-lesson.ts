import type { MediaService } from '@stoa/contracts';
import type { Document } from '@stoa/contracts/document';
import { everyBlock } from '@stoa/contracts/document-tree';
import {
  type Client,
  type Ctx,
  type Deps,
  fieldMessage,
  kernelErrors,
  statement,
  type Transaction,
} from '@stoa/kernel';
import { checkDocument } from './check-document.ts';
import { errors } from './errors.ts';
import { checkMayEdit, editCourse, editLesson, findCourseById, findOwnLesson } from './find-course.ts';
import { kindOfDocument } from './lesson-kind.ts';
import { measureDocuments } from './measure-documents.ts';
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
  /** The content as Markdown, in its place. */
  markdown?: string | undefined;
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
/** Modules of a source stay, out of every outline: the next import may have lessons for them. */
export const dropEmptyModule = statement<[id: string], never>(
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
type Writing = Own & { calls: { media: Client<typeof MediaService> } };

/**
 * Adds a lesson at the end of a module, which is made if the course has none of that title. Without a kind it is what
 * most of its content is; it takes at least as long as what plays in it.
 * @throws validation_failed, course_not_found, invalid_document, lesson_text_refused
 */
export function addLesson({ db, ids, calls }: Writing) {
  return async (
    courseId: string,
    input: LessonInput & { title: string; module: string },
    ctx: Ctx,
  ): Promise<{ id: string }> => {
    await checkMayEdit(db, courseId, ctx);
    const id = ctx.requestId ?? ids.id();
    const content = (await readContent({ db, calls }, { input, courseId, ctx })) ?? emptyDocument;
    checkCompletion(input, content, ctx);
    const seconds = mediaSecondsIn(content);
    await db.transaction(async (tx) => {
      await editCourse(tx, courseId, ctx);
      const added = await tx.run(insertLesson, [
        id,
        courseId,
        await moduleOf(tx, { courseId, title: input.module, ids }),
        input.title,
        input.kind ?? kindOfDocument(content),
        Math.max(input.durationSeconds ?? 0, seconds),
        storableJson(content),
        input.completion ?? 'viewed',
        input.preview ?? false,
        assetsIn(content),
        seconds,
      ]);
      if (added === 0) return;
      await tx.run(countLessons, [courseId]);
      await announceCourse(tx, courseId, { ctx, ids });
    });
    return { id };
  };
}

const emptyDocument: Document = { type: 'doc', content: [] };

/**
 * What somebody wrote, as a document that can be stored, with the lengths of its video and audio. Null where they wrote
 * nothing. `before` is the lesson that lines of a text may stand for.
 */
async function readContent(
  { db, calls }: Pick<Writing, 'db' | 'calls'>,
  { input, courseId, before, ctx }: { input: LessonInput; courseId: string; before?: Document | undefined; ctx: Ctx },
): Promise<Document | null> {
  const { content, markdown } = input;
  if (content !== undefined && markdown !== undefined) {
    const message = fieldMessage('invalid', ctx.locale);
    throw kernelErrors.validation_failed({ errors: [{ pointer: '/markdown', code: 'invalid', message }] });
  }
  const given = markdown === undefined ? content : await readText(db, { markdown, courseId, before, ctx });
  if (given === undefined) return null;
  const written = checkDocument(given, { at: '/content', ctx });
  const measured = await measureDocuments({ calls }, { documents: new Map([['content', written]]), courseId, ctx });
  return measured.get('content') ?? written;
}

/** What somebody wrote as Markdown, in the language of the course. */
async function readText(
  db: Own['db'],
  { markdown, courseId, before, ctx }: { markdown: string; courseId: string; before: Document | undefined; ctx: Ctx },
): Promise<Document> {
  const language = (await db.row(findCourseById, [courseId]))?.language ?? ctx.locale;
  // Loaded by who needs it: see `openLessonText`.
  const { readLessonText } = await import('./lesson-text.ts');
  return readLessonText(markdown, { language, locale: ctx.locale, before });
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
 * Changes a lesson. A kind or a length that was the content's own follows the content; one that somebody gave stays. One
 * that loses a problem is not completed by passing any more, unless that is said with it.
 * With `version` (from If-Match) it refuses when someone else changed it meanwhile, and only then may lines of a text
 * stand for blocks: of that version.
 * @throws validation_failed, lesson_not_found, edit_conflict, invalid_document, lesson_text_refused
 */
export function changeLesson({ db, ids, calls }: Writing) {
  return async (id: string, input: LessonInput & { version?: number | undefined }, ctx: Ctx): Promise<void> => {
    const known = await findOwnLesson(db, id, ctx);
    checkVersion(known, input);
    const before = input.version === undefined ? undefined : known.content;
    const written = await readContent({ db, calls }, { input, courseId: known.course_id, before, ctx });
    await db.transaction(async (tx) => {
      const { lesson } = await editLesson(tx, id, ctx);
      checkVersion(lesson, input);
      const content = written ?? lesson.content;
      checkCompletion(input, content, ctx);
      const seconds = mediaSecondsIn(content);
      const toldKind = lesson.kind === kindOfDocument(lesson.content) ? null : lesson.kind;
      const toldSeconds = lesson.duration_seconds === mediaSecondsIn(lesson.content) ? 0 : lesson.duration_seconds;
      const translated = Object.values(lesson.translations).map((texts) => texts.content);
      await tx.run(updateLesson, [
        id,
        input.title ?? lesson.title,
        input.kind ?? toldKind ?? kindOfDocument(content),
        Math.max(input.durationSeconds ?? toldSeconds, seconds),
        storableJson(content),
        input.completion ?? completionWith(content, lesson),
        input.preview ?? lesson.preview,
        [...new Set([content, ...translated].flatMap(assetsIn))],
        seconds,
      ]);
      await tx.run(countLessons, [lesson.course_id]);
      await announceCourse(tx, lesson.course_id, { ctx, ids });
    });
  };
}

/**
 * How a lesson is completed with this content, if its author does not say. One that is completed by passing problems, and shows
 * not all of them any more, could not be completed by anybody: it is on the learner's word.
 */
function completionWith(content: Document, { completion, content: before }: LessonRow): LessonRow['completion'] {
  const shown = new Set(problemsIn(content));
  return completion === 'passed' && problemsIn(before).some((id) => !shown.has(id)) ? 'viewed' : completion;
}

const problemsIn = ({ content }: Document) =>
  [...everyBlock(content)].flatMap((block) => (block.type === 'problem' ? [block.attrs.problemId] : []));

/**
 * Problems come with an import. A lesson that shows none cannot be completed by passing them, nor its course by anybody.
 * @throws validation_failed
 */
function checkCompletion({ completion }: LessonInput, content: Document, ctx: Ctx): void {
  if (completion !== 'passed' || problemsIn(content).length > 0) return;
  const message = fieldMessage('invalid', ctx.locale);
  throw kernelErrors.validation_failed({ errors: [{ pointer: '/completion', code: 'invalid', message }] });
}

/** Said before what they wrote is read, and again where nobody can come between. */
function checkVersion(lesson: LessonRow, { version }: { version?: number | undefined }): void {
  if (version !== undefined && version !== lesson.version) throw kernelErrors.edit_conflict();
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
