import { z } from 'zod';
import { Block } from './document.ts';

/**
 * The problem format: what importers and authors write and the assessment context grades.
 * A problem is prose and responses in reading order. Answers live in here, so a definition never leaves the
 * server; learners get the view that assessment makes of it.
 */

const id = z.string().min(1).max(100);
const prose = z.array(Block).max(500);

/** One choice. `feedback` is shown when the learner picked it (or, for multiple choice, left it out, if `feedbackUnselected`). */
export const Choice = z.strictObject({
  id,
  content: prose,
  correct: z.boolean(),
  feedback: z.string().max(4000).optional(),
  feedbackUnselected: z.string().max(4000).optional(),
});
export type Choice = z.infer<typeof Choice>;

const common = {
  id,
  /** What is asked, read aloud by a screen reader and shown above the control. May be empty when prose before it asks. */
  label: z.string().max(4000),
  description: z.string().max(4000).optional(),
  /** Share of the problem's points; relative to the other responses. */
  weight: z.number().positive().default(1),
};

export const ResponseDefinition = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('single_choice'),
    choices: z.array(Choice).min(1).max(200),
    shuffle: z.boolean().default(false),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('multiple_choice'),
    choices: z.array(Choice).min(1).max(200),
    shuffle: z.boolean().default(false),
    /** `each`: every choice rightly ticked or left counts; `halves`: half the points for one mistake, a quarter for two (from five choices); `none`: all or nothing. */
    partialCredit: z.enum(['none', 'each', 'halves']).default('none'),
    /** Combinations with their own feedback, keyed by the exact set of chosen ids. */
    compoundFeedback: z
      .array(z.strictObject({ choiceIds: z.array(id), feedback: z.string().max(4000) }))
      .max(100)
      .optional(),
  }),
  z.strictObject({ ...common, kind: z.literal('dropdown'), choices: z.array(Choice).min(1).max(200) }),
  z.strictObject({
    ...common,
    kind: z.literal('numerical'),
    /** Accepted: `value` within `tolerance` (absolute, or percent of value), or inside an interval. */
    answers: z
      .array(
        z.union([
          z.strictObject({
            value: z.number(),
            tolerance: z.strictObject({ kind: z.enum(['absolute', 'percent']), amount: z.number().min(0) }).optional(),
            credit: z.number().min(0).max(1).default(1),
            feedback: z.string().max(4000).optional(),
          }),
          z.strictObject({
            from: z.number(),
            to: z.number(),
            fromInclusive: z.boolean(),
            toInclusive: z.boolean(),
            credit: z.number().min(0).max(1).default(1),
            feedback: z.string().max(4000).optional(),
          }),
        ]),
      )
      .min(1)
      .max(100),
    unit: z.string().max(50).optional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('text'),
    /** `exact` compares after trimming (and case-folding unless `caseSensitive`); `pattern` is a regular expression that must match the whole answer. */
    answers: z
      .array(
        z.strictObject({
          match: z.enum(['exact', 'pattern']),
          value: z.string().max(1000),
          credit: z.number().min(0).max(1).default(1),
          feedback: z.string().max(4000).optional(),
        }),
      )
      .min(1)
      .max(200),
    /** Feedback for particular wrong answers. */
    wrongAnswers: z
      .array(z.strictObject({ value: z.string().max(1000), feedback: z.string().max(4000) }))
      .max(200)
      .optional(),
    caseSensitive: z.boolean().default(false),
  }),
  /** A kind Stoa keeps but cannot grade yet (`sourceKind` says which); shown to the learner as such, never counted. */
  z.strictObject({
    ...common,
    kind: z.literal('ungradable'),
    sourceKind: z.string().max(100),
    raw: z.string().max(200_000),
  }),
]);
export type ResponseDefinition = z.infer<typeof ResponseDefinition>;

export const ProblemDefinition = z.strictObject({
  version: z.literal(1),
  title: z.string().max(500),
  parts: z
    .array(
      z.union([
        z.strictObject({ type: z.literal('prose'), content: prose }),
        z.strictObject({ type: z.literal('response'), response: ResponseDefinition }),
      ]),
    )
    .max(300),
  hints: z.array(z.string().max(4000)).max(50).default([]),
  /** Shown after the answer is right or the attempts are used up. */
  solution: prose.optional(),
  /** `null`: unlimited. */
  maxAttempts: z.int().min(1).max(1000).nullable().default(null),
  points: z.number().min(0).max(10_000).default(1),
  /** Score from which the problem counts as passed, a share of its points; absent: all of them. */
  passThreshold: z.number().gt(0).max(1).optional(),
  /**
   * When the right answers and the solution may be seen: `finished` (the default) once no attempt could profit from them,
   * `attempted` after the first attempt, `always`, or `never`.
   */
  showAnswer: z.enum(['finished', 'attempted', 'always', 'never']).optional(),
  /** The file this came from, kept whole so that a later version can grade what this one cannot. */
  raw: z.strictObject({ format: z.string().max(50), source: z.string().max(500_000) }).optional(),
  /** Other languages of the same problem; ids of responses and choices are the same. */
  translations: z
    .record(
      z.string(),
      z.lazy((): z.ZodType<ProblemTranslation> => ProblemTranslation),
    )
    .optional(),
});
export type ProblemDefinition = z.infer<typeof ProblemDefinition>;

/** Texts of a problem in another language, by position of the part and id of the choice. Missing ones fall back. */
export const ProblemTranslation = z.strictObject({
  title: z.string().max(500).optional(),
  /** Prose parts by their index in `parts`. */
  prose: z.record(z.string(), prose).optional(),
  /** Response labels and choice contents by id. */
  labels: z.record(z.string(), z.string().max(4000)).optional(),
  choices: z.record(z.string(), prose).optional(),
  feedback: z.record(z.string(), z.string().max(4000)).optional(),
  hints: z.array(z.string().max(4000)).optional(),
  solution: prose.optional(),
});
export type ProblemTranslation = z.infer<typeof ProblemTranslation>;

/** True when at least one response can be graded by the machine and none needs what Stoa lacks. */
export function isGradable(problem: ProblemDefinition): boolean {
  const responses = problem.parts.flatMap((part) => (part.type === 'response' ? [part.response] : []));
  return responses.length > 0 && responses.every((response) => response.kind !== 'ungradable');
}
