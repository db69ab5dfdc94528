import type { Outline } from '../../../(store)/courses/[slug]/course-data.ts';

/** Lessons done of all, and whole per cent rounded down; a completed course stays at 100 when lessons are added later. */
export function progressOf(outline: Outline): { done: number; total: number; percent: number } {
  const lessons = outline.modules.flatMap((module) => module.lessons);
  const done = lessons.filter((lesson) => lesson.progress?.state === 'completed').length;
  const total = lessons.length;
  const percent = outline.completedAt ? 100 : total > 0 ? Math.floor((100 * done) / total) : 0;
  return { done, total, percent };
}
