import type { ProblemDefinition, ResponseDefinition } from '@stoa/contracts/problem';
import { z } from 'zod';
import { canBeGraded, findFaults, responsesOf } from './check-problem.ts';
import { comparableText, compilePattern, normalizeText } from './match-text.ts';
import type { Answer, Answers } from './read-answers.ts';
import { feedbackKey } from './translate-problem.ts';

/** What to tell about one response; `choiceId` (of the definition) when it is about one choice. */
export const Feedback = z.strictObject({ choiceId: z.string().nullable(), text: z.string() });
export type Feedback = z.infer<typeof Feedback>;

export const ResponseResult = z.strictObject({
  id: z.string(),
  state: z.enum(['correct', 'partial', 'incorrect', 'unanswered', 'ungradable']),
  /** Share of this response's weight that was earned, 0 to 1. */
  credit: z.number().min(0).max(1),
  feedback: z.array(Feedback),
});
export type ResponseResult = z.infer<typeof ResponseResult>;

export const ProblemResult = z.strictObject({
  /** Earned share of the problem, 0 to 1, over the responses that can be graded. */
  score: z.number().min(0).max(1),
  /** `score` of `maxPoints`, rounded to four decimals. */
  points: z.number().min(0),
  /** 0 when the problem is not gradable: such a problem never counts. */
  maxPoints: z.number().min(0),
  gradable: z.boolean(),
  responses: z.array(ResponseResult),
});
export type ProblemResult = z.infer<typeof ProblemResult>;

/**
 * Grades a problem. Pure and total: any definition that fits the format and any answers that `readAnswers` made give a
 * result, and the score is always a number from 0 to 1.
 *
 * Responses count by their `weight`; a part that cannot be graded does not count, and makes the whole problem not
 * gradable (`maxPoints` 0).
 *
 * @param texts feedback of a translation, by `feedbackKey`; a missing one falls back to the definition's own
 */
export function gradeProblem(
  definition: ProblemDefinition,
  answers: Answers,
  texts: Record<string, string> = {},
): ProblemResult {
  const faulty = new Set(findFaults(definition).map((fault) => fault.responseId));
  const all = responsesOf(definition);
  const responses = all.map((response): ResponseResult => {
    if (faulty.has(response.id)) return { id: response.id, state: 'ungradable', credit: 0, feedback: [] };
    const answer = Object.hasOwn(answers, response.id) ? answers[response.id] : undefined;
    const graded = answer === undefined ? null : gradeResponse(response, answer, texts);
    if (graded === null) return { id: response.id, state: 'unanswered', credit: 0, feedback: [] };
    const state = graded.credit === 1 ? 'correct' : graded.credit > 0 ? 'partial' : 'incorrect';
    return { id: response.id, state, credit: graded.credit, feedback: graded.feedback };
  });

  const gradable = canBeGraded(definition);
  const score = weightedMean(
    all.flatMap((response, index) => {
      const credit = responses[index]?.credit ?? 0;
      return faulty.has(response.id) ? [] : [{ credit, weight: response.weight }];
    }),
  );
  const maxPoints = gradable ? definition.points : 0;
  return { score, points: Math.min(maxPoints, roundPoints(score * maxPoints)), maxPoints, gradable, responses };
}

function weightedMean(parts: { credit: number; weight: number }[]): number {
  // Weights are relative; dividing by the largest keeps extreme ones from overflowing into NaN.
  const largest = parts.reduce((most, part) => Math.max(most, part.weight), 0);
  if (largest === 0) return 0;
  let earned = 0;
  let total = 0;
  for (const { credit, weight } of parts) {
    earned += credit * (weight / largest);
    total += weight / largest;
  }
  return Math.min(1, earned / total);
}

function roundPoints(points: number): number {
  return Math.round(points * 10_000) / 10_000;
}

type Graded = { credit: number; feedback: Feedback[] };

/** `null` when the answer is of another kind than the response, which a changed definition can cause: unanswered. */
function gradeResponse(response: ResponseDefinition, answer: Answer, texts: Record<string, string>): Graded | null {
  switch (response.kind) {
    case 'single_choice':
    case 'dropdown':
      return answer.kind === 'choices' ? gradeSingle(response, answer.choiceIds, texts) : null;
    case 'multiple_choice':
      return answer.kind === 'choices' ? gradeMultiple(response, answer.choiceIds, texts) : null;
    case 'numerical':
      return answer.kind === 'number' ? gradeNumber(response, answer.value, texts) : null;
    case 'text':
      return answer.kind === 'text' ? gradeText(response, answer.text, texts) : null;
    case 'ungradable':
      return null;
  }
}

function gradeSingle(
  response: Extract<ResponseDefinition, { kind: 'single_choice' | 'dropdown' }>,
  chosen: string[],
  texts: Record<string, string>,
): Graded | null {
  const choice = response.choices.find((candidate) => candidate.id === chosen[0]);
  if (choice === undefined) return null;
  return {
    credit: choice.correct ? 1 : 0,
    feedback: about(choice.id, choice.feedback, textOf(texts, feedbackKey.chosen(choice.id))),
  };
}

/**
 * Partial credit as Open edX defines it for checkbox problems. `each`: the share of choices rightly ticked or left.
 * `halves`: one mistake leaves a half if there are at least three choices, two leave a quarter if there are at least
 * five; below that every answer would earn something.
 */
function gradeMultiple(
  response: Extract<ResponseDefinition, { kind: 'multiple_choice' }>,
  chosenIds: string[],
  texts: Record<string, string>,
): Graded {
  const chosen = new Set(chosenIds);
  const total = response.choices.length;
  const mistakes = response.choices.filter((choice) => choice.correct !== chosen.has(choice.id)).length;
  return {
    credit: multipleCredit(response.partialCredit, mistakes, total),
    feedback: multipleFeedback(response, chosen, texts),
  };
}

function multipleCredit(partialCredit: 'none' | 'each' | 'halves', mistakes: number, total: number): number {
  if (mistakes === 0) return 1;
  if (partialCredit === 'each') return (total - mistakes) / total;
  if (partialCredit === 'halves' && mistakes === 1 && total >= 3) return 0.5;
  if (partialCredit === 'halves' && mistakes === 2 && total >= 5) return 0.25;
  return 0;
}

function multipleFeedback(
  response: Extract<ResponseDefinition, { kind: 'multiple_choice' }>,
  chosen: Set<string>,
  texts: Record<string, string>,
): Feedback[] {
  const index = (response.compoundFeedback ?? []).findIndex((compound) => {
    const ids = new Set(compound.choiceIds);
    return ids.size === chosen.size && [...ids].every((id) => chosen.has(id));
  });
  // Feedback on the very combination replaces that on the single choices.
  const compound = response.compoundFeedback?.[index];
  if (compound !== undefined) {
    return about(null, compound.feedback, textOf(texts, feedbackKey.compound(response.id, index)));
  }
  return response.choices.flatMap((choice) =>
    chosen.has(choice.id)
      ? about(choice.id, choice.feedback, textOf(texts, feedbackKey.chosen(choice.id)))
      : about(choice.id, choice.feedbackUnselected, textOf(texts, feedbackKey.left(choice.id))),
  );
}

function gradeNumber(
  response: Extract<ResponseDefinition, { kind: 'numerical' }>,
  value: number,
  texts: Record<string, string>,
): Graded {
  return bestOf(
    response.answers.map((answer, index) => ({
      matches: 'from' in answer ? isInside(value, answer) : isNear(value, answer),
      credit: answer.credit,
      feedback: about(null, answer.feedback, textOf(texts, feedbackKey.answer(response.id, index))),
    })),
  );
}

/**
 * Room for binary fractions and typed decimals: 0.1+0.2 is 0.3, and 600.1 lies within 600 ± 0.1. Relative, so that it
 * never reaches what a learner could see in ten digits.
 */
const ROUNDING = 1e-9;

function isNear(
  given: number,
  answer: { value: number; tolerance?: { kind: 'absolute' | 'percent'; amount: number } | undefined },
): boolean {
  const { value, tolerance } = answer;
  const amount = tolerance?.amount ?? 0;
  const allowed = tolerance?.kind === 'percent' ? Math.abs(value) * (amount / 100) : amount;
  return Math.abs(given - value) <= allowed + noise(given, value);
}

function isInside(
  given: number,
  interval: { from: number; to: number; fromInclusive: boolean; toInclusive: boolean },
): boolean {
  const { from, to, fromInclusive, toInclusive } = interval;
  const fromNoise = noise(given, from);
  const toNoise = noise(given, to);
  const aboveFrom = fromInclusive ? given >= from - fromNoise : given > from + fromNoise;
  const belowTo = toInclusive ? given <= to + toNoise : given < to - toNoise;
  return aboveFrom && belowTo;
}

function noise(left: number, right: number): number {
  return Math.max(Math.abs(left), Math.abs(right)) * ROUNDING;
}

function gradeText(
  response: Extract<ResponseDefinition, { kind: 'text' }>,
  text: string,
  texts: Record<string, string>,
): Graded {
  const { caseSensitive } = response;
  const given = normalizeText(text);
  // Once, and not for each of the hundreds of answers there may be.
  const wanted = comparableText(given, caseSensitive);
  const best = bestOf(
    response.answers.map((answer, index) => ({
      matches:
        answer.match === 'exact'
          ? comparableText(answer.value, caseSensitive) === wanted
          : compilePattern(answer.value, caseSensitive)?.(given) === true,
      credit: answer.credit,
      feedback: about(null, answer.feedback, textOf(texts, feedbackKey.answer(response.id, index))),
    })),
  );
  if (best.credit > 0 || best.feedback.length > 0) return best;
  const index = (response.wrongAnswers ?? []).findIndex(
    (wrong) => comparableText(wrong.value, caseSensitive) === wanted,
  );
  const wrong = response.wrongAnswers?.[index];
  return {
    credit: 0,
    feedback:
      wrong === undefined
        ? []
        : about(null, wrong.feedback, textOf(texts, feedbackKey.wrongAnswer(response.id, index))),
  };
}

/** Of the answers that match, the one that earns most; the earlier of two equal ones. */
function bestOf(candidates: { matches: boolean; credit: number; feedback: Feedback[] }[]): Graded {
  let best: Graded | null = null;
  for (const candidate of candidates) {
    if (candidate.matches && (best === null || candidate.credit > best.credit)) {
      best = { credit: candidate.credit, feedback: candidate.feedback };
    }
  }
  return best ?? { credit: 0, feedback: [] };
}

function textOf(texts: Record<string, string>, key: string): string | undefined {
  // Ids are free text: one called `constructor` must not find what every object has.
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}

function about(choiceId: string | null, own: string | undefined, translated: string | undefined): Feedback[] {
  const text = translated ?? own;
  return text === undefined || text === '' ? [] : [{ choiceId, text }];
}
