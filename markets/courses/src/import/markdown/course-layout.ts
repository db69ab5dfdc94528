import type { Note } from '@stoa/contracts/note';
import { note } from '../notes.ts';
import { defaultLanguageAliases, type LanguageAliases, languageFromSuffix } from './language-suffix.ts';
import { join, nameOf } from './source-path.ts';

/** A file with its translations. `path` is null when only translations exist. */
export type TranslatedFile = {
  path: string | null;
  /** By BCP 47 tag, with what was assumed about the file. */
  translations: Map<string, { path: string; assumed: Note | null }>;
  /** Files that say the same as another one, with the reason why that one was taken. */
  spare: { path: string; reason: Note }[];
};

export type LessonLayout = {
  /** The folder, or the file without its extension: stable as long as nobody renames it. */
  key: string;
  text: TranslatedFile;
  assignment: TranslatedFile;
  quiz: TranslatedFile;
};

export type ModuleLayout = {
  key: string;
  /** The section's own `README.md`; its first heading names the module. Null when the section is the lesson itself. */
  text: TranslatedFile | null;
  lessons: LessonLayout[];
};

export type CourseLayout = {
  text: TranslatedFile;
  settingsPath: string | null;
  modules: ModuleLayout[];
  /** Quiz files of a quiz app, by language as their name says it (`en.json`, `pt-BR.json`). */
  quizApp: { language: string; path: string }[];
};

/** Folders that hold material beside the lessons; a `README.md` in them is not a lesson. */
const notLessons = new Set(
  (
    'translations translated_images i18n images image img assets media static public fonts sketchnotes docs ' +
    'solution solutions start starter your-work api code data src lib test tests example examples node_modules ' +
    'quiz-app lesson-template'
  ).split(' '),
);

/**
 * Finds modules, lessons, translations and quizzes in a list of paths, in the order of their numbers.
 *
 * A folder or Markdown file that starts with a number is a section (at the root) or a lesson (in a section). Where no
 * folder has a number, every folder with a `README.md` counts, except those that hold material (images, solutions).
 * A section without lessons is a lesson itself; when all sections are, they form one module.
 * `lessons/` and `content/` at the root or in a section are looked through.
 */
export function findCourseLayout(
  paths: readonly string[],
  aliases: LanguageAliases = defaultLanguageAliases,
): CourseLayout {
  const folders = foldersOf(paths);
  const find = (options: { folder: string; stem: string; extension: string }): TranslatedFile =>
    translatedFile({ ...options, folders, aliases });
  const lessonIn = (folder: string): LessonLayout => ({
    key: folder,
    text: find({ folder, stem: 'README', extension: 'md' }),
    assignment: find({ folder, stem: 'assignment', extension: 'md' }),
    quiz: find({ folder, stem: 'quiz', extension: 'json' }),
  });
  const lessonOf = (folder: string, stem: string): LessonLayout => ({
    key: join(folder, stem),
    text: find({ folder, stem, extension: 'md' }),
    assignment: find({ folder, stem: `${stem}.assignment`, extension: 'md' }),
    quiz: find({ folder, stem: `${stem}.quiz`, extension: 'json' }),
  });
  const lessonsIn = (folder: string): LessonLayout[] => {
    const inner = wrapperIn(folder, folders);
    const names = lessonFolders(inner, folders).filter((name) => hasReadme(join(inner, name), folders));
    const stems = lessonFiles(inner, folders, aliases);
    return [
      ...names.map((name) => ({ name, lesson: lessonIn(join(inner, name)) })),
      ...stems.map((stem) => ({ name: stem, lesson: lessonOf(inner, stem) })),
    ]
      .toSorted((a, b) => byNumber(a.name, b.name))
      .map(({ lesson }) => lesson);
  };

  const root = wrapperIn('', folders);
  const sections = lessonFolders(root, folders).map((name): ModuleLayout & { itself: boolean } => {
    const folder = join(root, name);
    const lessons = lessonsIn(folder);
    if (lessons.length > 0) return { key: folder, text: lessonIn(folder).text, lessons, itself: false };
    return { key: folder, text: null, lessons: hasReadme(folder, folders) ? [lessonIn(folder)] : [], itself: true };
  });
  const filled = sections.filter(({ lessons }) => lessons.length > 0);
  const loose = lessonFiles(root, folders, aliases).map((stem) => lessonOf(root, stem));
  const flat = filled.every(({ itself }) => itself);
  const modules: ModuleLayout[] = flat
    ? [{ key: root === '' ? '.' : root, text: null, lessons: [...filled.flatMap(({ lessons }) => lessons), ...loose] }]
    : filled.map(({ key, text, lessons }) => ({ key, text, lessons }));
  if (!flat && loose.length > 0) modules.unshift({ key: '.', text: null, lessons: loose });

  return {
    text: find({ folder: '', stem: 'README', extension: 'md' }),
    settingsPath: ['course.yaml', 'course.yml'].find((path) => paths.includes(path)) ?? null,
    modules: modules.filter(({ lessons }) => lessons.length > 0),
    quizApp: quizAppFiles(paths, aliases),
  };
}

type Folders = Map<string, { files: string[]; folders: Set<string> }>;

function foldersOf(paths: readonly string[]): Folders {
  const folders: Folders = new Map([['', { files: [], folders: new Set() }]]);
  for (const path of paths) {
    let folder = '';
    const segments = path.split('/');
    const name = segments.pop() ?? '';
    for (const segment of segments) {
      folders.get(folder)?.folders.add(segment);
      folder = join(folder, segment);
      if (!folders.has(folder)) folders.set(folder, { files: [], folders: new Set() });
    }
    folders.get(folder)?.files.push(name);
  }
  return folders;
}

const numbered = /^\d+(?:[-_. ]|$)/;

function lessonFolders(folder: string, folders: Folders): string[] {
  const names = [...(folders.get(folder)?.folders ?? [])];
  const withNumber = names.filter((name) => numbered.test(name));
  const chosen =
    withNumber.length > 0 ? withNumber : names.filter((name) => !name.startsWith('.') && !notLessons.has(name));
  return chosen.toSorted(byNumber);
}

function lessonFiles(folder: string, folders: Folders, aliases: LanguageAliases): string[] {
  return (folders.get(folder)?.files ?? [])
    .filter((name) => numbered.test(name) && /\.md$/i.test(name) && !/\.assignment\./i.test(name))
    .map((name) => name.slice(0, -3))
    .filter((stem) => {
      const dot = stem.lastIndexOf('.');
      return dot < 0 || languageFromSuffix(stem.slice(dot + 1), aliases) === null;
    })
    .toSorted(byNumber);
}

function wrapperIn(folder: string, folders: Folders): string {
  const names = folders.get(folder)?.folders ?? new Set();
  if ([...names].some((name) => typeof name === 'string' && numbered.test(name))) return folder;
  const wrapper = ['lessons', 'content'].find((name) => names.has(name));
  return wrapper === undefined ? folder : join(folder, wrapper);
}

function hasReadme(folder: string, folders: Folders): boolean {
  return folders.get(folder)?.files.some((name) => name.toLowerCase() === 'readme.md') ?? false;
}

/** `2-x` before `10-x`; names without a number after those with one, by code unit so that no locale changes the order. */
function byNumber(a: string, b: string): number {
  const first = Number.parseInt(a, 10);
  const second = Number.parseInt(b, 10);
  const order = (Number.isNaN(first) ? Infinity : first) - (Number.isNaN(second) ? Infinity : second);
  if (!Number.isNaN(order) && order !== 0) return order;
  return a < b ? -1 : a > b ? 1 : 0;
}

function translatedFile(options: {
  folder: string;
  stem: string;
  extension: string;
  folders: Folders;
  aliases: LanguageAliases;
}): TranslatedFile {
  const { folder, stem, extension, folders, aliases } = options;
  const file: TranslatedFile = { path: null, translations: new Map(), spare: [] };
  const ending = `.${extension}`;
  const wanted = stem.toLowerCase();
  const candidates: { path: string; suffix: string; language: string; assumed: Note | null }[] = [];
  for (const place of [folder, join(folder, 'translations')]) {
    for (const name of folders.get(place)?.files ?? []) {
      if (!name.toLowerCase().endsWith(ending)) continue;
      const base = name.slice(0, -ending.length);
      if (place === folder && base.toLowerCase() === wanted) {
        file.path ??= join(place, name);
        continue;
      }
      const dot = base.lastIndexOf('.');
      const language = dot < 0 ? null : languageFromSuffix(base.slice(dot + 1), aliases);
      if (language === null) continue;
      const found = base.slice(0, dot).toLowerCase();
      const misspelt = place !== folder && differsByOneLetter(found, wanted);
      if (found !== wanted && !misspelt) continue;
      const suffix = base.slice(dot + 1);
      const assumed = misspelt ? note('name_by_one_letter', { name: `${stem}.${suffix}${ending}` }) : null;
      candidates.push({ path: join(place, name), suffix, language, assumed });
    }
  }
  // The exact tag says more than an alias (`pt-BR` before `pt`), a right name more than a misspelt one.
  const rank = (candidate: (typeof candidates)[number]): number =>
    (candidate.assumed === null ? 0 : 2) + (candidate.suffix === candidate.language ? 0 : 1);
  for (const candidate of candidates.toSorted((a, b) => rank(a) - rank(b))) {
    const taken = file.translations.get(candidate.language);
    if (taken === undefined) {
      file.translations.set(candidate.language, { path: candidate.path, assumed: candidate.assumed });
      continue;
    }
    const reason = note('other_text_taken', { name: nameOf(taken.path), language: candidate.language });
    file.spare.push({ path: candidate.path, reason });
  }
  return file;
}

function differsByOneLetter(a: string, b: string): boolean {
  if (a.length !== b.length || a.length < 5) return false;
  return [...a].filter((letter, index) => letter !== b[index]).length === 1;
}

function quizAppFiles(paths: readonly string[], aliases: LanguageAliases): { language: string; path: string }[] {
  return paths.flatMap((path) => {
    const match = /(?:^|\/)quiz[^/]*\/(?:.*\/)?translations\/(?:([^/]+)\.json|([^/]+)\/[^/]+\.json)$/i.exec(path);
    const suffix = match?.[1] ?? match?.[2];
    const language = suffix === undefined ? null : languageFromSuffix(suffix, aliases);
    return language === null ? [] : [{ language, path }];
  });
}
