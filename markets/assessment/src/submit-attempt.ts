import { ProblemGraded } from '@stoa/contracts';
import {
  type Ctx,
  crashPoint,
  eventData,
  type Ids,
  requireUser,
  statement,
  type Transaction,
  violatedConstraint,
} from '@stoa/kernel';
import { afterAttempt, isPassed, maySubmit } from './attempt-rules.ts';
import { refuseErased } from './erased-people.ts';
import { errors, issueTexts } from './errors.ts';
import { gradeProblem, type ProblemResult } from './grade-problem.ts';
import { openProblem, type ProblemDeps } from './open-problem.ts';
import { lockLessonOfLearner, passLesson, workOf } from './pass-lesson.ts';
import { type Answers, readAnswers, type SubmittedAnswers } from './read-answers.ts';
import { type LearnerProblem, progressOf, rulesOf, showLearnerProblem } from './show-learner-problem.ts';
import { readChoiceId } from './show-problem.ts';
import { findProblem, type ProblemRow } from './tables.ts';
import { findTranslation } from './translate-problem.ts';

const findAttempt = statement<[id: string, userId: string], { id: string }>(
  'assessment.find_attempt',
  'select id from attempts where id = $1 and user_id = $2',
);

// The attempt limit is held by the row of problem_states: parallel submissions queue at it, and each sees the count the
// one before has left. Attempt and event exist only if it was counted; the version makes sure that what was graded is
// still what is asked.
const countAttempt = statement<
  [
    userId: string,
    problemId: string,
    version: number,
    attemptId: string,
    answers: string,
    result: string,
    score: number,
    passed: boolean,
    eventId: string,
    eventType: string,
    aggregate: string,
    event: string,
    traceparent: string,
  ],
  { attempts: number; best_score: number; passed_at: string | null; submitted_at: string; hints_shown: number }
>(
  'assessment.count_attempt',
  `with problem as (
     select id, max_attempts, version from problems
     where id = $2 and version = $3 and gradable and removed_at is null and not is_erased($1)
   ), state as (
     insert into problem_states (user_id, problem_id, attempts, best_score, passed_at)
     select $1, id, 1, $7, case when $8 then now() end from problem
     on conflict (user_id, problem_id) do update
     set attempts = problem_states.attempts + 1,
       best_score = greatest(problem_states.best_score, excluded.best_score),
       passed_at = coalesce(problem_states.passed_at, excluded.passed_at),
       updated_at = now()
     where problem_states.best_score < 1
       and problem_states.attempts < coalesce((select max_attempts from problem), 2147483647)
     returning attempts, best_score, passed_at, hints_shown
   ), attempt as (
     insert into attempts (id, problem_id, user_id, number, problem_version, answers, result, score)
     select $4, $2, $1, state.attempts, $3, $5, $6, $7 from state
     returning id, submitted_at
   ), event as (
     insert into outbox (id, type, subject, partition_key, data, traceparent)
     select $9, $10, $11, $11, $12, $13 from attempt
   )
   select state.attempts, state.best_score, state.passed_at, state.hints_shown, attempt.submitted_at from state, attempt`,
);

const beforeCommit = crashPoint('assessment.submit_attempt.before_commit');
const afterCommit = crashPoint('assessment.submit_attempt.after_commit');

export type SubmitDeps = ProblemDeps & { ids: Ids };

/**
 * Grades what a person answered and counts it as an attempt. An answer that cannot be read counts nothing. With an
 * Idempotency-Key the attempt's id is the request's, so that a retry after a crash finds the attempt made before it.
 *
 * @throws not_signed_in, problem_not_found, problem_not_open, answers_not_understood, nothing_answered,
 *   problem_not_gradable, problem_already_solved, no_attempts_left; invalid_token once the account is gone
 */
export async function submitAttempt(
  deps: SubmitDeps,
  input: { id: string; answers: SubmittedAnswers },
  ctx: Ctx,
): Promise<LearnerProblem> {
  const { userId } = requireUser(ctx);
  const attemptId = ctx.requestId ?? deps.ids.id();
  let row = await openProblem(deps, input.id, ctx);
  const show = (shown: ProblemRow) => showLearnerProblem(shown, { userId, locale: ctx.locale });
  if (ctx.requestId !== undefined && (await deps.db.row(findAttempt, [attemptId, userId])) !== undefined) {
    return show(row);
  }

  // A second round is needed only if the problem was changed while it was being graded.
  for (let round = 1; ; round += 1) {
    refuseUnless(row);
    const answers = readOrRefuse(row, input.answers, ctx);
    const result = gradeProblem(row.definition, answers, feedbackTexts(row, ctx));
    const counted = await countOnce(deps, { row, userId, attemptId, answers, result }, ctx);
    if (counted !== null) return show(counted);
    const current = await deps.db.row(findProblem, [input.id, userId]);
    if (current === undefined) throw errors.problem_not_found();
    // Not counted: their account may be gone. Else the state says why, unless it was the version; then what is asked now is graded.
    await refuseErased(deps.db, userId);
    refuseUnless(current);
    if (round >= 5) throw errors.problem_not_found();
    row = current;
  }
}

function refuseUnless(row: ProblemRow): void {
  const verdict = maySubmit(rulesOf(row), progressOf(row));
  if (verdict === 'not_gradable') throw errors.problem_not_gradable();
  if (verdict === 'already_solved') throw errors.problem_already_solved();
  if (verdict === 'no_attempts_left') throw errors.no_attempts_left();
}

function readOrRefuse(row: ProblemRow, submitted: SubmittedAnswers, ctx: Ctx): Answers {
  const read = readAnswers(row.definition, submitted, {
    locale: ctx.locale,
    choiceId: (response, shownId) => readChoiceId(response, shownId, row.view_key),
  });
  if (!read.ok) {
    throw errors.answers_not_understood({
      errors: read.issues.map(({ responseId, code }) => ({
        pointer: `/answers/${responseId.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        code,
        message: issueTexts[code][ctx.locale],
      })),
    });
  }
  if (Object.keys(read.answers).length === 0) throw errors.nothing_answered();
  return read.answers;
}

function feedbackTexts(row: ProblemRow, ctx: Ctx): Record<string, string> {
  const source = { locale: ctx.locale, sourceLanguage: row.language ?? 'en' };
  return findTranslation(row.definition, source)?.texts.feedback ?? {};
}

type Graded = { row: ProblemRow; userId: string; attemptId: string; answers: Answers; result: ProblemResult };

/** `null` when the database did not count it: limit reached, solved meanwhile, or the problem has changed. */
async function countOnce(deps: SubmitDeps, graded: Graded, ctx: Ctx): Promise<ProblemRow | null> {
  const { row, userId, attemptId, result, answers } = graded;
  const passed = isPassed(rulesOf(row), afterAttempt({ attempts: 0, bestScore: 0 }, result.score));
  const count = (queries: Pick<Transaction, 'row'>) =>
    queries.row(countAttempt, [
      userId,
      row.id,
      row.version,
      attemptId,
      JSON.stringify(answers),
      JSON.stringify(result),
      result.score,
      passed,
      deps.ids.id(),
      ProblemGraded.type,
      workOf(row.lesson_id, userId),
      eventData(ProblemGraded, {
        userId,
        courseId: row.course_id,
        lessonId: row.lesson_id,
        problemId: row.id,
        attemptId,
        score: result.score,
        passed,
      }),
      ctx.traceparent,
    ]);

  try {
    const counted = passed
      ? await deps.db.transaction(async (tx) => {
          await lockLessonOfLearner(tx, row.lesson_id, userId);
          const state = await count(tx);
          if (state !== undefined) await passLesson(deps, tx, { lessonId: row.lesson_id, userId }, ctx);
          beforeCommit();
          return state;
        })
      : await count(deps.db);
    afterCommit();
    if (counted === undefined) return null;
    return {
      ...row,
      attempts: counted.attempts,
      best_score: counted.best_score,
      hints_shown: counted.hints_shown,
      passed_at: counted.passed_at,
      last_id: attemptId,
      last_number: counted.attempts,
      last_answers: answers,
      last_result: result,
      last_submitted_at: counted.submitted_at,
    };
  } catch (error) {
    // The same request got here twice at once; the other one has made the attempt.
    if (violatedConstraint(error) !== 'attempts_pkey') throw error;
    return (await deps.db.row(findProblem, [row.id, userId])) ?? null;
  }
}
