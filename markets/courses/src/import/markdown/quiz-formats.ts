import type { Note } from '@stoa/contracts/note';
import { z } from 'zod';
import { note } from '../notes.ts';

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

/** An answer of a `numerical` question as authors write it. */
export const numericalAnswer = z.union([
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

/** An answer of a `text` question as authors write it. */
export const textAnswer = z.union([
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

/** A question in the authored format; questions of a quiz app are turned into it. */
export type AuthoredQuestion = z.infer<typeof authoredQuestion>;

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

/** The texts of a question in another language; everything else comes from the source. */
export type TranslatedQuestion = z.infer<typeof translatedQuestion>;

const authoredQuiz = z.object({
  id: z.union([z.int(), z.string().min(1).max(100)]).optional(),
  title: text.default(''),
  placement: z.enum(['before', 'after']).optional(),
  questions: z.array(z.unknown()),
});

/** A quiz whose outer shape was understood; its questions are still unchecked and may be of either format. */
type OpenQuiz = { id: string; title: string; placement: 'before' | 'after' | null; questions: unknown[] };

/** A quiz file whose outer shape was understood; `problem` says why nothing in it was. */
export type OpenFile = {
  quizzes: OpenQuiz[];
  /** Quizzes carry ids of their own, so translations match by id and never by position. */
  numbered: boolean;
  notes: { quizId: string; note: Note }[];
  problem: Note | null;
};

/** Reads the outer shape of a quiz file in either format; questions stay unchecked. Never throws. */
export function openFile(json: unknown): OpenFile {
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
  if (file.quizzes.length === 0) file.problem = note('quiz_format_unknown');
  return file;
}

function addAppQuiz(entry: unknown, file: OpenFile): void {
  const parsed = appQuiz.safeParse(entry);
  if (!parsed.success) return;
  const { title, quiz } = parsed.data;
  const id = String(parsed.data.id);
  if (file.quizzes.some((known) => known.id === id)) {
    file.notes.push({ quizId: id, note: note('quiz_repeated') });
    return;
  }
  file.quizzes.push({ id, title, placement: null, questions: quiz });
}

/** Either format as an authored question, or the reason why not. */
export function authoredFrom(raw: unknown): AuthoredQuestion | Note {
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
  return note('field_not_understood', { field: issue?.path.join('.') || note('the_question') });
}

/** Either format as the texts of a translation, or the reason why not. */
export function translationFrom(raw: unknown): TranslatedQuestion | Note {
  if (raw === undefined) return note('translation_missing');
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
  return note('translation_not_valid', { field: issue?.path.join('.') || note('the_question') });
}

function escaped<T extends { text: string }>(choice: T): T {
  return { ...choice, text: escapeMarkdown(choice.text) };
}

/** Texts of the quiz app are plain: `<img>`, `*` or `_` in them are meant as they stand. */
function escapeMarkdown(plain: string): string {
  return plain.replaceAll(/[\\`*_{}[\]<>()#+\-.!|~$&:@/=^"']/g, '\\$&');
}
