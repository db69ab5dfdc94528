import { type Ctx, requireUser, statement } from '@stoa/kernel';
import { openProblem, type ProblemDeps } from './open-problem.ts';
import { type LearnerProblem, showLearnerProblem } from './show-learner-problem.ts';

const countHint = statement<[userId: string, problemId: string, hintCount: number], { hints_shown: number }>(
  'assessment.count_hint',
  `insert into problem_states (user_id, problem_id, hints_shown) values ($1, $2, least(1, $3::integer))
   on conflict (user_id, problem_id) do update
   set hints_shown = least(problem_states.hints_shown + 1, $3::integer), updated_at = now()
   returning hints_shown`,
);

/**
 * Shows the person one more hint. Hints cost nothing and stay visible; after the last one nothing changes.
 * @throws not_signed_in, problem_not_found, problem_not_open
 */
export async function showHint(deps: ProblemDeps, input: { id: string }, ctx: Ctx): Promise<LearnerProblem> {
  const { userId } = requireUser(ctx);
  const row = await openProblem(deps, input.id, ctx);
  const counted = await deps.db.row(countHint, [userId, row.id, row.definition.hints.length]);
  const shown = { ...row, hints_shown: counted?.hints_shown ?? row.hints_shown };
  return showLearnerProblem(shown, { userId, locale: ctx.locale });
}
