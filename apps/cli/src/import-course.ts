import { CoursesService, IdentityService } from '@stoa/contracts';
import { type Locale, serviceCtx } from '@stoa/kernel';
import type { Connection } from './connect.ts';

export type ImportOptions = {
  format: 'olx' | 'markdown';
  /** Absolute path of a folder or archive. */
  source: string;
  /** E-mail of the instructor who will own the course; made if there is nobody with it, else left as they are. */
  instructor: string;
  publish: boolean;
  /** Language of the report. */
  locale: Locale;
  onProgress: (line: string) => void;
};

/** The import as the API shows it. */
export type ImportResult = {
  state: string;
  courseId: string | null;
  courseSlug: string | null;
  summary: Record<'total' | 'imported' | 'converted' | 'raw' | 'failed', number> | null;
  items: { source: string; path: string[]; type: string; outcome: string; note: string; lessonId: string | null }[];
  error: { code: string; detail: string } | null;
};

type Shown = ImportResult & { stage: string; progress: { done: number; total: number } };

/**
 * Imports a folder or archive through the same job an upload runs through, and waits for its loss report.
 * @throws Error when the instructor is neither there nor can be made
 */
export async function importCourse({ host }: Connection, options: ImportOptions): Promise<ImportResult> {
  const ctx = serviceCtx('cli', { locale: options.locale });
  const { user } = await host.client(IdentityService).ensureUser(
    {
      email: options.instructor,
      name: options.instructor.split('@')[0] ?? 'Instructor',
      roles: ['instructor', 'student'],
      locale: 'en',
      timeZone: 'UTC',
      emailVerified: true,
      keep: true,
    },
    ctx,
  );
  if (!user) throw new Error(`there is no ${options.instructor}`);
  const courses = host.client(CoursesService);
  const { importId } = await courses.importFolder(
    {
      format: options.format,
      folder: options.source,
      instructorId: user.id,
      instructorName: user.name,
      publish: options.publish,
    },
    ctx,
  );
  for (let last = ''; ; ) {
    const { state, importJson } = await courses.getImport({ importId }, ctx);
    const shown: Shown = JSON.parse(importJson);
    const line =
      `${shown.stage} ${shown.progress.total > 0 ? `${shown.progress.done}/${shown.progress.total}` : ''}`.trim();
    if (line !== last) options.onProgress(line);
    last = line;
    if (state === 'succeeded' || state === 'failed') {
      return {
        state,
        courseId: shown.courseId,
        courseSlug: shown.courseSlug,
        summary: shown.summary,
        items: shown.items,
        error: shown.error,
      };
    }
    await new Promise((done) => setTimeout(done, 150));
  }
}

/** The loss report as text for a terminal: totals, a row per type, then every item that lost something. */
export function describeImport(result: ImportResult, publicUrl: string): string {
  if (!result.summary)
    return `Import failed: ${result.error?.detail ?? result.state} (${result.error?.code ?? 'unknown'})`;
  const types = new Map<string, Record<string, number>>();
  for (const item of result.items) {
    const row = types.get(item.type) ?? {};
    row[item.outcome] = (row[item.outcome] ?? 0) + 1;
    types.set(item.type, row);
  }
  const column = (value: number | undefined) => String(value ?? 0).padStart(10);
  const lines = [`${'type'.padEnd(24)}  imported converted       raw    failed`];
  for (const [type, row] of [...types].sort(([a], [b]) => a.localeCompare(b))) {
    lines.push(
      `${type.padEnd(24)}${column(row.imported)}${column(row.converted)}${column(row.raw)}${column(row.failed)}`,
    );
  }
  const { total, imported, converted, raw, failed } = result.summary;
  lines.push(
    `${`total ${total}`.padEnd(24)}${column(imported)}${column(converted)}${column(raw)}${column(failed)}`,
    '',
  );
  for (const item of result.items.filter((each) => each.outcome === 'raw' || each.outcome === 'failed')) {
    const place = item.path.length > 0 ? `${item.path.join(' › ')} (${item.source})` : item.source;
    lines.push(`${item.outcome.padEnd(7)} ${item.type} ${place}: ${item.note}`);
  }
  if (result.courseSlug) lines.push('', `Course: ${publicUrl}/courses/${result.courseSlug}`);
  return lines.join('\n');
}
