import type { Ctx } from '@stoa/kernel';
import { openProblem, type ProblemDeps, personOf, requireOpen } from './open-problem.ts';
import { type LearnerProblem, showLearnerProblem } from './show-learner-problem.ts';
import { listLessonProblems } from './tables.ts';

/**
 * The problems of a lesson in order, as the person sees them. Empty for a lesson without problems, known or not.
 * @throws problem_not_open
 */
export async function listProblems(
  deps: ProblemDeps,
  input: { lessonId: string },
  ctx: Ctx,
): Promise<{ items: LearnerProblem[] }> {
  const rows = await deps.db.rows(listLessonProblems, [input.lessonId, personOf(ctx)]);
  const [first] = rows;
  if (first === undefined) return { items: [] };
  await requireOpen(deps, first, ctx);
  return { items: rows.map((row) => showLearnerProblem(row, { userId: personOf(ctx), locale: ctx.locale })) };
}

/**
 * One problem as the person sees it.
 * @throws problem_not_found, problem_not_open
 */
export async function getProblem(deps: ProblemDeps, input: { id: string }, ctx: Ctx): Promise<LearnerProblem> {
  const row = await openProblem(deps, input.id, ctx);
  return showLearnerProblem(row, { userId: personOf(ctx), locale: ctx.locale });
}
