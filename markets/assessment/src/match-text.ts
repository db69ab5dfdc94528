import { RE2JS } from 're2js';

/** Longest answer to a text response. */
export const MAX_TEXT_LENGTH = 2000;

/**
 * Largest compiled pattern, in instructions. Time to match is at most (instructions × characters), so with
 * `MAX_TEXT_LENGTH` this bounds one comparison to about a tenth of a second for the worst pattern an author can write.
 */
export const MAX_PATTERN_SIZE = 1000;

/**
 * Instructions of all patterns of one problem: an attempt may answer every response at full length, and grading it keeps the
 * server from everybody else. Some hundred patterns as people write them.
 */
export const MAX_PATTERNS_WORK = 3 * MAX_PATTERN_SIZE;

/**
 * Patterns come from imported courses and run on learners' answers, so they must not be able to stop the server.
 * They run on RE2 (Cox 2007, "Regular Expression Matching Can Be Simple And Fast"): linear time, no backtracking.
 * What RE2 leaves out (look-around, back-references, possessive quantifiers) makes the response ungradable rather than
 * wrongly graded. Inside a pattern `.` does not match a line break.
 *
 * @returns a test of the whole answer, or `null` when the pattern is invalid, unsupported or too large
 */
export function compilePattern(pattern: string, caseSensitive: boolean): ((answer: string) => boolean) | null {
  return lookUp(pattern, caseSensitive)?.test ?? null;
}

/** What a pattern counts of `MAX_PATTERNS_WORK`; one that is refused as much as the largest that is not. */
export function patternWork(pattern: string, caseSensitive: boolean): number {
  return lookUp(pattern, caseSensitive)?.size ?? MAX_PATTERN_SIZE;
}

type Compiled = { test: (answer: string) => boolean; size: number };

function lookUp(pattern: string, caseSensitive: boolean): Compiled | null {
  const key = `${caseSensitive ? 's' : 'i'}${pattern}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const made = compile(pattern, caseSensitive);
  // The oldest entry goes first: grading uses few patterns at a time, and an import must not fill the memory.
  if (compiled.size >= 1000) for (const oldest of compiled.keys()) if (compiled.delete(oldest)) break;
  compiled.set(key, made);
  return made;
}

const compiled = new Map<string, Compiled | null>();

function compile(pattern: string, caseSensitive: boolean): Compiled | null {
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(pattern.normalize('NFC'), caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
  } catch {
    return null;
  }
  const size = expression.programSize();
  return size > MAX_PATTERN_SIZE ? null : { test: (answer) => expression.testExact(answer), size };
}

/**
 * The form in which answers are compared: Unicode NFC, trimmed, runs of white space as one space, invisible characters
 * dropped, and typographic quotes (which phones insert by themselves) as plain ones.
 */
export function normalizeText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u00ad\u200b\u2060\ufeff]/gu, '')
    .replace(/[\u2018\u2019\u02bc]/gu, "'")
    .replace(/[\u201c\u201d]/gu, '"')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** True when both are the same text after `normalizeText` and, unless `caseSensitive`, case folding (`STRASSE` = `Straße`). */
export function sameText(left: string, right: string, caseSensitive: boolean): boolean {
  return comparableText(left, caseSensitive) === comparableText(right, caseSensitive);
}

/** The form in which texts that are the same are equal: to compare one with many. */
export function comparableText(text: string, caseSensitive: boolean): string {
  if (caseSensitive) return normalizeText(text);
  // Lower, upper, lower case approximates Unicode full case folding: ß, ẞ, final sigma and ligatures meet in one form.
  // It comes first because it can bring out characters that normalizing then treats (ŉ becomes a quote and an n).
  return normalizeText(text.normalize('NFD').toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ'));
}
