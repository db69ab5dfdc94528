import type { Nodes } from 'mdast';
import type { Quiz } from './read-quiz.ts';
import type { LessonTexts } from './read-texts.ts';
import { quizIdOf } from './references.ts';

/**
 * Decides which lesson shows which quiz of a quiz app. A link in the text of a lesson decides, in whatever language
 * it stands; the first lesson that links a quiz shows it. A quiz nobody links goes by its number, as quiz apps of
 * this kind count them: lesson n has quizzes 2n-1 (before) and 2n (after).
 * Returns the lesson key by quiz id; a quiz that fits no lesson is not in it.
 */
export function placeQuizzes(quizzes: readonly Quiz[], lessons: readonly LessonTexts[]): Map<string, string> {
  const known = new Set(quizzes.map(({ id }) => id));
  const places = new Map<string, string>();
  for (const { key, text } of lessons) {
    if (text.source === null) continue;
    for (const { root } of [text.source, ...text.translations.values()]) {
      for (const id of linkedQuizzes(root)) if (known.has(id) && !places.has(id)) places.set(id, key);
    }
  }
  for (const { id } of quizzes) {
    const lesson = lessons[Math.ceil(Number(id) / 2) - 1];
    if (lesson !== undefined && lesson.text.source !== null && !places.has(id)) places.set(id, lesson.key);
  }
  return places;
}

/** Odd quizzes stand before the text, even ones after it, unless the author says otherwise. */
export function placementOf(quiz: Quiz): 'before' | 'after' {
  if (quiz.placement !== null) return quiz.placement;
  return Number(quiz.id) % 2 === 1 ? 'before' : 'after';
}

function linkedQuizzes(root: Nodes): string[] {
  const ids: string[] = [];
  const open: Nodes[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'link' || node.type === 'definition') {
      const id = quizIdOf(node.url);
      if (id !== null) ids.push(id);
    }
    if ('children' in node) open.push(...node.children.toReversed());
  }
  return ids;
}
