/** What a learner has done with one problem so far. */
export type ProblemProgress = {
  /** Attempts that counted. */
  attempts: number;
  /** Best score so far, 0 to 1; 0 before the first attempt. */
  bestScore: number;
};

export type ProblemRules = {
  gradable: boolean;
  /** `null`: unlimited. */
  maxAttempts: number | null;
  /** Score from which the problem counts as passed, 0 to 1. */
  passThreshold: number;
  /** When the right answers may be seen. */
  showAnswer: 'finished' | 'attempted' | 'always' | 'never';
};

/** A problem is passed with all of its points unless its author says otherwise. */
export const DEFAULT_PASS_THRESHOLD = 1;

export type SubmitVerdict = 'allowed' | 'not_gradable' | 'already_solved' | 'no_attempts_left';

/**
 * Whether another attempt may be submitted. Somebody who passed below the full score may go on to better it; with the
 * full score there is nothing left to gain. The database repeats the limit under concurrency, this explains it.
 */
export function maySubmit(rules: ProblemRules, progress: ProblemProgress): SubmitVerdict {
  if (!rules.gradable) return 'not_gradable';
  if (progress.attempts > 0 && progress.bestScore >= 1) return 'already_solved';
  if (rules.maxAttempts !== null && progress.attempts >= rules.maxAttempts) return 'no_attempts_left';
  return 'allowed';
}

/** Attempts left, `null` for unlimited. */
export function attemptsLeft(rules: ProblemRules, progress: ProblemProgress): number | null {
  return rules.maxAttempts === null ? null : Math.max(0, rules.maxAttempts - progress.attempts);
}

/**
 * The solution and the right answers are shown when the author wants it; unless told otherwise, exactly when no further
 * attempt could profit from them: after the full score or after the last attempt. A problem that cannot be graded shows
 * its solution once the learner opens it.
 */
export function solutionDue(rules: ProblemRules, progress: ProblemProgress): boolean {
  if (rules.showAnswer === 'never') return false;
  if (rules.showAnswer === 'always') return true;
  if (rules.showAnswer === 'attempted' && progress.attempts > 0) return true;
  return maySubmit(rules, progress) !== 'allowed';
}

/** Best score counts: a later, worse attempt takes nothing away. */
export function afterAttempt(progress: ProblemProgress, score: number): ProblemProgress {
  return { attempts: progress.attempts + 1, bestScore: Math.max(progress.bestScore, score) };
}

/**
 * Room for binary fractions: seven tenths of three responses add up to 0.6999999999999998, and are the pass mark of 0.7.
 * No problem has so many parts that a real difference could be as small.
 */
export const SCORE_ROUNDING = 1e-9;

/** True when the best score reaches the threshold; never before an attempt. */
export function isPassed(rules: ProblemRules, progress: ProblemProgress): boolean {
  return rules.gradable && progress.attempts > 0 && progress.bestScore >= rules.passThreshold - SCORE_ROUNDING;
}
