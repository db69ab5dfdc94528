import type { AssessmentService } from '@stoa/contracts';
import { ProblemDefinition } from '@stoa/contracts/problem';
import type { Client, Ctx } from '@stoa/kernel';
import type { ImportedLesson, ImportReportItem } from './import/imported-course.ts';
import { note, noteSet } from './import/notes.ts';
import { type Addresses, rewriteProblem } from './rewrite-document.ts';
import { storableJson } from './storable-json.ts';

type Own = { calls: { assessment: Client<typeof AssessmentService> } };
type Job = {
  courseId: string;
  lessons: readonly ImportedLesson[];
  addresses: Addresses;
  /** Gets a line for each problem that is none, or that assessment cannot grade. */
  report: ImportReportItem[];
  ctx: Ctx;
  onProgress: (done: number, total: number) => Promise<void>;
};

/** What assessment finds wrong with a problem. Kinds it does not grade at all are named by the importer already. */
const faultNotes = new Map([
  ['no_right_answer', note('no_right_answer')],
  ['pattern_not_supported', note('pattern_not_supported')],
  ['interval_empty', note('answers_interval_empty')],
  ['duplicate_id', note('answers_repeated')],
]);

/** The stored problems: ids by source key, and the source keys of lessons in which at least one can be graded. */
export type StoredProblems = { ids: Map<string, string>; gradableIn: Set<string> };

/** Gives the problems of every lesson to assessment, also to lessons that have none now and had some before. */
export async function storeProblems(
  { calls }: Own,
  { courseId, lessons, addresses, report, ctx, onProgress }: Job,
): Promise<StoredProblems> {
  const ids = new Map<string, string>();
  const gradableIn = new Set<string>();
  for (const [index, lesson] of lessons.entries()) {
    await onProgress(index, lessons.length);
    // Beside the piece of the source it came from: a key is no place an author could look in.
    const placeOf = (key: string) =>
      lesson.problems.find(({ sourceKey }) => sourceKey === key)?.from ?? { source: key };
    const problems = lesson.problems.flatMap(({ sourceKey, definition }) => {
      const rewritten = ProblemDefinition.safeParse(rewriteProblem(definition, addresses));
      if (rewritten.success) return [{ sourceKey, definitionJson: storableJson(rewritten.data) }];
      const notes = [note('problem_not_kept', { place: rewritten.error.issues[0]?.path.join('.') ?? '' })];
      report.push({
        ...placeOf(sourceKey),
        type: 'problem',
        outcome: 'failed',
        notes,
        lessonKey: lesson.sourceKey,
      });
      return [];
    });
    const lessonId = addresses.lesson(lesson.sourceKey) ?? '';
    const stored = await calls.assessment.putProblems({ courseId, lessonId, problems }, ctx);
    for (const { sourceKey, id, gradable, faults } of stored.problems) {
      ids.set(sourceKey, id);
      if (gradable) gradableIn.add(lesson.sourceKey);
      const notes = noteSet(faults.flatMap(({ reason }) => faultNotes.get(reason) ?? [])).list();
      if (notes.length === 0) continue;
      report.push({
        ...placeOf(sourceKey),
        type: 'problem',
        outcome: 'raw',
        notes,
        lessonKey: lesson.sourceKey,
      });
    }
  }
  return { ids, gradableIn };
}
