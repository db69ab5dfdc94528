import type { ProblemDefinition, ProblemTranslation } from '@stoa/contracts/problem';

/**
 * The translation of a problem that serves a reader best: the very language, else another variant of it (`pt` for
 * `pt-BR`), else none. `null` means the problem's own language.
 */
export function findTranslation(
  definition: ProblemDefinition,
  options: { locale: string; sourceLanguage: string },
): { language: string; texts: ProblemTranslation } | null {
  const wanted = options.locale.toLowerCase();
  const base = wanted.split('-')[0] ?? wanted;
  const translations = Object.entries(definition.translations ?? {});
  const exact = translations.find(([language]) => language.toLowerCase() === wanted);
  if (exact !== undefined) return { language: exact[0], texts: exact[1] };
  // The source beats a sibling translation: a reader of pt-PT gets the Portuguese the author wrote, if it is Portuguese.
  if (sameBase(options.sourceLanguage, base)) return null;
  const sibling = translations.find(([language]) => sameBase(language, base));
  return sibling === undefined ? null : { language: sibling[0], texts: sibling[1] };
}

function sameBase(language: string, base: string): boolean {
  return language.toLowerCase().split('-')[0] === base;
}

/**
 * Keys of feedback texts in a translation. A choice's feedback goes by the choice's id; what has no id of its own goes
 * by the response and its position.
 */
export const feedbackKey = {
  chosen: (choiceId: string) => choiceId,
  left: (choiceId: string) => `${choiceId}:unselected`,
  compound: (responseId: string, index: number) => `${responseId}:compound:${index}`,
  answer: (responseId: string, index: number) => `${responseId}:answer:${index}`,
  wrongAnswer: (responseId: string, index: number) => `${responseId}:wrong:${index}`,
};
