import type { paths } from '@/api/schema.d.ts';

export type ImportDetail = paths['/api/courses/imports/{id}']['get']['responses'][200]['content']['application/json'];
export type ReportLine = ImportDetail['items'][number];
export type Outcome = ReportLine['outcome'];

/** What can become of a piece of a source, from best to worst. */
export const outcomes = ['imported', 'converted', 'raw', 'failed'] as const satisfies Outcome[];

/** The report as somebody checks it: what is lost, what is kept raw, what is changed, then what is as it was. */
export function worstFirst(items: readonly ReportLine[]): ReportLine[] {
  return items.toSorted((a, b) => outcomes.indexOf(b.outcome) - outcomes.indexOf(a.outcome));
}

/** Stages of an import in their order, as the API names them. `waiting` and `done` are before and after. */
export const stages = ['waiting', 'reading', 'files', 'problems', 'saving', 'done'] as const;
export type Stage = (typeof stages)[number];

/** Where an import is. A queued one waits; a finished one is done, whatever its last note says. */
export function stageOf({ state, stage }: Pick<ImportDetail, 'state' | 'stage'>): Stage {
  if (state === 'succeeded') return 'done';
  if (state === 'queued') return 'waiting';
  return stages.find((known) => known === stage) ?? 'reading';
}

/** Codes of imports that failed and have words of their own; any other reads as `unknown`. */
export const knownErrors = [
  'archive_unsafe',
  'archive_too_large',
  'archive_unreadable',
  'source_missing',
  'source_file_too_large',
  'source_too_large',
  'source_not_a_course',
  'xml_invalid',
  'xml_too_large',
  'html_too_large',
] as const;

/**
 * Where a piece is, as its author knows it: chapter › section › unit › piece. Not the course, which is that of the whole
 * report; empty for what is in no outline.
 */
export function placeOf({ path }: Pick<ReportLine, 'path'>): string {
  return (path.length > 1 ? path.slice(1) : path).join(' › ');
}

/** Counts of one type of the source. */
export type TypeCounts = { type: string; total: number } & Record<Outcome, number>;

/** The report per type of the source, most frequent first. */
export function countByType(items: readonly ReportLine[]): TypeCounts[] {
  const rows = new Map<string, TypeCounts>();
  for (const { type, outcome } of items) {
    const row = rows.get(type) ?? { type, total: 0, imported: 0, converted: 0, raw: 0, failed: 0 };
    row.total += 1;
    row[outcome] += 1;
    rows.set(type, row);
  }
  return [...rows.values()].sort((a, b) => b.total - a.total || a.type.localeCompare(b.type));
}

/**
 * The report as CSV (RFC 4180) with a header line. A cell that a spreadsheet would run as a formula gets an apostrophe
 * in front: names come from the source, and the source may be hostile.
 */
export function reportCsv(items: readonly ReportLine[]): string {
  const cell = (value: string) => `"${(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
  const lines = items.map((item) =>
    [item.outcome, item.type, item.path.join(' › '), item.source, item.note, item.lessonId ?? ''].map(cell).join(','),
  );
  return [['outcome', 'type', 'path', 'source', 'note', 'lessonId'].map(cell).join(','), ...lines, ''].join('\r\n');
}
