import { z } from 'zod';
import {
  attemptsLeft,
  DEFAULT_PASS_THRESHOLD,
  maySubmit,
  type ProblemProgress,
  type ProblemRules,
  solutionDue,
} from './attempt-rules.ts';
import { ProblemResult } from './grade-problem.ts';
import type { Answers } from './read-answers.ts';
import { ProblemView, showChoiceId, showProblem, showResult } from './show-problem.ts';
import type { ProblemRow } from './tables.ts';

/** How far a person is with a problem. */
export const ProblemState = z.strictObject({
  attempts: z.int(),
  /** Null: as many as you like. */
  attemptsLeft: z.int().nullable(),
  bestScore: z.number().min(0).max(1),
  passed: z.boolean(),
  /** `allowed`, or why another attempt would be refused. */
  submit: z.enum(['allowed', 'not_gradable', 'already_solved', 'no_attempts_left']),
});

/** An attempt as it was made. */
export const AttemptView = z.strictObject({
  id: z.uuid(),
  number: z.int(),
  submittedAt: z.string().meta({ format: 'date-time' }),
  /** By response: the ids of the choices picked, or the text typed, with the number it was read as. */
  answers: z.record(
    z.string(),
    z.strictObject({
      choiceIds: z.array(z.string()).optional(),
      text: z.string().optional(),
      value: z.number().optional(),
    }),
  ),
  result: ProblemResult,
});
export type AttemptView = z.infer<typeof AttemptView>;

/** A problem as one person sees it now. */
export const LearnerProblem = z.strictObject({
  id: z.uuid(),
  lessonId: z.uuid(),
  courseId: z.uuid(),
  problem: ProblemView,
  state: ProblemState,
  lastAttempt: AttemptView.nullable(),
});
export type LearnerProblem = z.infer<typeof LearnerProblem>;

/** The rules of a stored problem. */
export function rulesOf(row: Pick<ProblemRow, 'gradable' | 'definition'>): ProblemRules {
  return {
    gradable: row.gradable,
    maxAttempts: row.definition.maxAttempts,
    passThreshold: row.definition.passThreshold ?? DEFAULT_PASS_THRESHOLD,
    showAnswer: row.definition.showAnswer ?? 'finished',
  };
}

/** What the person has reached so far; nothing before the first attempt. */
export function progressOf(row: Pick<ProblemRow, 'attempts' | 'best_score'>): ProblemProgress {
  return { attempts: row.attempts ?? 0, bestScore: row.best_score ?? 0 };
}

/**
 * The problem for one person: view, own state, last attempt. Choices keep one order while an attempt is prepared and
 * get another for the next; with nothing left to submit they stay as they were answered.
 */
export function showLearnerProblem(row: ProblemRow, viewer: { userId: string | null; locale: string }): LearnerProblem {
  const rules = rulesOf(row);
  const progress = progressOf(row);
  const submit = maySubmit(rules, progress);
  const attempt = progress.attempts + (submit === 'allowed' ? 1 : 0);
  return {
    id: row.id,
    lessonId: row.lesson_id,
    courseId: row.course_id,
    problem: showProblem(row.definition, {
      key: row.view_key,
      seed: `${viewer.userId ?? 'visitor'}:${attempt}`,
      locale: viewer.locale,
      sourceLanguage: row.language ?? 'en',
      hintsShown: row.hints_shown ?? 0,
      reveal: solutionDue(rules, progress),
    }),
    state: {
      attempts: progress.attempts,
      attemptsLeft: attemptsLeft(rules, progress),
      bestScore: progress.bestScore,
      passed: row.passed_at !== null,
      submit,
    },
    lastAttempt: showLastAttempt(row),
  };
}

function showLastAttempt(row: ProblemRow): AttemptView | null {
  const { last_id, last_number, last_answers, last_result, last_submitted_at } = row;
  if (
    last_id === null ||
    last_number === null ||
    last_answers === null ||
    last_result === null ||
    last_submitted_at === null
  ) {
    return null;
  }
  return {
    id: last_id,
    number: last_number,
    submittedAt: last_submitted_at,
    answers: showAnswers(last_answers, row.view_key),
    result: showResult(row.definition, last_result, row.view_key),
  };
}

function showAnswers(answers: Answers, key: Uint8Array): AttemptView['answers'] {
  return Object.fromEntries(
    Object.entries(answers).map(([responseId, answer]) => {
      if (answer.kind === 'text') return [responseId, { text: answer.text }];
      if (answer.kind === 'number') return [responseId, { text: answer.text, value: answer.value }];
      return [responseId, { choiceIds: answer.choiceIds.map((id) => showChoiceId({ id: responseId }, id, key)) }];
    }),
  );
}
