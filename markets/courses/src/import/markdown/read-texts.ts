import type { ImportReportItem, SourceTree } from '../imported-course.ts';
import { note } from '../notes.ts';
import type { LessonLayout, TranslatedFile } from './course-layout.ts';
import { type LessonSettings, readLessonSettings, readTranslatedSettings } from './course-settings.ts';
import { readSourceText, type SourceText } from './read-source-text.ts';

/** A text in all the languages that could be read. */
export type TextSet = { file: TranslatedFile; source: SourceText | null; translations: Map<string, SourceText> };

/** A lesson as its files say it, before anything is converted. */
export type LessonTexts = {
  layout: LessonLayout;
  key: string;
  settings: LessonSettings;
  /** Settings of translated texts, by language; only what a translation may change is read from them. */
  translatedSettings: Map<string, LessonSettings>;
  text: TextSet;
  assignment: TextSet;
};

type Reading = { tree: SourceTree; report: ImportReportItem[]; type: string; lessonKey: string | null };

/** Reads a text and its translations; a file that cannot be read is a `failed` line and the others stay. */
export async function readTextSet(file: TranslatedFile, reading: Reading): Promise<TextSet> {
  const { tree, report, type, lessonKey } = reading;
  const read = async (path: string): Promise<SourceText | null> => {
    const { text, problem } = await readSourceText(tree, path);
    if (problem !== null) report.push({ source: path, type, outcome: 'failed', notes: [problem], lessonKey });
    return text;
  };
  const set: TextSet = { file, source: file.path === null ? null : await read(file.path), translations: new Map() };
  for (const [language, { path, assumed }] of file.translations) {
    const text = await read(path);
    if (text === null) continue;
    if (assumed !== null) text.notes.add(assumed);
    set.translations.set(language, text);
  }
  return set;
}

/**
 * Reads the texts of lessons in their order. `taken` holds the keys given so far: an `id` used twice keeps the first
 * lesson and the second goes by its path.
 */
export async function readLessonTexts(
  layouts: readonly LessonLayout[],
  options: { tree: SourceTree; report: ImportReportItem[]; taken: Set<string> },
): Promise<LessonTexts[]> {
  const { tree, report, taken } = options;
  const lessons: LessonTexts[] = [];
  for (const layout of layouts) {
    const before = report.length;
    const text = await readTextSet(layout.text, { tree, report, type: 'lesson', lessonKey: null });
    const assignment = await readTextSet(layout.assignment, {
      tree,
      report,
      type: 'assignment',
      lessonKey: layout.key,
    });
    const { settings, problems } = readLessonSettings(text.source?.settings ?? {});
    for (const problem of problems) text.source?.notes.add(problem);
    const repeated = settings.id !== undefined && taken.has(settings.id);
    if (repeated) text.source?.notes.add(note('id_taken', { id: settings.id ?? '' }));
    const key = repeated ? layout.key : (settings.id ?? layout.key);
    taken.add(key);
    // The key is known only now; without a readable text there is no lesson a line could point to.
    for (const line of report.slice(before)) line.lessonKey = text.source === null ? null : key;
    const translatedSettings = new Map<string, LessonSettings>();
    for (const [language, translated] of text.translations) {
      const read = readTranslatedSettings(translated.settings);
      for (const problem of read.problems) translated.notes.add(problem);
      translatedSettings.set(language, read.settings);
    }
    lessons.push({ layout, key, settings, translatedSettings, text, assignment });
  }
  return lessons;
}

/** The report line for a text that is shown: its notes make it `converted`. */
export function textLine(text: SourceText, type: string, lessonKey: string | null): ImportReportItem {
  const notes = text.notes.list();
  return { source: text.path, type, outcome: notes.length === 0 ? 'imported' : 'converted', notes, lessonKey };
}

/** Lines for files that say the same as another one. */
export function spareLines(file: TranslatedFile, type: string, lessonKey: string | null): ImportReportItem[] {
  return file.spare.map(({ path, reason }) => ({ source: path, type, outcome: 'raw', notes: [reason], lessonKey }));
}
