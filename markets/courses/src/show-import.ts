import type { Note } from '@stoa/contracts/note';
import { type Ctx, type Deps, hasRole, type Locale, requireUser, statement, toPage } from '@stoa/kernel';
import { errors } from './errors.ts';
import type { ImportSummary } from './import/count-outcomes.ts';
import { sayNotes } from './import/notes.ts';
import { whyRefused } from './import-refusals.ts';
import { placeInList, readPlace } from './page-cursor.ts';

/**
 * A line of a stored report. Reports of before notes had codes have an English `note` instead of `notes`, and older ones
 * have no `path`.
 */
type StoredLine = {
  source: string;
  path?: string[];
  type: string;
  outcome: 'imported' | 'converted' | 'raw' | 'failed';
  lessonId: string | null;
} & ({ notes: Note[] } | { note: string });
type ImportView = {
  id: string;
  instructor_id: string;
  format: string | null;
  source_name: string;
  state: 'queued' | 'running' | 'succeeded' | 'failed';
  stage: string;
  progress_done: number;
  progress_total: number;
  summary: ImportSummary | null;
  report: StoredLine[] | null;
  course_id: string | null;
  course_slug: string | null;
  error_code: string | null;
  error_detail: string | null;
  created_at: string;
  finished_at: string | null;
};
const viewColumns = `i.id, i.instructor_id, i.format, i.source_name, i.state, i.stage, i.progress_done, i.progress_total, i.summary,
  i.course_id, c.slug as course_slug, i.error_code, i.error_detail, i.created_at, i.finished_at`;
const findImport = statement<[id: string], ImportView>(
  'courses.find_import',
  `select ${viewColumns}, i.report from imports i left join courses c on c.id = i.course_id where i.id = $1`,
);
const listImports = statement<[instructorId: string, limit: number, createdAt: string, id: string], ImportView>(
  'courses.list_imports',
  `select ${viewColumns}, null as report from imports i left join courses c on c.id = i.course_id
   where i.instructor_id = $1 and (i.created_at, i.id) < ($3::timestamptz, $4::uuid)
   order by i.created_at desc, i.id desc limit $2`,
);

/**
 * An import with its loss report, for whoever started it.
 * @throws import_not_found
 */
export function showImport({ db }: Pick<Deps, 'db'>) {
  return async (id: string, ctx: Ctx) => {
    const row = await db.row(findImport, [id]);
    const mine =
      row && (hasRole(ctx, 'admin') || (ctx.actor.kind === 'user' && ctx.actor.userId === row.instructor_id));
    if (!mine) throw errors.import_not_found();
    return { ...showImportRow(row, ctx.locale), items: (row.report ?? []).map((line) => showLine(line, ctx.locale)) };
  };
}

/**
 * The person's imports, newest first, without their reports.
 * @throws not_signed_in, validation_failed for a cursor of another list
 */
export function listOwnImports({ db }: Pick<Deps, 'db'>) {
  return async (page: { limit: number; cursor?: string | undefined }, ctx: Ctx) => {
    const user = requireUser(ctx);
    const after = readPlace(page.cursor, 'own-imports');
    const rows = await db.rows(listImports, [
      user.userId,
      page.limit + 1,
      ...(after ?? (['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'] as const)),
    ]);
    return toPage(rows, {
      limit: page.limit,
      key: (row) => placeInList('own-imports', [row.created_at, row.id]),
      item: (row) => showImportRow(row, ctx.locale),
    });
  };
}

/** A line in the reader's language, and its notes as a program can use them. */
function showLine(line: StoredLine, locale: Locale) {
  const { source, path = [], type, outcome, lessonId } = line;
  if ('note' in line) return { source, path, type, outcome, note: line.note, notes: [], lessonId };
  const notes = line.notes.map((one) => ({ ...one, text: sayNotes([one], locale) }));
  return { source, path, type, outcome, note: sayNotes(line.notes, locale), notes, lessonId };
}

function showImportRow(row: ImportView, locale: Locale) {
  return {
    id: row.id,
    format: row.format,
    sourceName: row.source_name,
    state: row.state,
    stage: row.stage,
    progress: { done: row.progress_done, total: row.progress_total },
    summary: row.summary,
    courseId: row.course_id,
    courseSlug: row.course_slug,
    error: row.error_code
      ? { code: row.error_code, title: whyRefused(row.error_code, locale), detail: row.error_detail ?? '' }
      : null,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}
