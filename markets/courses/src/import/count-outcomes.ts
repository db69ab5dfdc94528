import type { ImportReportItem } from './imported-course.ts';

export type ImportSummary = { total: number; imported: number; converted: number; raw: number; failed: number };

/** How many items of a source were kept, changed and lost. */
export function countOutcomes(report: readonly Pick<ImportReportItem, 'outcome'>[]): ImportSummary {
  const summary: ImportSummary = { total: report.length, imported: 0, converted: 0, raw: 0, failed: 0 };
  for (const { outcome } of report) summary[outcome] += 1;
  return summary;
}
