import { type Block, Document } from '@stoa/contracts/document';
import { documentNote, unsupportedBlock } from '@stoa/contracts/document-notes';
import type { Note } from '@stoa/contracts/note';
import { countWords, oneLine } from '../document-text.ts';
import type { ImportedLesson, ImportReportItem, LessonKind } from '../imported-course.ts';
import { note } from '../notes.ts';
import { composeLesson } from './compose-lesson.ts';
import type { LessonSettings } from './course-settings.ts';
import type { MarkdownContext } from './markdown-to-blocks.ts';
import { placementOf } from './place-quizzes.ts';
import type { Quiz } from './read-quiz.ts';
import type { SourceText } from './read-source-text.ts';
import { type LessonTexts, spareLines, textLine } from './read-texts.ts';
import { contextFor, type ReferenceMap } from './references.ts';
import { nameOf } from './source-path.ts';

/** What all parts of an import share. */
export type Surroundings = {
  language: string;
  map: ReferenceMap;
  /** Told of every file of the source that something shows. */
  useFile: (path: string, lessonKey: string | null) => void;
};

const wordsPerMinute = 200;

/**
 * One lesson in all its languages, with the report lines of its texts, its translations and its assignment.
 * An assignment without a translation is shown in the language of the source, so that nobody misses it.
 */
export function buildLesson(options: {
  lesson: LessonTexts;
  source: SourceText;
  quizzes: readonly Quiz[];
  surroundings: Surroundings;
}): { lesson: ImportedLesson; report: ImportReportItem[] } {
  const { lesson, source, quizzes, surroundings } = options;
  const { key, settings, text, assignment } = lesson;
  const report: ImportReportItem[] = [];
  const placed = quizzes.map((quiz) => ({ quiz, placement: placementOf(quiz) }));

  const build = (language: string | null, own: SourceText): { title: string; content: Document } => {
    const tag = language ?? surroundings.language;
    const losses: ImportReportItem[] = [];
    const contextOf = (part: SourceText, headingPrefix: string, report = losses): MarkdownContext =>
      contextFor({
        path: part.path,
        language: tag,
        lessonKey: key,
        fragments: part.fragments,
        headingPrefix,
        map: surroundings.map,
        notes: part.notes,
        report,
        useFile: (path) => surroundings.useFile(path, key),
      });
    const task = (language === null ? null : assignment.translations.get(language)) ?? assignment.source;
    const borrowed = language !== null && task !== null && task === assignment.source;
    if (borrowed) {
      own.notes.add(note('assignment_borrowed', { language, shown: surroundings.language }));
    }
    const translated = language === null ? undefined : lesson.translatedSettings.get(language);
    const title = titleOf(own, language === null ? settings : (translated ?? {}), lesson.layout.key);
    const blocks = composeLesson({
      lesson: { text: own, context: contextOf(own, '') },
      assignment:
        task === null ? null : { text: task, context: contextOf(task, 'assignment-', borrowed ? [] : losses) },
      quizzes: placed,
      settings: translated === undefined ? settings : translatedMedia(settings, translated),
      language,
      title,
    });
    const { content, problem } = validDocument(blocks, title);
    const line = textLine(own, language === null ? 'lesson' : 'translation', key);
    report.push(problem === null ? line : { ...line, outcome: 'failed', notes: [problem] }, ...losses);
    return { title, content };
  };

  const { title, content } = build(null, source);
  const translations: ImportedLesson['translations'] = {};
  for (const [language, own] of text.translations) translations[language] = build(language, own);

  if (assignment.source !== null) report.push(textLine(assignment.source, 'assignment', key));
  for (const [language, task] of assignment.translations) {
    const line = textLine(task, 'assignment translation', key);
    const notes = [note('assignment_without_lesson', { language })];
    report.push(language in translations ? line : { ...line, outcome: 'raw', notes });
  }
  report.push(...spareLines(text.file, 'translation', key));
  report.push(...spareLines(assignment.file, 'assignment translation', key));

  return {
    lesson: {
      sourceKey: key,
      title,
      path: [],
      kind: settings.kind ?? kindOf(settings),
      durationSeconds: settings.duration ?? readingSeconds(content.content) + (settings.mediaDuration ?? 0),
      content,
      translations,
      problems: quizzes.flatMap(({ problems }) => problems),
      graded: settings.graded ?? false,
    },
    report,
  };
}

/** A document that passes the schema, or one with a single note and the reason why the content did not. */
export function validDocument(blocks: Block[], title: string): { content: Document; problem: Note | null } {
  const parsed = Document.safeParse({ type: 'doc', content: blocks });
  if (parsed.success) return { content: parsed.data, problem: null };
  const issue = parsed.error.issues[0];
  return {
    content: {
      type: 'doc',
      content: [unsupportedBlock({ kind: 'markdown', title, says: documentNote('lesson_not_readable') })],
    },
    problem: note('not_valid_document', { place: issue?.path.join('.') ?? '' }),
  };
}

function readingSeconds(blocks: readonly Block[]): number {
  return Math.round((countWords(blocks) / wordsPerMinute) * 60);
}

/** Front matter, else the first H1, else the name of the file or folder without its number. */
export function titleOf(text: SourceText | null, settings: { title?: string | undefined }, key: string): string {
  const name = nameOf(key)
    .replace(/^\d+[-_. ]*/, '')
    .replaceAll(/[-_]+/g, ' ');
  const spelt = name.charAt(0).toUpperCase() + name.slice(1);
  return oneLine(settings.title ?? text?.title ?? '', 500) || oneLine(spelt, 500) || key;
}

/** A translation may bring its own recording, captions and handouts; everything else is the lesson's. */
function translatedMedia(settings: LessonSettings, translated: LessonSettings): LessonSettings {
  const { title: _, ...media } = translated;
  return { ...settings, ...media };
}

/** What the settings alone say about the kind. */
function kindOf(settings: LessonSettings): LessonKind | null {
  if (settings.video !== undefined) return 'video';
  if (settings.audio !== undefined) return 'audio';
  if (settings.embed !== undefined) return 'embed';
  return null;
}
