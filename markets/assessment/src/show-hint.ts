import { type Ctx, kernelErrors, requireUser, statement } from '@stoa/kernel';
import { openProblem, type ProblemDeps } from './open-problem.ts';
import { type LearnerProblem, showLearnerProblem } from './show-learner-problem.ts';

const countHint = statement<[userId: string, problemId: string, hintCount: number], { hints_shown: number }>(
  'assessment.count_hint',
  `insert into problem_states (user_id, problem_id, hints_shown) select $1, $2, least(1, $3::integer) where not is_erased($1)
   on conflict (user_id, problem_id) do update
   set hints_shown = least(problem_states.hints_shown + 1, $3::integer), updated_at = now()
   returning hints_shown`,
);

/**
 * Shows the person one more hint. Hints cost nothing and stay visible; after the last one nothing changes.
 * @throws not_signed_in, problem_not_found, problem_not_open; invalid_token once the account is gone
 */
export async function showHint(deps: ProblemDeps, input: { id: string }, ctx: Ctx): Promise<LearnerProblem> {
  const { userId } = requireUser(ctx);
  const row = await openProblem(deps, input.id, ctx);
  const counted = await deps.db.row(countHint, [userId, row.id, row.definition.hints.length]);
  if (!counted) throw kernelErrors.invalid_token();
  const shown = { ...row, hints_shown: counted.hints_shown };
  return showLearnerProblem(shown, { userId, locale: ctx.locale });
}
