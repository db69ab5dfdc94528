import type { Block } from '@stoa/contracts/document';
import type { Note } from '@stoa/contracts/note';
import type { Choice, ProblemDefinition, ProblemTranslation, ResponseDefinition } from '@stoa/contracts/problem';
import { z } from 'zod';
import { note } from '../notes.ts';
import { type AuthoredQuestion, numericalAnswer, type TranslatedQuestion, textAnswer } from './quiz-formats.ts';

/** Turns the Markdown of a question, choice or solution into blocks; links and pictures resolve against the quiz file. */
export type ProseReader = (markdown: string) => Block[];

/** A problem being built; `response` is the part of `definition` that grades, shared with it. */
export type Built = { definition: ProblemDefinition; response: ResponseDefinition; usesProse: boolean };

const responseId = 'r1';

/** A question as a problem with one response, or the reason why it cannot be one. */
export function buildDefinition(options: {
  question: AuthoredQuestion;
  title: string;
  prose: ProseReader;
}): Built | Note {
  const { question, title, prose } = options;
  const asked = readProse(prose, question.text);
  const label = plainLabel(asked);
  const common = {
    id: responseId,
    label: label ?? '',
    ...(question.description === undefined ? {} : { description: question.description }),
    weight: 1,
  };
  const response = buildResponse(question, common, prose);
  if ('code' in response) return response;
  const hints = [...(question.hint === undefined ? [] : [question.hint]), ...(question.hints ?? [])];
  const definition: ProblemDefinition = {
    version: 1,
    title: title.slice(0, 500),
    parts: [...(label === null ? [{ type: 'prose' as const, content: asked }] : []), { type: 'response', response }],
    hints,
    ...(question.solution === undefined ? {} : { solution: readProse(prose, question.solution) }),
    maxAttempts: question.maxAttempts,
    points: question.points,
  };
  return { definition, response, usesProse: label === null };
}

function buildResponse(question: AuthoredQuestion, common: Common, prose: ProseReader): ResponseDefinition | Note {
  if (question.kind === 'numerical') return numericalResponse(question, common);
  if (question.kind === 'text') return textResponse(question, common);
  const choices = (question.choices ?? []).map(
    (choice, index): Choice => ({
      id: choice.id ?? `c${index + 1}`,
      content: readProse(prose, choice.text),
      correct: choice.correct,
      ...(choice.feedback === undefined ? {} : { feedback: choice.feedback }),
      ...(choice.feedbackUnselected === undefined ? {} : { feedbackUnselected: choice.feedbackUnselected }),
    }),
  );
  if (choices.length === 0) return note('no_choices');
  if (new Set(choices.map(({ id }) => id)).size < choices.length) return note('choice_ids_repeated');
  if (choices.some(({ content }) => content.length === 0)) return note('choice_empty');
  const right = choices.filter(({ correct }) => correct).length;
  if (right === 0) return note('no_right_choice');
  if (question.kind === 'multiple_choice') {
    return {
      ...common,
      kind: 'multiple_choice',
      choices,
      shuffle: question.shuffle,
      partialCredit: question.partialCredit,
    };
  }
  if (right > 1) return note('several_right_choices', { found: right });
  if (question.kind === 'dropdown') return { ...common, kind: 'dropdown', choices };
  return { ...common, kind: 'single_choice', choices, shuffle: question.shuffle };
}

type Common = { id: string; label: string; description?: string; weight: number };

function numericalResponse(question: AuthoredQuestion, common: Common): ResponseDefinition | Note {
  const raw = question.answers ?? (question.answer === undefined ? [] : [question.answer]);
  const parsed = z.array(numericalAnswer).min(1).safeParse(raw);
  if (!parsed.success) return note('no_numerical_answer');
  const answers = parsed.data.map((answer) => {
    const entry = typeof answer === 'number' ? { value: answer, credit: 1 } : answer;
    if (!('value' in entry)) return entry;
    const allowed = 'tolerance' in entry && entry.tolerance !== undefined ? entry.tolerance : question.tolerance;
    return {
      value: entry.value,
      credit: entry.credit,
      ...(allowed === undefined ? {} : { tolerance: toleranceFrom(allowed) }),
      ...('feedback' in entry && entry.feedback !== undefined ? { feedback: entry.feedback } : {}),
    };
  });
  if (!answers.some(({ credit }) => credit === 1)) return note('no_full_credit');
  if (answers.some((answer) => 'from' in answer && answer.from > answer.to)) return note('interval_empty');
  return { ...common, kind: 'numerical', answers, ...(question.unit === undefined ? {} : { unit: question.unit }) };
}

function toleranceFrom(allowed: number | string): { kind: 'absolute' | 'percent'; amount: number } {
  if (typeof allowed === 'number') return { kind: 'absolute', amount: allowed };
  return { kind: 'percent', amount: Number(allowed.slice(0, -1)) };
}

function textResponse(question: AuthoredQuestion, common: Common): ResponseDefinition | Note {
  const answers = textAnswers(question.answers ?? (question.answer === undefined ? [] : [String(question.answer)]));
  if (!Array.isArray(answers)) return answers;
  if (answers.length === 0) return note('no_answer');
  if (!answers.some(({ credit }) => credit === 1)) return note('no_full_credit');
  return {
    ...common,
    kind: 'text',
    answers,
    ...(question.wrongAnswers === undefined ? {} : { wrongAnswers: [...question.wrongAnswers] }),
    caseSensitive: question.caseSensitive,
  };
}

type TextAnswer = Extract<ResponseDefinition, { kind: 'text' }>['answers'][number];

function textAnswers(raw: readonly unknown[]): TextAnswer[] | Note {
  const answers: TextAnswer[] = [];
  for (const entry of raw) {
    const parsed = textAnswer.safeParse(entry);
    if (!parsed.success) return note('answer_not_understood');
    const answer = parsed.data;
    if (typeof answer === 'string') {
      answers.push({ match: 'exact', value: answer, credit: 1 });
      continue;
    }
    if (answer.match === 'pattern' && !isPattern(answer.value))
      return note('pattern_not_valid', { pattern: answer.value });
    const { value, match, credit, feedback } = answer;
    answers.push({ match, value, credit, ...(feedback === undefined ? {} : { feedback }) });
  }
  return answers;
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

/** The texts of a problem in another language, or the reason why they do not match the source. */
export function buildTranslation(options: {
  built: Built;
  question: AuthoredQuestion;
  translated: TranslatedQuestion;
  title: string;
  prose: ProseReader;
}): ProblemTranslation | Note {
  const { built, question, translated, title, prose } = options;
  const translation: ProblemTranslation = { title: title.slice(0, 500) };
  if (translated.text !== undefined) {
    const asked = readProse(prose, translated.text);
    const label = plainLabel(asked);
    if (built.usesProse) translation.prose = { '0': asked };
    else translation.labels = { [responseId]: label ?? translated.text.slice(0, 4000) };
  }
  const choices = 'choices' in built.response ? built.response.choices : [];
  if (choices.length > 0) {
    const other = translated.choices ?? [];
    if (other.length !== choices.length) {
      return note('translation_choice_count', { found: other.length, wanted: choices.length });
    }
    const contents: Record<string, Block[]> = {};
    const feedback: Record<string, string> = {};
    for (const [index, choice] of choices.entries()) {
      const match = other.find(({ id }) => id === choice.id) ?? other[index];
      if (match === undefined) return note('translation_choice_missing');
      if (match.correct !== undefined && match.correct !== choice.correct) {
        return note('translation_other_choice_right');
      }
      contents[choice.id] = readProse(prose, match.text);
      if (match.feedback !== undefined) feedback[choice.id] = match.feedback;
      if (match.feedbackUnselected !== undefined) feedback[`${choice.id}:unselected`] = match.feedbackUnselected;
    }
    translation.choices = contents;
    if (Object.keys(feedback).length > 0) translation.feedback = feedback;
  }
  const feedback = answerFeedback(built.response, translated, question.wrongAnswers?.length ?? 0);
  if (Object.keys(feedback).length > 0) translation.feedback = { ...translation.feedback, ...feedback };
  const hints = [...(translated.hint === undefined ? [] : [translated.hint]), ...(translated.hints ?? [])];
  if (hints.length > 0) translation.hints = hints;
  if (hints.length !== (question.hint === undefined ? 0 : 1) + (question.hints?.length ?? 0) && hints.length > 0) {
    return note('translation_hint_count');
  }
  if (translated.solution !== undefined) translation.solution = readProse(prose, translated.solution);
  return translation;
}

/** Feedback of answers and wrong answers in another language, keyed as assessment looks it up: by response and position. */
function answerFeedback(
  response: ResponseDefinition,
  translated: TranslatedQuestion,
  sourceWrongAnswers: number,
): Record<string, string> {
  const feedback: Record<string, string> = {};
  if (response.kind === 'numerical') {
    for (const [index, answer] of (translated.answers ?? []).entries()) {
      const own = feedbackOf(answer);
      if (own !== null && index < response.answers.length) feedback[`${responseId}:answer:${index}`] = own;
    }
  }
  if (response.kind === 'text') {
    for (const [index, wrong] of (translated.wrongAnswers ?? []).entries()) {
      if (index < sourceWrongAnswers) feedback[`${responseId}:wrong:${index}`] = wrong.feedback;
    }
  }
  return feedback;
}

function feedbackOf(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('feedback' in answer)) return null;
  return typeof answer.feedback === 'string' ? answer.feedback : null;
}

/**
 * A right word is right in every language of the course: a learner who reads Portuguese may still type English. Wrong
 * words of another language join with their own feedback, which is in the language the learner typed.
 */
export function acceptTranslatedAnswers(response: ResponseDefinition, translated: TranslatedQuestion): void {
  if (response.kind !== 'text') return;
  for (const wrong of translated.wrongAnswers ?? []) {
    response.wrongAnswers ??= [];
    if (!response.wrongAnswers.some(({ value }) => value === wrong.value)) response.wrongAnswers.push(wrong);
  }
  const answers = textAnswers(translated.answers ?? []);
  if (!Array.isArray(answers)) return;
  for (const answer of answers) {
    const known = response.answers.some(({ match, value }) => match === answer.match && value === answer.value);
    if (!known) response.answers.push(answer);
  }
}

function readProse(prose: ProseReader, markdown: string): Block[] {
  return prose(markdown).slice(0, 500);
}

/** The text when it is one paragraph without markup, which then labels the control itself; null for richer prose. */
function plainLabel(content: Block[]): string | null {
  const only = content.length === 1 ? content[0] : undefined;
  if (only?.type !== 'paragraph') return null;
  const texts = (only.content ?? []).map((inline) =>
    inline.type === 'text' && inline.marks === undefined ? inline.text : null,
  );
  if (texts.includes(null)) return null;
  const label = texts.join('').trim();
  return label === '' || label.length > 4000 ? null : label;
}
