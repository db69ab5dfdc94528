import type { MediaService } from '@stoa/contracts';
import type { Document } from '@stoa/contracts/document';
import { type Client, type Ctx, crashPoint, type Deps, derivedId, statement, type Transaction } from '@stoa/kernel';
import { freeSlug, slugOf } from './course-slug.ts';
import { isErased } from './erased-people.ts';
import { countOutcomes } from './import/count-outcomes.ts';
import { cut, oneLine, plainText } from './import/document-text.ts';
import type { ImportedLesson, ImportedModule, ImportReportItem, LessonKind } from './import/imported-course.ts';
import type { ReadCourse } from './import/read-source.ts';
import { isOnlyProblems, kindOfDocument } from './lesson-kind.ts';
import { measureDocuments } from './measure-documents.ts';
import { mediaSecondsIn } from './media-seconds.ts';
import { announceCourse } from './publish-course.ts';
import { RetireProblems } from './retire-problems.ts';
import { type Addresses, assetsIn, rewriteDocument } from './rewrite-document.ts';
import { searchTextOf } from './search-text.ts';
import { storableJson } from './storable-json.ts';
import type { CourseTranslations } from './tables.ts';
import { countLessons } from './write-lesson.ts';

const findImported = statement<[id: string], { slug: string; instructor_name: string }>(
  'courses.lock_imported_course',
  'select slug, instructor_name from courses where id = $1 for no key update',
);
// A course that has been in the catalogue costs what its instructor says there, also nothing.
const isPriceOfSource = 'courses.price_amount is null and courses.published_at is null';
const upsertCourse = statement<
  [
    id: string,
    slug: string,
    title: string,
    summary: string,
    description: string,
    language: string,
    level: string | null,
    category: string | null,
    outcomes: string,
    amount: number | null,
    currency: string | null,
    cover: string | null,
    translations: string,
    languages: string[],
    instructorId: string,
    instructorName: string,
    format: string,
    key: string,
    search: string,
  ],
  never
>(
  'courses.upsert_imported_course',
  `insert into courses (id, slug, title, summary, description, language, level, category, outcomes, price_amount, price_currency,
     cover_asset_id, translations, languages, instructor_id, instructor_name, source_format, source_key, search_text)
   values ($1, $2, $3, $4, $5, $6, coalesce($7, 'all'), (select slug from categories where slug = $8), $9, $10, $11, $12, $13, $14,
     $15, $16, $17, $18, $19)
   on conflict (id) do update set title = excluded.title, summary = excluded.summary, description = excluded.description,
     language = excluded.language, level = coalesce($7, courses.level), category = coalesce(excluded.category, courses.category),
     outcomes = excluded.outcomes, cover_asset_id = coalesce(excluded.cover_asset_id, courses.cover_asset_id),
     price_amount = case when ${isPriceOfSource} then excluded.price_amount else courses.price_amount end,
     price_currency = case when ${isPriceOfSource} then excluded.price_currency else courses.price_currency end,
     translations = excluded.translations, languages = excluded.languages, search_text = excluded.search_text, updated_at = now()`,
);
const upsertModule = statement<
  [id: string, courseId: string, position: number, title: string, translations: string, key: string],
  never
>(
  'courses.upsert_imported_module',
  `insert into modules (id, course_id, position, title, translations, source_key) values ($1, $2, $3, $4, $5, $6)
   on conflict (id) do update set position = excluded.position, title = excluded.title, translations = excluded.translations`,
);
const upsertLesson = statement<
  [
    id: string,
    courseId: string,
    moduleId: string,
    position: number,
    title: string,
    path: string[],
    kind: string,
    duration: number,
    content: string,
    translations: string,
    completion: string,
    graded: boolean,
    preview: boolean,
    assets: string[],
    key: string,
    mediaSeconds: number,
  ],
  never
>(
  'courses.upsert_imported_lesson',
  `insert into lessons (id, course_id, module_id, position, title, path, kind, duration_seconds, content, translations,
     completion, graded, preview, asset_ids, source_key, media_seconds)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
   on conflict (id) do update set module_id = excluded.module_id, position = excluded.position, title = excluded.title,
     path = excluded.path, kind = excluded.kind, duration_seconds = excluded.duration_seconds, content = excluded.content,
     translations = excluded.translations, completion = excluded.completion, graded = excluded.graded,
     asset_ids = excluded.asset_ids, media_seconds = excluded.media_seconds, version = lessons.version + 1, updated_at = now()`,
);
const dropLessons = statement<[courseId: string, keep: string[]], { id: string }>(
  'courses.drop_unimported_lessons',
  'delete from lessons where course_id = $1 and source_key is not null and not (id = any($2::uuid[])) returning id',
);
const dropModules = statement<[courseId: string, keep: string[]], never>(
  'courses.drop_unimported_modules',
  `delete from modules m where course_id = $1 and source_key is not null and not (id = any($2::uuid[]))
     and not exists (select 1 from lessons where module_id = m.id)`,
);
const placeOwnModules = statement<[courseId: string, imported: string[]], never>(
  'courses.place_own_modules',
  `update modules m set position = own.place
   from (
     select id, cardinality($2::uuid[]) + row_number() over (order by position) as place
     from modules where course_id = $1 and not (id = any($2::uuid[]))
   ) own where m.id = own.id`,
);
const placeOwnLessons = statement<[courseId: string, imported: string[]], never>(
  'courses.place_own_lessons',
  `update lessons l set position = own.place
   from (
     select id, cardinality($2::uuid[]) + row_number() over (order by position) as place
     from lessons where course_id = $1 and not (id = any($2::uuid[]))
   ) own where l.id = own.id`,
);
const putSourceFiles = statement<[courseId: string, assets: string[]], never>(
  'courses.put_source_files',
  `with gone as (delete from source_files where course_id = $1 and asset_id <> all($2::uuid[]))
   insert into source_files (asset_id, course_id) select given.id, $1 from unnest($2::uuid[]) as given (id)
   on conflict (asset_id) do nothing`,
);
const setPublished = statement<[id: string], never>(
  'courses.publish_imported',
  "update courses set state = 'published', published_at = coalesce(published_at, now()) where id = $1 and state = 'draft'",
);
const finishImport = statement<[id: string, format: string, courseId: string, summary: string, report: string], never>(
  'courses.finish_import',
  `update imports set state = 'succeeded', stage = 'done', format = $2, course_id = $3, summary = $4, report = $5,
     error_code = null, error_detail = null, finished_at = now()
   where id = $1`,
);

const beforeCommit = crashPoint('courses.import.before_commit');

/** What the other contexts have stored already, and under which ids. */
export type StoredParts = {
  assets: ReadonlyMap<string, string>;
  lessonIds: ReadonlyMap<string, string>;
  problemIds: ReadonlyMap<string, string>;
  /** Source keys of lessons in which at least one problem can be graded. */
  gradableIn: ReadonlySet<string>;
};
type Job = {
  importId: string;
  courseId: string;
  course: ReadCourse;
  parts: StoredParts;
  report: readonly ImportReportItem[];
  instructor: { id: string; name: string };
  publish: boolean;
  ctx: Ctx;
};

/**
 * Writes an imported course, and that the import is over, in one transaction. What the source no longer has goes; what
 * people added to the course themselves (modules, lessons, price, address) stays, their lessons after the imported ones.
 */
export async function writeImportedCourse(
  own: Pick<Deps, 'db' | 'ids' | 'jobs'> & { calls: { media: Client<typeof MediaService> } },
  job: Job,
): Promise<void> {
  const { courseId, course, parts, report, ctx } = job;
  const to: Addresses = {
    asset: (path) => parts.assets.get(path),
    lesson: (key) => parts.lessonIds.get(key),
    problem: (key) => parts.problemIds.get(key),
  };
  const lessons = course.modules.flatMap((module) => module.lessons);
  const documents = await measureDocuments(own, { documents: rewriteLessons(lessons, to), courseId, ctx });
  await own.db.transaction(async (tx) => {
    // Nothing may appear of an import whose instructor has deleted their account; it was deleted with that.
    if (await isErased(tx, job.instructor.id)) throw new Error('the instructor of the import is gone');
    const isNew = await writeCourse(tx, job, to);
    const moduleIds: string[] = [];
    const lessonIds: string[] = [];
    for (const module of course.modules) {
      const moduleId = await writeModule(tx, { module, courseId, position: moduleIds.length + 1 });
      moduleIds.push(moduleId);
      for (const lesson of module.lessons) {
        const position = lessonIds.length + 1;
        // The first lesson of a new course may be looked at before enrolling; from then on the instructor decides.
        const preview = isNew && position === 1;
        lessonIds.push(await writeLesson(tx, { lesson, courseId, moduleId, position, preview, parts, documents }));
      }
    }
    const dropped = await tx.rows(dropLessons, [courseId, lessonIds]);
    await tx.run(dropModules, [courseId, moduleIds]);
    await tx.run(placeOwnModules, [courseId, moduleIds]);
    await tx.run(placeOwnLessons, [courseId, lessonIds]);
    await tx.run(putSourceFiles, [courseId, [...parts.assets.values()]]);
    await tx.run(countLessons, [courseId]);
    if (job.publish && lessonIds.length > 0) await tx.run(setPublished, [courseId]);
    await announceCourse(tx, courseId, { ctx, ids: own.ids });
    if (dropped.length > 0) {
      await own.jobs.send(RetireProblems, { courseId, lessonIds: dropped.map((row) => row.id) }, ctx, { tx });
    }
    const pathTo = lessonPaths(course);
    const lines = report.map(({ lessonKey, path, ...item }) => ({
      ...item,
      path: path ?? (lessonKey === null ? [] : (pathTo.get(lessonKey) ?? [])),
      lessonId: lessonKey === null ? null : (parts.lessonIds.get(lessonKey) ?? null),
    }));
    const finished = await tx.run(finishImport, [
      job.importId,
      course.format,
      courseId,
      storableJson(countOutcomes(report)),
      storableJson(lines),
    ]);
    // Deleted while it ran, with the account of whoever teaches: nothing of it may appear afterwards.
    if (finished === 0) throw new Error('the import was deleted while it ran');
    beforeCommit();
  });
}

/** @returns whether there was no such course before */
async function writeCourse(
  tx: Transaction,
  { courseId, course, parts, instructor }: Job,
  to: Addresses,
): Promise<boolean> {
  const known = await tx.row(findImported, [courseId]);
  const { settings } = course;
  const translations: CourseTranslations = Object.fromEntries(
    Object.entries(course.translations).map(([language, texts]) => {
      const outcomes = settings?.outcomes[language];
      return [
        language,
        {
          ...texts,
          ...(texts.description ? { description: rewriteDocument(texts.description, to) } : {}),
          ...(outcomes ? { outcomes } : {}),
        },
      ];
    }),
  );
  const summary = summaryOf(course);
  await tx.run(upsertCourse, [
    courseId,
    known?.slug ?? (await freeSlug(tx, slugOf(course.title))),
    course.title,
    summary,
    storableJson(rewriteDocument(course.description, to)),
    course.language,
    settings?.level ?? null,
    settings?.category ?? null,
    storableJson(course.outcomes),
    settings?.price?.amount || null,
    settings?.price?.amount ? settings.price.currency : null,
    course.coverPath ? (parts.assets.get(course.coverPath) ?? null) : null,
    storableJson(translations),
    Object.keys(course.translations),
    instructor.id,
    instructor.name,
    course.format,
    course.sourceKey,
    searchTextOf({
      title: course.title,
      summary,
      instructorName: known?.instructor_name ?? instructor.name,
      translations: course.translations,
    }),
  ]);
  return known === undefined;
}

/** A course has a summary always: its own, else the first sentence-like text of its description, else its title. */
function summaryOf({ summary, description, title }: Pick<ReadCourse, 'summary' | 'description' | 'title'>): string {
  if (summary) return summary;
  const first = description.content.find((block) => block.type === 'paragraph' && plainText([block]).trim() !== '');
  if (!first) return title;
  const text = oneLine(plainText([first]), 2000);
  return text.length <= summaryLimit ? text : `${cut(text, summaryLimit - 1).replace(/\s+\S*$/, '')}…`;
}
const summaryLimit = 300;

async function writeModule(
  tx: Transaction,
  { module, courseId, position }: { module: ImportedModule; courseId: string; position: number },
): Promise<string> {
  const id = derivedId(`module ${courseId}`, module.sourceKey);
  await tx.run(upsertModule, [
    id,
    courseId,
    position,
    module.title,
    storableJson(module.translations),
    module.sourceKey,
  ]);
  return id;
}

async function writeLesson(
  tx: Transaction,
  options: {
    lesson: ImportedLesson;
    courseId: string;
    moduleId: string;
    position: number;
    preview: boolean;
    parts: StoredParts;
    documents: Documents;
  },
): Promise<string> {
  const { lesson, courseId, moduleId, position, preview, parts, documents } = options;
  const id = parts.lessonIds.get(lesson.sourceKey);
  if (id === undefined) throw new Error(`no id for the lesson ${lesson.sourceKey}`);
  const content = storedOf(documents, lesson.content);
  const kind = lesson.kind ?? kindOfDocument(content);
  const translations: Record<string, { title: string; content: Document }> = {};
  for (const [language, texts] of Object.entries(lesson.translations)) {
    translations[language] = { title: texts.title, content: storedOf(documents, texts.content) };
  }
  const shown = [content, ...Object.values(translations).map((texts) => texts.content)];
  await tx.run(upsertLesson, [
    id,
    courseId,
    moduleId,
    position,
    lesson.title,
    lesson.path,
    kind,
    // A lesson takes at least as long as what plays in it.
    Math.max(Math.round(lesson.durationSeconds), mediaSecondsIn(content)),
    storableJson(content),
    storableJson(translations),
    completionOf(lesson, { kind, gradable: parts.gradableIn.has(lesson.sourceKey) }),
    lesson.graded,
    preview,
    [...new Set(shown.flatMap(assetsIn))],
    lesson.sourceKey,
    mediaSecondsIn(content),
  ]);
  return id;
}

/** Titles from the course down to each lesson, by the lesson's source key. */
function lessonPaths({ title, modules }: ReadCourse): Map<string, string[]> {
  return new Map(
    modules.flatMap((module) =>
      module.lessons.map((lesson) => [lesson.sourceKey, [title, module.title, ...lesson.path, lesson.title]] as const),
    ),
  );
}

/** Documents of a source with what is stored of each. */
type Documents = ReadonlyMap<Document, Document>;

/** Every document of these lessons, in every language, with the addresses that are stored. */
function rewriteLessons(lessons: readonly ImportedLesson[], to: Addresses): Documents {
  const documents = lessons.flatMap(({ content, translations }) => [
    content,
    ...Object.values(translations).map((texts) => texts.content),
  ]);
  return new Map(documents.map((document) => [document, rewriteDocument(document, to)]));
}

function storedOf(documents: Documents, document: Document): Document {
  const stored = documents.get(document);
  if (!stored) throw new Error('a document of the source was not rewritten');
  return stored;
}

/**
 * How an imported lesson is completed: one of problems alone, or a graded one with gradable problems, by passing; a
 * video lesson by watching; everything else when the learner says so. A lesson of problems with a text around them is
 * for its author to decide about, whatever most of it is.
 */
function completionOf(
  lesson: ImportedLesson,
  { kind, gradable }: { kind: LessonKind; gradable: boolean },
): 'passed' | 'watched' | 'viewed' {
  if (gradable && (lesson.graded || lesson.kind === 'quiz' || isOnlyProblems(lesson.content))) return 'passed';
  const playable = lesson.content.content.some(
    (block) => block.type === 'video' && !block.attrs.src.startsWith('youtube:'),
  );
  return kind === 'video' && playable ? 'watched' : 'viewed';
}
