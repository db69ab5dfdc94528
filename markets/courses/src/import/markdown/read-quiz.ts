import { createHash } from 'node:crypto';
import type { Note } from '@stoa/contracts/note';
import { ProblemDefinition, type ProblemTranslation } from '@stoa/contracts/problem';
import { note } from '../notes.ts';
import { acceptTranslatedAnswers, buildDefinition, buildTranslation, type ProseReader } from './build-problem.ts';
import { authoredFrom, openFile, translationFrom } from './quiz-formats.ts';

/** One quiz of a source, ready to be placed in a lesson; `id` is unique inside the file or folder it came from. */
export type Quiz = {
  id: string;
  title: string;
  /** Titles by language, the source language left out. */
  titles: Record<string, string>;
  /** Where the author wants it; null when the layout decides. */
  placement: 'before' | 'after' | null;
  problems: { sourceKey: string; definition: ProblemDefinition }[];
  /** Changes and losses by language (`''` for the source language). */
  notes: { language: string; note: Note }[];
};

/** A quiz file in one language, parsed as JSON but not yet checked. */
export type QuizSource = { language: string; json: unknown; prose: ProseReader };

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
): { quizzes: Quiz[]; problem: Note | null } {
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
      notes: opened.notes.filter(({ quizId }) => quizId === open.id).map((told) => ({ language: '', note: told.note })),
    };
    const others = foreign.flatMap(({ language, prose, opened: file }) => {
      const match =
        file.quizzes.find(({ id }) => id === open.id) ?? (file.numbered ? undefined : file.quizzes[position]);
      if (match === undefined) {
        quiz.notes.push({ language, note: file.problem ?? note('quiz_missing_in', { language }) });
        return [];
      }
      if (match.title !== '') quiz.titles[language] = match.title;
      if (match.questions.length !== open.questions.length) {
        const counts = { found: match.questions.length, wanted: open.questions.length };
        quiz.notes.push({ language, note: note('quiz_question_count', counts) });
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

function readQuestion(options: {
  raw: unknown;
  index: number;
  quiz: Quiz;
  others: { language: string; prose: ProseReader; questions: unknown[] }[];
  prose: ProseReader;
  keyPrefix: string;
}): void {
  const { raw, index, quiz, others, prose, keyPrefix } = options;
  const number = index + 1;
  const leaveOut = (reason: Note): void => {
    quiz.notes.push({ language: '', note: note('question_left_out', { number, reason }) });
  };
  const leaveUntranslated = (language: string, reason: Note): void => {
    quiz.notes.push({ language, note: note('question_untranslated', { number, reason }) });
  };
  const question = authoredFrom(raw);
  if ('code' in question) {
    leaveOut(question);
    return;
  }
  const built = buildDefinition({ question, title: `${quiz.title} · ${index + 1}`, prose });
  if ('code' in built) {
    leaveOut(built);
    return;
  }

  const translations: Record<string, ProblemTranslation> = {};
  for (const other of others) {
    const translated = translationFrom(matching(other.questions, question.id, index));
    if ('code' in translated) {
      leaveUntranslated(other.language, translated);
      continue;
    }
    const title = `${quiz.titles[other.language] ?? quiz.title} · ${index + 1}`;
    const translation = buildTranslation({ built, question, translated, title, prose: other.prose });
    if ('code' in translation) {
      leaveUntranslated(other.language, translation);
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
    leaveOut(note('field_not_understood', { field: parsed.error.issues[0]?.path.join('.') ?? '' }));
    return;
  }
  quiz.problems.push({
    sourceKey: fittingKey(`${keyPrefix}${quiz.id}/${question.id ?? index + 1}`),
    definition: parsed.data,
  });
}

/** Problem ids have 200 characters at most; a longer key keeps its end and is told apart by a digest of the whole. */
function fittingKey(key: string): string {
  if (key.length <= 200) return key;
  return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}/${key.slice(-160)}`;
}

function matching(questions: unknown[], id: string | undefined, index: number): unknown {
  if (id === undefined) return questions[index];
  const byId = questions.find((question) => idOf(question) === id);
  return byId ?? (idOf(questions[index]) === undefined ? questions[index] : undefined);
}

function idOf(question: unknown): unknown {
  return typeof question === 'object' && question !== null && 'id' in question ? question.id : undefined;
}
