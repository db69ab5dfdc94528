import type { ProblemDefinition, ResponseDefinition } from '@stoa/contracts/problem';
import { z } from 'zod';
import { findFaults, responsesOf } from './check-problem.ts';
import { MAX_TEXT_LENGTH, normalizeText } from './match-text.ts';
import { readNumber } from './read-number.ts';

/** What arrives from a learner: by response id, one choice id, a list of them, a text, or a number. */
export const SubmittedAnswers = z.record(
  z.string().max(100),
  z.union([z.string().max(10_000), z.number(), z.array(z.string().max(100)).max(200), z.null()]),
);
export type SubmittedAnswers = z.infer<typeof SubmittedAnswers>;

/** An answer that could be read; choice ids are those of the definition. This is what an attempt stores. */
export const Answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choices'), choiceIds: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('number'), text: z.string(), value: z.number() }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
]);
export type Answer = z.infer<typeof Answer>;

/** Read answers by response id; a response that is missing was left unanswered. */
export type Answers = Record<string, Answer>;

export type AnswerIssue = {
  responseId: string;
  code: 'invalid_number' | 'unknown_choice' | 'one_choice_only' | 'answer_too_long' | 'wrong_type' | 'unknown_response';
};

/**
 * Turns what a learner submitted into answers, before anything is graded or counted: an answer that cannot be read is
 * given back with a reason and never consumes an attempt.
 *
 * @param options.locale language the learner writes numbers in
 * @param options.choiceId maps the choice id of the learner's view to that of the definition, `null` if there is none;
 *   by default both are the same
 */
export function readAnswers(
  definition: ProblemDefinition,
  submitted: SubmittedAnswers,
  options: { locale: string; choiceId?: (response: ChoiceResponse, shownId: string) => string | null },
): { ok: true; answers: Answers } | { ok: false; issues: AnswerIssue[] } {
  const responses = new Map(responsesOf(definition).map((response) => [response.id, response]));
  const faulty = new Set(findFaults(definition).map((fault) => fault.responseId));
  const issues: AnswerIssue[] = [];
  const answers: [string, Answer][] = [];
  for (const [responseId, value] of Object.entries(submitted)) {
    if (faulty.has(responseId)) continue;
    const response = responses.get(responseId);
    const read =
      response === undefined ? ({ code: 'unknown_response' } as const) : readAnswer(response, value, options);
    if (read === null) continue;
    if ('code' in read) issues.push({ responseId, code: read.code });
    else answers.push([responseId, read]);
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, answers: Object.fromEntries(answers) };
}

/** A response whose answer is a pick from a list. */
export type ChoiceResponse = Extract<ResponseDefinition, { choices: unknown }>;
type Read = Answer | { code: AnswerIssue['code'] } | null;

function readAnswer(
  response: ResponseDefinition,
  value: SubmittedAnswers[string],
  options: { locale: string; choiceId?: (response: ChoiceResponse, shownId: string) => string | null },
): Read {
  if (value === null) return null;
  switch (response.kind) {
    case 'single_choice':
    case 'dropdown':
    case 'multiple_choice':
      return readChoices(response, value, options.choiceId ?? ownChoiceId);
    case 'numerical':
      if (Array.isArray(value)) return { code: 'wrong_type' };
      return readNumerical(response.unit, value, options.locale);
    case 'text': {
      if (typeof value !== 'string') return { code: 'wrong_type' };
      if (value.length > MAX_TEXT_LENGTH) return { code: 'answer_too_long' };
      // The database keeps neither the zero character nor half a surrogate pair.
      const text = value.toWellFormed().replaceAll('\u0000', '');
      return normalizeText(text) === '' ? null : { kind: 'text', text };
    }
    case 'ungradable':
      return null;
  }
}

function readNumerical(unit: string | undefined, value: string | number, locale: string): Read {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? { kind: 'number', text: String(value), value } : { code: 'invalid_number' };
  }
  if (value.trim() === '') return null;
  const number = readNumber(value, { locale, unit });
  return number === null ? { code: 'invalid_number' } : { kind: 'number', text: value.trim(), value: number };
}

function readChoices(
  response: ChoiceResponse,
  value: string | number | string[],
  choiceId: (response: ChoiceResponse, shownId: string) => string | null,
): Read {
  if (typeof value === 'number') return { code: 'wrong_type' };
  const shown = typeof value === 'string' ? [value].filter((id) => id !== '') : value;
  // No ticks answer a multiple choice only where leaving all of them is the right answer; otherwise it is unanswered.
  const leavingAllIsRight = response.kind === 'multiple_choice' && !response.choices.some((choice) => choice.correct);
  if (shown.length === 0 && !(leavingAllIsRight && Array.isArray(value))) return null;
  const chosen = new Set<string>();
  for (const id of shown) {
    const own = choiceId(response, id);
    if (own === null) return { code: 'unknown_choice' };
    chosen.add(own);
  }
  if (response.kind !== 'multiple_choice' && chosen.size > 1) return { code: 'one_choice_only' };
  // In the definition's order, so that the same ticks are the same answer whatever order they were made in.
  return {
    kind: 'choices',
    choiceIds: response.choices.map((choice) => choice.id).filter((id) => chosen.has(id)),
  };
}

function ownChoiceId(response: ChoiceResponse, shownId: string): string | null {
  return response.choices.some((choice) => choice.id === shownId) ? shownId : null;
}
