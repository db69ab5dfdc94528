import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  type Ctx,
  type Deps,
  decodeCursor,
  defineJob,
  type FastifyRequest,
  hasRole,
  requireRole,
  requireService,
  requireUser,
  statement,
  toPage,
} from '@stoa/kernel';
import { errors } from './errors.ts';
import type { ImportSummary } from './run-import.ts';

export const RunImport = defineJob<{ importId: string }>('run-import', {
  retries: 3,
  retryDelaySeconds: 2,
  timeoutSeconds: 3600,
});

const insertImport = statement<
  [
    id: string,
    requestedBy: string | null,
    instructorId: string,
    instructorName: string,
    format: string | null,
    name: string,
    folder: string | null,
    archive: string | null,
    publish: boolean,
  ],
  never
>(
  'courses.insert_import',
  `insert into imports (id, requested_by, instructor_id, instructor_name, format, source_name, folder, archive, publish)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing`,
);

export type ReportLine = {
  source: string;
  type: string;
  outcome: 'imported' | 'converted' | 'raw' | 'failed';
  note: string;
  lessonId: string | null;
};
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
  report: ReportLine[] | null;
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
 * Receives an archive (multipart, one file; `format` may be a field or in the query) and queues its import. The bytes
 * go straight to disk; what is in them is looked at by the job.
 * @throws not_allowed, import_file_missing, payload_too_large
 */
export function uploadImport(deps: Deps) {
  return async (request: FastifyRequest, format: 'olx' | 'markdown' | undefined, ctx: Ctx) => {
    requireRole(ctx, 'instructor');
    const user = requireUser(ctx);
    const file = await request.file();
    if (!file) throw errors.import_file_missing();
    const folder = join(deps.home, 'imports');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const archive = join(folder, `${randomUUID()}.upload`);
    try {
      await pipeline(file.file, createWriteStream(archive, { mode: 0o600 }));
      if (file.file.truncated || (await stat(archive)).size === 0) throw errors.import_file_missing();
    } catch (error) {
      await rm(archive, { force: true });
      throw error;
    }
    return queueImport(
      deps,
      {
        user,
        format: format ?? null,
        name: file.filename,
        folder: null,
        archive,
        publish: false,
        requestedBy: user.userId,
      },
      ctx,
    );
  };
}

/** Queues the import of a folder on this machine. Only the platform itself may name folders. */
export function importFolder(deps: Deps) {
  return async (
    input: { format: string; folder: string; instructorId: string; instructorName: string; publish: boolean },
    ctx: Ctx,
  ) => {
    requireService(ctx);
    const format = input.format === 'olx' || input.format === 'markdown' ? input.format : null;
    const name = input.folder.split('/').filter(Boolean).at(-1) ?? input.folder;
    const user = { userId: input.instructorId, name: input.instructorName };
    return queueImport(
      deps,
      { user, format, name, folder: input.folder, archive: null, publish: input.publish, requestedBy: null },
      ctx,
    );
  };
}

type Queued = {
  user: { userId: string; name: string };
  requestedBy: string | null;
  format: 'olx' | 'markdown' | null;
  name: string;
  folder: string | null;
  archive: string | null;
  publish: boolean;
};

async function queueImport({ db, ids, jobs }: Deps, input: Queued, ctx: Ctx): Promise<{ id: string; state: 'queued' }> {
  const id = ctx.requestId ?? ids.id();
  await db.transaction(async (tx) => {
    await tx.run(insertImport, [
      id,
      input.requestedBy,
      input.user.userId,
      input.user.name,
      input.format,
      input.name.slice(0, 300),
      input.folder,
      input.archive,
      input.publish,
    ]);
    await jobs.send(RunImport, { importId: id }, ctx, { tx });
  });
  return { id, state: 'queued' };
}

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
    return { ...showImportRow(row), items: row.report ?? [] };
  };
}

/** The person's imports, newest first, without their reports. */
export function listOwnImports({ db }: Pick<Deps, 'db'>) {
  return async (page: { limit: number; cursor?: string | undefined }, ctx: Ctx) => {
    const user = requireUser(ctx);
    const after = decodeCursor(page.cursor, 2);
    const rows = await db.rows(listImports, [
      user.userId,
      page.limit + 1,
      String(after?.[0] ?? 'infinity'),
      String(after?.[1] ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
    ]);
    return toPage(rows, { limit: page.limit, key: (row) => [row.created_at, row.id], item: showImportRow });
  };
}

function showImportRow(row: ImportView) {
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
    error: row.error_code ? { code: row.error_code, detail: row.error_detail ?? '' } : null,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}
