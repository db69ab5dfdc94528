import { oneLine } from '../document-text.ts';
import { ImportError } from '../import-error.ts';
import type { ImportedCourse, ImportedFile, ImportedModule, ImportReportItem, SourceTree } from '../imported-course.ts';
import { note, noteOf } from '../notes.ts';
import { buildDescription, summaryOf } from './build-description.ts';
import { buildLesson, type Surroundings, titleOf } from './build-lesson.ts';
import { contentTypeOf } from './content-type.ts';
import { type CourseLayout, findCourseLayout, type ModuleLayout } from './course-layout.ts';
import { type CourseSettings, readCourseSettings } from './course-settings.ts';
import { parseSettings } from './front-matter.ts';
import { insideWrapper } from './inside-wrapper.ts';
import type { LanguageAliases } from './language-suffix.ts';
import { headingId } from './markdown-to-blocks.ts';
import { placeQuizzes } from './place-quizzes.ts';
import { quizLines, readLessonQuizzes, readQuizApp } from './read-quiz-files.ts';
import { decode, type SourceText } from './read-source-text.ts';
import { type LessonTexts, readLessonTexts, readTextSet, spareLines, type TextSet, textLine } from './read-texts.ts';
import { mapReferences, textPaths } from './references.ts';
import { nameOf, resolveReference } from './source-path.ts';

export type MarkdownCourseOptions = {
  /** Stable identity of the course; default: `id` of its settings, else made from its title. */
  sourceKey?: string;
  /** BCP 47 tag of the source language; default: `language` of its settings, else `en`. */
  language?: string;
  /** What suffixes of translated files mean; default: `pt` and `br` are `pt-BR`. */
  languageAliases?: LanguageAliases;
};

/** What the source says about the course that the common form of imported courses has no place for. */
export type MarkdownCourseSettings = {
  level: 'beginner' | 'intermediate' | 'advanced' | null;
  category: string | null;
  /** Minor units; null when the course is free. */
  price: { amount: number; currency: string } | null;
  certificate: boolean;
  /** Outcomes in other languages, by BCP 47 tag. */
  outcomes: Record<string, string[]>;
};

export type MarkdownCourse = ImportedCourse & { settings: MarkdownCourseSettings };

type ModuleTexts = { layout: ModuleLayout; text: TextSet | null; lessons: LessonTexts[] };

/**
 * Reads a course written in Markdown: folders with `README.md`, as repositories have them, or with the front matter
 * and quizzes of the authored layout (docs/markdown-course-format.md). The same source gives an equal result.
 * A file that cannot be read becomes a `failed` line of the report and the rest is imported.
 * Throws `source_not_a_course` when nothing in it looks like a lesson, and what the tree throws when it lists its files.
 */
export async function readMarkdownCourse(
  source: SourceTree,
  options: MarkdownCourseOptions = {},
): Promise<MarkdownCourse> {
  const tree = await insideWrapper(source);
  const paths = await tree.list();
  const layout = findCourseLayout(paths, options.languageAliases);
  if (layout.modules.length === 0) {
    throw new ImportError('source_not_a_course', 'no folder with a README.md and no numbered Markdown file was found');
  }
  const report: ImportReportItem[] = [];

  const page = await readTextSet(layout.text, { tree, report, type: 'course', lessonKey: null });
  const course = await readSettings({ tree, path: layout.settingsPath, page: page.source, report });
  const modules = await readModules(layout, tree, report);
  const lessons = modules.flatMap((module) => module.lessons);

  const readable = lessons.filter(({ text }) => text.source !== null);
  const keys = new Map(readable.map((lesson) => [lesson.layout.key, lesson.key]));
  const used = new Map<string, string | null>();
  const surroundings: Surroundings = {
    language: options.language ?? course.language ?? 'en',
    map: mapReferences(layout, paths, (key) => keys.get(key) ?? null),
    useFile: (path, lessonKey) => {
      if (!used.has(path)) used.set(path, lessonKey);
    },
  };
  const app = await readQuizApp({ tree, files: layout.quizApp, surroundings });
  surroundings.map.quizzes = placeQuizzes(app.quizzes, lessons);

  const title = oneLine(course.title ?? page.source?.title ?? '', 500) || 'Untitled course';
  const description = buildDescription({ language: null, page, sections: sectionsOf(modules), surroundings });
  const summary = course.summary ?? summaryOf(description.document);
  const translated = translateCourse({ page, modules, title, surroundings });
  report.push(...description.report, ...translated.report, ...pageLines(page, modules));

  const importedModules: ImportedModule[] = [];
  for (const module of modules) {
    const imported: ImportedModule = { ...headOf(module, { title, translations: translated.texts }), lessons: [] };
    for (const lesson of module.lessons) {
      const source = lesson.text.source;
      if (source === null) continue;
      const own = await readLessonQuizzes({ tree, lesson, surroundings });
      const fromApp = app.quizzes.filter(({ id }) => surroundings.map.quizzes.get(id) === lesson.key);
      const built = buildLesson({ lesson, source, quizzes: [...fromApp, ...own.quizzes], surroundings });
      imported.lessons.push(built.lesson);
      report.push(...built.report, ...own.report, ...quizLines(own, () => lesson.key));
    }
    if (imported.lessons.length > 0) importedModules.push(imported);
  }
  report.push(...app.report, ...quizLines(app, ({ id }) => surroundings.map.quizzes.get(id) ?? null));

  const coverPath = coverOf(course.cover, { surroundings, report });
  const files = await openFiles(tree, used, report);
  report.push(...unusedLines({ paths, layout, used, surroundings }));
  for (const language of languagesOf(importedModules)) translated.texts[language] ??= {};

  return {
    format: 'markdown',
    sourceKey: options.sourceKey ?? course.id ?? `markdown:${headingId(title)}`,
    title,
    summary,
    description: description.document,
    language: surroundings.language,
    translations: translated.texts,
    outcomes: course.outcomes ?? [],
    coverPath,
    instructors: course.instructors ?? [],
    modules: importedModules,
    files,
    report,
    settings: {
      level: course.level ?? null,
      category: course.category ?? null,
      price: course.price ?? null,
      certificate: course.certificate ?? true,
      outcomes: translated.outcomes,
    },
  };
}

/** `course.yaml` first, then what the front matter of the root text adds to it. */
async function readSettings(options: {
  tree: SourceTree;
  path: string | null;
  page: SourceText | null;
  report: ImportReportItem[];
}): Promise<CourseSettings> {
  const { tree, path, page, report } = options;
  const fromPage = readCourseSettings(page?.settings ?? {});
  for (const problem of fromPage.problems) page?.notes.add(problem);
  if (path === null) return fromPage.settings;
  const line = { source: path, type: 'settings', lessonKey: null };
  try {
    const { text } = decode(await tree.read(path, 256 * 1024));
    const { settings: raw, problem } = parseSettings(text);
    const { settings, problems } = readCourseSettings(raw);
    const notes = problem === null ? problems : [problem, ...problems];
    const outcome = problem !== null ? 'failed' : notes.length > 0 ? 'converted' : 'imported';
    report.push({ ...line, outcome, notes });
    return { ...fromPage.settings, ...settings };
  } catch (error) {
    report.push({ ...line, outcome: 'failed', notes: [noteOf(error)] });
    return fromPage.settings;
  }
}

async function readModules(layout: CourseLayout, tree: SourceTree, report: ImportReportItem[]): Promise<ModuleTexts[]> {
  const taken = new Set<string>();
  const modules: ModuleTexts[] = [];
  for (const module of layout.modules) {
    modules.push({
      layout: module,
      text:
        module.text === null
          ? null
          : await readTextSet(module.text, { tree, report, type: 'section', lessonKey: null }),
      lessons: await readLessonTexts(module.lessons, { tree, report, taken }),
    });
  }
  return modules;
}

function sectionsOf(modules: readonly ModuleTexts[]): { key: string; text: TextSet | null }[] {
  return modules.map(({ layout, text }) => ({ key: layout.key, text }));
}

type CourseTexts = ImportedCourse['translations'];

/** Title, summary and description in every language in which the course page or a section has a text. */
function translateCourse(options: {
  page: TextSet;
  modules: readonly ModuleTexts[];
  title: string;
  surroundings: Surroundings;
}): { texts: CourseTexts; outcomes: Record<string, string[]>; report: ImportReportItem[] } {
  const { page, modules, surroundings } = options;
  const texts: CourseTexts = {};
  const outcomes: Record<string, string[]> = {};
  const report: ImportReportItem[] = [];
  const sectionLanguages = modules.flatMap(({ text }) => [...(text?.translations.keys() ?? [])]);
  for (const language of new Set([...page.translations.keys(), ...sectionLanguages])) {
    const own = page.translations.get(language);
    const { settings, problems } = readCourseSettings(own?.settings ?? {});
    for (const problem of problems) own?.notes.add(problem);
    const description = buildDescription({ language, page, sections: sectionsOf(modules), surroundings });
    report.push(...description.report);
    if (settings.outcomes !== undefined) outcomes[language] = settings.outcomes;
    const title = settings.title ?? own?.title;
    const text = {
      ...(title ? { title: oneLine(title, 500) } : {}),
      ...(own === undefined ? {} : { summary: settings.summary ?? summaryOf(description.document) }),
      // Without its own course page a language would show an introduction made of sections alone.
      ...(own === undefined ? {} : { description: description.document }),
    };
    texts[language] = text;
  }
  return { texts, outcomes, report };
}

/** The module's name in every language: its own text, or the course's where all lessons stand in one module. */
function headOf(
  module: ModuleTexts,
  course: { title: string; translations: CourseTexts },
): Omit<ImportedModule, 'lessons'> {
  const { layout, text, lessons } = module;
  const sourceKey = layout.key;
  const translations: ImportedModule['translations'] = {};
  const itself = text === null && lessons.length === 1 ? lessons[0] : undefined;
  if (text === null && itself === undefined) {
    for (const [language, { title }] of Object.entries(course.translations)) {
      if (title !== undefined) translations[language] = { title };
    }
    return { sourceKey, title: course.title, translations };
  }
  const named = text ?? itself?.text;
  for (const [language, translated] of named?.translations ?? []) {
    translations[language] = { title: titleOf(translated, translatedTitle(translated), layout.key) };
  }
  const title = titleOf(named?.source ?? null, translatedTitle(named?.source ?? null), layout.key);
  return { sourceKey, title, translations };
}

function translatedTitle(text: SourceText | null): { title?: string } {
  const title = text?.settings.title;
  return typeof title === 'string' && title.trim() !== '' ? { title } : {};
}

/** Lines of the course page and the sections, in every language. */
function pageLines(page: TextSet, modules: readonly ModuleTexts[]): ImportReportItem[] {
  const sets = [{ type: 'course', set: page }, ...modules.map(({ text }) => ({ type: 'section', set: text }))];
  return sets.flatMap(({ type, set }) => {
    if (set === null) return [];
    const texts = [...(set.source === null ? [] : [set.source])].map((text) => textLine(text, type, null));
    const translations = [...set.translations.values()].map((text) => textLine(text, `${type} translation`, null));
    return [...texts, ...translations, ...spareLines(set.file, `${type} translation`, null)];
  });
}

function languagesOf(modules: readonly ImportedModule[]): Set<string> {
  return new Set(modules.flatMap(({ lessons }) => lessons.flatMap(({ translations }) => Object.keys(translations))));
}

function coverOf(
  cover: string | undefined,
  { surroundings, report }: { surroundings: Surroundings; report: ImportReportItem[] },
): string | null {
  if (cover === undefined) return null;
  const path = resolveReference('course.yaml', cover)?.path;
  if (path !== undefined && surroundings.map.files.has(path)) {
    surroundings.useFile(path, null);
    return path;
  }
  const notes = [note('cover_not_there', { path: cover })];
  report.push({ source: 'course.yaml', type: 'image', outcome: 'failed', notes, lessonKey: null });
  return null;
}

async function openFiles(
  tree: SourceTree,
  used: ReadonlyMap<string, string | null>,
  report: ImportReportItem[],
): Promise<ImportedFile[]> {
  const files: ImportedFile[] = [];
  for (const [path, lessonKey] of used) {
    files.push({
      path,
      name: nameOf(path),
      contentType: contentTypeOf(path),
      bytes: await tree.size(path),
      open: () => tree.open(path),
    });
    report.push({ source: path, type: 'file', outcome: 'imported', notes: [], lessonKey });
  }
  return files;
}

/** Markdown that no lesson shows is named one by one; other files nobody refers to are counted. */
function unusedLines(options: {
  paths: readonly string[];
  layout: CourseLayout;
  used: ReadonlyMap<string, string | null>;
  surroundings: Surroundings;
}): ImportReportItem[] {
  const { paths, layout, used, surroundings } = options;
  const { map } = surroundings;
  const known = new Set<string>([
    ...used.keys(),
    ...map.lessons.keys(),
    ...map.unreadable,
    ...modulesAssignments(layout),
    ...map.course,
    ...layout.quizApp.map(({ path }) => path),
    ...layout.modules.flatMap(({ lessons }) => lessons.flatMap(({ quiz }) => quizPaths(quiz))),
    ...(layout.settingsPath === null ? [] : [layout.settingsPath]),
  ]);
  const unused = paths.filter((path) => !known.has(path));
  const texts = unused.filter((path) => /\.md$/i.test(path));
  const lines = texts.map((source): ImportReportItem => {
    return { source, type: 'markdown', outcome: 'raw', notes: [note('not_a_lesson')], lessonKey: null };
  });
  const others = unused.length - texts.length;
  if (others > 0) {
    const notes = [note('files_unused', { count: others })];
    lines.push({ source: '.', type: 'files', outcome: 'raw', notes, lessonKey: null });
  }
  return lines;
}

function modulesAssignments(layout: CourseLayout): string[] {
  return layout.modules.flatMap(({ lessons }) => lessons.flatMap(({ assignment }) => textPaths(assignment)));
}

function quizPaths(quiz: { path: string | null; translations: Map<string, { path: string }> }): string[] {
  return [...(quiz.path === null ? [] : [quiz.path]), ...[...quiz.translations.values()].map(({ path }) => path)];
}
