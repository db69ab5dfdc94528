import type { ImportedCourse, ImportReportItem } from './imported-course.ts';

type Outcome = ImportReportItem['outcome'];
export type LossCounts = Record<Outcome, number> & { total: number };

export type LossReport = {
  /** All items of the report together. */
  total: LossCounts;
  /** The same by the source's own types, most frequent first. */
  byType: ({ type: string } & LossCounts)[];
  items: ImportReportItem[];
};

/** Counts what an import kept, changed and lost, over all items and per type of the source. */
export function writeLossReport(course: Pick<ImportedCourse, 'report'>): LossReport {
  const none = (): LossCounts => ({ total: 0, imported: 0, converted: 0, raw: 0, failed: 0 });
  const total = none();
  const byType = new Map<string, LossCounts>();
  for (const { type, outcome } of course.report) {
    const counts = byType.get(type) ?? none();
    byType.set(type, counts);
    for (const one of [total, counts]) {
      one.total += 1;
      one[outcome] += 1;
    }
  }
  const rows = [...byType].map(([type, counts]) => ({ type, ...counts }));
  rows.sort((a, b) => b.total - a.total || (a.type < b.type ? -1 : 1));
  return { total, byType: rows, items: course.report };
}
