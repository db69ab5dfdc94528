import { oneLine } from './document-text.ts';
import { isContainer, type OlxBlock } from './read-olx-outline.ts';

/** A lesson before its blocks are read: leaves in reading order with what the outline says about them. */
export type OlxLessonDraft = {
  key: string;
  block: OlxBlock;
  title: string;
  path: string[];
  graded: boolean;
  leaves: OlxBlock[];
  /** False when nothing of it may be shown: its definition is broken or only staff see it. It is reported all the same. */
  shown: boolean;
};
export type OlxModuleDraft = { key: string; title: string; lessons: OlxLessonDraft[] };

/** Gives each key out once, and `key~2`, `key~3` to those who ask for it again. */
export function uniqueKeys(): (key: string) => string {
  const given = new Map<string, number>();
  return (key) => {
    const times = (given.get(key) ?? 0) + 1;
    given.set(key, times);
    if (times === 1) return key;
    const free = `${key}~${times}`;
    given.set(free, 1);
    return free;
  };
}

/** Modules and lessons of an outline, also of one that skips levels: no leaf is lost for standing in an unusual place. */
export function draftModules(course: OlxBlock): OlxModuleDraft[] {
  const modules: OlxModuleDraft[] = [];
  const unique = uniqueKeys();
  const titleOf = (block: OlxBlock, fallback: string) => oneLine(block.settings.display_name ?? '', 300) || fallback;
  const lessonsOf = (block: OlxBlock, path: string[], graded: boolean): OlxLessonDraft[] => {
    const isGraded = graded || block.settings.graded === 'true';
    const make = (leaves: OlxBlock[], title: string): OlxLessonDraft => {
      const shown = block.failure === null && (leaves.length === 0 || leaves.some(({ staffOnly }) => !staffOnly));
      return { key: unique(block.key), block, title, path, graded: isGraded, leaves, shown: shown && !block.staffOnly };
    };
    if (block.type === 'sequential' && block.failure === null) {
      const title = titleOf(block, '');
      return block.children.flatMap((child) => lessonsOf(child, title === '' ? path : [...path, title], isGraded));
    }
    if (block.type === 'vertical' || isContainer(block))
      return [make(leavesOf(block), titleOf(block, path.at(-1) ?? block.key))];
    return [make([block], titleOf(block, path.at(-1) ?? block.type))];
  };
  const courseTitle = titleOf(course, course.key);
  if (course.type === 'library') {
    const lesson: OlxLessonDraft = {
      key: unique(course.key),
      block: course,
      title: courseTitle,
      path: [],
      graded: false,
      leaves: leavesOf(course),
      shown: true,
    };
    return [{ key: course.key, title: courseTitle, lessons: [lesson] }];
  }
  for (const child of course.children) {
    const isChapter = child.type === 'chapter' && child.failure === null;
    const title = titleOf(child, courseTitle);
    const key = unique(child.key);
    const lessons = isChapter
      ? child.children.flatMap((inner) => lessonsOf(inner, [], child.settings.graded === 'true'))
      : lessonsOf(child, [], false);
    modules.push({ key, title, lessons });
  }
  return modules;
}

export function leavesOf(block: OlxBlock): OlxBlock[] {
  if (!isContainer(block)) return [block];
  return block.children.flatMap(leavesOf);
}

/** For links: the lesson that shows a block, and for a chapter or sequential its first lesson. */
export function indexLessons(modules: readonly OlxModuleDraft[]): Map<string, string> {
  const index = new Map<string, string>();
  const add = (key: string, lesson: string) => {
    if (!index.has(key)) index.set(key, lesson);
  };
  for (const module of modules) {
    const shown = module.lessons.filter((lesson) => lesson.shown);
    const [first] = shown;
    for (const lesson of shown) {
      add(lesson.block.key, lesson.key);
      for (const leaf of lesson.leaves) add(leaf.key, lesson.key);
    }
    if (first !== undefined) add(module.key, first.key);
  }
  for (const module of modules) {
    for (const lesson of module.lessons.filter(({ shown }) => shown)) {
      const parent = lesson.block.parentKey;
      if (parent !== null) add(parent, lesson.key);
    }
  }
  return index;
}
