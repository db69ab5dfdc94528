import type { Block } from '@stoa/contracts/document';
import {
  type Choice,
  ProblemDefinition,
  type ProblemTranslation,
  type ResponseDefinition,
} from '@stoa/contracts/problem';
import { z } from 'zod';

/** One quiz of a source, ready to be placed in a lesson; `id` is unique inside the file or folder it came from. */
export type Quiz = {
  id: string;
  title: string;
  /** Titles by language, the source language left out. */
  titles: Record<string, string>;
  /** Where the author wants it; null when the layout decides. */
  placement: 'before' | 'after' | null;
  problems: { sourceKey: string; definition: ProblemDefinition }[];
  /** Changes and losses, in English, by language (`''` for the source language). */
  notes: { language: string; note: string }[];
};

/** Turns the Markdown of a question, choice or solution into blocks; links and pictures resolve against the quiz file. */
export type ProseReader = (markdown: string) => Block[];

/** A quiz file in one language, parsed as JSON but not yet checked. */
export type QuizSource = { language: string; json: unknown; prose: ProseReader };

const truth = z.union([
  z.boolean(),
  z
    .string()
    .regex(/^(true|false)$/i)
    .transform((text) => text.toLowerCase() === 'true'),
]);
const text = z.union([z.string(), z.number().transform(String)]);

const appQuestion = z.object({
  questionText: text,
  answerOptions: z.array(z.object({ answerText: text, isCorrect: truth })).min(1),
});
const appQuiz = z.object({ id: z.union([z.int(), z.string()]), title: text.default(''), quiz: z.array(z.unknown()) });
const appFile = z.object({ title: text.optional(), quizzes: z.array(z.unknown()) });

const authoredChoice = z.object({
  id: z.string().min(1).max(100).optional(),
  text,
  correct: truth.default(false),
  feedback: z.string().max(4000).optional(),
  feedbackUnselected: z.string().max(4000).optional(),
});
const tolerance = z.union([
  z.number().min(0),
  z.string().regex(/^\d+(\.\d+)?%$/, 'is neither a number nor a percentage'),
]);
const numericalAnswer = z.union([
  z.number(),
  z.object({
    value: z.number(),
    tolerance: tolerance.optional(),
    credit: z.number().min(0).max(1).default(1),
    feedback: z.string().max(4000).optional(),
  }),
  z.object({
    from: z.number(),
    to: z.number(),
    fromInclusive: z.boolean().default(true),
    toInclusive: z.boolean().default(true),
    credit: z.number().min(0).max(1).default(1),
    feedback: z.string().max(4000).optional(),
  }),
]);
const textAnswer = z.union([
  z.string().min(1),
  z.object({
    value: z.string().min(1).max(1000),
    match: z.enum(['exact', 'pattern']).default('exact'),
    credit: z.number().min(0).max(1).default(1),
    feedback: z.string().max(4000).optional(),
  }),
]);
const authoredQuestion = z.object({
  id: z.string().min(1).max(100).optional(),
  kind: z.enum(['single_choice', 'multiple_choice', 'dropdown', 'numerical', 'text']).default('single_choice'),
  text,
  description: z.string().max(4000).optional(),
  choices: z.array(authoredChoice).optional(),
  shuffle: z.boolean().default(false),
  partialCredit: z.enum(['none', 'each', 'halves']).default('none'),
  answer: z.union([z.number(), z.string()]).optional(),
  answers: z.array(z.unknown()).optional(),
  tolerance: tolerance.optional(),
  unit: z.string().max(50).optional(),
  caseSensitive: z.boolean().default(false),
  wrongAnswers: z.array(z.object({ value: z.string().max(1000), feedback: z.string().max(4000) })).optional(),
  hint: z.string().max(4000).optional(),
  hints: z.array(z.string().max(4000)).max(50).optional(),
  solution: z.string().optional(),
  points: z.number().min(0).max(10_000).default(1),
  maxAttempts: z.int().min(1).max(1000).nullable().default(null),
});
type AuthoredQuestion = z.infer<typeof authoredQuestion>;

const translatedQuestion = z.object({
  id: z.string().optional(),
  text: text.optional(),
  choices: z
    .array(
      z.object({
        id: z.string().optional(),
        text,
        correct: truth.optional(),
        feedback: z.string().max(4000).optional(),
        feedbackUnselected: z.string().max(4000).optional(),
      }),
    )
    .optional(),
  answers: z.array(z.unknown()).optional(),
  wrongAnswers: z.array(z.object({ value: z.string().max(1000), feedback: z.string().max(4000) })).optional(),
  hint: z.string().max(4000).optional(),
  hints: z.array(z.string().max(4000)).max(50).optional(),
  solution: z.string().optional(),
});
type TranslatedQuestion = z.infer<typeof translatedQuestion>;

const authoredQuiz = z.object({
  id: z.union([z.int(), z.string().min(1).max(100)]).optional(),
  title: text.default(''),
  placement: z.enum(['before', 'after']).optional(),
  questions: z.array(z.unknown()),
});

/** A quiz whose outer shape was understood; its questions are still unchecked and may be of either format. */
type OpenQuiz = { id: string; title: string; placement: 'before' | 'after' | null; questions: unknown[] };

/**
 * Reads a quiz file in either format with its translations. A question that cannot be understood is left out with a
 * note and the others stay; a translation that does not match the source keeps the source language for that question.
 * `keyPrefix` makes the source keys of the problems, e.g. `quiz/` gives `quiz/1/2` for question 2 of quiz 1.
 * `problem` says why the whole file could not be used.
 */
export function readQuizzes(
  source: QuizSource,
  translations: readonly QuizSource[],
  keyPrefix: string,
): { quizzes: Quiz[]; problem: string | null } {
  const opened = openFile(source.json);
  if (opened.problem !== null) return { quizzes: [], problem: opened.problem };
  const foreign = translations.map((translation) => ({ ...translation, opened: openFile(translation.json) }));
  const quizzes = opened.quizzes.map((open, position): Quiz => {
    const quiz: Quiz = {
      id: open.id,
      title: open.title,
      titles: {},
      placement: open.placement,
      problems: [],
      notes: opened.notes.filter(({ quizId }) => quizId === open.id).map(({ note }) => ({ language: '', note })),
    };
    const others = foreign.flatMap(({ language, prose, opened: file }) => {
      const match =
        file.quizzes.find(({ id }) => id === open.id) ?? (file.numbered ? undefined : file.quizzes[position]);
      if (match === undefined) {
        quiz.notes.push({ language, note: file.problem ?? `the quiz is missing in ${language}` });
        return [];
      }
      if (match.title !== '') quiz.titles[language] = match.title;
      if (match.questions.length !== open.questions.length) {
        const count = `${match.questions.length} questions instead of ${open.questions.length}`;
        quiz.notes.push({ language, note: `the translation has ${count}` });
      }
      return [{ language, prose, questions: match.questions }];
    });
    open.questions.forEach((raw, index) => {
      readQuestion({ raw, index, quiz, others, prose: source.prose, keyPrefix });
    });
    return quiz;
  });
  return { quizzes, problem: null };
}

type OpenFile = {
  quizzes: OpenQuiz[];
  /** Quizzes carry ids of their own, so translations match by id and never by position. */
  numbered: boolean;
  notes: { quizId: string; note: string }[];
  problem: string | null;
};

function openFile(json: unknown): OpenFile {
  const roots = Array.isArray(json) ? json : [json];
  const file: OpenFile = { quizzes: [], numbered: true, notes: [], problem: null };
  roots.forEach((root: unknown, index) => {
    const app = appFile.safeParse(root);
    if (app.success) {
      for (const entry of app.data.quizzes) addAppQuiz(entry, file);
      return;
    }
    const single = authoredQuiz.safeParse(root);
    if (!single.success) return;
    const { id, title, placement, questions } = single.data;
    if (id === undefined) file.numbered = false;
    file.quizzes.push({ id: String(id ?? index + 1), title, placement: placement ?? null, questions });
  });
  if (file.quizzes.length === 0) file.problem = 'the file holds no quiz in a format that is understood';
  return file;
}

function addAppQuiz(entry: unknown, file: OpenFile): void {
  const parsed = appQuiz.safeParse(entry);
  if (!parsed.success) return;
  const { title, quiz } = parsed.data;
  const id = String(parsed.data.id);
  if (file.quizzes.some((known) => known.id === id)) {
    file.notes.push({ quizId: id, note: 'a second quiz with the same id was left out' });
    return;
  }
  file.quizzes.push({ id, title, placement: null, questions: quiz });
}

function readQuestion(options: {
  raw: unknown;
  index: number;
  quiz: Quiz;
  others: { language: string; prose: ProseReader; questions: unknown[] }[];
  prose: ProseReader;
  keyPrefix: string;
}): void {
  const { raw, index, quiz, others, prose, keyPrefix } = options;
  const complain = (language: string, reason: string): void => {
    quiz.notes.push({ language, note: `question ${index + 1}: ${reason}` });
  };
  const question = authoredFrom(raw);
  if (typeof question === 'string') {
    complain('', `left out, ${question}`);
    return;
  }
  const built = buildDefinition({ question, title: `${quiz.title} · ${index + 1}`, prose });
  if (typeof built === 'string') {
    complain('', `left out, ${built}`);
    return;
  }

  const translations: Record<string, ProblemTranslation> = {};
  for (const other of others) {
    const translated = translationFrom(matching(other.questions, question.id, index));
    if (typeof translated === 'string') {
      complain(other.language, `shown in the source language, ${translated}`);
      continue;
    }
    const title = `${quiz.titles[other.language] ?? quiz.title} · ${index + 1}`;
    const translation = buildTranslation({ built, question, translated, title, prose: other.prose });
    if (typeof translation === 'string') {
      complain(other.language, `shown in the source language, ${translation}`);
      continue;
    }
    translations[other.language] = translation;
    acceptTranslatedAnswers(built.response, translated);
  }
  const parsed = ProblemDefinition.safeParse({
    ...built.definition,
    ...(Object.keys(translations).length === 0 ? {} : { translations }),
  });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    complain('', `left out, ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not valid'}`);
    return;
  }
  quiz.problems.push({
    sourceKey: `${keyPrefix}${quiz.id}/${question.id ?? index + 1}`,
    definition: parsed.data,
  });
}

function matching(questions: unknown[], id: string | undefined, index: number): unknown {
  if (id === undefined) return questions[index];
  const byId = questions.find((question) => idOf(question) === id);
  return byId ?? (idOf(questions[index]) === undefined ? questions[index] : undefined);
}

function idOf(question: unknown): unknown {
  return typeof question === 'object' && question !== null && 'id' in question ? question.id : undefined;
}

/** Either format as an authored question, or the reason why not. */
function authoredFrom(raw: unknown): AuthoredQuestion | string {
  const app = appQuestion.safeParse(raw);
  if (app.success) {
    const choices = app.data.answerOptions.map(({ answerText, isCorrect }) => ({
      text: answerText,
      correct: isCorrect,
    }));
    const kind = choices.filter(({ correct }) => correct).length > 1 ? 'multiple_choice' : 'single_choice';
    return authoredQuestion.parse({ kind, text: escapeMarkdown(app.data.questionText), choices: choices.map(escaped) });
  }
  const authored = authoredQuestion.safeParse(raw);
  if (authored.success) return authored.data;
  const issue = authored.error.issues[0];
  return `${issue?.path.join('.') || 'the question'}: ${issue?.message ?? 'not understood'}`;
}

function translationFrom(raw: unknown): TranslatedQuestion | string {
  if (raw === undefined) return 'its translation is missing';
  const app = appQuestion.safeParse(raw);
  if (app.success) {
    const choices = app.data.answerOptions.map(({ answerText, isCorrect }) => ({
      text: answerText,
      correct: isCorrect,
    }));
    return { text: escapeMarkdown(app.data.questionText), choices: choices.map(escaped) };
  }
  const parsed = translatedQuestion.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return `its translation is not valid (${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'})`;
}

function escaped<T extends { text: string }>(choice: T): T {
  return { ...choice, text: escapeMarkdown(choice.text) };
}

/** Texts of the quiz app are plain: `<img>`, `*` or `_` in them are meant as they stand. */
function escapeMarkdown(plain: string): string {
  return plain.replaceAll(/[\\`*_{}[\]<>()#+\-.!|~$&:@/=^"']/g, '\\$&');
}

type Built = { definition: ProblemDefinition; response: ResponseDefinition; usesProse: boolean };

const responseId = 'r1';

function buildDefinition(options: { question: AuthoredQuestion; title: string; prose: ProseReader }): Built | string {
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
  if (typeof response === 'string') return response;
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

function buildResponse(
  question: AuthoredQuestion,
  common: { id: string; label: string; description?: string; weight: number },
  prose: ProseReader,
): ResponseDefinition | string {
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
  if (choices.length === 0) return 'it has no choices';
  if (new Set(choices.map(({ id }) => id)).size < choices.length) return 'two choices have the same id';
  if (choices.some(({ content }) => content.length === 0)) return 'a choice is empty';
  const right = choices.filter(({ correct }) => correct).length;
  if (right === 0) return 'no choice is marked as right';
  if (question.kind === 'multiple_choice') {
    return {
      ...common,
      kind: 'multiple_choice',
      choices,
      shuffle: question.shuffle,
      partialCredit: question.partialCredit,
    };
  }
  if (right > 1) return `${right} choices are marked as right`;
  if (question.kind === 'dropdown') return { ...common, kind: 'dropdown', choices };
  return { ...common, kind: 'single_choice', choices, shuffle: question.shuffle };
}

type Common = { id: string; label: string; description?: string; weight: number };

function numericalResponse(question: AuthoredQuestion, common: Common): ResponseDefinition | string {
  const raw = question.answers ?? (question.answer === undefined ? [] : [question.answer]);
  const parsed = z.array(numericalAnswer).min(1).safeParse(raw);
  if (!parsed.success) return 'it has no numerical answer that is understood';
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
  return { ...common, kind: 'numerical', answers, ...(question.unit === undefined ? {} : { unit: question.unit }) };
}

function toleranceFrom(allowed: number | string): { kind: 'absolute' | 'percent'; amount: number } {
  if (typeof allowed === 'number') return { kind: 'absolute', amount: allowed };
  return { kind: 'percent', amount: Number(allowed.slice(0, -1)) };
}

function textResponse(question: AuthoredQuestion, common: Common): ResponseDefinition | string {
  const answers = textAnswers(question.answers ?? (question.answer === undefined ? [] : [String(question.answer)]));
  if (typeof answers === 'string') return answers;
  if (answers.length === 0) return 'it has no answer';
  return {
    ...common,
    kind: 'text',
    answers,
    ...(question.wrongAnswers === undefined ? {} : { wrongAnswers: [...question.wrongAnswers] }),
    caseSensitive: question.caseSensitive,
  };
}

type TextAnswer = Extract<ResponseDefinition, { kind: 'text' }>['answers'][number];

function textAnswers(raw: readonly unknown[]): TextAnswer[] | string {
  const answers: TextAnswer[] = [];
  for (const entry of raw) {
    const parsed = textAnswer.safeParse(entry);
    if (!parsed.success) return 'an answer is not understood';
    const answer = parsed.data;
    if (typeof answer === 'string') {
      answers.push({ match: 'exact', value: answer, credit: 1 });
      continue;
    }
    if (answer.match === 'pattern' && !isPattern(answer.value)) return `the pattern "${answer.value}" is not valid`;
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

function buildTranslation(options: {
  built: Built;
  question: AuthoredQuestion;
  translated: TranslatedQuestion;
  title: string;
  prose: ProseReader;
}): ProblemTranslation | string {
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
      return `its translation has ${other.length} choices instead of ${choices.length}`;
    }
    const contents: Record<string, Block[]> = {};
    const feedback: Record<string, string> = {};
    for (const [index, choice] of choices.entries()) {
      const match = other.find(({ id }) => id === choice.id) ?? other[index];
      if (match === undefined) return 'a choice is missing in its translation';
      if (match.correct !== undefined && match.correct !== choice.correct) {
        return 'its translation marks another choice as right';
      }
      contents[choice.id] = readProse(prose, match.text);
      if (match.feedback !== undefined) feedback[choice.id] = match.feedback;
      if (match.feedbackUnselected !== undefined) feedback[`${choice.id}.unselected`] = match.feedbackUnselected;
    }
    translation.choices = contents;
    if (Object.keys(feedback).length > 0) translation.feedback = feedback;
  }
  const feedback = answerFeedback(built.response, translated, question.wrongAnswers?.length ?? 0);
  if (Object.keys(feedback).length > 0) translation.feedback = { ...translation.feedback, ...feedback };
  const hints = [...(translated.hint === undefined ? [] : [translated.hint]), ...(translated.hints ?? [])];
  if (hints.length > 0) translation.hints = hints;
  if (hints.length !== (question.hint === undefined ? 0 : 1) + (question.hints?.length ?? 0) && hints.length > 0) {
    return 'its translation has another number of hints';
  }
  if (translated.solution !== undefined) translation.solution = readProse(prose, translated.solution);
  return translation;
}

/** Feedback of answers and wrong answers in another language, keyed `answers.<n>` and `wrongAnswers.<n>`. */
function answerFeedback(
  response: ResponseDefinition,
  translated: TranslatedQuestion,
  sourceWrongAnswers: number,
): Record<string, string> {
  const feedback: Record<string, string> = {};
  if (response.kind === 'numerical') {
    for (const [index, answer] of (translated.answers ?? []).entries()) {
      const note = feedbackOf(answer);
      if (note !== null && index < response.answers.length) feedback[`answers.${index}`] = note;
    }
  }
  if (response.kind === 'text') {
    for (const [index, wrong] of (translated.wrongAnswers ?? []).entries()) {
      if (index < sourceWrongAnswers) feedback[`wrongAnswers.${index}`] = wrong.feedback;
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
function acceptTranslatedAnswers(response: ResponseDefinition, translated: TranslatedQuestion): void {
  if (response.kind !== 'text') return;
  for (const wrong of translated.wrongAnswers ?? []) {
    response.wrongAnswers ??= [];
    if (!response.wrongAnswers.some(({ value }) => value === wrong.value)) response.wrongAnswers.push(wrong);
  }
  const answers = textAnswers(translated.answers ?? []);
  if (typeof answers === 'string') return;
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
