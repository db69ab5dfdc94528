import { rm } from 'node:fs/promises';
import type { AssessmentService, MediaService } from '@stoa/contracts';
import { type Client, type Ctx, crashPoint, type Deps, derivedId, requireService, statement } from '@stoa/kernel';
import { withCourseLock } from './course-lock.ts';
import { ImportError } from './import/import-error.ts';
import type { ImportReportItem } from './import/imported-course.ts';
import { type ReadCourse, type ReadLimits, readSource } from './import/read-source.ts';
import { archiveOf, workFolderOf } from './import-files.ts';
import { importTries } from './queue-import.ts';
import { storeFiles } from './store-files.ts';
import { storeProblems } from './store-problems.ts';
import { writeImportedCourse } from './write-imported-course.ts';

type ImportRow = {
  id: string;
  instructor_id: string;
  instructor_name: string;
  format: 'olx' | 'markdown' | null;
  folder: string | null;
  publish: boolean;
  attempts: number;
};

const beginImport = statement<[id: string], ImportRow>(
  'courses.begin_import',
  // One that was given up goes on when an operator replays its job; one that is over or was refused does not.
  `update imports set state = 'running', stage = 'reading', progress_done = 0, progress_total = 0, attempts = attempts + 1,
     error_code = null, error_detail = null, finished_at = null
   where id = $1 and (state in ('queued', 'running') or error_code = 'import_interrupted')
   returning id, instructor_id, instructor_name, format, folder, publish, attempts`,
);
const noteProgress = statement<[id: string, stage: string, done: number, total: number], never>(
  'courses.note_import_progress',
  "update imports set stage = $2, progress_done = $3, progress_total = $4 where id = $1 and state = 'running'",
);
const failImport = statement<[id: string, code: string, detail: string], never>(
  'courses.fail_import',
  `update imports set state = 'failed', stage = 'done', error_code = $2, error_detail = $3, finished_at = now()
   where id = $1 and state = 'running'`,
);
const findImported = statement<[instructorId: string, format: string, key: string], { id: string }>(
  'courses.find_imported_course',
  'select id from courses where instructor_id = $1 and source_format = $2 and source_key = $3',
);

const afterFiles = crashPoint('courses.import.after_files');
const afterCommit = crashPoint('courses.import.after_commit');

type Own = Pick<Deps, 'db' | 'ids' | 'jobs' | 'home'> & {
  calls: { media: Client<typeof MediaService>; assessment: Client<typeof AssessmentService> };
  limits: ReadLimits;
};

/**
 * Runs a queued import: reads the source, stores its files with media and its problems with assessment, then writes
 * the course in one transaction. Every id is derived from the source, so a run that was killed half-way is simply run
 * again, and importing the same source again updates the course instead of making another.
 */
export function runImport(own: Own) {
  return async (importId: string, ctx: Ctx): Promise<void> => {
    requireService(ctx);
    const row = await own.db.row(beginImport, [importId]);
    if (!row) return;
    const archive = archiveOf(own.home, importId);
    const workFolder = workFolderOf(own.home, importId);
    try {
      const course = await readSource({ path: row.folder ?? archive, format: row.format, workFolder }, own.limits);
      await storeCourse(own, { course, row, ctx });
      afterCommit();
    } catch (error) {
      await rm(workFolder, { recursive: true, force: true });
      // A refused source stays refused: trying again gives the same answer. Anything else is tried again by the queue.
      const refused = error instanceof ImportError;
      if (refused) await own.db.run(failImport, [importId, error.code, error.message]);
      else if (row.attempts >= importTries) await own.db.run(failImport, [importId, 'import_interrupted', '']);
      if (!refused) throw error;
    }
    await rm(workFolder, { recursive: true, force: true });
    await rm(archive, { force: true });
  };
}

async function storeCourse(
  own: Own,
  { course, row, ctx }: { course: ReadCourse; row: ImportRow; ctx: Ctx },
): Promise<void> {
  const known = await own.db.row(findImported, [row.instructor_id, course.format, course.sourceKey]);
  const courseId = known?.id ?? derivedId(`course ${row.instructor_id} ${course.format}`, course.sourceKey);
  const lessons = course.modules.flatMap((module) => module.lessons);
  const lessonIds = new Map(lessons.map(({ sourceKey }) => [sourceKey, derivedId(`lesson ${courseId}`, sourceKey)]));
  const report: ImportReportItem[] = [...course.report];
  const onProgress = (stage: 'files' | 'problems' | 'saving') => async (done: number, total: number) => {
    await own.db.run(noteProgress, [row.id, stage, done, total]);
  };
  await withCourseLock(own.db, courseId, async () => {
    const assets = await storeFiles(own, { courseId, course, report, ctx, onProgress: onProgress('files') });
    afterFiles();
    const problems = await storeProblems(own, {
      courseId,
      lessons,
      addresses: {
        asset: (path) => assets.get(path),
        lesson: (key) => lessonIds.get(key),
        // Problems do not show each other.
        problem: () => undefined,
      },
      report,
      ctx,
      onProgress: onProgress('problems'),
    });
    await onProgress('saving')(0, 1);
    await writeImportedCourse(own, {
      importId: row.id,
      courseId,
      course,
      parts: { assets, lessonIds, problemIds: problems.ids, gradableIn: problems.gradableIn },
      report,
      instructor: { id: row.instructor_id, name: row.instructor_name },
      publish: row.publish,
      ctx,
    });
  });
}
