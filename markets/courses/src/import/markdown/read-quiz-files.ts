import type { ImportReportItem, SourceTree } from '../imported-course.ts';
import { note, noteOf, noteSet } from '../notes.ts';
import type { Surroundings } from './build-lesson.ts';
import type { ProseReader } from './build-problem.ts';
import type { CourseLayout } from './course-layout.ts';
import { markdownToBlocks } from './markdown-to-blocks.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { type Quiz, type QuizSource, readQuizzes } from './read-quiz.ts';
import { decode } from './read-source-text.ts';
import type { LessonTexts } from './read-texts.ts';
import { contextFor } from './references.ts';

const maximumQuizBytes = 5 * 1024 * 1024;

type QuizFile = { language: string; path: string };
type Loaded = { sources: QuizSource[]; report: ImportReportItem[] };

/** Quizzes with the report lines they cause, except the line of each quiz, which needs the lesson: {@link quizLines}. */
export type QuizSet = { quizzes: Quiz[]; files: QuizFile[]; report: ImportReportItem[] };

/**
 * Reads the quizzes of a quiz app: one file per language, or one folder per language. The file in the language of the
 * source leads; where there is none, the first one does.
 */
export async function readQuizApp(options: {
  tree: SourceTree;
  files: CourseLayout['quizApp'];
  surroundings: Surroundings;
}): Promise<QuizSet> {
  const { tree, surroundings } = options;
  const leading = options.files.some(({ language }) => language === surroundings.language)
    ? surroundings.language
    : options.files[0]?.language;
  const files = [
    ...options.files.filter(({ language }) => language === leading),
    ...options.files.filter(({ language }) => language !== leading),
  ];
  const loaded = await load({ tree, files, surroundings, lessonKey: null });
  const merged = [...Map.groupBy(loaded.sources, ({ language }) => language)].map(
    ([language, sources]): QuizSource => ({
      language,
      json: sources.flatMap(({ json }): unknown[] => (Array.isArray(json) ? json : [json])),
      prose: sources[0]?.prose ?? (() => []),
    }),
  );
  return toSet({ merged, files, loaded, keyPrefix: 'quiz/', lessonKey: null });
}

/** Reads the `quiz.json` of a lesson with its translations, and says per quiz what came of it. */
export async function readLessonQuizzes(options: {
  tree: SourceTree;
  lesson: LessonTexts;
  surroundings: Surroundings;
}): Promise<QuizSet> {
  const { tree, lesson, surroundings } = options;
  const { path, translations } = lesson.layout.quiz;
  if (path === null) return { quizzes: [], files: [], report: [] };
  const files = [
    { language: surroundings.language, path },
    ...[...translations].map(([language, file]) => ({ language, path: file.path })),
  ];
  const loaded = await load({ tree, files, surroundings, lessonKey: lesson.key });
  const keyPrefix = `${lesson.key}/quiz/`;
  const set = toSet({ merged: loaded.sources, files, loaded, keyPrefix, lessonKey: lesson.key });
  // Quizzes of a lesson stand after its text unless their author says otherwise.
  for (const quiz of set.quizzes) quiz.placement ??= 'after';
  return set;
}

/** One line per quiz and language: what was left out or changed, and which lesson shows it. */
export function quizLines(set: QuizSet, lessonOf: (quiz: Quiz) => string | null): ImportReportItem[] {
  return set.quizzes.flatMap((quiz) => {
    const lessonKey = lessonOf(quiz);
    const languages = [...new Set(set.files.map(({ language }) => language))];
    return languages.map((language, index): ImportReportItem => {
      const path = set.files.find((file) => file.language === language)?.path ?? '';
      const entries = quiz.notes.filter((entry) => entry.language === (index === 0 ? '' : language));
      const notes = entries.map((entry) => entry.note);
      const type = index === 0 ? 'quiz' : 'quiz translation';
      const line = { source: `${path}#${quiz.id}`, type, notes, lessonKey };
      if (lessonKey === null) {
        return { ...line, outcome: 'raw', notes: [note('quiz_unused'), ...notes] };
      }
      if (quiz.problems.length === 0) {
        return { ...line, outcome: 'failed', notes: notes.length > 0 ? notes : [note('quiz_without_questions')] };
      }
      return { ...line, outcome: notes.length === 0 ? 'imported' : 'converted' };
    });
  });
}

async function load(options: {
  tree: SourceTree;
  files: readonly QuizFile[];
  surroundings: Surroundings;
  lessonKey: string | null;
}): Promise<Loaded> {
  const { tree, files, surroundings, lessonKey } = options;
  const loaded: Loaded = { sources: [], report: [] };
  for (const { language, path } of files) {
    try {
      const { text } = decode(await tree.read(path, maximumQuizBytes));
      const json: unknown = JSON.parse(text);
      const prose = proseReader({ path, language, lessonKey, surroundings, report: loaded.report });
      loaded.sources.push({ language, json, prose });
    } catch (error) {
      const notes = [note('quiz_file_not_readable', { reason: noteOf(error) })];
      loaded.report.push({ source: path, type: 'quiz', outcome: 'failed', notes, lessonKey });
    }
  }
  return loaded;
}

function toSet(options: {
  merged: readonly QuizSource[];
  files: readonly QuizFile[];
  loaded: Loaded;
  keyPrefix: string;
  lessonKey: string | null;
}): QuizSet {
  const { merged, files, loaded, keyPrefix, lessonKey } = options;
  const leading = files[0];
  const source = merged.find(({ language }) => language === leading?.language);
  if (leading === undefined || source === undefined) return { quizzes: [], files: [], report: loaded.report };
  const others = merged.filter(({ language }) => language !== source.language);
  const { quizzes, problem } = readQuizzes(source, others, keyPrefix);
  const report = [...loaded.report];
  if (problem !== null)
    report.push({ source: leading.path, type: 'quiz', outcome: 'failed', notes: [problem], lessonKey });
  const read = new Set(merged.map(({ language }) => language));
  return { quizzes, files: files.filter(({ language }) => read.has(language)), report };
}

function proseReader(options: {
  path: string;
  language: string;
  lessonKey: string | null;
  surroundings: Surroundings;
  report: ImportReportItem[];
}): ProseReader {
  const { path, language, lessonKey, surroundings, report } = options;
  const context = contextFor({
    path,
    language,
    lessonKey,
    fragments: new Set(),
    headingPrefix: 'quiz-',
    map: surroundings.map,
    notes: noteSet(),
    report,
    useFile: (used) => surroundings.useFile(used, lessonKey),
  });
  return (markdown) => {
    try {
      return markdownToBlocks(parseMarkdown(markdown), context);
    } catch {
      // Too complex for Markdown: the reader still gets the words.
      return [{ type: 'paragraph', content: [{ type: 'text', text: markdown }] }];
    }
  };
}
