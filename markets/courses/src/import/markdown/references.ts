import type { Note } from '@stoa/contracts/note';
import { documentAddress } from '../document-address.ts';
import { htmlToDocument } from '../html-to-document.ts';
import type { ImportReportItem } from '../imported-course.ts';
import { type NoteSet, note, noteOf } from '../notes.ts';
import type { CourseLayout } from './course-layout.ts';
import type { ImageTarget, LinkTarget, MarkdownContext } from './markdown-to-blocks.ts';
import { phrasesFor } from './phrases.ts';
import { folderOf, resolveReference } from './source-path.ts';

/** Everything a reference inside the source can lead to. */
export type ReferenceMap = {
  /** Paths and folders that are a lesson, with their keys. */
  lessons: Map<string, string>;
  /** Paths and folders of lessons whose text could not be read, so that nothing can link them. */
  unreadable: Set<string>;
  /** Assignments and the lesson they belong to. */
  assignments: Map<string, string>;
  /** Paths and folders that are the course page. */
  course: Set<string>;
  files: Set<string>;
  folders: Set<string>;
  /** Quiz ids of the quiz app and the lesson that shows them. */
  quizzes: Map<string, string>;
};

/** Maps every text of the layout, in every language, to the lesson that shows it. `keyOf` gives a lesson's final key, null if it could not be read. */
export function mapReferences(
  layout: CourseLayout,
  paths: readonly string[],
  keyOf: (layoutKey: string) => string | null,
): ReferenceMap {
  const map: ReferenceMap = {
    lessons: new Map(),
    unreadable: new Set(),
    assignments: new Map(),
    course: new Set(['']),
    files: new Set(paths),
    folders: new Set(),
    quizzes: new Map(),
  };
  for (const path of paths) {
    for (let folder = folderOf(path); folder !== '' && !map.folders.has(folder); folder = folderOf(folder)) {
      map.folders.add(folder);
    }
  }
  for (const path of textPaths(layout.text)) map.course.add(path);
  for (const module of layout.modules) {
    let first: string | null = null;
    for (const lesson of module.lessons) {
      const key = keyOf(lesson.key);
      first ??= key;
      for (const path of [lesson.key, ...textPaths(lesson.text)]) {
        if (key === null) map.unreadable.add(path);
        else map.lessons.set(path, key);
      }
      for (const path of textPaths(lesson.assignment)) if (key !== null) map.assignments.set(path, key);
    }
    // A section has no page of its own: its address leads to its first lesson.
    if (first === null || module.text === null) continue;
    for (const path of [module.key, ...textPaths(module.text)]) {
      if (!map.lessons.has(path)) map.lessons.set(path, first);
    }
  }
  return map;
}

/** All paths of a text: the source language, the translations and the spare ones. */
export function textPaths(file: CourseLayout['text']): string[] {
  return [
    ...(file.path === null ? [] : [file.path]),
    ...[...file.translations.values()].map(({ path }) => path),
    ...file.spare.map(({ path }) => path),
  ];
}

/** The id at the end of a link to a quiz app (`…/quiz/12?loc=pt`), or null. */
export function quizIdOf(url: string): string | null {
  return /\/quiz\/([A-Za-z0-9_-]{1,50})\/?(?:[?#].*)?$/.exec(url)?.[1] ?? null;
}

const hasScheme = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

/**
 * The surroundings for converting one file: resolves its links and pictures, hands raw HTML over, and writes a report
 * line for each link and picture that leads nowhere. `useFile` is told every file of the source that is shown.
 */
export function contextFor(options: {
  path: string;
  language: string;
  /** Key of the lesson that shows the file; null for the course page. */
  lessonKey: string | null;
  fragments: Set<string>;
  headingPrefix: string;
  map: ReferenceMap;
  notes: NoteSet;
  report: ImportReportItem[];
  useFile: (path: string) => void;
}): MarkdownContext {
  const { path, lessonKey, map, notes, report } = options;
  const lose = (type: 'link' | 'image', url: string, reason: Note): void => {
    const told = { address: url.slice(0, 200), reason };
    report.push({
      source: path,
      type,
      outcome: type === 'link' ? 'converted' : 'failed',
      notes: [type === 'link' ? note('link_lost', told) : note('picture_lost', told)],
      lessonKey,
    });
  };
  const toLesson = (key: string): string => (key === lessonKey ? '#top' : `lesson:${key}`);

  /** The address for something of the source; null when it leads nowhere; undefined when it is not of the source. */
  const resolve = (url: string, use: 'link' | 'media'): string | null | undefined => {
    const quiz = use === 'link' ? quizIdOf(url) : null;
    const quizLesson = quiz === null ? undefined : map.quizzes.get(quiz);
    if (quizLesson !== undefined) return quizLesson === lessonKey ? `#part-quiz-${quiz}` : `lesson:${quizLesson}`;
    if (hasScheme.test(url)) return undefined;
    if (url.startsWith('#')) {
      const fragment = decodeFragment(url.slice(1)).toLowerCase();
      if (options.fragments.has(fragment)) return `#${options.headingPrefix}${fragment}`;
      lose('link', url, note('leads_to_no_heading'));
      return null;
    }
    const type = use === 'link' ? 'link' : 'image';
    const reference = resolveReference(path, url);
    if (reference === null) {
      lose(type, url, note('leads_out_of_source'));
      return null;
    }
    const lesson = use === 'link' ? map.lessons.get(reference.path) : undefined;
    if (lesson !== undefined) return toLesson(lesson);
    const assignment = use === 'link' ? map.assignments.get(reference.path) : undefined;
    if (assignment !== undefined) return assignment === lessonKey ? '#part-assignment' : `lesson:${assignment}`;
    if (use === 'link' && map.unreadable.has(reference.path)) {
      lose(type, url, note('leads_to_unreadable'));
      return null;
    }
    if (map.files.has(reference.path) && !map.course.has(reference.path)) {
      options.useFile(reference.path);
      return `asset:${reference.path}`;
    }
    if (map.course.has(reference.path)) lose(type, url, note('leads_to_course_page'));
    else if (map.folders.has(reference.path)) lose(type, url, note('leads_to_folder'));
    else lose(type, url, note('leads_to_nothing'));
    return null;
  };

  const address = (url: string, use: 'link' | 'media'): string | null => {
    const result = documentAddress(url, use, resolve);
    if (result.ok) {
      if (result.note === 'upgraded') notes.add(note('pictures_over_https'));
      return result.href;
    }
    if (result.why === 'empty') lose(use === 'link' ? 'link' : 'image', url, note('is_empty'));
    if (result.why === 'script') lose(use === 'link' ? 'link' : 'image', url, note('is_active'));
    if (result.why === 'foreign' || result.why === 'relative')
      lose(use === 'link' ? 'link' : 'image', url, note('is_no_address'));
    return null;
  };

  let videos = 0;
  return {
    phrases: phrasesFor(options.language),
    headingPrefix: options.headingPrefix,
    resolveLink: (url): LinkTarget => ({ href: address(url, 'link') }),
    resolveImage: (url): ImageTarget => ({ src: address(url, 'media') }),
    htmlToBlocks: (html) => {
      try {
        const converted = htmlToDocument(html, { resolve });
        for (const what of converted.notes) notes.add(note('in_html', { what }));
        return converted.blocks;
      } catch (error) {
        notes.add(note('html_left_out', { reason: noteOf(error) }));
        return [];
      }
    },
    note: notes.add,
    nextVideoId: () => {
      videos += 1;
      return `${options.headingPrefix}video-${videos}`;
    },
  };
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
