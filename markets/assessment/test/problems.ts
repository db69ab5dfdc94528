import { ProblemDefinition, type ResponseDefinition } from '@stoa/contracts/problem';
import fc from 'fast-check';
import type { SubmittedAnswers } from '../src/read-answers.ts';

/** A problem with these responses; everything else as the format's defaults. */
export function aProblem(
  responses: ResponseDefinition[],
  rest: Partial<Omit<ProblemDefinition, 'version' | 'parts'>> = {},
): ProblemDefinition {
  return ProblemDefinition.parse({
    version: 1,
    title: 'A problem',
    parts: responses.map((response) => ({ type: 'response', response })),
    ...rest,
  });
}

export function paragraph(text: string): { type: 'paragraph'; content: { type: 'text'; text: string }[] }[] {
  return [{ type: 'paragraph', content: [{ type: 'text', text }] }];
}

type Choices = { id: string; correct: boolean; feedback?: string; feedbackUnselected?: string }[];

function choicesOf(choices: Choices | string): Extract<ResponseDefinition, { kind: 'dropdown' }>['choices'] {
  const list =
    typeof choices === 'string'
      ? [...choices].map((mark, index) => ({ id: `choice-${index}`, correct: mark === '+' }))
      : choices;
  return list.map((choice) => ({ ...choice, content: paragraph(`Text of ${choice.id}`) }));
}

/** Choices as a list, or as one character each: `+` right, `-` wrong. */
export function singleChoice(
  choices: Choices | string,
  rest: { id?: string; shuffle?: boolean; weight?: number } = {},
): Extract<ResponseDefinition, { kind: 'single_choice' }> {
  return {
    kind: 'single_choice',
    id: 'single',
    label: '',
    weight: 1,
    shuffle: false,
    ...rest,
    choices: choicesOf(choices),
  };
}

export function multipleChoice(
  choices: Choices | string,
  rest: Partial<Omit<Extract<ResponseDefinition, { kind: 'multiple_choice' }>, 'kind' | 'choices'>> = {},
): Extract<ResponseDefinition, { kind: 'multiple_choice' }> {
  return {
    kind: 'multiple_choice',
    id: 'multiple',
    label: '',
    weight: 1,
    shuffle: false,
    partialCredit: 'none',
    ...rest,
    choices: choicesOf(choices),
  };
}

export function numerical(
  answers: Extract<ResponseDefinition, { kind: 'numerical' }>['answers'],
  rest: { id?: string; weight?: number; unit?: string } = {},
): Extract<ResponseDefinition, { kind: 'numerical' }> {
  return { kind: 'numerical', id: 'number', label: '', weight: 1, ...rest, answers };
}

export function textual(
  answers: (string | { match?: 'exact' | 'pattern'; value: string; credit?: number; feedback?: string })[],
  rest: Partial<Omit<Extract<ResponseDefinition, { kind: 'text' }>, 'kind' | 'answers'>> = {},
): Extract<ResponseDefinition, { kind: 'text' }> {
  return {
    kind: 'text',
    id: 'text',
    label: '',
    weight: 1,
    caseSensitive: false,
    ...rest,
    answers: answers.map((answer) => ({
      match: 'exact',
      credit: 1,
      ...(typeof answer === 'string' ? { value: answer } : answer),
    })),
  };
}

export function ungradable(id = 'essay'): Extract<ResponseDefinition, { kind: 'ungradable' }> {
  return { kind: 'ungradable', id, label: 'Write an essay', weight: 1, sourceKind: 'openassessment', raw: '<secret/>' };
}

// Texts that must not reach a learner early are marked, so that a test can look for the marks in the whole view.
export const SECRET = 'kept-secret';
const secret = fc.constant(`${SECRET} feedback`);
const weight = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.double({ min: 1e-300, max: 1e300, noNaN: true }));
const choiceLists = fc
  .array(fc.record({ correct: fc.boolean(), feedback: secret, feedbackUnselected: secret }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((choices) => choices.map((choice, index) => ({ id: `c${index}`, ...choice })));

/** Any response that can be graded, with an answer that earns full credit, as a learner would submit it. */
export const gradableResponses: fc.Arbitrary<{ response: ResponseDefinition; right: SubmittedAnswers[string] }> =
  fc.oneof(
    fc
      .record({ list: choiceLists, right: fc.nat(), shuffle: fc.boolean(), weight, dropdown: fc.boolean() })
      .map(({ list, right, shuffle, weight, dropdown }) => {
        const index = right % list.length;
        const choices = choicesOf(list.map((choice, at) => ({ ...choice, correct: choice.correct || at === index })));
        const common = { id: 'r', label: 'Pick', weight, choices };
        const response: ResponseDefinition = dropdown
          ? { ...common, kind: 'dropdown' }
          : { ...common, kind: 'single_choice', shuffle };
        return { response, right: `c${index}` };
      }),
    fc
      .record({
        list: choiceLists,
        shuffle: fc.boolean(),
        weight,
        partialCredit: fc.constantFrom('none' as const, 'each' as const, 'halves' as const),
      })
      .map(({ list, ...rest }) => ({
        response: multipleChoice(list, { ...rest, id: 'r' }),
        right: list.filter((choice) => choice.correct).map((choice) => choice.id),
      })),
    fc
      .record({
        value: fc.double({ min: -1e12, max: 1e12, noNaN: true }),
        amount: fc.double({ min: 0, max: 100, noNaN: true }),
        kind: fc.constantFrom('absolute' as const, 'percent' as const),
        weight,
      })
      .map(({ value, amount, kind, weight }) => ({
        response: numerical([{ value, tolerance: { kind, amount }, credit: 1, feedback: `${SECRET} feedback` }], {
          id: 'r',
          weight,
        }),
        right: value,
      })),
    fc
      .record({ value: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }), weight })
      .filter(({ value }) => /[\p{L}\p{N}]/u.test(value))
      .map(({ value, weight }) => ({
        response: textual([{ value, feedback: `${SECRET} feedback` }], { id: 'r', weight }),
        right: value,
      })),
  );

/** A problem that can be graded, and answers that earn everything. */
export const gradableProblems: fc.Arbitrary<{ definition: ProblemDefinition; right: SubmittedAnswers }> = fc
  .array(gradableResponses, { minLength: 1, maxLength: 6 })
  .map((items) => {
    const named = items.map((item, index) => ({ ...item, response: { ...item.response, id: `r${index}` } }));
    return {
      definition: aProblem(
        named.map((item) => item.response),
        { hints: [`${SECRET} hint`, `${SECRET} hint`], solution: paragraph(`${SECRET} solution`), points: 3 },
      ),
      right: Object.fromEntries(named.map((item) => [item.response.id, item.right])),
    };
  });

/** Anything a client might send for the responses of a problem, sensible or not. */
export function anyAnswers(definition: ProblemDefinition): fc.Arbitrary<SubmittedAnswers> {
  const ids = definition.parts.flatMap((part) => (part.type === 'response' ? [part.response.id] : []));
  const value = fc.oneof(
    fc.constantFrom('c0', 'c1', 'c2', '1/3', '0', '-1e3', ''),
    fc.string({ maxLength: 30 }),
    fc.double(),
    fc.uniqueArray(fc.constantFrom('c0', 'c1', 'c2', 'c3', 'c4')),
    fc.constant(null),
  );
  return ids.length === 0 ? fc.constant({}) : fc.dictionary(fc.constantFrom(...ids), value);
}
