import { createHash } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssessmentService, MediaService } from '@stoa/contracts';
import type { Document } from '@stoa/contracts/document';
import { type Client, type Ctx, crashPoint, type Deps, derivedId, statement } from '@stoa/kernel';
import { ImportError } from './import/import-error.ts';
import type {
  ImportedCourse,
  ImportedFile,
  ImportedLesson,
  ImportReportItem,
  SourceTree,
} from './import/imported-course.ts';
import { type MarkdownCourse, readMarkdownCourse } from './import/markdown/read-markdown-course.ts';
import { readOlx } from './import/read-olx.ts';
import { openArchive, openFolder } from './import/source-tree.ts';
import { announceCourse } from './publish-course.ts';
import { type Addresses, assetsIn, rewriteBlocks, rewriteDocument } from './rewrite-document.ts';
import { searchable, slugOf } from './show-course.ts';
import { freeSlug } from './write-course.ts';
import { countLessons } from './write-lesson.ts';

export type ImportRow = {
  id: string;
  instructor_id: string;
  instructor_name: string;
  format: 'olx' | 'markdown' | null;
  folder: string | null;
  archive: string | null;
  publish: boolean;
  state: string;
};

const findImport = statement<[id: string], ImportRow>(
  'courses.find_import_to_run',
  'select id, instructor_id, instructor_name, format, folder, archive, publish, state from imports where id = $1',
);
const noteProgress = statement<[id: string, stage: string, done: number, total: number], never>(
  'courses.note_import_progress',
  "update imports set state = 'running', stage = $2, progress_done = $3, progress_total = $4 where id = $1 and state in ('queued', 'running')",
);
const finishImport = statement<[id: string, format: string, courseId: string, summary: string, report: string], never>(
  'courses.finish_import',
  `update imports set state = 'succeeded', stage = 'done', format = $2, course_id = $3, summary = $4, report = $5, finished_at = now()
   where id = $1`,
);
const failImport = statement<[id: string, code: string, detail: string], never>(
  'courses.fail_import',
  "update imports set state = 'failed', stage = 'done', error_code = $2, error_detail = $3, finished_at = now() where id = $1",
);
const findImported = statement<
  [instructorId: string, format: string, key: string],
  { id: string; slug: string; state: string }
>(
  'courses.find_imported_course',
  'select id, slug, state from courses where instructor_id = $1 and source_format = $2 and source_key = $3',
);
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
     price_amount = coalesce(courses.price_amount, excluded.price_amount),
     price_currency = coalesce(courses.price_currency, excluded.price_currency),
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
  ],
  never
>(
  'courses.upsert_imported_lesson',
  `insert into lessons (id, course_id, module_id, position, title, path, kind, duration_seconds, content, translations,
     completion, graded, preview, asset_ids, source_key)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
   on conflict (id) do update set module_id = excluded.module_id, position = excluded.position, title = excluded.title,
     path = excluded.path, kind = excluded.kind, duration_seconds = excluded.duration_seconds, content = excluded.content,
     translations = excluded.translations, completion = excluded.completion, graded = excluded.graded,
     asset_ids = excluded.asset_ids, version = lessons.version + 1, updated_at = now()`,
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
const setPublished = statement<[id: string], never>(
  'courses.publish_imported',
  "update courses set state = 'published', published_at = coalesce(published_at, now()) where id = $1 and state = 'draft'",
);

const afterFiles = crashPoint('courses.import.after_files');
const beforeCommit = crashPoint('courses.import.before_commit');
const afterCommit = crashPoint('courses.import.after_commit');

type Own = Deps & { calls: { media: Client<typeof MediaService>; assessment: Client<typeof AssessmentService> } };
type Progress = (stage: 'reading' | 'files' | 'problems' | 'saving', done: number, total: number) => Promise<void>;

/**
 * Runs a queued import: reads the source, stores its files with media and its problems with assessment, then writes
 * the course in one transaction. Every id is derived from the source, so a run that was killed half-way is simply run
 * again, and importing the same source again updates the course instead of making another.
 */
export function runImport(own: Own) {
  return async (importId: string, ctx: Ctx): Promise<void> => {
    const { db } = own;
    const row = await db.row(findImport, [importId]);
    if (!row || row.state === 'succeeded' || row.state === 'failed') return;
    const progress: Progress = async (stage, done, total) => {
      await db.run(noteProgress, [importId, stage, done, total]);
    };
    const workFolder = join(own.home, 'imports', importId);
    try {
      await progress('reading', 0, 0);
      const tree = await openSource(row, workFolder);
      const course = await readSource(tree, row.format);
      await storeCourse(own, { course, row, ctx, progress });
      await rm(workFolder, { recursive: true, force: true });
    } catch (error) {
      // A refused source stays refused: trying again gives the same answer. Anything else is tried again by the queue.
      if (!(error instanceof ImportError)) throw error;
      await db.run(failImport, [importId, error.code, error.message]);
      await rm(workFolder, { recursive: true, force: true });
    }
  };
}

/** An upload is an archive; what the command line names may be a folder or an archive. */
async function openSource(row: ImportRow, workFolder: string): Promise<SourceTree> {
  const path = row.archive ?? row.folder ?? '';
  const archive = row.archive !== null || (await stat(path).catch(() => null))?.isFile();
  if (!archive) return openFolder(path);
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  return openArchive(path, { into: workFolder });
}

async function readSource(tree: SourceTree, format: ImportRow['format']): Promise<ImportedCourse | MarkdownCourse> {
  const chosen =
    format ?? ((await tree.list()).some((path) => /(^|\/)(course|library)\.xml$/.test(path)) ? 'olx' : 'markdown');
  return chosen === 'olx' ? readOlx(tree) : readMarkdownCourse(tree);
}

async function storeCourse(
  own: Own,
  job: { course: ImportedCourse | MarkdownCourse; row: ImportRow; ctx: Ctx; progress: Progress },
): Promise<void> {
  const { course, row, ctx, progress } = job;
  const { db } = own;
  const known = await db.row(findImported, [row.instructor_id, course.format, course.sourceKey]);
  const courseId = known?.id ?? derivedId(`course ${row.instructor_id} ${course.format}`, course.sourceKey);
  const lessons = course.modules.flatMap((module) => module.lessons);
  const lessonIds = new Map(
    lessons.map((lesson) => [lesson.sourceKey, derivedId(`lesson ${courseId}`, lesson.sourceKey)]),
  );

  const report = [...course.report];
  const assets = await storeFiles(own, { courseId, course, ctx, progress, report });
  afterFiles();
  const addresses: Addresses = {
    asset: (path) => assets.get(path),
    lesson: (key) => lessonIds.get(key),
    problem: () => undefined,
  };

  const problemIds = new Map<string, string>();
  const gradableIn = new Set<string>();
  for (const [index, lesson] of lessons.entries()) {
    await progress('problems', index, lessons.length);
    const lessonId = lessonIds.get(lesson.sourceKey) ?? '';
    const answer = await own.calls.assessment.putProblems(
      {
        courseId,
        lessonId,
        problems: lesson.problems.map((problem) => ({
          sourceKey: problem.sourceKey,
          definitionJson: JSON.stringify(rewriteProblem(problem.definition, addresses)),
        })),
      },
      { ...ctx, actor: { kind: 'service', name: 'courses' } },
    );
    for (const stored of answer.problems) {
      problemIds.set(stored.sourceKey, stored.id);
      if (stored.gradable) gradableIn.add(lesson.sourceKey);
    }
  }

  await progress('saving', 0, 1);
  const full: Addresses = { ...addresses, problem: (key) => problemIds.get(key) };
  const settings = 'settings' in course ? course.settings : null;
  const translations = Object.fromEntries(
    Object.entries(course.translations).map(([language, texts]) => [
      language,
      {
        ...texts,
        ...(texts.description ? { description: rewriteDocument(texts.description, full) } : {}),
        ...(settings?.outcomes[language] ? { outcomes: settings.outcomes[language] } : {}),
      },
    ]),
  );
  const summary = summarize(report);
  const removed = await db.transaction(async (tx) => {
    await tx.run(upsertCourse, [
      courseId,
      known?.slug ?? (await freeSlug(tx, slugOf(course.title), courseId)),
      course.title,
      course.summary,
      JSON.stringify(rewriteDocument(course.description, full)),
      course.language,
      settings?.level ?? null,
      settings?.category ?? null,
      JSON.stringify(course.outcomes),
      settings?.price?.amount ?? null,
      settings?.price?.currency ?? null,
      course.coverPath ? (assets.get(course.coverPath) ?? null) : null,
      JSON.stringify(translations),
      Object.keys(course.translations),
      row.instructor_id,
      row.instructor_name,
      course.format,
      course.sourceKey,
      searchable(
        course.title,
        course.summary,
        row.instructor_name,
        ...Object.values(course.translations).flatMap((t) => [t.title ?? '', t.summary ?? '']),
      ),
    ]);
    const moduleIds: string[] = [];
    let position = 0;
    for (const [index, module] of course.modules.entries()) {
      const moduleId = derivedId(`module ${courseId}`, module.sourceKey);
      moduleIds.push(moduleId);
      await tx.run(upsertModule, [
        moduleId,
        courseId,
        index + 1,
        module.title,
        JSON.stringify(module.translations),
        module.sourceKey,
      ]);
      for (const lesson of module.lessons) {
        position += 1;
        const stored = rewriteLesson(lesson, full);
        await tx.run(upsertLesson, [
          lessonIds.get(lesson.sourceKey) ?? '',
          courseId,
          moduleId,
          position,
          lesson.title,
          lesson.path,
          lesson.kind,
          Math.round(lesson.durationSeconds),
          JSON.stringify(stored.content),
          JSON.stringify(stored.translations),
          completionOf(lesson, gradableIn.has(lesson.sourceKey)),
          lesson.graded,
          position === 1,
          stored.assetIds,
          lesson.sourceKey,
        ]);
      }
    }
    const dropped = await tx.rows(dropLessons, [courseId, [...lessonIds.values()]]);
    await tx.run(dropModules, [courseId, moduleIds]);
    await tx.run(countLessons, [courseId]);
    if (row.publish && position > 0 && course.summary) await tx.run(setPublished, [courseId]);
    await announceCourse(tx, courseId, ctx, own.ids);
    await tx.run(finishImport, [
      row.id,
      course.format,
      courseId,
      JSON.stringify(summary),
      JSON.stringify(report.map((item) => toReportLine(item, lessonIds))),
    ]);
    beforeCommit();
    return dropped;
  });
  afterCommit();
  for (const lesson of removed) {
    await own.calls.assessment.putProblems(
      { courseId, lessonId: lesson.id, problems: [] },
      { ...ctx, actor: { kind: 'service', name: 'courses' } },
    );
  }
}

const chunkBytes = 1024 * 1024;

async function storeFiles(
  own: Own,
  job: { courseId: string; course: ImportedCourse; ctx: Ctx; progress: Progress; report: ImportReportItem[] },
): Promise<Map<string, string>> {
  const { course, courseId, progress, report } = job;
  const ctx: Ctx = { ...job.ctx, actor: { kind: 'service', name: 'courses' } };
  const ids = new Map<string, string>();
  for (const [index, file] of course.files.entries()) {
    await progress('files', index, course.files.length);
    try {
      ids.set(file.path, await storeFile(own, { file, courseId, isCover: file.path === course.coverPath, ctx }));
    } catch (error) {
      if (
        !(
          error instanceof Error &&
          'code' in error &&
          typeof error.code === 'string' &&
          error.code.startsWith('asset_')
        )
      )
        throw error;
      const line = report.find((item) => item.source === file.path);
      const note = `the file was refused: ${error.code}`;
      if (line) Object.assign(line, { outcome: 'failed', note });
      else report.push({ source: file.path, type: 'static', outcome: 'failed', note, lessonKey: null });
    }
  }
  return ids;
}

async function storeFile(
  own: Own,
  { file, courseId, isCover, ctx }: { file: ImportedFile; courseId: string; isCover: boolean; ctx: Ctx },
): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of file.open()) hash.update(chunk);
  const begun = await own.calls.media.beginAsset(
    {
      ownerKind: 'course',
      ownerId: courseId,
      key: file.path,
      fileName: file.name,
      contentType: file.contentType,
      bytes: BigInt(file.bytes),
      sha256: hash.digest('hex'),
      visibility: isCover ? 'public' : 'enrolled',
    },
    ctx,
  );
  if (begun.complete) return begun.assetId;
  let offset = 0;
  for await (const chunk of file.open()) {
    for (let at = 0; at < chunk.length; at += chunkBytes) {
      const content = chunk.subarray(at, at + chunkBytes);
      await own.calls.media.appendAsset({ assetId: begun.assetId, offset: BigInt(offset), content }, ctx);
      offset += content.length;
    }
  }
  await own.calls.media.completeAsset({ assetId: begun.assetId }, ctx);
  return begun.assetId;
}

function rewriteProblem(definition: ImportedLesson['problems'][number]['definition'], to: Addresses) {
  return {
    ...definition,
    parts: definition.parts.map((part) => {
      if (part.type === 'prose') return { ...part, content: rewriteBlocks(part.content, to) };
      const { response } = part;
      if (!('choices' in response)) return part;
      return {
        ...part,
        response: {
          ...response,
          choices: response.choices.map((choice) => ({ ...choice, content: rewriteBlocks(choice.content, to) })),
        },
      };
    }),
    ...(definition.solution ? { solution: rewriteBlocks(definition.solution, to) } : {}),
  };
}

function rewriteLesson(lesson: ImportedLesson, to: Addresses) {
  const content = rewriteDocument(lesson.content, to);
  const translations: Record<string, { title: string; content: Document }> = {};
  for (const [language, texts] of Object.entries(lesson.translations)) {
    translations[language] = { title: texts.title, content: rewriteDocument(texts.content, to) };
  }
  const assetIds = new Set([content, ...Object.values(translations).map((texts) => texts.content)].flatMap(assetsIn));
  return { content, translations, assetIds: [...assetIds] };
}

/**
 * How an imported lesson is completed: a quiz, or a graded lesson with gradable problems, by passing; a video lesson
 * by watching; everything else when the learner says so.
 */
function completionOf(lesson: ImportedLesson, gradable: boolean): 'passed' | 'watched' | 'viewed' {
  if (gradable && (lesson.graded || lesson.kind === 'quiz')) return 'passed';
  const playable = lesson.content.content.some(
    (block) => block.type === 'video' && !block.attrs.src.startsWith('youtube:'),
  );
  return lesson.kind === 'video' && playable ? 'watched' : 'viewed';
}

export type ImportSummary = { total: number; imported: number; converted: number; raw: number; failed: number };

/** Counts of a report by outcome. */
export function summarize(report: readonly ImportReportItem[]): ImportSummary {
  const summary: ImportSummary = { total: report.length, imported: 0, converted: 0, raw: 0, failed: 0 };
  for (const item of report) summary[item.outcome] += 1;
  return summary;
}

function toReportLine({ lessonKey, ...item }: ImportReportItem, lessonIds: ReadonlyMap<string, string>) {
  return { ...item, lessonId: lessonKey === null ? null : (lessonIds.get(lessonKey) ?? null) };
}
