import { hash } from 'node:crypto';
import { Block } from '@stoa/contracts/document';
import { localizeBlocks } from '@stoa/contracts/document-notes';
import type { ProblemDefinition, ProblemTranslation, ResponseDefinition } from '@stoa/contracts/problem';
import { parseLocale } from '@stoa/kernel';
import { z } from 'zod';
import { canBeGraded, findFaults } from './check-problem.ts';
import type { ProblemResult } from './grade-problem.ts';
import type { ChoiceResponse } from './read-answers.ts';
import { findTranslation } from './translate-problem.ts';

const blocks = z.array(Block);

/** A choice as a learner sees it. `id` is opaque: it tells neither the author's id nor the author's order. */
export const ChoiceView = z.strictObject({ id: z.string(), content: blocks, language: z.string() });

/** The right answers, once they are due. `example` is one full answer to type; absent where only a pattern describes it. */
export const RevealView = z.strictObject({ choiceIds: z.array(z.string()), example: z.string().optional() });

const responseCommon = {
  id: z.string(),
  label: z.string(),
  description: z.string().optional(),
  /** BCP 47 tag of `label`, for the `lang` attribute. */
  language: z.string(),
  reveal: RevealView.optional(),
};

/** A response without its answers. One that the machine cannot grade is `ungradable`, whatever it was meant to be. */
export const ResponseView = z.discriminatedUnion('kind', [
  z.strictObject({ ...responseCommon, kind: z.literal('single_choice'), choices: z.array(ChoiceView) }),
  z.strictObject({ ...responseCommon, kind: z.literal('multiple_choice'), choices: z.array(ChoiceView) }),
  z.strictObject({ ...responseCommon, kind: z.literal('dropdown'), choices: z.array(ChoiceView) }),
  z.strictObject({ ...responseCommon, kind: z.literal('numerical'), unit: z.string().optional() }),
  z.strictObject({ ...responseCommon, kind: z.literal('text') }),
  z.strictObject({ ...responseCommon, kind: z.literal('ungradable'), sourceKind: z.string() }),
]);
export type ResponseView = z.infer<typeof ResponseView>;

/** What a learner gets of a problem. */
export const ProblemView = z.strictObject({
  title: z.string(),
  /** Language of `title`; each part carries its own, since a translation may be incomplete. */
  language: z.string(),
  parts: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('prose'), content: blocks, language: z.string() }),
      z.strictObject({ type: z.literal('response'), response: ResponseView }),
    ]),
  ),
  points: z.number(),
  gradable: z.boolean(),
  maxAttempts: z.number().nullable(),
  hintCount: z.number(),
  /** The hints asked for so far. */
  hints: z.array(z.string()),
  solution: z.strictObject({ content: blocks, language: z.string() }).nullable(),
});
export type ProblemView = z.infer<typeof ProblemView>;

/** Secret bytes of one problem: with them ids of choices can be made and shuffles repeated, without them neither. */
export type ViewKey = Uint8Array;

export type ShowOptions = {
  key: ViewKey;
  /** Who looks and at which attempt, e.g. `<user id>:<attempt number>`: the same seed gives the same order of choices. */
  seed: string;
  /** BCP 47 tag the learner wants, and the one the problem was written in. */
  locale: string;
  sourceLanguage: string;
  hintsShown: number;
  /** True once the solution and the right answers may be seen; see `solutionDue`. */
  reveal: boolean;
};

/**
 * The learner's view of a problem: nothing in it tells the answers before `reveal`. Texts come from the best
 * translation, each falling back by itself to the problem's own language.
 */
export function showProblem(definition: ProblemDefinition, options: ShowOptions): ProblemView {
  const texts = translationOf(definition, options);
  const faulty = new Set(findFaults(definition).map((fault) => fault.responseId));
  const hints = definition.hints.map((hint, index) => texts.pick((t) => t.hints?.[index], hint).value);
  const solution = texts.pick((t) => t.solution, definition.solution);
  const locale = parseLocale(options.locale) ?? 'en';
  return {
    ...titleOf(definition, texts),
    parts: definition.parts.map((part, index) => {
      if (part.type === 'response') {
        return {
          type: 'response' as const,
          response: showResponse(part.response, { ...options, texts, faulty: faulty.has(part.response.id) }),
        };
      }
      const { value, language } = texts.pick((t) => own(t.prose, String(index)), part.content);
      return { type: 'prose' as const, content: localizeBlocks(value, locale), language };
    }),
    points: definition.points,
    gradable: canBeGraded(definition),
    maxAttempts: definition.maxAttempts,
    hintCount: hints.length,
    hints: hints.slice(0, Math.max(0, options.hintsShown)),
    solution:
      options.reveal && solution.value !== undefined
        ? { content: localizeBlocks(solution.value, locale), language: solution.language }
        : null,
  };
}

/** A result with the choice ids of the learner's view in place of the definition's. */
export function showResult(definition: ProblemDefinition, result: ProblemResult, key: ViewKey): ProblemResult {
  const responses = new Map(
    definition.parts.flatMap((part) => (part.type === 'response' ? [[part.response.id, part.response] as const] : [])),
  );
  return {
    ...result,
    responses: result.responses.map((graded) => ({
      ...graded,
      feedback: graded.feedback.map((item) => {
        const response = responses.get(graded.id);
        const isKnown = response !== undefined && item.choiceId !== null;
        return { ...item, choiceId: isKnown ? showChoiceId(response, item.choiceId ?? '', key) : null };
      }),
    })),
  };
}

/**
 * The id of a choice in learners' views: 72 bits of a keyed hash, so an id such as `right` or an index
 * tells nothing. It is the same for everyone and every attempt, so an answer from a page opened earlier is still read.
 */
export function showChoiceId(response: { id: string }, choiceId: string, key: ViewKey): string {
  return keyed(key, ['choice', response.id, choiceId]).slice(0, 12);
}

/**
 * SHA-512/256 of the key and a message: the truncated hash cannot be extended, so the key before the message makes it a
 * MAC. One call costs a fifth of an HMAC object, and a page of problems needs hundreds.
 */
function keyed(key: ViewKey, message: string[]): string {
  return hash('sha512-256', `${Buffer.from(key).toString('hex')}${JSON.stringify(message)}`, 'base64url');
}

/** The inverse of `showChoiceId` within one response; `null` for an id that was never shown. */
export function readChoiceId(response: ChoiceResponse, shownId: string, key: ViewKey): string | null {
  return response.choices.find((choice) => showChoiceId(response, choice.id, key) === shownId)?.id ?? null;
}

function titleOf(definition: ProblemDefinition, texts: Texts): { title: string; language: string } {
  const { value, language } = texts.pick((t) => t.title, definition.title);
  return { title: value, language };
}

type Texts = {
  pick: <T>(translated: (texts: ProblemTranslation) => T | undefined, original: T) => { value: T; language: string };
};

function translationOf(definition: ProblemDefinition, options: { locale: string; sourceLanguage: string }): Texts {
  const translation = findTranslation(definition, options);
  return {
    pick: (translated, original) => {
      const value = translation === null ? undefined : translated(translation.texts);
      return value === undefined || translation === null
        ? { value: original, language: options.sourceLanguage }
        : { value, language: translation.language };
    },
  };
}

function own<T>(record: Record<string, T> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

function showResponse(
  response: ResponseDefinition,
  options: ShowOptions & { texts: Texts; faulty: boolean },
): ResponseView {
  const { texts, key } = options;
  const label = texts.pick((t) => own(t.labels, response.id), response.label);
  const common = {
    id: response.id,
    label: label.value,
    language: label.language,
    ...(response.description === undefined ? {} : { description: response.description }),
  };
  if (response.kind === 'ungradable') return { ...common, kind: 'ungradable', sourceKind: response.sourceKind };
  if (options.faulty) return { ...common, kind: 'ungradable', sourceKind: response.kind };
  const reveal = options.reveal ? { reveal: rightAnswers(response, key) } : {};
  switch (response.kind) {
    case 'single_choice':
    case 'multiple_choice':
    case 'dropdown':
      return { ...common, ...reveal, kind: response.kind, choices: showChoices(response, options) };
    case 'numerical':
      return {
        ...common,
        ...reveal,
        kind: 'numerical',
        ...(response.unit === undefined ? {} : { unit: response.unit }),
      };
    case 'text':
      return { ...common, ...reveal, kind: 'text' };
  }
}

function showChoices(response: ChoiceResponse, options: ShowOptions & { texts: Texts }): z.infer<typeof ChoiceView>[] {
  const { texts, key } = options;
  const locale = parseLocale(options.locale) ?? 'en';
  const shown = response.choices.map((choice) => {
    const { value, language } = texts.pick((t) => own(t.choices, choice.id), choice.content);
    return { id: showChoiceId(response, choice.id, key), content: localizeBlocks(value, locale), language };
  });
  if (response.kind === 'dropdown' || !response.shuffle) return shown;
  // Sorting by a keyed hash is a uniform shuffle that anybody holding the key can repeat.
  const rank = (id: string) => keyed(key, ['order', options.seed, response.id, id]);
  return shown
    .map((choice) => ({ choice, rank: rank(choice.id) }))
    .sort((left, right) => (left.rank < right.rank ? -1 : 1))
    .map(({ choice }) => choice);
}

function rightAnswers(response: ResponseDefinition, key: ViewKey): z.infer<typeof RevealView> {
  switch (response.kind) {
    case 'single_choice':
    case 'multiple_choice':
    case 'dropdown': {
      const right = response.choices.filter((choice) => choice.correct);
      return { choiceIds: right.map((choice) => showChoiceId(response, choice.id, key)) };
    }
    case 'numerical': {
      const full = response.answers.find((answer) => answer.credit === 1);
      if (full === undefined) return { choiceIds: [] };
      return { choiceIds: [], example: 'value' in full ? String(full.value) : intervalText(full) };
    }
    case 'text': {
      const full = response.answers.find((answer) => answer.credit === 1 && answer.match === 'exact');
      return full === undefined ? { choiceIds: [] } : { choiceIds: [], example: full.value };
    }
    case 'ungradable':
      return { choiceIds: [] };
  }
}

function intervalText(interval: { from: number; to: number; fromInclusive: boolean; toInclusive: boolean }): string {
  return `${interval.fromInclusive ? '[' : '('}${interval.from}, ${interval.to}${interval.toInclusive ? ']' : ')'}`;
}
